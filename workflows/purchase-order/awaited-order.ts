import { condition, setHandler } from '@temporalio/workflow';
import { ANONYMOUS } from '../../src/domain/case/person-names';
import type { OrderPolicy } from '../../src/domain/case/policy';
import type { PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import { asMarkdown } from '../../src/domain/values/markdown';
import { openCase } from '../case/case';
import { showDetails } from '../case/details';
import { cancelUpdate } from '../case/messages';
import { accepted, refused } from '../case/receipts';
import { assertCancelRequest } from '../case/shapes';
import { invoiceReportedSignal } from '../invoice/messages';
import { isInvoiceReport } from '../invoice/shapes';
import { handOver } from './invoices';
import { amendUpdate, awaitedOrderQuery, awaitedProgressQuery, orderReportedSignal } from './messages';
import { assertAmendRequest, isOrderReport } from './shapes';
import { openOrder, type OrderState } from './state';

/** An order of which only the reference is known, because it was cancelled before it came. */
export interface AwaitedOrder {
  readonly orderRef: string;
  readonly policy: OrderPolicy;
}

/**
 * Holds the workflow id of an order until the feed meets it, and who called it off meanwhile. The order then goes the way
 * of every cancelled one; one that nobody has called off is fulfilled.
 */
export async function untilItComes({ orderRef, policy }: AwaitedOrder): Promise<OrderState> {
  const known: { order?: PurchaseOrder; by?: string; because?: string } = {};
  setHandler(
    cancelUpdate,
    (request) => {
      if (known.by !== undefined) return refused(`it is already cancelled, by ${known.by}`);
      known.by = request?.by ?? ANONYMOUS;
      known.because = `cancelled by ${known.by} before it came${request?.reason === undefined ? '' : `: ${request.reason}`}`;
      showDetails(asMarkdown`### ${orderRef} was ${known.because}`);
      return accepted('when the order comes, it is marked in Claritum and nothing is placed');
    },
    { validator: assertCancelRequest },
  );
  setHandler(amendUpdate, () => refused('the order has not come: there is nothing to amend'), {
    validator: assertAmendRequest,
  });
  setHandler(awaitedProgressQuery, () => {
    const {
      decisions,
      listed: _,
      ...progress
    } = { ...openCase('cancelled'), waitingFor: 'the order, to mark it in Claritum' };
    return {
      orderRef,
      ...progress,
      decisions: decisions.open,
      audit: decisions.audit,
      endedBecause: known.because ?? null,
    };
  });
  setHandler(awaitedOrderQuery, () => null);
  setHandler(orderReportedSignal, (report) => {
    if (isOrderReport(report) && report.order.orderRef === orderRef) known.order = report.order;
  });
  setHandler(invoiceReportedSignal, async (report) => {
    if (isInvoiceReport(report) && report.invoice.orderRef === orderRef)
      await handOver(report.invoice, policy, known.because ?? 'the order has not come');
  });
  await condition(() => known.order !== undefined);
  const { order, by, because } = known;
  if (order === undefined) throw new TypeError('an order that has come has a record');
  if (by === undefined || because === undefined) return openOrder(order);
  const steps = [{ at: new Date().toISOString(), text: because }];
  return { ...openOrder(order), cancelledBy: by, endedBecause: because, steps };
}
