import { amendLedger, judgeAmendment } from '../../src/domain/amendment';
import { amendmentApprovalNeeded } from '../../src/domain/approval';
import { compare, isPositive, subtract } from '../../src/domain/decimal';
import { cutPlan, type OrderPlan } from '../../src/domain/order-plan';
import type { PurchaseOrder } from '../../src/domain/purchase-order';
import { openLedger, toStockUnits } from '../../src/domain/quantity';
import { givenUp } from '../calls';
import { markExported } from './export';
import type { Order } from './order';
import { askForApproval, KEEP, resolvePlan } from './preparation';
import { amendSalesOrder } from './sales-order-changes';
import { placeMore, untilShown } from './warehouse-orders';

/** Before anything is placed, an amendment simply replaces the order. True where there was one. */
export function replaceIfAmended(order: Order): boolean {
  const { state } = order;
  if (state.amendment === null) return false;
  state.order = state.amendment.order;
  state.amendment = null;
  state.plan = null;
  state.ledger = openLedger(state.order.deliveries);
  order.note('amended before anything was placed');
  return true;
}

/** Carries a waiting amendment into ManEx and NorthScope, and acknowledges it in Claritum. */
export async function applyAmendment(order: Order): Promise<void> {
  const { amendment } = order.state;
  if (amendment === null) return;
  const { order: amended, by, isCut } = amendment;
  const judged = judgeAmendment(order.state.order, amended, order.state.ledger);
  if (judged.kind === 'impossible') await keepAsItWas(order, amended, judged.because);
  else if (judged.kind === 'none') await acknowledge(order, amended);
  else {
    const plan = isCut ? cutPlan(order.plan, amended) : await approvedPlan(order, amended, judged.changes);
    if (plan !== undefined) await carryIn(order, amended, plan);
    if (plan !== undefined) order.note(`amended by ${by}: ${judged.changes.join('; ')}`);
  }
  if (order.state.amendment === amendment) order.state.amendment = null;
}

/** The plan of the amended order, mapped and approved; undefined where the order stays as it was. */
async function approvedPlan(
  order: Order,
  amended: PurchaseOrder,
  changes: readonly string[],
): Promise<OrderPlan | undefined> {
  const now = new Date().toISOString();
  // Dates that were counted from the day of the order stay; only what can still ship is a question of today.
  const then = await resolvePlan(order, amended, order.state.plannedAt ?? now);
  const today = then === KEEP ? KEEP : await resolvePlan(order, amended, now);
  if (then === KEEP || today === KEEP) {
    await leaveAsItWas(order, amended, 'it cannot be mapped');
    return undefined;
  }
  const plan = { ...then, earliestShipDate: today.earliestShipDate };
  const before = { order: order.state.order, plan: order.plan };
  const need = amendmentApprovalNeeded(before, { order: amended, plan }, order.policy.approval);
  if (need === undefined || (await askForApproval(order, need, `Approve the amendment (${changes.join('; ')})?`)))
    return plan;
  await leaveAsItWas(order, amended, 'it was not approved');
  return undefined;
}

async function carryIn(order: Order, amended: PurchaseOrder, plan: OrderPlan): Promise<void> {
  await amendSalesOrder(order, amended, plan);
  // Before the first NorthScope order there is nothing to add to: the orders are placed as amended.
  if (order.state.warehouseOrders.length > 0) await amendWarehouseOrders(order, amended, plan);
  order.state.ledger = amendLedger(order.state.ledger, amended);
  order.state.order = amended;
  order.state.plan = plan;
  await markExported(order, amended.uid, `amended purchase order ${amended.orderRef}`);
}

/** The buyer touched the order and changed nothing of ours, or what an operator has already amended: it is listed again. */
async function acknowledge(order: Order, amended: PurchaseOrder): Promise<void> {
  order.state.order = amended;
  await markExported(order, amended.uid, `purchase order ${amended.orderRef}, listed again`);
}

/** More is ordered anew; for less, NorthScope's API has no way, so it is listed. */
async function amendWarehouseOrders(order: Order, amended: PurchaseOrder, plan: OrderPlan): Promise<void> {
  for (const delivery of plan.deliveries) {
    const before =
      order.state.ledger.deliveries.find(({ deliveryRef }) => deliveryRef === delivery.deliveryRef)?.ordered ?? '0';
    const more = subtract(delivery.quantity, before);
    if (isPositive(more)) await placeMore(order, plan, delivery, more);
  }
  for (const { deliveryRef, ordered } of order.state.ledger.deliveries) {
    const wanted = amended.deliveries.find((delivery) => delivery.deliveryRef === deliveryRef)?.quantity ?? '0';
    if (compare(wanted, ordered) >= 0) continue;
    const orderIds = order.state.warehouseOrders
      .filter((placed) => placed.deliveryRef === deliveryRef)
      .map(({ orderId }) => orderId);
    order.task(
      `NorthScope: reduce ${orderIds.join(' and ')} to ${toStockUnits(wanted, plan.unitFactor)} ${plan.stockUnit} in all, by hand; its API offers no way`,
    );
  }
  await untilShown(order);
}

async function keepAsItWas(order: Order, amended: PurchaseOrder, because: string): Promise<void> {
  const { choice, by } = await order.desk.ask({
    kind: 'mismatch',
    question: `The amendment of ${amended.poNumber} cannot be carried out: ${because}. Keep the order as it was, or give it up?`,
    facts: [
      { label: 'asked for', value: `${amended.quantity} at ${amended.unitPrice}` },
      { label: 'as it is', value: `${order.state.order.quantity} at ${order.state.order.unitPrice}` },
    ],
    choices: [KEEP, ...(order.mayGiveUp ? ['give up'] : [])],
  });
  if (choice === 'give up') throw givenUp('carry the amendment out', by);
  await leaveAsItWas(order, amended, because);
}

async function leaveAsItWas(order: Order, amended: PurchaseOrder, because: string): Promise<void> {
  order.task(`tell the buyer that the amendment of ${amended.poNumber} is not carried out: ${because}`);
  await markExported(order, amended.uid, `purchase order ${amended.orderRef}, kept as it was`);
}
