/**
 * One Claritum purchase order, from the request to the last invoice:
 *
 *   documents and mapping → approval → ManEx sales order → Claritum markExported (no way back) → NorthScope orders →
 *   allocation → despatches → goods receipts → invoices → ManEx lines closed
 *
 * Until it is exported, whatever fails is undone, last first; after that, what no API can undo is listed for a human.
 */
import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { OrderPolicy } from '../src/domain/policy';
import type { Progress } from '../src/domain/progress';
import type { PurchaseOrder } from '../src/domain/purchase-order';
import { assertAnswer } from './decisions';
import {
  amendUpdate,
  approveSignal,
  cancelUpdate,
  claimInvoiceSignal,
  decideUpdate,
  deliveryReportedSignal,
  despatchedSignal,
  invoiceEndedSignal,
  orderQuery,
  orderReportedSignal,
  orderWithdrawnSignal,
  progressQuery,
  rejectSignal,
} from './messages';
import { replaceIfAmended, settleChanges } from './purchase-order/amendment';
import {
  confirmWithdrawal,
  reportAmendment,
  requestAmendment,
  requestCancellation,
  takeListed,
  tooLateFor,
} from './purchase-order/change';
import { listLateDeliveries } from './purchase-order/booking';
import { carried, carriedOn, type CarriedState } from './purchase-order/carried';
import { endClaim, refuseClaims, takeClaim } from './purchase-order/claims';
import { acknowledgeUnfulfilled } from './purchase-order/export';
import { isCutToWhatLeft, tendGoods } from './purchase-order/goods';
import { isReleased } from './purchase-order/hold';
import { Order } from './purchase-order/order';
import { openOrder } from './purchase-order/state';
import { isApproved, prepare } from './purchase-order/preparation';
import { takeReport } from './purchase-order/delivery-reports';
import { forgetSalesOrder, isAmendedMeanwhile } from './purchase-order/amended-meanwhile';
import { closeSalesOrder, placeSalesOrder } from './purchase-order/sales-order';
import { placeWarehouseOrders } from './purchase-order/warehouse-orders';
import { compensate } from './saga';
import {
  assertAmendRequest,
  assertCancelRequest,
  isDeliveryMessage,
  isInvoiceClaim,
  isInvoiceEnd,
  isOrderReport,
} from './shapes';

export interface FulfilPurchaseOrderInput {
  readonly order: PurchaseOrder;
  readonly policy: OrderPolicy;
  /** Set by the order itself when it continues as new: everything it knew but `order`, which it is carried beside. */
  readonly carried?: CarriedState;
}

/** The result names every document in every system, and what is left to do by hand. */
export type FulfilPurchaseOrderResult = Progress;

export function fulfilPurchaseOrder(input: FulfilPurchaseOrderInput): Promise<FulfilPurchaseOrderResult> {
  const order = new Order(
    input.carried === undefined ? openOrder(input.order) : carriedOn(input.order, input.carried),
    input.policy,
  );
  listen(order);
  listenToCancellation(order);
  return CancellationScope.nonCancellable(() => fulfil(order, input.carried !== undefined));
}

async function fulfil(order: Order, isCarried: boolean): Promise<FulfilPurchaseOrderResult> {
  if (!isCarried) {
    const placed = await unlessAbandoned(order, placeAsWanted(order));
    if (placed === false) return end(order, 'refused');
    if (placed === 'abandoned') return end(order, 'cancelled');
  }
  for (;;) {
    const tended = await unlessAbandoned(order, tendAndClose(order));
    if (tended === true) return end(order, 'done');
    if (tended === 'abandoned') return end(order, 'cancelled');
  }
}

/**
 * The Web UI's 'Request Cancellation' means the same as `cancel`: it must not tear the story apart in the middle of a
 * call whose outcome nobody would learn.
 */
function listenToCancellation(order: Order): void {
  CancellationScope.current().cancelRequested.catch(() => {
    const { status, reason } = requestCancellation(order, "Temporal's own cancellation");
    order.note(`cancellation ${status}: ${reason}`);
  });
}

/** The second half: goods, receipts and invoices, then the ManEx lines. */
async function tendAndClose(order: Order): Promise<true> {
  await tendGoods(order, () => continueIfLong(order));
  order.waiting(null);
  order.enter('closing');
  await closeSalesOrder(order);
  return true;
}

/** The end of a running part of the story, or what became of the order where a human or the buyer ended it. */
function unlessAbandoned<T>(order: Order, part: Promise<T>): Promise<T | 'abandoned' | 'cut'> {
  return part.catch((error: unknown) => {
    if (!isAbandoned(error)) throw error;
    order.note(error.message);
    return abandon(order);
  });
}

/**
 * Everything is undone, last first; but what has left the warehouse is never undone: then only the rest is cut off, and
 * the story goes on with it.
 */
async function abandon(order: Order): Promise<'abandoned' | 'cut'> {
  if (await isCutToWhatLeft(order)) return 'cut';
  order.enter('compensating');
  await compensate(order);
  return 'abandoned';
}

/**
 * Wanted and placed; begun anew where ManEx refused something and the buyer corrected it meanwhile: what stands there by
 * then is undone. False where approval was refused.
 */
