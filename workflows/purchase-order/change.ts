import { changesOf, cutToDespatched, judgeAmendment, slipOfThePen } from '../../src/domain/purchase-order/amendment';
import { mergeAmendment } from '../../src/domain/purchase-order/amendment-merge';
import { compare, isPositive } from '../../src/domain/values/decimal';
import { isOlder, newsOf, type RecordVersion, versionOf } from '../../src/domain/case/news';
import { ANONYMOUS } from '../../src/domain/case/person-names';
import type { PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import { orderMeaning } from '../../src/domain/purchase-order/status';
import { openLedger, totals } from '../../src/domain/purchase-order/quantity';
import type { ChangeReceipt } from '../case/messages';
import { OVERTAKEN, WAS_WITHDRAWN } from './choices';
import { GO_ON_WITHOUT, isGoneOnWithout } from '../case/leaving';
import { findPurchaseOrder } from '../vendors/claritum';
import type { Order } from './order';
import type { OrderState, PendingAmendment } from './state';

const accepted = (reason: string): ChangeReceipt => ({ status: 'accepted', reason });
const refused = (reason: string): ChangeReceipt => ({ status: 'refused', reason });

/**
 * Calls the order off: wholly while nothing has left the warehouse, the rest of it afterwards, not at all when everything
 * has left (design §5.7).
 */
export function requestCancellation(order: Order, by = ANONYMOUS, reason?: string): ChangeReceipt {
  const { state } = order;
  const over = tooLate(order);
  if (over !== undefined) return refused(over);
  const { despatched, ordered } = totals(state.ledger);
  if (compare(despatched, ordered) >= 0 && isPositive(despatched)) {
    const cut = state.cutBy === undefined ? '' : `the rest is already cancelled, by ${state.cutBy}; `;
    return refused(`${cut}all ${despatched} have left the warehouse: refuse the delivery or agree on a return`);
  }
  if (state.amendment?.isCut === true) return refused(`the rest is already cancelled, by ${state.amendment.by}`);
  order.note(`cancellation asked for by ${by}${reason === undefined ? '' : `: ${reason}`}`);
  order.hasNews = true;
  if (isPositive(despatched)) {
    cutOff(order, by);
    return accepted(
      `${despatched} of ${ordered} have left the warehouse and will be received and invoiced; the rest is cancelled`,
    );
  }
  state.cancelledBy = by;
  order.desk.withdrawAll(by, 'the order is cancelled');
  return accepted(whatIsUndone(order));
}

/** The rest is no longer wanted: what has left the warehouse is all that is kept of the order. */
export function cutOff({ state }: Order, by: string): void {
  const cut = cutToDespatched(state.order, state.ledger);
  const { version } = state.amendment ?? {};
  state.amendment = { order: cut, by, isCut: true, buyersOrder: buyersRecord(state), amenders: [by], version };
}

function whatIsUndone(order: Order): string {
  if (isUnplaced(order)) return 'nothing has been placed, and nothing will be';
  const { warehouseOrders } = order.state;
  const undone = 'nothing has left the warehouse as far as is known: what was placed is undone';
  if (warehouseOrders.length === 0) return undone;
  const orderIds = warehouseOrders.map(({ orderId }) => orderId).join(' and ');
  return `${undone}, but for ${orderIds} in NorthScope, to be cancelled there by hand`;
}

/** Takes in what the order is to become; refused at once where it never can. */
export function requestAmendment(order: Order, amended: PurchaseOrder, by = ANONYMOUS): ChangeReceipt {
  const { state } = order;
  const over = tooLate(order);
  if (over !== undefined) return refused(over);
  if (amended.orderRef !== state.order.orderRef)
    return refused(`it is for order ${amended.orderRef}, not ${state.order.orderRef}`);
  const judged = judgeAmendment(state.order, amended, state.ledger);
  if (judged.kind === 'none') return { status: 'done', reason: 'it changes nothing' };
  const slip = slipOfThePen(state.amendment?.order ?? state.order, amended, new Date().toISOString());
  const fault = judged.kind === 'impossible' ? judged.because : slip;
  if (fault !== undefined) return refused(fault);
  const amenders = [...new Set([...(state.amendment?.amenders ?? []), by])];
  const { version, isOlder: isDoubtful } = state.amendment ?? {};
  take(order, {
    order: amended,
    by,
    isCut: false,
    buyersOrder: buyersRecord(state),
    amenders,
    version,
    isOlder: isDoubtful,
  });
  return accepted(changesOf(state.order, amended).join('; '));
}

/**
 * What Claritum lists of this order, as the poller saw it. Content that was taken in is no news; content whose time does not
 * say that it is the later one is looked at again before it counts.
 */
export async function takeListed(order: Order, reported: PurchaseOrder): Promise<void> {
  const { orderRef, uid } = order.state.order;
  if (reported.orderRef !== orderRef || reported.uid !== uid) return tellOfAnother(order, reported);
  // Whether it was withdrawn is no question while it is listed.
  for (const { id, choices } of [...order.state.decisions.open]) {
    if (choices.includes(WAS_WITHDRAWN)) order.desk.withdraw(id, BUYER, 'Claritum lists the order again');
  }
  if (newsOf(knownVersion(order.state), versionOf(reported)) !== 'doubtful') return reportAmendment(order, reported);
  order.note('Claritum lists other content that is not of a later time: looked at again');
  const latest = await looked(order);
  // Nobody looks any longer: a person is asked which of the two counts.
  if (latest === 'unknown') return reportAmendment(order, reported);
  if (latest !== null && latest.uid === uid && latest.orderRef === orderRef) reportAmendment(order, latest);
}

export function tellOfAnother(order: Order, { orderRef, uid }: Pick<PurchaseOrder, 'orderRef' | 'uid'>): void {
  order.taskOnce(
    `Claritum lists the record ${uid} under ${orderRef}, and this order is the record ${order.state.order.uid}: nothing of the other was taken over; correct one of them in Claritum`,
  );
}

/**
 * The buyer's record as it stands at the source now. Nobody can be told a refusal here, so what is impossible is taken in
 * too and becomes a decision when its turn comes. What an operator amended or cut, and the buyer did not touch, stays.
 */
export function reportAmendment(order: Order, reported: PurchaseOrder): void {
  const { state } = order;
  const known = knownVersion(state);
  const seen = versionOf(reported);
  if (newsOf(known, seen) === 'same') return listedAgain(order);
  if (orderMeaning(reported.status, order.policy.claritum) === 'cancelled') return calledOff(order, reported, seen);
  const over = tooLate(order);
  if (over !== undefined) {
    order.task(
      `the buyer changed purchase order ${reported.poNumber} too late (${over}): tell them, and mark it exported in Claritum`,
    );
    return undefined;
  }
  const waiting = state.amendment;
  const ours = waiting?.order ?? state.order;
  const merged = mergeAmendment(buyersRecord(state), reported, ours);
  const kept = merged === reported ? {} : { buyersOrder: reported, amenders: waiting?.amenders };
  // A cut stays a cut, by whoever asked for it, where the buyer changed nothing that matters to it.
  const isTouched = judgeAmendment(ours, merged, openLedger([])).kind !== 'none';
  const nature = waiting === null || isTouched ? { by: BUYER, isCut: false } : { by: waiting.by, isCut: waiting.isCut };
  // A version that was in doubt itself is no measure of the next one.
  const isInDoubt = isOlder(state.version, seen) || (waiting?.isOlder !== true && isOlder(known, seen));
  const doubt = isInDoubt ? { isOlder: true as const } : {};
  return take(order, { order: merged, ...nature, ...kept, ...doubt, version: seen });
}

/** Marked, and listed again in the version that was marked: it is marked again, or it would be listed for ever. */
function listedAgain(order: Order): void {
  if (!order.state.isExported || order.state.isToBeMarked) return;
  order.state.isToBeMarked = true;
  order.state.isRepeated = true;
  order.hasNews = true;
}

/** Listed with a status that says cancelled: the record is taken in as that, and marked in the end. */
function calledOff(order: Order, reported: PurchaseOrder, seen: RecordVersion): void {
  const { state } = order;
  state.version = seen;
  if (state.amendment !== null) state.amendment = { ...state.amendment, version: undefined };
  state.isToBeMarked = true;
  const { status, reason } = requestCancellation(order, BUYER, `its status in Claritum is '${reported.status}'`);
  order.hasNews = true;
  if (status === 'refused') {
    order.task(`the buyer cancelled purchase order ${reported.poNumber} in Claritum, too late: ${reason}`);
  }
}

/** The order is over, and the buyer has changed it: a person tells them, and the change is marked as taken in. */
export function tooLateFor(order: Order, reported: PurchaseOrder): true {
  const changes = changesOf(order.state.order, reported).join('; ');
  order.state.version = versionOf(reported);
  order.task(
    `the buyer changed purchase order ${reported.poNumber} when it was over${changes === '' ? '' : ` (${changes})`}: tell them that nothing of it is carried out`,
  );
  return true;
}

/** The version of the buyer's record that was taken in last, be it carried out or waiting for its turn. */
const knownVersion = ({ version, amendment }: OrderState): RecordVersion => amendment?.version ?? version;

/**
 * The poller has missed the order for a while. The look that counts is the order's own: listed again, nothing happened.
 */
export async function confirmWithdrawal(order: Order): Promise<void> {
  const { state } = order;
  if (state.isExporting) return;
  const { orderRef, uid } = state.order;
  const listed = await looked(order);
  if (listed === 'unknown')
    return order.task(`Claritum: look whether the buyer withdrew purchase order ${orderRef}; cancel it here if so`);
  // Another record of the reference says nothing of this one. And the mark may have been sent while this look was under
  // way: then it is our own doing that it is gone.
  if (listed?.uid === uid || state.isExporting) return;
  requestCancellation(order, BUYER, 'withdrawn by the buyer');
}

/** The record as Claritum lists it now; unknown where a person ends a look that is not to be had. */
async function looked(order: Order): Promise<PurchaseOrder | null | 'unknown'> {
  const { orderRef, uid } = order.state.order;
  try {
    return await findPurchaseOrder(order, { orderRef, uid, fresh: true }, GO_ON_WITHOUT);
  } catch (error) {
    if (!isGoneOnWithout(error)) throw error;
    order.note(error.message);
    return 'unknown';
  }
}

/** Who amends where the record in Claritum changed. */
export const BUYER = 'claritum';

/** The order as the buyer last wrote it, as far as it is known here. */
const buyersRecord = ({ order, buyersOrder, amendment }: OrderState): PurchaseOrder =>
  amendment === null ? (buyersOrder ?? order) : (amendment.buyersOrder ?? amendment.order);

const isUnplaced = ({ state: { stage } }: Order): boolean => stage === 'received' || stage === 'approval';

function take(order: Order, amendment: PendingAmendment): void {
  const changes = changesOf(order.state.order, amendment.order).join('; ');
  order.state.amendment = amendment;
  order.note(`amendment by ${amendment.by} taken in${changes === '' ? '' : `: ${changes}`}`);
  order.hasNews = true;
  // Before anything is placed, questions are about the old content: they are asked anew about the new one.
  const because = `the order was amended${changes === '' ? '' : `: ${changes}`}`;
  if (isUnplaced(order)) return order.desk.withdrawAll(amendment.by, because);
  // A status is asked about as it was listed, and so is which of two versions counts.
  for (const { id, choices } of [...order.state.decisions.open]) {
    if (OVERTAKEN.some((choice) => choices.includes(choice))) order.desk.withdraw(id, amendment.by, because);
  }
  return undefined;
}

function tooLate({ state }: Order): string | undefined {
  if (state.cancelledBy !== null) return `it is already being cancelled, by ${state.cancelledBy}`;
  switch (state.stage) {
    case 'compensating':
      return 'it is already being undone';
    case 'closing':
      return 'everything has been received and invoiced';
    case 'done':
    case 'refused':
    case 'cancelled':
      return `it has ended: ${state.stage}`;
    default:
      return undefined;
  }
}
