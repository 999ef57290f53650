/**
 * One Claritum purchase order, from the request to the last invoice:
 *
 *   documents and mapping → approval → ManEx sales order → Claritum markExported (no way back) → NorthScope orders →
 *   allocation → despatches → goods receipts → invoices → ManEx lines closed
 *
 * Until it is exported, whatever fails is undone, last first; after that, what no API can undo is listed for a person.
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
import { continueIfLong } from '../case/history';
import { isFinishedByHand, isGivenUp, isOvertaken, runToItsEnd, isWithdrawn } from '../case/leaving';
import { replaceIfAmended, settleChanges } from './amendment';
import { reportAmendment, listTooLate } from './change';
import { listLateDeliveries, listWhatIsLeft } from './booking';
import { carried, carriedOn, type CarriedState } from './carried';
import { finishMarks, followInvoices, handOverInvoices } from './invoices';
import { type AwaitedOrder, untilItComes } from './awaited-order';
import { acknowledgeInTheEnd } from './export';
import { cutToWhatLeft, tendGoods } from './goods';
import { awaitRelease } from './hold';
import { listen } from './listen';
import { Fulfilment } from './fulfilment';
import { openOrder, type OrderState } from './state';
import { isApproved, prepare } from './preparation';
import { forgetSalesOrder, isReleasedUnchanged } from './amended-meanwhile';
import { closeSalesOrder, placeSalesOrder } from './sales-order';
import { queueAll, untilShown } from './warehouse-orders';
import { compensate } from '../case/saga';

export interface FulfilPurchaseOrderInput {
  readonly order: PurchaseOrder;
  readonly policy: OrderPolicy;
  /** Set by the order itself when it continues as new: everything it knew but `order`, which it is carried beside. */
  readonly carried?: CarriedState;
}

/** The result names every document in every system, and what is left to do by hand. */
export type FulfilPurchaseOrderResult = Progress;

export async function fulfilPurchaseOrder(
  input: FulfilPurchaseOrderInput | AwaitedOrder,
): Promise<FulfilPurchaseOrderResult> {
  const fulfilment =
    'order' in input
      ? new Fulfilment(stateOf(input), input.policy, continueAnew)
      : new Fulfilment(await untilItComes(input), input.policy, continueAnew);
  listen(fulfilment);
  followInvoices(fulfilment);
  return CancellationScope.nonCancellable(() =>
    runToItsEnd(
      async () => end(fulfilment, await fulfil(fulfilment)),
      async (left) => end(fulfilment, await leave(fulfilment, left)),
    ),
  );
}

function stateOf({ order, carried: known }: FulfilPurchaseOrderInput): OrderState {
  if (known === undefined) return openOrder(order);
  const state = carriedOn(order, known);
  // What was being placed may stand in ManEx already: it is looked for before it is sent.
  if (state.isPlaced !== true && state.soNo !== null) state.isAdopted = true;
  return state;
}

type Ending = NonNullable<Fulfilment['state']['ending']>;

/** The story. What ends it early is thrown, and dealt with in {@link leave}. */
async function fulfil(fulfilment: Fulfilment): Promise<Ending> {
  const { state } = fulfilment;
  if (state.ending !== undefined) return state.ending;
  if (state.isPlaced !== true) {
    if (state.isWanted !== true && !(await isWantedInTheEnd(fulfilment))) return 'refused';
    state.isWanted = true;
    await place(fulfilment);
    state.isPlaced = true;
  }
  await tendGoods(fulfilment, () => continueIfLong(fulfilment, continueAnew));
  fulfilment.waiting(null);
  fulfilment.enter('closing');
  await closeSalesOrder(fulfilment);
  return 'done';
}

/** How an order ends that a person or the buyer has ended, or how it goes on without what ended. */
async function leave(fulfilment: Fulfilment, left: ApplicationFailure): Promise<Ending> {
  const { message } = left;
  fulfilment.note(message);
  if (isFinishedByHand(left)) {
    // What can neither go on nor be undone is finished by a person. All that is left is listed as tasks.
    fulfilment.desk.withdrawAll('waybill', message);
    listWhatIsLeft(fulfilment);
    return 'done';
  }
  if (isOvertaken(left)) {
    if (!(await isReleasedUnchanged(fulfilment))) await beginAnew(fulfilment);
    return fulfil(fulfilment);
  }
  if (await hasLeft(fulfilment)) {
    // What has left the warehouse is never undone: only the rest is cut off, and the story goes on with it.
    fulfilment.state.isPlaced = true;
    return fulfil(fulfilment);
  }
  if (fulfilment.state.cancelledBy === null) fulfilment.state.endedBecause = message;
  fulfilment.enter('compensating');
  await compensate(fulfilment);
  return 'cancelled';
}

