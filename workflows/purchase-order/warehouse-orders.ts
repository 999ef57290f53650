import { isPositive } from '../../src/domain/values/decimal';
import type { WarehouseOrder, WarehouseOrderRequest } from '../../src/domain/stock/inventory';
import type { PlannedDelivery } from '../../src/domain/purchase-order/order-plan';
import { addOrdered, missing, toStockUnits } from '../../src/domain/purchase-order/quantity';
import { warehouseOrderId } from '../../src/domain/purchase-order/sales-order-number';
import { carryOut } from '../case/carry-out';
import { givenUp, isOvertaken, overtaken } from '../case/leaving';
import { onFailure } from '../case/saga';
import { watch } from '../case/watch';
import type { Fulfilment } from './fulfilment';
import type { QueuedOrder } from './state';
import { foundAs } from './sales-order-header';
import { cancelByHand, replaceCancelling, ownerOfWarehouseOrder, type WarehouseOrderOwner } from './warehouse-owner';
import * as northscope from '../vendors/northscope';
import { unshownWarehouseOrders } from '../../src/domain/purchase-order/questions';

/**
 * Queues one NorthScope order per delivery. What stands in its queue cannot be taken back, so that none is sent as it is no
 * longer wanted.
 *
 * @returns false where the order was changed before all of them were queued
 */
export async function queueAll(fulfilment: Fulfilment): Promise<boolean> {
  const { deliveries } = fulfilment.plan;
  const base = ({ sequence }: PlannedDelivery): string => warehouseOrderId(fulfilment.soNo, sequence);
  // One look for all orders, before anything is sent. NorthScope keeps no note of ours, so an existing order is judged
  // by its content.
  const standing = await northscope.findWarehouseOrders(fulfilment, { orderIds: deliveries.map(base) });
  const isQueued = ({ deliveryRef }: PlannedDelivery): boolean =>
    fulfilment.state.warehouseOrders.some((placed) => placed.deliveryRef === deliveryRef);
  return unlessChanged(fulfilment, async (isChanged) => {
    for (const delivery of deliveries.filter((each) => !isQueued(each))) {
      const isStanding = standing.some(({ orderId }) => orderId === base(delivery));
      await queueOrder(fulfilment, wanted(fulfilment, delivery, delivery.quantity), isStanding, isChanged);
    }
  });
}

/** Whether NorthScope has been sent less than the order is for by now. */
export const isMissing = ({ plan, state: { ledger } }: Fulfilment): boolean =>
  plan.deliveries.some((delivery) => isPositive(missing(ledger, delivery)));

/**
 * Orders from NorthScope what amendments have added to deliveries.
 *
 * @returns false where the order was changed again before all of it was queued
 */
export async function placeMissing(fulfilment: Fulfilment): Promise<boolean> {
  const { state, plan } = fulfilment;
  const isWhole = await unlessChanged(fulfilment, async (isChanged) => {
    for (const delivery of plan.deliveries) {
      const quantity = missing(state.ledger, delivery);
      if (!isPositive(quantity)) continue;
      await placeMore(fulfilment, delivery, quantity, isChanged);
      state.ledger = addOrdered(state.ledger, delivery.deliveryRef, quantity);
    }
  });
  if ((state.queued ?? []).length > 0) await untilShown(fulfilment);
  return isWhole;
}

/** A further order for a delivery: a known OrderID changes nothing in NorthScope. */
async function placeMore(
  fulfilment: Fulfilment,
  delivery: PlannedDelivery,
  quantity: string,
  isChanged: () => boolean,
): Promise<void> {
  const more = wanted(fulfilment, delivery, quantity);
  const { orderId: base } = more.request;
  const earlier = fulfilment.state.warehouseOrders.filter(
    ({ orderId }) => orderId === base || orderId.startsWith(`${base}.`),
  ).length;
  await queueOrder(fulfilment, numbered(more, earlier + 1), true, isChanged);
}

