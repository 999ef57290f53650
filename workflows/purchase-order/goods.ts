import { condition } from '@temporalio/workflow';
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
import { isDespatched, lookAtWarehouse, watchedMeanwhile } from './warehouse';
import { shortDelivery } from '../../src/domain/purchase-order/questions';

/**
 * From the allocation to the last invoice. Goods leave, arrive and are invoiced in any order and in any number of parts;
 * each turn takes over what has happened and then waits for a signal: what changes in the warehouse, its feed tells.
 *
 * @param whenLong called between two turns, when nothing is under way: the moment to continue as new.
 */
export async function tendGoods(fulfilment: Fulfilment, whenLong: () => Promise<void>): Promise<void> {
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
      quietSince = Date.now();
    }
    if (fulfilment.hasNews) continue;
    await whenLong();
    showWait(fulfilment);
    const isWoken = await condition(() => fulfilment.hasNews, waitMs(fulfilment, quietSince));
    if (!isWoken && isDespatched(fulfilment) && Date.now() >= patienceEnds(fulfilment, quietSince)) {
      const isAllHere = isZero(outstanding(fulfilment.state.ledger));
      await watchedMeanwhile(
        fulfilment,
        isAllHere ? askAboutMissingInvoice(fulfilment) : askAboutShortDelivery(fulfilment),
        { isWatched: () => fulfilment.state.isWatched === true },
      );
      quietSince = Date.now();
    }
  }
}

/** What is cut off may still leave: from now on NorthScope is looked at, until all that it could ship has left. */
async function amend(fulfilment: Fulfilment): Promise<void> {
  const { amendment, warehouseOrders } = fulfilment.state;
  await settleChanges(fulfilment);
  if (amendment !== null && warehouseOrders.length > 0) fulfilment.state.isWatched = true;
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
export async function cutToWhatLeft(fulfilment: Fulfilment): Promise<boolean> {
  const { state } = fulfilment;
  if (state.warehouseOrders.length === 0) return false;
  state.cancelledBy ??= 'whoever gave it up';
  await lookAtWarehouse(fulfilment);
  if (isZero(totals(state.ledger).despatched)) return false;
  const { despatched, ordered } = totals(state.ledger);
  if (compare(despatched, ordered) >= 0)
    fulfilment.task(
      `purchase order ${state.order.poNumber} was cancelled by ${state.cancelledBy}, too late: all ${despatched} have left the warehouse; refuse the delivery or agree on a return`,
      `cancelled-too-late:${state.cancelledBy}`,
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

/**
 * Shows the stage the goods are at; `allocation` until all of them have a lot, `invoicing` when all have arrived. What waits
 * for the warehouse is told by its feed what changes there.
 */
function showWait(fulfilment: Fulfilment): void {
  const { isWatched } = fulfilment.state;
  const { ordered, allocated, despatched, received } = totals(fulfilment.state.ledger);
  if (isZero(outstanding(fulfilment.state.ledger))) {
    fulfilment.waiting(`the invoice for ${invoiceable(fulfilment.state.ledger)} received and not invoiced`);
    fulfilment.enter('invoicing', isWatched ? 'warehouse' : 'invoice');
  } else if (compare(despatched, ordered) >= 0) {
    fulfilment.waiting(`delivery of ${outstanding(fulfilment.state.ledger)} (received ${received})`);
    fulfilment.enter('despatch', isWatched ? 'warehouse' : 'delivery');
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

/** Until the next look without a signal, or until a person is asked for the deliveries or the invoice that do not come. */
function waitMs(fulfilment: Fulfilment, quietSince: number): number {
  const interval = milliseconds(fulfilment.policy.fulfilment.look.longest);
  if (!isDespatched(fulfilment)) return Math.min(interval, ...againAfterRefusal(fulfilment), ...aheadFor(fulfilment));
  const patience = Math.max(1, patienceEnds(fulfilment, quietSince) - Date.now());
  return fulfilment.state.isWatched ? Math.min(interval, patience) : patience;
}

const REFUSED_FIRST_MS = 1_000;

/** What NorthScope refuses is no news to its feed: it is tried again, ever more rarely (milliseconds). */
const againAfterRefusal = ({ refusedAllocations: refused, policy: { fulfilment } }: Fulfilment): number[] =>
  refused === 0
    ? []
    : [Math.min(REFUSED_FIRST_MS * 2 ** Math.min(refused - 1, 20), milliseconds(fulfilment.longestPause))];

/** How long until a person is asked about each delivery that was reported before its goods have left (milliseconds). */
const aheadFor = ({ state, policy: { fulfilment } }: Fulfilment): number[] =>
  state.reported
    .map(({ since }) => Date.parse(since) + milliseconds(fulfilment.aheadWithin) - Date.now())
    .filter((left) => left > 0);

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
