import { changesOf, cutToDespatched, judgeAmendment, slipOfThePen } from '../../src/domain/amendment';
import { mergeAmendment } from '../../src/domain/amendment-merge';
import { compare, isPositive } from '../../src/domain/decimal';
import { ANONYMOUS } from '../../src/domain/decision';
import { compareInstants } from '../../src/domain/instant';
import type { PurchaseOrder } from '../../src/domain/purchase-order';
import { openLedger, totals } from '../../src/domain/quantity';
import type { ChangeReceipt } from '../messages';
import type { Order, OrderState, PendingAmendment } from './order';

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
  state.amendment = { order: cut, by, isCut: true, buyersOrder: buyersRecord(state), amenders: [by] };
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
  take(order, { order: amended, by, isCut: false, buyersOrder: buyersRecord(state), amenders });
  return accepted(changesOf(state.order, amended).join('; '));
}

/**
 * The buyer changed the order in Claritum. Nobody can be told a refusal here, so what is impossible is taken in too and
 * becomes a decision when its turn comes. What an operator amended or cut, and the buyer did not touch, stays as it is.
 */
export function reportAmendment(order: Order, reported: PurchaseOrder): void {
  const { state } = order;
  const known = buyersRecord(state);
  if (compareInstants(reported.lastModified, known.lastModified) <= 0) return;
  const over = tooLate(order);
  if (over !== undefined) {
    order.task(
      `the buyer changed purchase order ${reported.poNumber} too late (${over}): tell them, and mark it exported in Claritum`,
    );
    return;
  }
  const waiting = state.amendment;
  const ours = waiting?.order ?? state.order;
  const merged = mergeAmendment(known, reported, ours);
  const kept = merged === reported ? {} : { buyersOrder: reported, amenders: waiting?.amenders };
  // A cut stays a cut, by whoever asked for it, where the buyer changed nothing that matters to it.
  const isTouched = judgeAmendment(ours, merged, openLedger([])).kind !== 'none';
  const nature = waiting === null || isTouched ? { by: BUYER, isCut: false } : { by: waiting.by, isCut: waiting.isCut };
  take(order, { order: merged, ...nature, ...kept });
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
  if (isUnplaced(order))
    order.desk.withdrawAll(amendment.by, `the order was amended${changes === '' ? '' : `: ${changes}`}`);
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
