import { condition, workflowInfo } from '@temporalio/workflow';
import { compare, isPositive, isZero, subtract } from '../../src/domain/values/decimal';
import { milliseconds } from '../../src/domain/values/duration';
import { closeShort, invoiceable, outstanding, totals } from '../../src/domain/purchase-order/quantity';
import { type Resolution } from '../case/decisions';
import { isWithdrawn } from '../case/leaving';
import { settleChanges } from './amendment';
import { cutOff } from './change';
import { askAboutMissingInvoice, bookInvoiced } from './invoice-match';
import type { Fulfilment } from './fulfilment';
import { listNeverReceived } from './booking';
import { bookReceipts } from './receipts';
import { isDespatched, lookAtWarehouse } from './warehouse';
import { shortDelivery } from '../../src/domain/purchase-order/questions';

/**
 * From the allocation to the last invoice. Goods leave, arrive and are invoiced in any order and in any number of parts;
 * each turn takes over what has happened and then waits for a signal or for the next look.
 *
 * @param whenLong called between two turns, when nothing is under way: the moment to continue as new.
 */
export async function tendGoods(fulfilment: Fulfilment, whenLong: () => Promise<void>): Promise<void> {
  const { look } = fulfilment.policy.fulfilment;
  let interval = milliseconds(look.first);
  let quietSince = Date.now();
  let before = JSON.stringify(fulfilment.state.ledger);
  for (;;) {
    fulfilment.hasNews = false;
    if (!isDespatched(fulfilment) || fulfilment.state.isWatched) await lookAtWarehouse(fulfilment);
    fulfilment.checkpoint();
    await amend(fulfilment);
    await bookReceipts(fulfilment);
    bookInvoiced(fulfilment);
    if (isSettled(fulfilment) && (await isLeftAlone(fulfilment))) return;
    const now = JSON.stringify(fulfilment.state.ledger);
    if (before !== now) {
      before = now;
      interval = milliseconds(look.first);
      quietSince = Date.now();
    }
    if (fulfilment.hasNews) continue;
    await whenLong();
    showWait(fulfilment);
    const woken = await condition(() => fulfilment.hasNews, waitMs(fulfilment, interval, quietSince));
    if (woken) interval = milliseconds(look.first);
    else if (isDespatched(fulfilment) && Date.now() >= patienceEnds(fulfilment, quietSince)) {
      const isAllHere = isZero(outstanding(fulfilment.state.ledger));
      await watchedMeanwhile(
        fulfilment,
        isAllHere ? askAboutMissingInvoice(fulfilment) : askAboutShortDelivery(fulfilment),
      );
      quietSince = Date.now();
    } else interval = Math.min(interval * 2, milliseconds(look.longest));
  }
}

/** What is cut off may still leave: from now on NorthScope is looked at, until all that it could ship has left. */
async function amend(fulfilment: Fulfilment): Promise<void> {
  const { amendment, warehouseOrders } = fulfilment.state;
  await settleChanges(fulfilment);
  if (amendment !== null && warehouseOrders.length > 0) fulfilment.state.isWatched = true;
}

/** A question may stay open for weeks: what leaves meanwhile is seen, as long as this history has room for looks. */
async function watchedMeanwhile(fulfilment: Fulfilment, asking: Promise<void>): Promise<void> {
  let isAnswered = false;
  const watching = async (): Promise<void> => {
    const pause = milliseconds(fulfilment.policy.fulfilment.look.longest);
    while (fulfilment.state.isWatched && !workflowInfo().continueAsNewSuggested) {
      if (await condition(() => isAnswered, pause)) return;
      await lookAtWarehouse(fulfilment);
    }
  };
  const answered = asking.finally(() => {
    isAnswered = true;
  });
  await Promise.all([answered, watching()]);
}

/** Nothing of what was cut off is on its way unseen: after this look nobody looks any more. */
async function isLeftAlone(fulfilment: Fulfilment): Promise<boolean> {
  if (fulfilment.state.isWatched) await lookAtWarehouse(fulfilment);
  return isSettled(fulfilment);
}

/**
 * What the warehouse shows now decides a cancellation. Goods that have left stay ordered, and the order is reduced to
 * them. False where nothing has left, so that everything can be undone.
 */