async function placeAsWanted(order: Order): Promise<boolean> {
  while (await isWantedInTheEnd(order)) {
    try {
      await place(order);
      return true;
    } catch (error) {
      if (!isAmendedMeanwhile(error)) throw error;
      order.note('amended meanwhile: what was placed in ManEx is undone, and the order begins anew');
      await compensate(order);
      forgetSalesOrder(order);
      order.enter('received');
    }
  }
  return false;
}

/** The first half of the story, once the order is wanted: everything placed, in the three systems. */
async function place(order: Order): Promise<void> {
  order.enter('sales-order');
  await placeSalesOrder(order);
  order.checkpoint();
  await settleChanges(order);
  order.checkpoint();
  order.enter('allocation');
  await placeWarehouseOrders(order);
}

/** What was refused is marked in the end; where the buyer has changed it by then, it is looked at anew. */
async function isWantedInTheEnd(order: Order): Promise<boolean> {
  for (;;) {
    if (await isWanted(order)) return true;
    const isOver = await acknowledgeUnfulfilled(order, (record) => {
      reportAmendment(order, record);
      return false;
    });
    if (isOver) return false;
  }
}

/** Prepared and approved, as often as the buyer changes it before anything is placed. False where approval was refused. */
async function isWanted(order: Order): Promise<boolean> {
  for (;;) {
    try {
      order.checkpoint();
      await replaceIfAmended(order);
      if (!(await isReleased(order, order.state.order))) continue;
      await prepare(order);
      order.checkpoint();
      if (order.state.amendment !== null) continue;
      const approved = await isApproved(order);
      order.checkpoint();
      if (order.state.amendment === null) return approved;
    } catch (error) {
      if (!isWithdrawn(error) || order.state.amendment === null) throw error;
    }
  }
}

const isWithdrawn = (error: unknown): error is ApplicationFailure =>
  error instanceof ApplicationFailure && error.type === 'Withdrawn';

/** A human or the buyer ended it: what was done is undone. Anything else is a fault of ours, and shows as one. */
const isAbandoned = (error: unknown): error is ApplicationFailure =>
  isWithdrawn(error) || (error instanceof ApplicationFailure && error.type === 'GivenUp');

/** A long order starts a new history with all it knows; handlers have finished, so nothing that arrived is lost. */
async function continueIfLong(order: Order): Promise<void> {
  const { historyLength, continueAsNewSuggested } = workflowInfo();
  if (historyLength < order.policy.fulfilment.longestHistory && !continueAsNewSuggested) return;
  await condition(allHandlersFinished);
  const { state, policy } = order;
  await continueAsNew<typeof fulfilPurchaseOrder>({ order: state.order, policy, carried: carried(state) });
}

/** Signals and updates are legal at every moment, also before the first step. */
function listen(order: Order): void {
  const { desk, state } = order;
  setHandler(progressQuery, () => order.progress());
  setHandler(orderQuery, () => state.amendment?.order ?? state.order);
  setHandler(approveSignal, (verdict) => desk.signalled('approve', verdict));
  setHandler(rejectSignal, (verdict) => desk.signalled('reject', verdict));
  setHandler(decideUpdate, (answer) => desk.answer(answer), { validator: assertAnswer });
  setHandler(cancelUpdate, (request) => requestCancellation(order, request?.by, request?.reason), {
    validator: assertCancelRequest,
  });
  setHandler(amendUpdate, ({ order: amended, by }) => requestAmendment(order, amended, textOf(by)), {
    validator: assertAmendRequest,
  });
  setHandler(orderReportedSignal, async (report) => {
    if (isOrderReport(report)) await takeListed(order, report.order);
    else order.note(IGNORED);
  });
  setHandler(orderWithdrawnSignal, () => confirmWithdrawal(order));
  setHandler(despatchedSignal, () => {
    order.hasNews = true;
  });
  setHandler(deliveryReportedSignal, (report) => {
    if (isDeliveryMessage(report)) takeReport(order, report.delivery);
    else order.note(IGNORED);
  });
  setHandler(claimInvoiceSignal, (claim) => {
    if (isInvoiceClaim(claim)) takeClaim(order, claim);
    else order.note(IGNORED);
    order.hasNews = true;
  });
  setHandler(invoiceEndedSignal, (ended) => {
    if (isInvoiceEnd(ended)) endClaim(order, ended);
    else order.note(IGNORED);
    order.hasNews = true;
  });
}

const IGNORED = 'a signal without what it should carry, or beyond its limits, was ignored';

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Refused and cancelled orders are marked too, at the very end, with the task to tell the buyer (design §2). */
async function end(order: Order, stage: 'done' | 'refused' | 'cancelled'): Promise<FulfilPurchaseOrderResult> {
  if (order.state.isToBeMarked) await acknowledgeUnfulfilled(order, (record) => tooLateFor(order, record));
  if (stage !== 'done') {
    order.task(`tell the buyer that purchase order ${order.state.order.poNumber} is ${stage}`);
  }
  order.waiting(null);
  order.note(stage);
  order.enter(stage);
  await turnAwayTheRest(order);
  return order.progress();
}

/** What came too late to be part of the story is not lost: claims are answered, deliveries listed. */
async function turnAwayTheRest(order: Order): Promise<void> {
  do {
    await refuseClaims(order);
    listLateDeliveries(order);
    await condition(allHandlersFinished);
  } while (order.state.claims.length > 0 || order.state.reported.length > 0);
}
