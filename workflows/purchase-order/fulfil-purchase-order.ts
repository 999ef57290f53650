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
  type ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
} from '@temporalio/workflow';
import type { OrderPolicy } from '../../src/domain/case/policy';
import type { Progress } from '../../src/domain/purchase-order/progress';
import type { PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import { isFinishedByHand, isGivenUp, toItsEnd, isWithdrawn } from '../case/leaving';
import { replaceIfAmended, settleChanges } from './amendment';
import { reportAmendment, tooLateFor } from './change';
import { listLateDeliveries, listWhatIsLeft } from './booking';
import { carried, carriedOn, type CarriedState } from './carried';
import { refuseClaims } from './claims';
import { acknowledgeUnfulfilled } from './export';
import { isCutToWhatLeft, tendGoods } from './goods';
import { isReleased } from './hold';
import { listen, listenToCancellation } from './listen';
import { Order } from './order';
import { openOrder } from './state';
import { isApproved, prepare } from './preparation';
import { forgetSalesOrder, isAmendedMeanwhile } from './amended-meanwhile';
import { closeSalesOrder, placeSalesOrder } from './sales-order';
import { placeWarehouseOrders } from './warehouse-orders';
import { isLong } from '../case/patience';
import { compensate } from '../case/saga';

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
  return CancellationScope.nonCancellable(() =>
    toItsEnd(
      async () => end(order, await fulfil(order)),
      async (left) => end(order, await leave(order, left)),
    ),
  );
}

type Ending = NonNullable<Order['state']['ending']>;

/** The story. What ends it early is thrown, and dealt with in {@link leave}. */
async function fulfil(order: Order): Promise<Ending> {
  const { state } = order;
  if (state.ending !== undefined) return state.ending;
  if (state.isPlaced !== true) {
    if (state.isWanted !== true && !(await isWantedInTheEnd(order))) return 'refused';
    state.isWanted = true;
    await place(order);
    state.isPlaced = true;
  }
  await tendGoods(order, () => continueIfLong(order));
  order.waiting(null);
  order.enter('closing');
  await closeSalesOrder(order);
  return 'done';
}

/** How an order ends that a human or the buyer has ended, or how it goes on without what ended. */
async function leave(order: Order, left: ApplicationFailure): Promise<Ending> {
  if (isFinishedByHand(left)) {
    // What nobody can go on with, and nobody can undo, a person finishes: all that is left of it is listed.
    order.desk.withdrawAll('waybill', left.message);
    order.note(left.message);
    listWhatIsLeft(order);
    return 'done';
  }
  if (isAmendedMeanwhile(left)) {
    await beginAnew(order);
    return fulfil(order);
  }
  order.note(left.message);
  if (await hasLeft(order)) {
    // What has left the warehouse is never undone: only the rest is cut off, and the story goes on with it.
    order.state.isPlaced = true;
    return fulfil(order);
  }
  order.enter('compensating');
  await compensate(order);
  return 'cancelled';
}

/** ManEx refused something, and the buyer corrected it meanwhile. */
async function beginAnew(order: Order): Promise<void> {
  order.note('amended meanwhile: what was placed in ManEx is undone, and the order begins anew');
  await compensate(order);
  forgetSalesOrder(order);
  delete order.state.isWanted;
  order.enter('received');
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

/** Everything of a wanted order, in the three systems. */
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
async function end(order: Order, stage: Ending): Promise<FulfilPurchaseOrderResult> {
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
