import type { Progress } from './progress';

const CALLED_OFF = /^(cancellation asked for|given up|cancelled) by /;

/**
 * How an order ended, for somebody who asks about it afterwards: stage, ISO instant, by whom where a human or the buyer
 * ended it, and the invoices it settled.
 */
export function endingOf({ stage, steps, audit, documents }: Progress): string {
  const at = steps.at(-1)?.at;
  const calledOff = stage === 'cancelled' ? steps.find(({ text }) => CALLED_OFF.test(text))?.text : undefined;
  const rejected = stage === 'refused' ? audit.findLast(({ choice }) => choice === 'reject')?.by : undefined;
  const settled = documents.claritum.invoices.filter(({ outcome }) => outcome === 'settled');
  return [
    `${stage}${at === undefined ? '' : ` at ${at}`}`,
    ...(calledOff === undefined ? [] : [calledOff]),
    ...(rejected === undefined ? [] : [`rejected by ${rejected}`]),
    ...settled.map(({ number, quantity }) => `invoiced with ${number} (${quantity})`),
  ].join('; ');
}
