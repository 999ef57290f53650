import { invoiceWorkflowId } from '../case/names';
import { asMoney } from '../purchase-order/order-amounts';
import { summary } from '../values/markdown';
import type { Invoice } from './invoice';
import type { InvoiceStage } from './progress';

/** What `settleInvoice` is started with, by the feed and by orders alike. The workflow id is the lock. */
export const settlementStart = ({ kind, uid, invoiceNumber, net, currency, orderRef }: Invoice) => ({
  workflowId: invoiceWorkflowId(kind, uid),
  workflowIdReusePolicy: 'REJECT_DUPLICATE' as const,
  staticSummary: summary(`${kind} invoice ${invoiceNumber}: ${asMoney(net, currency)} ${currency} net`),
  searchAttributes: { OrderNumber: [orderRef ?? ''], Stage: ['mismatch' satisfies InvoiceStage] },
});