export async function isCutToWhatLeft(fulfilment: Fulfilment): Promise<boolean> {
  const { state } = fulfilment;
  if (state.warehouseOrders.length === 0) return false;
  state.cancelledBy ??= 'whoever gave it up';
  await lookAtWarehouse(fulfilment);
  if (isZero(totals(state.ledger).despatched)) return false;
  const { despatched, ordered } = totals(state.ledger);
  if (compare(despatched, ordered) >= 0)
    fulfilment.task(
      `purchase order ${state.order.poNumber} was cancelled by ${state.cancelledBy}, too late: all ${despatched} have left the warehouse; refuse the delivery or agree on a return`,
    );
  cutOff(fulfilment, state.cancelledBy);
  state.cancelledBy = null;
  fulfilment.note('goods have left already: only the rest is cancelled');
  return true;
}

/** Nothing more is due, and all that came is invoiced. */
function isSettled({ state: { ledger, openInvoices, reported, amendment, isToBeMarked } }: Fulfilment): boolean {
  return (
    isZero(outstanding(ledger)) &&
    isZero(invoiceable(ledger)) &&
    openInvoices.length === 0 &&
    reported.length === 0 &&
    amendment === null &&
    !isToBeMarked
  );
}

/** Shows the stage the goods are at; `allocation` until all of them have a lot, `invoicing` when all have arrived. */
function showWait(fulfilment: Fulfilment): void {
  const { ordered, allocated, despatched, received } = totals(fulfilment.state.ledger);
  if (isZero(outstanding(fulfilment.state.ledger))) {
    fulfilment.waiting(`the invoice for ${invoiceable(fulfilment.state.ledger)} received and not invoiced`);
    fulfilment.enter('invoicing', 'invoice');
  } else if (compare(despatched, ordered) >= 0) {
    fulfilment.waiting(`delivery of ${outstanding(fulfilment.state.ledger)} (received ${received})`);
    fulfilment.enter('despatch', 'delivery');
  } else {
    const isAllocated = compare(allocated, ordered) >= 0;
    if (isAllocated) {
      fulfilment.waiting('the warehouse to despatch');
      return fulfilment.enter('despatch', 'warehouse');
    }
    // The last look at a single delivery says more.
    if (fulfilment.state.waitingFor === null)
      fulfilment.waiting(
        `stock: ${subtract(ordered, allocated)} of ${ordered} ${fulfilment.plan.unitOfMeasure} have no lot yet`,
      );
    fulfilment.enter('allocation', 'stock');
  }
}

/** Until the next look, or until a person is asked for the deliveries or the invoice that do not come. */
function waitMs(fulfilment: Fulfilment, interval: number, quietSince: number): number {
  if (!isDespatched(fulfilment)) return interval;
  const patience = Math.max(1, patienceEnds(fulfilment, quietSince) - Date.now());
  return fulfilment.state.isWatched ? Math.min(interval, patience) : patience;
}

/** When a person is asked (epoch milliseconds), where everything has left and nothing happens. */
function patienceEnds({ state, policy: { fulfilment } }: Fulfilment, quietSince: number): number {
  const within = isZero(outstanding(state.ledger)) ? fulfilment.goodsWithin : fulfilment.deliveryWithin;
  return quietSince + milliseconds(within);
}

/** Everything has left, and not everything has arrived for a long time. */
async function askAboutShortDelivery(fulfilment: Fulfilment): Promise<void> {
  const missing = outstanding(fulfilment.state.ledger);
  if (!isPositive(missing)) return;
  const { received } = totals(fulfilment.state.ledger);
  const asked = fulfilment.desk.ask({
    of: shortDelivery,
    values: { missing },
    facts: [
      { label: 'received', value: received },
      { label: 'missing', value: missing },
    ],
  });
  const answer = await unlessOvertaken(fulfilment, asked);
  if (answer?.choice !== 'close short') return;
  const before = fulfilment.state.ledger;
  fulfilment.state.ledger = closeShort(before);
  fulfilment.note(`closed short by ${answer.by}: ${missing} will not come`);
  listNeverReceived(fulfilment, before.writtenOff);
}

/** Undefined where a delivery was reported meanwhile: the question was taken back, and is asked anew if it must be. */
async function unlessOvertaken(fulfilment: Fulfilment, asked: Promise<Resolution>): Promise<Resolution | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (!isWithdrawn(error)) throw error;
    fulfilment.note(error.message);
    return undefined;
  }
}
