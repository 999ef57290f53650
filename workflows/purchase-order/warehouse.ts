import { sleep } from '@temporalio/workflow';
import { ApplicationFailure } from '@temporalio/workflow';
import { compare, isPositive, maximum, minimum, subtract } from '../../src/domain/decimal';
import { milliseconds } from '../../src/domain/duration';
import type { Allocation, WarehouseOrder, WarehouseOrderLine } from '../../src/domain/inventory';
import type { PlannedDelivery } from '../../src/domain/order-plan';
import {
  pickLots,
  recordAllocated,
  recordDespatched,
  toOrderUnits,
  toStockUnits,
  totals,
} from '../../src/domain/quantity';
import { warehouseOrderId } from '../../src/domain/sales-order-number';
import { carryOut, givenUp } from '../calls';
import { onFailure } from '../saga';
import type { Order } from './order';

/** One NorthScope order per delivery, through the inbound queue; waits until all of them show. */
export async function placeWarehouseOrders(order: Order): Promise<void> {
  for (const delivery of order.plan.deliveries) await queueOrder(order, delivery);
  await untilShown(order);
}

async function queueOrder(order: Order, delivery: PlannedDelivery): Promise<void> {
  const { plan } = order;
  const orderId = warehouseOrderId(order.state.soNo ?? '', delivery.sequence);
  onFailure(order, {
    task: `NorthScope: cancel order ${orderId} (queue, order and allocation) by hand; its API offers no way`,
  });
  await carryOut(order, {
    what: `queue order ${orderId} in NorthScope`,
    facts: [
      { label: 'OrderID and SourceTransactionID', value: orderId },
      { label: 'PONumber', value: order.state.order.poNumber },
    ],
    send: async () => {
      await order.vendors.northscopeOnce.placeWarehouseOrder({
        sourceSystem: plan.sourceSystem,
        createdAt: new Date().toISOString(),
        request: {
          orderId,
          companyId: plan.companyId,
          poNumber: order.state.order.poNumber,
          customerId: plan.customerId,
          addressId: delivery.addressId,
          siteId: plan.siteId,
          orderDate: plan.orderDate,
          shipByDate: delivery.shipDate,
          lines: [
            { itemId: plan.itemId, units: toStockUnits(delivery.quantity, plan.unitFactor), unitsUom: plan.stockUnit },
          ],
        },
      });
      return true;
    },
    find: async () => {
      const [shown] = await order.vendors.northscope.findWarehouseOrders({ orderIds: [orderId] });
      return shown === undefined ? undefined : true;
    },
    // The queue cannot be seen through the API: sending again could double the order (contract §E.16).
    otherwise: 'ask',
    assumed: async () => true,
  });
  order.state.warehouseOrders = [...order.state.warehouseOrders, { orderId, deliveryRef: delivery.deliveryRef }];
}

const SHOWS_FIRST_MS = 250;
const SHOWS_LATEST_MS = 15_000;

/** Queued is not created: a failure in the queue shows in NorthScope's own screens only, so patience has an end. */
async function untilShown(order: Order): Promise<void> {
  const orderIds = order.state.warehouseOrders.map(({ orderId }) => orderId);
  let since = Date.now();
  for (let wait = SHOWS_FIRST_MS; ; wait = Math.min(wait * 2, SHOWS_LATEST_MS)) {
    order.waiting('NorthScope to work off its inbound queue');
    await sleep(wait);
    const shown = await order.vendors.northscope.findWarehouseOrders({ orderIds });
    const absent = orderIds.filter((id) => !shown.some(({ orderId }) => orderId === id));
    if (absent.length === 0) break;
    if (Date.now() - since < milliseconds(order.policy.fulfilment.inboundWithin)) continue;
    const { choice, by } = await order.desk.ask({
      kind: 'unknown-outcome',
      question: `NorthScope took ${absent.join(', ')} into its inbound queue, but shows no such order. Look for an error in its queue, mend it there, then look again.`,
      facts: absent.map((id) => ({ label: 'SourceTransactionID', value: id })),
      choices: ['look again', 'give up'],
    });
    if (choice === 'give up') throw givenUp('wait for the NorthScope order', by);
    since = Date.now();
    wait = SHOWS_FIRST_MS;
  }
  order.waiting(null);
  order.note(`NorthScope shows ${orderIds.join(', ')}`);
}

/** Whether all that was ordered has left the warehouse. */
export function isDespatched({ state: { ledger } }: Order): boolean {
  const { ordered, despatched } = totals(ledger);
  return compare(despatched, ordered) >= 0;
}

/**
 * One look at the warehouse: takes over what was allocated and despatched, and allocates what can be had of the rest.
 * True where anything changed.
 */
