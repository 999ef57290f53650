import type { Invoice } from '../../src/domain/invoice/invoice';
import type { InvoiceProgress } from '../../src/domain/invoice/progress';
import { asMoney } from '../../src/domain/purchase-order/order-amounts';
import { asMarkdown, paragraphs, type Markdown } from '../../src/domain/values/markdown';
import { questionDetails } from '../case/details';

/** The Markdown of the Web UI's current details: what the invoice waits for, and exactly how to answer. */
export function invoiceDetails(
  { invoiceNumber, orderRef, stage, waitingFor, decisions }: InvoiceProgress,
  { net, currency }: Invoice,
  workflowId: string,
): Markdown {
  return paragraphs([
    asMarkdown`### Invoice ${invoiceNumber} · ${stage}`,
    asMarkdown`Net ${asMoney(net, currency)} ${currency}, order ${orderRef ?? 'none'}`,
    ...(waitingFor === null ? [] : [asMarkdown`**Waiting:** ${waitingFor}`]),
    ...decisions.flatMap((decision) => questionDetails(workflowId, decision)),
  ]);
}
