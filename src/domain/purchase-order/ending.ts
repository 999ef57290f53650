import type { Progress } from './progress';

/**
 * How an order ended, for somebody who asks about it afterwards: stage, ISO instant, by whom where a person or the buyer
 * ended it, and the invoices it settled.
 */
export function endingOf({ stage, steps, endedBecause, documents }: Progress): string {
  const at = steps.at(-1)?.at;
  const settled = documents.claritum.invoices.filter(({ outcome }) => outcome === 'settled');
  return [
    `${stage}${at === undefined ? '' : ` at ${at}`}`,
    ...(endedBecause === undefined || stage === 'done' ? [] : [endedBecause]),
    ...settled.map(({ number, quantity }) => `invoiced with ${number} (${quantity})`),
  ].join('; ');
}
