import { sleep } from '@temporalio/workflow';
import { milliseconds } from '../../src/domain/duration';
import type { OrderPlan, PlannedDelivery } from '../../src/domain/order-plan';
import { toStockUnits } from '../../src/domain/quantity';
import { warehouseOrderId } from '../../src/domain/sales-order-number';
import { carryOut, givenUp } from '../calls';
import { onFailure } from '../saga';
import type { Order } from './order';

/** One NorthScope order per delivery, through the inbound queue; waits until all of them show. */
export async function placeWarehouseOrders(order: Order): Promise<void> {
  for (const delivery of order.plan.deliveries) {
    order.checkpoint();
    const orderId = warehouseOrderId(order.state.soNo ?? '', delivery.sequence);
    await queueOrder(order, order.plan, delivery, delivery.quantity, { orderId, poNumber: order.state.order.poNumber });
  }
  await untilShown(order);
}

/** A further order for what an amendment adds to a delivery: a known OrderID changes nothing in NorthScope (contract §E.16). */
export async function placeMore(
  order: Order,
  plan: OrderPlan,
  delivery: PlannedDelivery,
  quantity: string,
  poNumber: string,
): Promise<void> {
  const base = warehouseOrderId(order.state.soNo ?? '', delivery.sequence);
  const earlier = order.state.warehouseOrders.filter(
    ({ orderId }) => orderId === base || orderId.startsWith(`${base}.`),
  ).length;
  const orderId = earlier === 0 ? base : `${base}.${earlier + 1}`;
  await queueOrder(order, plan, delivery, quantity, { orderId, poNumber });
}

async function queueOrder(
  order: Order,
  plan: OrderPlan,
  delivery: PlannedDelivery,
  quantity: string,
  { orderId, poNumber }: { readonly orderId: string; readonly poNumber: string },
): Promise<void> {
  onFailure(order, {
    task: `NorthScope: cancel order ${orderId} (queue, order and allocation) by hand; its API offers no way`,
  });
  await carryOut(order, {
    what: `queue order ${orderId} in NorthScope`,
    facts: [
      { label: 'OrderID and SourceTransactionID', value: orderId },
      { label: 'PONumber', value: poNumber },
    ],
    send: async () => {
      await order.vendors.northscopeOnce.placeWarehouseOrder({
        sourceSystem: plan.sourceSystem,
        createdAt: new Date().toISOString(),
        request: {
          orderId,
          companyId: plan.companyId,
          poNumber,
          customerId: plan.customerId,
          addressId: delivery.addressId,
          siteId: plan.siteId,
          orderDate: plan.orderDate,
          shipByDate: delivery.shipDate,
          lines: [{ itemId: plan.itemId, units: toStockUnits(quantity, plan.unitFactor), unitsUom: plan.stockUnit }],
        },
      });
      return true;
    },
    find: async () => {
      const [shown] = await order.vendors.northscope.findWarehouseOrders({ orderIds: [orderId] });
      return shown === undefined ? undefined : true;
    },
    lookFirst: order.state.isAdopted,
    // The queue cannot be seen through the API: sending again could double the order (contract §E.16).
    otherwise: 'ask',
    assumed: async () => true,
  });
  order.state.warehouseOrders = [...order.state.warehouseOrders, { orderId, deliveryRef: delivery.deliveryRef }];
}

const SHOWS_FIRST_MS = 250;
const SHOWS_LATEST_MS = 15_000;

/** Queued is not created: a failure in the queue shows in NorthScope's own screens only, so patience has an end. */
export async function untilShown(order: Order): Promise<void> {
  const orderIds = order.state.warehouseOrders.map(({ orderId }) => orderId);
  let since = Date.now();
  for (let wait = SHOWS_FIRST_MS; ; wait = Math.min(wait * 2, SHOWS_LATEST_MS)) {
    const shown = await order.vendors.northscope.findWarehouseOrders({ orderIds });
    const absent = orderIds.filter((id) => !shown.some(({ orderId }) => orderId === id));
    if (absent.length === 0) break;
    order.checkpoint();
    order.waiting('NorthScope to work off its inbound queue');
    if (Date.now() - since < milliseconds(order.policy.fulfilment.inboundWithin)) {
      await sleep(wait);
      continue;
    }
    const { choice, by } = await order.desk.ask({
      kind: 'unknown-outcome',
      question: `NorthScope took ${absent.join(', ')} into its inbound queue, but shows no such order. Look for an error in its queue, mend it there, then look again.`,
      facts: absent.map((id) => ({ label: 'SourceTransactionID', value: id })),
      choices: ['look again', order.mayGiveUp ? 'give up' : 'do without'],
    });
    if (choice === 'give up') throw givenUp('wait for the NorthScope order', by);
    if (choice === 'do without') {
      order.state.warehouseOrders = order.state.warehouseOrders.filter(({ orderId }) => !absent.includes(orderId));
      order.task(
        `NorthScope: ${absent.join(', ')} never showed; despatch what it was for by hand, or agree on less with the buyer`,
      );
      return;
    }
    since = Date.now();
    wait = SHOWS_FIRST_MS;
  }
  order.waiting(null);
  order.note(`NorthScope shows ${orderIds.join(', ')}`);
}