/** Runs what queues orders, as long as the order is not changed; false where it was, and the rest was not queued. */
async function unlessChanged(
  fulfilment: Fulfilment,
  queue: (isChanged: () => boolean) => Promise<void>,
): Promise<boolean> {
  const { amendment } = fulfilment.state;
  try {
    await queue(() => fulfilment.state.amendment !== amendment);
    return true;
  } catch (error) {
    if (!isOvertaken(error)) throw error;
    fulfilment.note(error.message);
    return false;
  }
}

/** What is sent for a delivery, under the first OrderID it may have. */
function wanted(fulfilment: Fulfilment, delivery: PlannedDelivery, quantity: string): QueuedOrder {
  const { plan } = fulfilment;
  const { deliveryRef, sequence, addressId, shipDate } = delivery;
  return {
    deliveryRef,
    number: 1,
    request: {
      orderId: warehouseOrderId(fulfilment.soNo, sequence),
      companyId: plan.companyId,
      poNumber: fulfilment.state.order.poNumber,
      customerId: plan.customerId,
      addressId,
      siteId: plan.siteId,
      orderDate: plan.orderDate,
      shipByDate: shipDate,
      lines: [{ itemId: plan.itemId, units: toStockUnits(quantity, plan.unitFactor), unitsUom: plan.stockUnit }],
    },
  };
}

/** The same order under another OrderID of its delivery: `<SoNo>-<sequence>`, then `<SoNo>-<sequence>.2` … */
function numbered(queued: QueuedOrder, number: number): QueuedOrder {
  const { orderId } = queued.request;
  const base = queued.number === 1 ? orderId : orderId.slice(0, orderId.lastIndexOf('.'));
  return { ...queued, number, request: { ...queued.request, orderId: number === 1 ? base : `${base}.${number}` } };
}

/**
 * Queues an order under its OrderID, or under the next one that is nobody else's.
 *
 * @param lookFirst whether something may stand under it already; under the next ones it always may.
 * @param isChanged whether it is no longer wanted so; never where it takes the place of one that counts as queued
 * @throws ApplicationFailure `Overtaken` where it is not, and nothing of it was queued
 */
async function queueOrder(
  fulfilment: Fulfilment,
  queued: QueuedOrder,
  lookFirst: boolean,
  isChanged = () => false,
): Promise<void> {
  const { deliveryRef, number, request } = queued;
  const { orderId } = request;
  fulfilment.checkpoint();
  if (isChanged()) throw overtaken(`queue order ${orderId} in NorthScope`);
  const isUsed = fulfilment.state.warehouseOrders.some((placed) => placed.orderId === orderId);
  if (isUsed) return queueOrder(fulfilment, numbered(queued, number + 1), true, isChanged);
  onFailure(fulfilment, { task: cancelByHand(orderId) });
  const end = await send(fulfilment, request, lookFirst, isChanged);
  if (end === 'queued') fulfilment.state.queued = [...(fulfilment.state.queued ?? []), queued];
  if (end === 'queued' || end === 'ours')
    fulfilment.state.warehouseOrders = [...fulfilment.state.warehouseOrders, { orderId, deliveryRef }];
  else leaveAlone(fulfilment, orderId);
  if (end === 'another') await queueOrder(fulfilment, numbered(queued, number + 1), true, isChanged);
}

const send = (
  fulfilment: Fulfilment,
  request: WarehouseOrderRequest,
  lookFirst: boolean,
  isChanged: () => boolean,
): Promise<'queued' | WarehouseOrderOwner> =>
  carryOut<'queued' | WarehouseOrderOwner>(fulfilment, {
    call: northscope.placeWarehouseOrder,
    what: `queue order ${request.orderId} in NorthScope`,
    facts: [
      { label: 'OrderID and SourceTransactionID', value: request.orderId },
      { label: 'PONumber', value: request.poNumber },
    ],
    send: async () => {
      const { sourceSystem } = fulfilment.plan;
      const createdAt = new Date().toISOString();
      await northscope.placeWarehouseOrder(fulfilment, { sourceSystem, createdAt, request });
      return 'queued';
    },
    find: () => ownerOfWarehouseOrder(fulfilment, request),
    saysOf: foundAs,
    lookFirst,
    isOvertaken: isChanged,
    // The queue cannot be seen through the API: sending again could double the order
    // (docs/vendors/northscope.md#a-lost-answer).
    otherwise: 'ask',
    assumed: async () => 'queued',
  });

