import { condition, workflowInfo } from '@temporalio/workflow';
import { compare, isPositive, isZero, subtract } from '../../src/domain/values/decimal';
import { milliseconds } from '../../src/domain/values/duration';
import { closeShort, invoiceable, outstanding, totals } from '../../src/domain/purchase-order/quantity';
import { type Resolution } from '../case/decisions';
import { isWithdrawn } from '../case/leaving';
import { settleChanges } from './amendment';
import { cutOff } from './change';
import { answerClaims, askAboutMissingInvoice } from './claims';
import type { Order } from './order';
import { listNeverReceived } from './booking';
import { WAIT_LONGER } from './delivery-reports';
import { bookReceipts } from './receipts';
import { isDespatched, lookAtWarehouse } from './warehouse';

/**
 * From the allocation to the last invoice. Goods leave, arrive and are invoiced in any order and in any number of parts;
 * each turn takes over what has happened and then waits for a signal or for the next look.
 *
 * @param whenLong called between two turns, when nothing is under way: the moment to continue as new.
 */
export async function tendGoods(order: Order, whenLong: () => Promise<void>): Promise<void> {
  const { look } = order.policy.fulfilment;
  let interval = milliseconds(look.first);
  let quietSince = Date.now();
  for (;;) {
    order.hasNews = false;
    const before = JSON.stringify(order.state.ledger);
    if (!isDespatched(order) || order.state.isWatched) await lookAtWarehouse(order);
    order.checkpoint();
    await amend(order);
    await bookReceipts(order);
    await answerClaims(order);
    if (isSettled(order) && (await isLeftAlone(order))) return;
    if (before !== JSON.stringify(order.state.ledger)) {
      interval = milliseconds(look.first);
      quietSince = Date.now();
    }
    if (order.hasNews) continue;
    await whenLong();
    showWait(order);
    const woken = await condition(() => order.hasNews, waitMs(order, interval, quietSince));
    if (woken) interval = milliseconds(look.first);
    else if (isDespatched(order) && Date.now() >= patienceEnds(order, quietSince)) {
      const isAllHere = isZero(outstanding(order.state.ledger));
      await watchedMeanwhile(order, isAllHere ? askAboutMissingInvoice(order) : askAboutShortDelivery(order));
      quietSince = Date.now();
    } else interval = Math.min(interval * 2, milliseconds(look.longest));
  }
}

/** What is cut off may still leave: from now on NorthScope is looked at, until all that it could ship has left. */
async function amend(order: Order): Promise<void> {
  const { amendment, warehouseOrders } = order.state;
  await settleChanges(order);
  if (amendment !== null && warehouseOrders.length > 0) order.state.isWatched = true;
}

/** A question may stay open for weeks: what leaves meanwhile is seen, as long as this history has room for looks. */
async function watchedMeanwhile(order: Order, asking: Promise<void>): Promise<void> {
  let isAnswered = false;
  const watching = async (): Promise<void> => {
    const pause = milliseconds(order.policy.fulfilment.look.longest);
    while (order.state.isWatched && !workflowInfo().continueAsNewSuggested) {
      if (await condition(() => isAnswered, pause)) return;
      await lookAtWarehouse(order);
    }
  };
  const answered = asking.finally(() => {
    isAnswered = true;
  });
  await Promise.all([answered, watching()]);
}

/** Nothing of what was cut off is on its way unseen: after this look nobody looks any more. */
async function isLeftAlone(order: Order): Promise<boolean> {
  if (order.state.isWatched) await lookAtWarehouse(order);
  return isSettled(order);
}

/**
 * The last word on a cancellation is what the warehouse shows at that moment: goods that have left go their way, and the
 * order is cut down to them. False where nothing has left, so that everything can be undone.
 */
