import { amendLedger, changesOf, cutToDespatched, judgeAmendment } from '../../src/domain/amendment';
import { amendmentApprovalNeeded } from '../../src/domain/approval';
import { cutPlan, type OrderPlan } from '../../src/domain/order-plan';
import type { PurchaseOrder } from '../../src/domain/purchase-order';
import { openLedger } from '../../src/domain/quantity';
import { givenUp } from '../calls';
import { BUYER } from './change';
import { markExported } from './export';
import type { Order, PendingAmendment } from './order';
import { askForApproval, KEEP, resolvePlan } from './preparation';
import { amendSalesOrder } from './sales-order-changes';
import { amendWarehouseOrders } from './warehouse-changes';

/** Before anything is placed, an amendment simply replaces the order. True where there was one. */
export function replaceIfAmended(order: Order): boolean {
  const { state } = order;
  const { amendment, order: before } = state;
  if (amendment === null) return false;
  takeOn(order, amendment, amendment.order);
  state.amendment = null;
  state.plan = null;
  state.ledger = openLedger(state.order.deliveries);
  const changes = changesOf(before, state.order);
  order.note(['amended before anything was placed', ...changes].join('; '));
  const amenders = [...new Set([...(state.amenders ?? []), ...(amendment.amenders ?? [])])];
  if (amenders.length > 0) state.amenders = amenders;
  tellTheBuyer(order, amendment, changes);
  return true;
}

/** Carries a waiting amendment into ManEx and NorthScope, and acknowledges it in Claritum. */
export async function applyAmendment(order: Order): Promise<void> {
  const { amendment } = order.state;
  if (amendment === null) return;
  const { by, isCut } = amendment;
  const amended = isCut ? cutAsOfNow(order, amendment) : amendment.order;
  const judged = judgeAmendment(order.state.order, amended, order.state.ledger);
  if (judged.kind === 'impossible') await keepAsItWas(order, amendment, judged.because);
  else if (judged.kind === 'none') await acknowledge(order, amendment, amended);
  else {
    const plan = isCut ? cutPlan(order.plan, amended) : await approvedPlan(order, amendment, judged.changes);
    if (plan !== undefined) await carryIn(order, amendment, amended, plan);
    if (plan !== undefined) order.note(`amended by ${by}: ${judged.changes.join('; ')}`);
    if (plan !== undefined) tellTheBuyer(order, amendment, judged.changes);
  }
  if (order.state.amendment === amendment) order.state.amendment = null;
}

/** More may have left between the request and its turn: what has left by now is kept. */
function cutAsOfNow({ state }: Order, { order }: PendingAmendment): PurchaseOrder {
  const { quantity, deliveries, net, tax, gross } = cutToDespatched(state.order, state.ledger);
  return { ...order, quantity, deliveries, net, tax, gross };
}

/** The order becomes what it was amended to; the buyer's own record is kept only where it differs. */
function takeOn({ state }: Order, { buyersOrder }: PendingAmendment, amended: PurchaseOrder): void {
  const isBuyers = buyersOrder === undefined || changesOf(buyersOrder, amended).length === 0;
  state.order = amended;
  state.buyersOrder = isBuyers ? undefined : buyersOrder;
}

/** Claritum's record is the buyer's: what was changed here does not show in it. */
function tellTheBuyer(order: Order, { by, isCut, amenders }: PendingAmendment, changes: readonly string[]): void {
  if (amenders === undefined || changes.length === 0) return;
  if (isCut) order.state.cutBy = by;
  const what = isCut ? 'is cut to what has left' : 'is amended';
  order.task(
    `tell the buyer that purchase order ${order.state.order.poNumber} ${what}, by ${amenders.join(' and ')}: ${changes.join('; ')}; Claritum keeps what was ordered there`,
  );
}

/** The plan of the amended order, mapped and approved; undefined where the order stays as it was. */
async function approvedPlan(
  order: Order,
  amendment: PendingAmendment,
  changes: readonly string[],
): Promise<OrderPlan | undefined> {
  const { order: amended, amenders } = amendment;
  const now = new Date().toISOString();
  // Dates that were counted from the day of the order stay; only what can still ship is a question of today.
  const then = await resolvePlan(order, amended, order.state.plannedAt ?? now);
  const today = then === KEEP ? KEEP : await resolvePlan(order, amended, now);
  if (then === KEEP || today === KEEP) {
    await leaveAsItWas(order, amendment, 'it cannot be mapped');
    return undefined;
  }
  const plan = { ...then, earliestShipDate: today.earliestShipDate };
  const before = { order: order.state.order, plan: order.plan };
  const need = amendmentApprovalNeeded(before, { order: amended, plan }, order.policy.approval);
  const question = `Approve the amendment (${changes.join('; ')})?`;
  if (need === undefined || (await askForApproval(order, need, question, amenders))) return plan;
  await leaveAsItWas(order, amendment, 'it was not approved');
  return undefined;
}

async function carryIn(
  order: Order,
  amendment: PendingAmendment,
  amended: PurchaseOrder,
  plan: OrderPlan,
): Promise<void> {
  await amendSalesOrder(order, amended, plan);
  // Before the first NorthScope order there is nothing to add to: the orders are placed as amended.
  if (order.state.warehouseOrders.length > 0) await amendWarehouseOrders(order, amended, plan);
  order.state.ledger = amendLedger(order.state.ledger, amended);
  takeOn(order, amendment, amended);
  order.state.plan = plan;
  await markExported(order, amended.uid, `amended purchase order ${amended.orderRef}`);
}

/** The buyer touched the order and changed nothing of ours, or what an operator has already amended: it is listed again. */
async function acknowledge(order: Order, amendment: PendingAmendment, amended: PurchaseOrder): Promise<void> {
  takeOn(order, amendment, amended);
  await markExported(order, amended.uid, `purchase order ${amended.orderRef}, listed again`);
}

async function keepAsItWas(order: Order, amendment: PendingAmendment, because: string): Promise<void> {
  const { order: amended } = amendment;
  const { mayGiveUp } = order;
  const waysOut = mayGiveUp
    ? 'Keep the order as it was, or give it up?'
    : 'It stays as it was: tell the buyer, and say so.';
  const { choice, by } = await order.desk.ask({
    kind: 'mismatch',
    question: `The amendment of ${amended.poNumber} cannot be carried out: ${because}. ${waysOut}`,
    facts: [
      { label: 'asked for', value: `${amended.quantity} at ${amended.unitPrice}` },
      { label: 'as it is', value: `${order.state.order.quantity} at ${order.state.order.unitPrice}` },
    ],
    choices: [KEEP, ...(mayGiveUp ? ['give up'] : [])],
  });
  if (choice === 'give up') throw givenUp('carry the amendment out', by);
  await leaveAsItWas(order, amendment, because);
}

/** Whoever asked for it is told: the buyer knows nothing of what an operator asked for. */
async function leaveAsItWas(order: Order, { order: amended, by, amenders }: PendingAmendment, because: string) {
  const asked = [...(by === BUYER ? ['the buyer'] : []), ...(amenders ?? [])].join(' and ');
  order.task(`tell ${asked} that the amendment of ${amended.poNumber} is not carried out: ${because}`);
  await markExported(order, amended.uid, `purchase order ${amended.orderRef}, kept as it was`);
}