/** Nothing is looked at or allocated to under this OrderID any more. */
function forget({ state }: Fulfilment, orderId: string): void {
  state.warehouseOrders = state.warehouseOrders.filter((placed) => placed.orderId !== orderId);
  state.queued = (state.queued ?? []).filter(({ request }) => request.orderId !== orderId);
}

/** What stands under this OrderID is not ours: nor is it ours to cancel. */
function leaveAlone(fulfilment: Fulfilment, orderId: string): void {
  forget(fulfilment, orderId);
  replaceCancelling(fulfilment, orderId);
}

/**
 * A queued order may not be created: only NorthScope's own screens show an error of the queue, so the wait is limited.
 * The order that appears must have the content that was sent, because NorthScope ignores a queued order whose OrderID
 * exists.
 */
export async function untilShown(fulfilment: Fulfilment): Promise<void> {
  const orderIds = fulfilment.state.warehouseOrders.map(({ orderId }) => orderId);
  const absentFrom = (shown: readonly WarehouseOrder[]): readonly string[] =>
    orderIds.filter((id) => !shown.some(({ orderId }) => orderId === id));
  const { found: shown, isAsWanted } = await watch({
    look: () => northscope.findWarehouseOrders(fulfilment, { orderIds }),
    isAsWanted: (orders) => absentFrom(orders).length === 0,
    notYet: (_, looks) => {
      fulfilment.checkpoint();
      fulfilment.waiting('NorthScope to work off its inbound queue');
      if (looks > 1) fulfilment.show();
    },
    within: fulfilment.policy.fulfilment.inboundWithin,
  });
  if (!isAsWanted && !(await isDoneWithout(fulfilment, absentFrom(shown)))) return untilShown(fulfilment);
  fulfilment.waiting(null);
  const isSettled = await isAsSent(fulfilment, shown);
  if (!isSettled) return untilShown(fulfilment);
  fulfilment.note(`NorthScope shows ${fulfilment.state.warehouseOrders.map(({ orderId }) => orderId).join(', ')}`);
}

/** What has not shown for so long, a person has to look for. False where it is to be looked at again. */
async function isDoneWithout(fulfilment: Fulfilment, absent: readonly string[]): Promise<boolean> {
  const { choice, by } = await fulfilment.desk.ask({
    of: unshownWarehouseOrders,
    values: { orderIds: absent.join(', ') },
    facts: absent.map((id) => ({ label: 'SourceTransactionID', value: id })),
    choices: ['look again', fulfilment.mayGiveUp ? 'give up' : 'do without'],
  });
  if (choice === 'give up') throw givenUp('wait for the NorthScope order', by);
  if (choice !== 'do without') return false;
  for (const orderId of absent) forget(fulfilment, orderId);
  fulfilment.task(
    `NorthScope: ${absent.join(', ')} never showed; despatch what it was for by hand, or agree on less with the buyer`,
  );
  return true;
}

/** Whether what shows is what was sent, once for each that was queued; what is not ours is queued under its next OrderID. */
async function isAsSent(fulfilment: Fulfilment, shown: readonly WarehouseOrder[]): Promise<boolean> {
  let isSettled = true;
  for (const queued of fulfilment.state.queued ?? []) {
    const { orderId } = queued.request;
    const owner = await ownerOfWarehouseOrder(fulfilment, queued.request, shown);
    // It showed and shows no longer: it is waited for again.
    if (owner === undefined) isSettled = false;
    else fulfilment.state.queued = fulfilment.state.queued?.filter((other) => other !== queued) ?? [];
    if (owner === 'another' || owner === 'without') leaveAlone(fulfilment, orderId);
    if (owner !== 'another') continue;
    await queueOrder(fulfilment, numbered(queued, queued.number + 1), true);
    isSettled = false;
  }
  return isSettled;
}
