import {
  changesOf,
  cutToDespatched,
  judgeAmendment,
  newsIn,
  slipOfThePen,
} from '../../src/domain/purchase-order/amendment';
import { mergeAmendment } from '../../src/domain/purchase-order/amendment-merge';
import { compare, isPositive } from '../../src/domain/values/decimal';
import { isOlder, newsOf, type RecordVersion, versionOf } from '../../src/domain/case/news';
import { ANONYMOUS } from '../../src/domain/case/person-names';
import type { PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import { orderMeaning } from '../../src/domain/purchase-order/status';
import { openLedger, totals } from '../../src/domain/purchase-order/quantity';
import type { ChangeReceipt } from '../case/messages';
import { accepted, refused } from '../case/receipts';
import { GO_ON_WITHOUT, isGoneOnWithout } from '../case/leaving';
import { findPurchaseOrder } from '../vendors/claritum';
import type { Fulfilment } from './fulfilment';
import type { OrderState, PendingAmendment } from './state';
import type { Decision } from '../../src/domain/case/decision';
import { isOf } from '../../src/domain/case/question';
import {
  approval,
  impossibleAmendment,
  olderVersion,
  unexplainedStatus,
  unplaceableAmendment,
  vanishedOrder,
} from '../../src/domain/purchase-order/questions';

/**
 * Calls the order off: wholly while nothing has left the warehouse, the rest of it afterwards, not at all when everything
 * has left.
 */
export function requestCancellation(fulfilment: Fulfilment, by = ANONYMOUS, reason?: string): ChangeReceipt {
  const { state } = fulfilment;
  const over = tooLate(fulfilment);
  if (over !== undefined) return refused(over);
  const { despatched, ordered } = totals(state.ledger);
  if (compare(despatched, ordered) >= 0 && isPositive(despatched)) {
    const cut = state.cutBy === undefined ? '' : `the rest is already cancelled, by ${state.cutBy}; `;
    return refused(`${cut}all ${despatched} have left the warehouse: refuse the delivery or agree on a return`);
  }
  if (state.amendment?.isCut === true) return refused(`the rest is already cancelled, by ${state.amendment.by}`);
  const asked = `cancellation asked for by ${by}${reason === undefined ? '' : `: ${reason}`}`;
  fulfilment.note(asked);
  fulfilment.hasNews = true;
  if (isPositive(despatched)) {
    cutOff(fulfilment, by);
    return accepted(
      `${despatched} of ${ordered} have left the warehouse and will be received and invoiced; the rest is cancelled`,
    );
  }
  state.cancelledBy = by;
  state.endedBecause = asked;
  fulfilment.desk.withdrawAll(by, 'the order is cancelled');
  return accepted(whatIsUndone(fulfilment));
}

/** The rest is no longer wanted: what has left the warehouse is all that is kept of the order. */
export function cutOff({ state }: Fulfilment, by: string): void {
  const cut = cutToDespatched(state.order, state.ledger);
  const { version } = state.amendment ?? {};
  state.amendment = { order: cut, by, isCut: true, buyersOrder: buyersRecord(state), amenders: [by], version };
}

function whatIsUndone(fulfilment: Fulfilment): string {
  if (isUnplaced(fulfilment)) return 'nothing has been placed, and nothing will be';
  const { warehouseOrders } = fulfilment.state;
  const undone = 'nothing has left the warehouse as far as is known: what was placed is undone';
  if (warehouseOrders.length === 0) return undone;
  const orderIds = warehouseOrders.map(({ orderId }) => orderId).join(' and ');
  return `${undone}, but for ${orderIds} in NorthScope, to be cancelled there by hand`;
}

/** Takes in what the order is to become; refused at once where it never can. */
export function requestAmendment(fulfilment: Fulfilment, amended: PurchaseOrder, by = ANONYMOUS): ChangeReceipt {
  const { state } = fulfilment;
  const over = tooLate(fulfilment);
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
  take(fulfilment, {
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
 * What Claritum lists of this order, as the feed saw it. Content that was taken in is no news; content whose time does not
 * say that it is the later one is looked at again before it counts.
 */
export async function takeListed(fulfilment: Fulfilment, reported: PurchaseOrder): Promise<void> {
  const { orderRef, uid } = fulfilment.state.order;
  if (reported.orderRef !== orderRef || reported.uid !== uid) return tellOfAnother(fulfilment, reported);
  // Whether it was withdrawn is no question while it is listed.
  const isVanished = (open: Decision): boolean => isOf(open, vanishedOrder);
  fulfilment.desk.withdrawWhere(isVanished, BUYER, 'Claritum lists the order again');
  if (newsOf(knownVersion(fulfilment.state), versionOf(reported)) !== 'doubtful')
    return reportAmendment(fulfilment, reported);
  fulfilment.note('Claritum lists other content that is not of a later time: looked at again');
  const latest = await looked(fulfilment);
  // Nobody looks any longer: a person is asked which of the two counts.
  if (latest === 'unknown') return reportAmendment(fulfilment, reported);
  if (latest !== null && latest.uid === uid && latest.orderRef === orderRef) reportAmendment(fulfilment, latest);
}

export function tellOfAnother(
  fulfilment: Fulfilment,
  { orderRef, uid }: Pick<PurchaseOrder, 'orderRef' | 'uid'>,
): void {
  fulfilment.task(
    `Claritum lists the record ${uid} under ${orderRef}, and this order is the record ${fulfilment.state.order.uid}: nothing of the other was taken over; correct one of them in Claritum`,
    `another-record:${uid}`,
  );
}

/**
 * The buyer's record as it stands at the source now. Nobody can be told a refusal here, so what is impossible is taken in
 * too and becomes a decision when its turn comes. What an operator amended or cut, and the buyer did not touch, stays.
 */
export function reportAmendment(fulfilment: Fulfilment, reported: PurchaseOrder): void {
  const { state } = fulfilment;
  const known = knownVersion(state);
  const seen = versionOf(reported);
  if (newsOf(known, seen) === 'same') return listedAgain(fulfilment);
  if (orderMeaning(reported.status, fulfilment.policy.claritum) === 'cancelled')
    return calledOff(fulfilment, reported, seen);
  const over = tooLate(fulfilment);
  if (over !== undefined) {
    const changes = newsIn(buyersRecord(state), reported).join('; ');
    fulfilment.task(
      `the buyer changed purchase order ${reported.poNumber} (${changes}) too late (${over}): tell them, and mark it exported in Claritum`,
    );
    return undefined;
  }
  const waiting = state.amendment;
  const ours = waiting?.order ?? state.order;
  const merged = mergeAmendment(buyersRecord(state), reported, ours);
  const kept = merged === reported ? {} : { buyersOrder: reported, amenders: waiting?.amenders };
  // A waiting change keeps its author, and stays a cut, unless the buyer changed something that matters.
  const isTouched = judgeAmendment(ours, merged, openLedger([])).kind !== 'none';
  const nature = waiting === null || isTouched ? { by: BUYER, isCut: false } : { by: waiting.by, isCut: waiting.isCut };
  // A waiting version that is in doubt itself is not compared with the next one.
  const isInDoubt = isOlder(state.version, seen) || (waiting?.isOlder !== true && isOlder(known, seen));
  const doubt = isInDoubt ? { isOlder: true as const } : {};
  return take(fulfilment, { order: merged, ...nature, ...kept, ...doubt, version: seen });
}

/** Marked, and listed again in the version that was marked: it is marked again, or it would be listed for ever. */
function listedAgain(fulfilment: Fulfilment): void {
  if (!fulfilment.state.isExported || fulfilment.state.isToBeMarked) return;
  fulfilment.state.isToBeMarked = true;
  fulfilment.state.isRepeated = true;
  fulfilment.hasNews = true;
}

/** Listed with a status that says cancelled: the record is taken in as that, and marked in the end. */
function calledOff(fulfilment: Fulfilment, reported: PurchaseOrder, seen: RecordVersion): void {
  const { state } = fulfilment;
  state.version = seen;
  if (state.amendment !== null) state.amendment = { ...state.amendment, version: undefined };
  state.isToBeMarked = true;
  const { status, reason } = requestCancellation(fulfilment, BUYER, `its status in Claritum is '${reported.status}'`);
  fulfilment.hasNews = true;
  if (status === 'refused') {
    fulfilment.task(
      `the buyer cancelled purchase order ${reported.poNumber} in Claritum, too late: ${reason}`,
      `cancelled-too-late:${BUYER}`,
    );
  }
}

/** The order is over, and the buyer has changed it: a person tells them, and the change is marked as taken in. */
export function listTooLate(fulfilment: Fulfilment, reported: PurchaseOrder): true {
  const changes = newsIn(buyersRecord(fulfilment.state), reported).join('; ');
  fulfilment.state.version = versionOf(reported);
  fulfilment.task(
    `the buyer changed purchase order ${reported.poNumber} when it was over${changes === '' ? '' : ` (${changes})`}: tell them that nothing of it is carried out`,
  );
  return true;
}

/** The version of the buyer's record that was taken in last, be it carried out or waiting for its turn. */
const knownVersion = ({ version, amendment }: OrderState): RecordVersion => amendment?.version ?? version;

/**
 * The feed has missed the order for a while. The look that counts is the order's own: listed again, nothing happened.
 */
export async function confirmWithdrawal(fulfilment: Fulfilment): Promise<void> {
  const { state } = fulfilment;
  if (state.isExporting) return;
  const { orderRef, uid } = state.order;
  const listed = await looked(fulfilment);
  if (listed === 'unknown')
    return fulfilment.task(
      `Claritum: look whether the buyer withdrew purchase order ${orderRef}; cancel it here if so`,
    );
  // Another record with the same reference proves nothing about this one. And our own mark, sent during this look,
  // removes the order from the list.
  if (listed?.uid === uid || state.isExporting) return;
  requestCancellation(fulfilment, BUYER, 'withdrawn by the buyer');
}

/** The record as Claritum lists it now; unknown where a person ends a look that is not to be had. */
async function looked(fulfilment: Fulfilment): Promise<PurchaseOrder | null | 'unknown'> {
  const { orderRef, uid } = fulfilment.state.order;
  try {
    return await findPurchaseOrder(fulfilment, { orderRef, uid, fresh: true }, GO_ON_WITHOUT);
  } catch (error) {
    if (!isGoneOnWithout(error)) throw error;
    fulfilment.note(error.message);
    return 'unknown';
  }
}

/** Who amends where the record in Claritum changed. */
export const BUYER = 'claritum';

/** The order as the buyer last wrote it, as far as it is known here. */
const buyersRecord = ({ order, buyersOrder, amendment }: OrderState): PurchaseOrder =>
  amendment === null ? (buyersOrder ?? order) : (amendment.buyersOrder ?? amendment.order);

const isUnplaced = ({ state: { stage } }: Fulfilment): boolean => stage === 'received' || stage === 'approval';

/** Of a placed order, these are asked about one version only. */
const OF_ONE_VERSION = [approval, unexplainedStatus, olderVersion, impossibleAmendment, unplaceableAmendment];

function take(fulfilment: Fulfilment, amendment: PendingAmendment): void {
  const changes = newsIn((fulfilment.state.amendment ?? fulfilment.state).order, amendment.order).join('; ');
  fulfilment.state.amendment = amendment;
  fulfilment.note(`amendment by ${amendment.by} taken in${changes === '' ? '' : `: ${changes}`}`);
  fulfilment.hasNews = true;
  // Before anything is placed, questions are about the old content: they are asked anew about the new one.
  const because = `the order was amended${changes === '' ? '' : `: ${changes}`}`;
  if (isUnplaced(fulfilment)) return fulfilment.desk.withdrawAll(amendment.by, because);
  // A status is asked about as it was listed, and so is which of two versions counts.
  const isOfOneVersion = (open: Decision): boolean => OF_ONE_VERSION.some((question) => isOf(open, question));
  return fulfilment.desk.withdrawWhere(isOfOneVersion, amendment.by, because);
}

function tooLate({ state }: Fulfilment): string | undefined {
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
