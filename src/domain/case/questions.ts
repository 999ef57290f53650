/** The questions that every process may ask, whatever its document and its vendors. */
import type { CataloguedQuestion } from './question';

const GIVING_UP = 'undoes and cancels; offered while everything can still be undone, or listed as a task';
const DONE_BY_HAND =
  "says that a person has done exactly this in the vendor's own screens: the story goes on as if the call had succeeded, and the step says who said so";
const FINISH_BY_HAND =
  "ends the story as `done`: what is left of it is listed as tasks, which a person does in the vendors' own screens";
const GO_ON_WITHOUT = 'goes on without that look, which only a message asked for';

export const refusedCall = {
  topic: 'refused-call',
  kind: 'refused-call',
  question: 'Refused: {what}. Put right what the vendor complains of, then try again; or take the other way out.',
  lookAt: "the fact *refusal*, which is the vendor's own text, then the record that it names",
  choices: {
    'try again': 'sends the same call once more',
    'give up': GIVING_UP,
    'done by hand': DONE_BY_HAND,
  },
} as const satisfies CataloguedQuestion;

export const refusedRead = {
  topic: 'refused-read',
  kind: 'refused-call',
  question: 'Refused: {what}. Nothing was changed by it. Put right what the vendor complains of, then try again.',
  lookAt: "credentials (API key, password, company) and the rights of that user; then the vendor's text",
  choices: {
    'try again': 'reads once more',
    'give up': GIVING_UP,
    'finish it by hand': FINISH_BY_HAND,
    'go on without it': GO_ON_WITHOUT,
  },
} as const satisfies CataloguedQuestion;

export const silentVendor = {
  topic: 'silent-vendor',
  kind: 'silent-vendor',
  question:
    '{vendor} has not done this for a long time: {what}. Waybill keeps trying by itself, and takes this question back once it is done. Keep trying, or take the other way out?',
  lookAt: 'the vendor and the network between, whether one of them is down',
  choices: {
    'keep trying': 'nothing: it is tried on, and asked about again after `fulfilment.askAfter`',
    'give up': GIVING_UP,
    'done by hand': DONE_BY_HAND,
    'finish it by hand': FINISH_BY_HAND,
    'go on without it': GO_ON_WITHOUT,
  },
} as const satisfies CataloguedQuestion;

export const unknownOutcome = {
  topic: 'unknown-outcome',
  kind: 'unknown-outcome',
  question: "Nobody knows whether this happened: {what}. Look in the vendor's own screens, then say so.",
  lookAt: "the vendor's own screens, for the references that the facts name",
  choices: {
    'it happened': 'goes on as after a success',
    'send it again': 'sends the same call with the same reference once more',
    'give up':
      'undoes and cancels; not offered for calls whose way out is `done by hand`: a person who has done it by hand answers `it happened`',
  },
} as const satisfies CataloguedQuestion;

export const failedCompensation = {
  topic: 'failed-compensation',
  kind: 'failed-compensation',
  question: 'This could not be undone: {what}. Put it right and try again, or undo it by hand.',
  lookAt: 'the fact *reason*; the record itself: is it on hold, shipped, or closed by somebody else?',
  choices: {
    'try again': 'looks and undoes once more',
    'done by hand': 'goes on with the rest; a task says who undid what',
  },
} as const satisfies CataloguedQuestion;
