/**
 * One Claritum purchase order, from the request to the last invoice:
 *
 *   documents and mapping → approval → ManEx sales order → Claritum markExported (no way back) → NorthScope orders →
 *   allocation → despatches → goods receipts → invoices → ManEx lines closed
 *
 * Until it is exported, whatever fails is undone, last first; after that, what no API can undo is listed for a human.
 */
import { allHandlersFinished, ApplicationFailure, condition, setHandler } from '@temporalio/workflow';
import type { OrderPolicy } from '../src/domain/policy';
import type { Progress } from '../src/domain/progress';
import type { PurchaseOrder } from '../src/domain/purchase-order';
import { assertAnswer } from './decisions';
import {
  approveSignal,
  claimInvoiceSignal,
  decideUpdate,
  deliveryReportedSignal,
  despatchedSignal,
  invoiceEndedSignal,
  progressQuery,
  rejectSignal,
} from './messages';
import { endClaim, takeClaim } from './purchase-order/claims';
import { exportOrder } from './purchase-order/export';
import { tendGoods } from './purchase-order/goods';
import { openOrder, Order } from './purchase-order/order';
import { isApproved, prepare } from './purchase-order/preparation';
import { closeSalesOrder, placeSalesOrder } from './purchase-order/sales-order';
import { placeWarehouseOrders } from './purchase-order/warehouse';
import { compensate } from './saga';

export interface FulfilPurchaseOrderInput {
  readonly order: PurchaseOrder;
  readonly policy: OrderPolicy;
}

/** The result names every document in every system, and what is left to do by hand. */
export type FulfilPurchaseOrderResult = Progress;

export async function fulfilPurchaseOrder(input: FulfilPurchaseOrderInput): Promise<FulfilPurchaseOrderResult> {
  const order = new Order(openOrder(input.order), input.policy);
  listen(order);
  try {
    await prepare(order);
    if (!(await isApproved(order))) return await end(order, 'refused');
    order.enter('sales-order');
    await placeSalesOrder(order);
    await exportOrder(order);
    order.enter('allocation');
    await placeWarehouseOrders(order);
    await tendGoods(order);
    order.state.stage = 'closing';
    await closeSalesOrder(order);
    return await end(order, 'done');
  } catch (error) {
    if (!(error instanceof ApplicationFailure) || error.type !== 'GivenUp') throw error;
    order.note(error.message);
    order.enter('compensating');
    await compensate(order);
    return await end(order, 'cancelled');
  }
}

/** Signals and updates are legal at every moment, also before the first step. */
function listen(order: Order): void {
  const { desk, state } = order;
  setHandler(progressQuery, () => order.progress());
  setHandler(approveSignal, (verdict) => desk.signalled('approve', verdict));
  setHandler(rejectSignal, (verdict) => desk.signalled('reject', verdict));
  setHandler(decideUpdate, (answer) => desk.answer(answer), { validator: assertAnswer });
  setHandler(despatchedSignal, () => {
    order.hasNews = true;
  });
  setHandler(deliveryReportedSignal, ({ delivery }) => {
    const known = [...state.reported.map(({ uid }) => uid), ...state.deliveriesExported];
    if (known.includes(delivery.uid)) return;
    state.reported = [...state.reported, delivery];
    order.hasNews = true;
  });
  setHandler(claimInvoiceSignal, (claim) => {
    takeClaim(order, claim);
    order.hasNews = true;
  });
  setHandler(invoiceEndedSignal, (ended) => {
    endClaim(order, ended);
    order.hasNews = true;
  });
}

/** Refused and cancelled orders are marked too, at the very end, with the task to tell the buyer (design §2). */
async function end(order: Order, stage: 'done' | 'refused' | 'cancelled'): Promise<FulfilPurchaseOrderResult> {
  if (stage !== 'done') {
    if (!order.state.isExported) await exportOrder(order);
    order.task(`tell the buyer that purchase order ${order.state.order.poNumber} is ${stage}`);
  }
  order.waiting(null);
  order.note(stage);
  order.enter(stage);
  await condition(allHandlersFinished);
  return order.progress();
}
