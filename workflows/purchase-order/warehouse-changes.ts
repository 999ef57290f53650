import { addressChanges } from '../../src/domain/purchase-order/amendment';
import { compare, isPositive } from '../../src/domain/values/decimal';
import type { OrderPlan, PlannedDelivery } from '../../src/domain/purchase-order/order-plan';
import type { PurchaseOrder, PurchaseOrderDelivery } from '../../src/domain/purchase-order/purchase-order';
import { toStockUnits } from '../../src/domain/purchase-order/quantity';
import type { Fulfilment } from './fulfilment';

/**
 * Lists what an amendment changes of orders that stand in NorthScope, because its API has no way (docs/vendors/northscope.md#so-order): all but
 * what it adds, which is ordered anew.
 */
export function listWarehouseChanges(fulfilment: Fulfilment, amended: PurchaseOrder, plan: OrderPlan): void {
  const standing = fulfilment.state.warehouseOrders;
  listNumber(fulfilment, amended, standing);
  listLess(fulfilment, amended, plan, standing);
  for (const delivery of amended.deliveries) listOtherwise(fulfilment, delivery, plan, standing);
}

type Placed = Fulfilment['state']['warehouseOrders'];

const BY_HAND = 'by hand; its API offers no way';

const rowOf = (fulfilment: Fulfilment, reference: string) =>
  fulfilment.state.ledger.deliveries.find(({ deliveryRef }) => deliveryRef === reference);

const idsOf = (standing: Placed, reference: string): string =>
  standing
    .filter(({ deliveryRef }) => deliveryRef === reference)
    .map(({ orderId }) => orderId)
    .join(' and ');

/** The number that the buyer looks for on what arrives. */
function listNumber(fulfilment: Fulfilment, { poNumber }: PurchaseOrder, standing: Placed): void {
  const before = fulfilment.state.order.poNumber;
  const stay = standing.filter(({ deliveryRef }) => !hasLeft(fulfilment, deliveryRef)).map(({ orderId }) => orderId);
  if (before === poNumber || stay.length === 0) return;
  fulfilment.task(
    `NorthScope: change PONumber of order ${stay.join(' and ')} from ${before} to ${poNumber}, ${BY_HAND}`,
  );
}

/** Whether all goods of a delivery have left the warehouse. */
function hasLeft(fulfilment: Fulfilment, reference: string): boolean {
  const row = rowOf(fulfilment, reference);
  return row !== undefined && isPositive(row.despatched) && compare(row.despatched, row.ordered) >= 0;
}

function listLess(fulfilment: Fulfilment, { deliveries }: PurchaseOrder, plan: OrderPlan, standing: Placed): void {
  for (const { deliveryRef, ordered } of fulfilment.state.ledger.deliveries) {
    const wanted = deliveries.find((delivery) => delivery.deliveryRef === deliveryRef)?.quantity ?? '0';
    const orderIds = idsOf(standing, deliveryRef);
    if (compare(wanted, ordered) >= 0 || orderIds === '') continue;
    fulfilment.task(
      `NorthScope: reduce ${orderIds} to ${toStockUnits(wanted, plan.unitFactor)} ${plan.stockUnit} in all, ${BY_HAND}`,
    );
  }
}

/** Where to, by when, and what the driver must know: of orders that stand, and of goods that have not left yet. */
function listOtherwise(fulfilment: Fulfilment, after: PurchaseOrderDelivery, plan: OrderPlan, standing: Placed): void {
  const { deliveryRef } = after;
  const before = fulfilment.state.order.deliveries.find((delivery) => delivery.deliveryRef === deliveryRef);
  const planned = plannedOf(fulfilment.plan, deliveryRef);
  const replanned = plannedOf(plan, deliveryRef);
  const orderIds = idsOf(standing, deliveryRef);
  if (before === undefined || planned === undefined || replanned === undefined || orderIds === '') return;
  const address = addressChanges(before.address, after.address).join(', ');
  if (hasLeft(fulfilment, deliveryRef)) {
    if (address !== '')
      fulfilment.task(
        `${orderIds} has left the warehouse for ship-to ${planned.addressId}, and the address of delivery ${deliveryRef} changed (${address}): redirect it with the carrier, or agree with the buyer`,
      );
    return;
  }
  if (address !== '') fulfilment.task(`NorthScope: ${shipTo(orderIds, planned, replanned, address)}`);
  if (planned.shipDate !== replanned.shipDate)
    fulfilment.task(
      `NorthScope: change ShipByDate of order ${orderIds} from ${planned.shipDate} to ${replanned.shipDate}, ${BY_HAND}`,
    );
  if ((before.instructions ?? null) !== (after.instructions ?? null))
    fulfilment.task(
      `NorthScope: tell the warehouse the delivery instructions of order ${orderIds}: '${after.instructions ?? 'none'}', before '${before.instructions ?? 'none'}'`,
    );
}

/** Two addresses may be one ship-to in the policy: then it is for a person to see whether its record there is right. */
function shipTo(orderIds: string, { addressId }: PlannedDelivery, after: PlannedDelivery, address: string): string {
  if (addressId !== after.addressId)
    return `change the ship-to of order ${orderIds} from ${addressId} to ${after.addressId} (${address}), ${BY_HAND}`;
  return `the address of order ${orderIds} changed (${address}), and the policy has ship-to ${addressId} for the old and the new: correct it ${BY_HAND}`;
}

const plannedOf = ({ deliveries }: OrderPlan, reference: string): PlannedDelivery | undefined =>
  deliveries.find(({ deliveryRef }) => deliveryRef === reference);