/** ManEx has not taken something, and the order was amended meanwhile. */
async function beginAnew(fulfilment: Fulfilment): Promise<void> {
  fulfilment.note('amended meanwhile: what stands in ManEx is undone first, then the order begins anew');
  await compensate(fulfilment);
  forgetSalesOrder(fulfilment);
  delete fulfilment.state.isWanted;
  fulfilment.enter('received');
}

/** Where not even a look at the warehouse is to be had, a person has to look before anything is called undone. */
async function hasLeft(fulfilment: Fulfilment): Promise<boolean> {
  try {
    return await cutToWhatLeft(fulfilment);
  } catch (error) {
    if (!isGivenUp(error)) throw error;
    fulfilment.task(
      `NorthScope: look whether goods of purchase order ${fulfilment.state.order.poNumber} have left; it could not be looked at when the order was given up`,
    );
    return false;
  }
}

/** Everything of a wanted order, in the three systems. */
async function place(fulfilment: Fulfilment): Promise<void> {
  fulfilment.enter('sales-order');
  await placeSalesOrder(fulfilment);
  do {
    fulfilment.checkpoint();
    await settleChanges(fulfilment);
    fulfilment.checkpoint();
    fulfilment.enter('allocation');
  } while (!(await queueAll(fulfilment)));
  await untilShown(fulfilment);
}

/** What was refused is marked in the end; where the buyer has changed it by then, it is looked at anew. */
async function isWantedInTheEnd(fulfilment: Fulfilment): Promise<boolean> {
  for (;;) {
    if (await isWanted(fulfilment)) return true;
    const isOver = await acknowledgeInTheEnd(fulfilment, (record) => {
      reportAmendment(fulfilment, record);
      return false;
    });
    if (isOver) return false;
  }
}

/** Prepared and approved, as often as the buyer changes it before anything is placed. False where approval was refused. */
async function isWanted(fulfilment: Fulfilment): Promise<boolean> {
  for (;;) {
    try {
      fulfilment.checkpoint();
      await replaceIfAmended(fulfilment);
      if (!(await awaitRelease(fulfilment, fulfilment.state.order))) continue;
      await prepare(fulfilment);
      fulfilment.checkpoint();
      if (fulfilment.state.amendment !== null) continue;
      const approved = await isApproved(fulfilment);
      fulfilment.checkpoint();
      if (fulfilment.state.amendment === null) return approved;
    } catch (error) {
      if (!isWithdrawn(error) || fulfilment.state.amendment === null) throw error;
    }
  }
}

/** A long order starts a new history with all it knows. */
const continueAnew = ({ state, policy }: Fulfilment): Promise<never> =>
  continueAsNew<typeof fulfilPurchaseOrder>({ order: state.order, policy, carried: carried(state) });

/** Refused and cancelled orders are marked too, at the very end, with the task to tell the buyer. */
async function end(fulfilment: Fulfilment, stage: Ending): Promise<FulfilPurchaseOrderResult> {
  fulfilment.state.ending = stage;
  await finishMarks(fulfilment);
  if (fulfilment.state.isToBeMarked || fulfilment.state.isMarkAssumed === true)
    await acknowledgeInTheEnd(fulfilment, (record) => listTooLate(fulfilment, record));
  if (stage !== 'done') {
    fulfilment.task(`tell the buyer that purchase order ${fulfilment.state.order.poNumber} is ${stage}`);
  }
  fulfilment.waiting(null);
  fulfilment.note(stage);
  fulfilment.enter(stage);
  fulfilment.show();
  await turnAwayTheRest(fulfilment);
  return fulfilment.progress();
}

/** What came too late to be part of the story is not lost: invoices are handed over, deliveries listed. */
async function turnAwayTheRest(fulfilment: Fulfilment): Promise<void> {
  do {
    await handOverInvoices(fulfilment);
    listLateDeliveries(fulfilment);
    await condition(allHandlersFinished);
  } while (fulfilment.state.openInvoices.length > 0 || fulfilment.state.reported.length > 0);
}
