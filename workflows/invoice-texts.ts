import { add, isPositive } from '../src/domain/decimal';
import type { Invoice } from '../src/domain/invoice';
import type { Acceptance } from '../src/domain/matching';
import type { InvoiceProgress } from '../src/domain/progress';

/** What accepting books in the order; whoever answers is told before. */
export function whatAcceptingDoes({ now, later }: Acceptance): string {
  const marks = 'Accepting marks it exported in Claritum and books';
  if (isPositive(later))
    return `${marks} ${add(now, later)} as invoiced: ${now} received already, ${later} as soon as they are received.`;
  if (isPositive(now)) return `${marks} ${now} as invoiced.`;
  return `${marks} nothing as invoiced.`;
}

/** The Markdown of the Web UI's current details: what the invoice waits for, and exactly how to answer. */
export function invoiceDetails(
  { invoiceNumber, orderRef, stage, waitingFor, decisions }: InvoiceProgress,
  { net, currency }: Invoice,
  workflowId: string,
): string {
  const [open] = decisions;
  return [
    `### Invoice ${invoiceNumber} · ${stage}`,
    `Net ${net} ${currency}, order ${orderRef ?? 'none'}`,
    ...(waitingFor === null ? [] : [`**Waiting:** ${waitingFor}`]),
    ...decisions.map(({ question }) => question),
    ...(open === undefined
      ? []
      : [
          open.choices
            .map((choice) => `\`npx waybill decide ${workflowId} ${open.id} "${choice}" --by you\``)
            .join(' or '),
        ]),
  ].join('\n\n');
}
