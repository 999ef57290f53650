/**
 * One Claritum purchase order, from the request to the last invoice:
 *
 *   documents and mapping → approval → ManEx sales order → Claritum markExported (no way back) → NorthScope orders →
 *   allocation → despatches → goods receipts → invoices → ManEx lines closed
 *
 * Until it is exported, whatever fails is undone, last first; after that, what no API can undo is listed for a human.
 */
import { allHandlersFinished, CancellationScope, condition, continueAsNew } from '@temporalio/workflow';
import type { OrderPolicy } from '../src/domain/case/policy';
import type { Progress } from '../src/domain/purchase-order/progress';
import type { PurchaseOrder } from '../src/domain/purchase-order/purchase-order';
import { isWithdrawn } from './decisions';
import { isAbandoned, isFinishedByHand, isGivenUp } from './giving-up';
import { replaceIfAmended, settleChanges } from './purchase-order/amendment';
import { reportAmendment, tooLateFor } from './purchase-order/change';
import { listLateDeliveries, listWhatIsLeft } from './purchase-order/booking';
import { carried, carriedOn, type CarriedState } from './purchase-order/carried';
import { refuseClaims } from './purchase-order/claims';
import { acknowledgeUnfulfilled } from './purchase-order/export';
import { isCutToWhatLeft, tendGoods } from './purchase-order/goods';
import { isReleased } from './purchase-order/hold';
import { listen, listenToCancellation } from './purchase-order/listen';
import { Order } from './purchase-order/order';
import { openOrder } from './purchase-order/state';
import { isApproved, prepare } from './purchase-order/preparation';
import { forgetSalesOrder, isAmendedMeanwhile } from './purchase-order/amended-meanwhile';
import { closeSalesOrder, placeSalesOrder } from './purchase-order/sales-order';
import { placeWarehouseOrders } from './purchase-order/warehouse-orders';
import { isLong } from './patience';
import { compensate } from './saga';

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
    continueAnew,
  );
  // What was being placed may stand in ManEx already: it is looked for before it is sent.
  if (input.carried !== undefined && order.state.isPlaced !== true && order.state.soNo !== null)
    order.state.isAdopted = true;
  listen(order);
  listenToCancellation(order);
  return CancellationScope.nonCancellable(() => finishedByHandIf(order, fulfil(order)));
}

async function fulfil(order: Order): Promise<FulfilPurchaseOrderResult> {
  const { state } = order;
  if (state.ending !== undefined) return end(order, state.ending);
  if (state.isPlaced !== true) {
    const placed = await unlessAbandoned(order, placeAsWanted(order));
    if (placed === false) return end(order, 'refused');
    if (placed === 'abandoned') return end(order, 'cancelled');
    state.isPlaced = true;
  }
  for (;;) {
    const tended = await unlessAbandoned(order, tendAndClose(order));
    if (tended === true) return end(order, 'done');
    if (tended === 'abandoned') return end(order, 'cancelled');
  }
}

/** The second half: goods, receipts and invoices, then the ManEx lines. */
async function tendAndClose(order: Order): Promise<true> {
  await tendGoods(order, () => continueIfLong(order));
  order.waiting(null);
  order.enter('closing');
  await closeSalesOrder(order);
  return true;
}

/** What nobody can go on with, and nobody can undo, a person finishes: all that is left of it is listed. */
async function finishedByHandIf(
  order: Order,
  story: Promise<FulfilPurchaseOrderResult>,
): Promise<FulfilPurchaseOrderResult> {
  try {
    return await story;
  } catch (error) {
    if (!isFinishedByHand(error)) throw error;
    order.desk.withdrawAll('waybill', error.message);
    order.note(error.message);
    listWhatIsLeft(order);
    return end(order, 'done');
  }
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
  if (await hasLeft(order)) return 'cut';
  order.enter('compensating');
  await compensate(order);
  return 'abandoned';
}

/** Where not even a look at the warehouse is to be had, a person has to look before anything is called undone. */
async function hasLeft(order: Order): Promise<boolean> {
  try {
    return await isCutToWhatLeft(order);
  } catch (error) {
    if (!isGivenUp(error)) throw error;
    order.task(
      `NorthScope: look whether goods of purchase order ${order.state.order.poNumber} have left; it could not be looked at when the order was given up`,
    );
    return false;
  }
}

/**
 * Wanted and placed; begun anew where ManEx refused something and the buyer corrected it meanwhile: what stands there by
 * then is undone. False where approval was refused.
 */
async function placeAsWanted(order: Order): Promise<boolean> {
  while (order.state.isWanted === true || (await isWantedInTheEnd(order))) {
    order.state.isWanted = true;
    try {
      await place(order);
      return true;
    } catch (error) {
      if (!isAmendedMeanwhile(error)) throw error;
      order.note('amended meanwhile: what was placed in ManEx is undone, and the order begins anew');
      await compensate(order);
      forgetSalesOrder(order);
      delete order.state.isWanted;
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

/** A long order starts a new history with all it knows; handlers have finished, so nothing that arrived is lost. */
async function continueIfLong(order: Order): Promise<void> {
  if (!isLong(order)) return;
  await condition(allHandlersFinished);
  await continueAnew(order);
}

const continueAnew = ({ state, policy }: Order): Promise<never> =>
  continueAsNew<typeof fulfilPurchaseOrder>({ order: state.order, policy, carried: carried(state) });

/** Refused and cancelled orders are marked too, at the very end, with the task to tell the buyer (design §2). */
async function end(order: Order, stage: 'done' | 'refused' | 'cancelled'): Promise<FulfilPurchaseOrderResult> {
  order.state.ending = stage;
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
