import { cutToDespatched, judgeAmendment } from '../../src/domain/amendment';
import { compare, isPositive } from '../../src/domain/decimal';
import { ANONYMOUS } from '../../src/domain/decision';
import type { PurchaseOrder } from '../../src/domain/purchase-order';
import { totals } from '../../src/domain/quantity';
import type { ChangeReceipt } from '../messages';
import type { Order } from './order';

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
    return refused(`all ${despatched} have left the warehouse: refuse the delivery or agree on a return`);
  }
  order.note(`cancellation asked for by ${by}${reason === undefined ? '' : `: ${reason}`}`);
  order.hasNews = true;
  if (isPositive(despatched)) {
    state.amendment = { order: cutToDespatched(state.order, state.ledger), by, isCut: true };
    return accepted(
      `${despatched} of ${ordered} have left the warehouse and will be received and invoiced; the rest is cancelled`,
    );
  }
  state.cancelledBy = by;
  order.desk.withdrawAll(by, 'the order is cancelled');
  return accepted('nothing has left the warehouse as far as is known: what was placed is undone');
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
  if (judged.kind === 'impossible') return refused(judged.because);
  take(order, amended, by);
  return accepted(judged.changes.join('; '));
}

/**
 * The buyer changed the order in Claritum. Nobody can be told a refusal here, so what is impossible is taken in too and
 * becomes a decision when its turn comes.
 */
export function reportAmendment(order: Order, reported: PurchaseOrder): void {
  const { state } = order;
  const known = state.amendment?.order ?? state.order;
  if (reported.lastModified <= known.lastModified) return;
  if (tooLate(order) === undefined) take(order, reported, 'claritum');
  else
    order.task(
      `the buyer changed purchase order ${reported.poNumber} too late (${tooLate(order)}): tell them, and mark it exported in Claritum`,
    );
}

function take(order: Order, amended: PurchaseOrder, by: string): void {
  order.state.amendment = { order: amended, by, isCut: false };
  order.note(`amendment by ${by} taken in`);
  order.hasNews = true;
  // Before anything is placed, questions are about the old content: they are asked anew about the new one.
  const isUnplaced = order.state.stage === 'received' || order.state.stage === 'approval';
  const isNews = judgeAmendment(order.state.order, amended, order.state.ledger).kind !== 'none';
  if (isUnplaced && isNews) order.desk.withdrawAll(by, 'the order was amended');
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
