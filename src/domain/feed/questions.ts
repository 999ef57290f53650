/** What is asked about a source's list as a whole, or about a record on it that cannot be read. */
import type { CataloguedQuestion } from '../case/question';

export const manyVanished = {
  topic: 'many-vanished',
  kind: 'mismatch',
  question:
    'Claritum lists {count} of {listed} purchase orders no longer, all at once: {named}. Did the buyers withdraw them, or is the list broken?',
  lookAt: 'Claritum: is the list complete; has somebody changed the rights of the API user',
  choices: {
    'they were withdrawn': 'each order looks for itself and is cancelled if it is still away',
    'the list is broken: wait':
      'asked again after a day if they have not come back; listed again, they take the question back',
  },
} as const satisfies CataloguedQuestion;

export const unreadableRecord = {
  topic: 'unreadable-record',
  kind: 'unmapped-record',
  question:
    'Claritum lists {what} in a form that cannot be read, so it is not marked exported. Correct it in Claritum and look again, or mark it there by hand.',
  lookAt: "the fact *what cannot be read*, which names the member of Claritum's record",
  choices: {
    'look again': 'looks at the record and marks it if it is as it was taken in; asks again if it still cannot be read',
    'marked by hand': 'goes on: you have marked it in Claritum',
  },
} as const satisfies CataloguedQuestion;

export const vanishedInvoice = {
  topic: 'vanished-invoice',
  kind: 'mismatch',
  question:
    'Claritum has not listed {what} for {absentFor}, and Waybill has not marked it. Was it withdrawn, or did somebody else mark it exported?',
  lookAt: 'Claritum: is the invoice cancelled or archived',
  choices: {
    'it was withdrawn': 'nothing of it is booked, with a task',
    'marked by somebody else': 'it is settled without a mark',
    'look again': 'looks once more',
  },
} as const satisfies CataloguedQuestion;