export async function lookAtWarehouse(order: Order): Promise<boolean> {
  const before = JSON.stringify(order.state.ledger);
  const orders = await order.vendors.northscope.findWarehouseOrders({
    orderIds: order.state.warehouseOrders.map(({ orderId }) => orderId),
  });
  for (const delivery of order.plan.deliveries) {
    const found = lineOf(order, orders, delivery.deliveryRef);
    if (found === undefined) continue;
    takeOver(order, delivery, found.line);
    if (compare(allocatedUnits(found.line), found.line.orderUnits) < 0) await allocate(order, delivery, found);
  }
  order.refresh();
  return before !== JSON.stringify(order.state.ledger);
}

interface FoundLine {
  readonly orderId: string;
  readonly line: WarehouseOrderLine;
}

function lineOf(order: Order, orders: readonly WarehouseOrder[], deliveryRef: string): FoundLine | undefined {
  const orderId = order.state.warehouseOrders.find((placed) => placed.deliveryRef === deliveryRef)?.orderId;
  const line = orders.find((found) => found.orderId === orderId)?.lines[0];
  return orderId === undefined || line === undefined ? undefined : { orderId, line };
}

/** What was ever allocated: shipping may or may not lower the figure, what has left was allocated once. */
const allocatedUnits = ({ allocatedUnits: allocated, shippedUnits }: WarehouseOrderLine): string =>
  maximum(allocated, shippedUnits);

function takeOver(order: Order, { deliveryRef }: PlannedDelivery, line: WarehouseOrderLine): void {
  const { unitFactor } = order.plan;
  const known = order.state.ledger.deliveries.find((delivery) => delivery.deliveryRef === deliveryRef);
  const ordered = known?.ordered ?? '0';
  const allocated = minimum(ordered, maximum(known?.allocated ?? '0', toOrderUnits(allocatedUnits(line), unitFactor)));
  order.state.ledger = recordAllocated(order.state.ledger, deliveryRef, allocated);
  const despatched = minimum(allocated, toOrderUnits(line.shippedUnits, unitFactor));
  if (compare(despatched, known?.despatched ?? '0') > 0) {
    order.state.ledger = recordDespatched(order.state.ledger, deliveryRef, despatched);
    order.note(`despatched ${despatched} of ${ordered} for ${deliveryRef}`);
  }
}

/** Allocates what the lots hold; what they lack is a back-order, looked at again at the next look. */
async function allocate(order: Order, delivery: PlannedDelivery, { orderId, line }: FoundLine): Promise<void> {
  const { itemId, siteId, stockUnit } = order.plan;
  const missing = subtract(line.orderUnits, allocatedUnits(line));
  const lots = await order.vendors.northscope.findLots({ itemId, siteId });
  const allocations: Allocation[] = pickLots(missing, lots).map(({ lot, units }) => ({
    orderItemSk: line.orderItemSk,
    lotSk: lot.lotSk,
    units,
    unitsUom: stockUnit,
  }));
  if (allocations.length === 0) {
    order.waiting(`stock: ${missing} ${stockUnit} of ${itemId} for ${delivery.deliveryRef}`);
    return;
  }
  const look = async (): Promise<WarehouseOrderLine | undefined> => {
    const [found] = await order.vendors.northscope.findWarehouseOrders({ orderIds: [orderId] });
    return found?.lines[0];
  };
  try {
    await carryOut(order, {
      what: `allocate ${allocations.map(({ units, lotSk }) => `${units} of lot ${lotSk}`).join(', ')} to ${orderId} in NorthScope`,
      facts: [
        { label: 'OrderItemSK', value: line.orderItemSk },
        { label: 'allocated before', value: line.allocatedUnits },
      ],
      send: async () => {
        await order.vendors.northscopeOnce.allocateLots({ orderId, allocations });
        return true;
      },
      find: async () => {
        const now = await look();
        return now !== undefined && compare(allocatedUnits(now), allocatedUnits(line)) > 0 ? true : undefined;
      },
      otherwise: 'send again',
      assumed: async () => true,
      refused: 'throw',
    });
  } catch (error) {
    // Another order may have been quicker with the same lot: the next look tries what is left then.
    if (!(error instanceof ApplicationFailure) || error.type === 'GivenUp') throw error;
    order.waiting(`stock: NorthScope refused to allocate to ${orderId}: ${error.message}`);
    return;
  }
  const now = await look();
  if (now !== undefined) takeOver(order, delivery, now);
  order.waiting(null);
  const left = now === undefined ? missing : subtract(now.orderUnits, allocatedUnits(now));
  order.note(
    isPositive(left)
      ? `allocated in part to ${orderId}, ${left} ${stockUnit} on back-order`
      : `allocated to ${orderId}`,
  );
}
