/** What is asked about an invoice. */
import type { CataloguedQuestion } from '../case/question';

export const unclearLine = {
  topic: 'unclear-line',
  kind: 'mismatch',
  question:
    'Line {number} of invoice {invoiceNumber} ({line}) may be goods of order {orderRef} or another charge: its words and its price do not tell. Which is it?',
  lookAt: 'the paper invoice: what was it for',
  choices: {
    goods: 'the line counts as units of the order; then the invoice is matched, or the next such line is asked about',
    'other charge': 'the line counts as money without units; then as above',
    dispute: 'the invoice is disputed: it is not marked, with a task to clear it',
  },
} as const satisfies CataloguedQuestion;

export const mismatchedInvoice = {
  topic: 'mismatched-invoice',
  kind: 'mismatch',
  question:
    'Invoice {invoiceNumber} does not match order {orderRef}: {differences}. {accepting} Accept it, {waiting}or dispute it?',
  lookAt: 'the differences named; price and receipts of the order',
  choices: {
    accept:
      'books as invoiced what the question says: what was received at once, the rest as soon as it is received, never more than is ordered and not invoiced; the invoice is marked',
    dispute: 'the invoice is not marked, with a task to clear it',
    'wait longer': 'offered for goods that have not come: they settle the invoice by themselves',
  },
} as const satisfies CataloguedQuestion;

export const invoiceWithoutOrder = {
  topic: 'invoice-without-order',
  kind: 'mismatch',
  question:
    'Invoice {invoiceNumber} names {order}. Accepting marks it exported in Claritum and touches no order. Accept it, or dispute it?',
  lookAt: 'whether it is a second invoice for the same goods; the question says when and how the order ended',
  choices: {
    accept: 'marked without touching any order',
    dispute: 'not marked, with a task',
  },
} as const satisfies CataloguedQuestion;
