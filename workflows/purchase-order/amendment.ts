import { amendLedger, judgeAmendment } from '../../src/domain/amendment';
import { approvalNeeded } from '../../src/domain/approval';
import { compare, isPositive, subtract } from '../../src/domain/decimal';
import type { OrderPlan } from '../../src/domain/order-plan';
import type { PurchaseOrder } from '../../src/domain/purchase-order';
import { openLedger, toStockUnits } from '../../src/domain/quantity';
import { givenUp } from '../calls';
import { markExported } from './export';
import type { Order } from './order';
import { askForApproval, resolvePlan } from './preparation';
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
  const { order: amended, by } = amendment;
  const judged = judgeAmendment(order.state.order, amended, order.state.ledger);
  if (judged.kind === 'impossible') await keepAsItWas(order, amended, judged.because);
  else if (judged.kind === 'applicable') await apply(order, amended, by, judged.changes);
  else await acknowledge(order, amended);
  if (order.state.amendment === amendment) order.state.amendment = null;
}

async function apply(order: Order, amended: PurchaseOrder, by: string, changes: readonly string[]): Promise<void> {
  const plan = await resolvePlan(order, amended);
  const need = approvalNeeded(amended, plan, order.policy.approval);
  if (need !== undefined && !(await askForApproval(order, need, `Approve the amendment (${changes.join('; ')})?`))) {
    await keepAsItWas(order, amended, 'the amendment was not approved');
    return;
  }
  await amendSalesOrder(order, amended, plan);
  await amendWarehouseOrders(order, amended, plan);
  order.state.ledger = amendLedger(order.state.ledger, amended);
  order.state.order = amended;
  order.state.plan = plan;
  await markExported(order, amended.uid, `amended purchase order ${amended.orderRef}`);
  order.note(`amended by ${by}: ${changes.join('; ')}`);
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
    choices: ['keep it as it was', ...(order.mayGiveUp ? ['give up'] : [])],
  });
  if (choice === 'give up') throw givenUp('carry the amendment out', by);
  order.task(`tell the buyer that the amendment of ${amended.poNumber} is not carried out: ${because}`);
  await markExported(order, amended.uid, `purchase order ${amended.orderRef}, kept as it was`);
}