export async function isCutToWhatLeft(order: Order): Promise<boolean> {
  const { state } = order;
  if (state.warehouseOrders.length === 0) return false;
  state.cancelledBy ??= 'whoever gave it up';
  await lookAtWarehouse(order);
  if (isZero(totals(state.ledger).despatched)) return false;
  const { despatched, ordered } = totals(state.ledger);
  if (compare(despatched, ordered) >= 0)
    order.task(
      `purchase order ${state.order.poNumber} was cancelled by ${state.cancelledBy}, too late: all ${despatched} have left the warehouse; refuse the delivery or agree on a return`,
    );
  cutOff(order, state.cancelledBy);
  state.cancelledBy = null;
  order.note('goods have left already: only the rest is cancelled');
  return true;
}

/** Nothing more is due, and all that came is invoiced. */
function isSettled({ state: { ledger, claims, reported, amendment, isToBeMarked } }: Order): boolean {
  return (
    isZero(outstanding(ledger)) &&
    isZero(invoiceable(ledger)) &&
    claims.length === 0 &&
    reported.length === 0 &&
    amendment === null &&
    !isToBeMarked
  );
}

/** Shows the stage the goods are at; `allocation` until all of them have a lot, `invoicing` when all have arrived. */
function showWait(order: Order): void {
  const { ordered, allocated, despatched, received } = totals(order.state.ledger);
  if (isZero(outstanding(order.state.ledger))) {
    order.waiting(`the invoice for ${invoiceable(order.state.ledger)} received and not invoiced`);
    order.enter('invoicing', 'invoice');
  } else if (compare(despatched, ordered) >= 0) {
    order.waiting(`delivery of ${outstanding(order.state.ledger)} (received ${received})`);
    order.enter('despatch', 'delivery');
  } else {
    const isAllocated = compare(allocated, ordered) >= 0;
    if (isAllocated) {
      order.waiting('the warehouse to despatch');
      return order.enter('despatch', 'warehouse');
    }
    // What the last look said of a single delivery tells more.
    if (order.state.waitingFor === null)
      order.waiting(`stock: ${subtract(ordered, allocated)} of ${ordered} ${order.plan.unitOfMeasure} have no lot yet`);
    order.enter('allocation', 'stock');
  }
}

/** Until the next look, or until a human is asked for the deliveries or the invoice that do not come. */
function waitMs(order: Order, interval: number, quietSince: number): number {
  if (!isDespatched(order)) return interval;
  const patience = Math.max(1, patienceEnds(order, quietSince) - Date.now());
  return order.state.isWatched ? Math.min(interval, patience) : patience;
}

/** When a human is asked (epoch milliseconds), where everything has left and nothing happens. */
function patienceEnds({ state, policy: { fulfilment } }: Order, quietSince: number): number {
  const within = isZero(outstanding(state.ledger)) ? fulfilment.goodsWithin : fulfilment.deliveryWithin;
  return quietSince + milliseconds(within);
}

/** Everything has left, and not everything has arrived for a long time. */
async function askAboutShortDelivery(order: Order): Promise<void> {
  const missing = outstanding(order.state.ledger);
  if (!isPositive(missing)) return;
  const { received } = totals(order.state.ledger);
  const asked = order.desk.ask({
    kind: 'short-delivery',
    question: `${missing} of this order left the warehouse and was never reported as delivered. Wait longer, or close the order short?`,
    facts: [
      { label: 'received', value: received },
      { label: 'missing', value: missing },
    ],
    choices: [WAIT_LONGER, 'close short'],
  });
  const answer = await unlessOvertaken(order, asked);
  if (answer?.choice !== 'close short') return;
  const before = order.state.ledger;
  order.state.ledger = closeShort(before);
  order.note(`closed short by ${answer.by}: ${missing} will not come`);
  listNeverReceived(order, before.writtenOff);
}

/** Undefined where a delivery was reported meanwhile: the question was taken back, and is asked anew if it must be. */
async function unlessOvertaken(order: Order, asked: Promise<Resolution>): Promise<Resolution | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (!isWithdrawn(error)) throw error;
    order.note(error.message);
    return undefined;
  }
}
