import { ApplicationFailure, condition, workflowInfo } from '@temporalio/workflow';
import {
  asQuantity,
  compare,
  isPositive,
  isZero,
  maximum,
  minimum,
  subtract,
  sum,
} from '../../src/domain/values/decimal';
import { milliseconds } from '../../src/domain/values/duration';
import {
  allocatedUnits,
  isGone,
  type Allocation,
  type WarehouseOrder,
  type WarehouseOrderLine,
} from '../../src/domain/stock/inventory';
import type { PlannedDelivery } from '../../src/domain/purchase-order/order-plan';
import {
  pickLots,
  recordAllocated,
  recordDespatched,
  toOrderUnits,
  toStockUnits,
  totals,
} from '../../src/domain/purchase-order/quantity';
import { carryOut } from '../case/carry-out';
import { isLeaving, isOvertaken } from '../case/leaving';
import { watch } from '../case/watch';
import type { Fulfilment } from './fulfilment';
import { replaceCancelling } from './warehouse-owner';
import * as northscope from '../vendors/northscope';
import { vanishedWarehouseOrders } from '../../src/domain/purchase-order/questions';

/** Whether all that was ordered has left the warehouse. */
export function isDespatched({ state: { ledger } }: Fulfilment): boolean {
  const { ordered, despatched } = totals(ledger);
  return compare(despatched, ordered) >= 0;
}

/**
 * One look at the warehouse: takes over what was allocated and despatched, and allocates what can be had of the rest.
 */
export async function lookAtWarehouse(fulfilment: Fulfilment): Promise<void> {
  fulfilment.isWarehouseNew = false;
  const orders = await seenWhole(fulfilment);
  for (const delivery of fulfilment.plan.deliveries) {
    const lines = linesOf(fulfilment, orders, delivery);
    takeOver(fulfilment, delivery, lines);
    for (const found of lines) {
      const room = roomFor(fulfilment, delivery, orders);
      const missing = minimum(room, subtract(found.line.orderUnits, allocatedUnits(found.line)));
      if (fulfilment.interruption === null && isPositive(missing)) await allocate(fulfilment, delivery, found, missing);
    }
  }
  watchSurplus(fulfilment, orders);
  fulfilment.refresh();
}

/**
 * A question may stay open for weeks: what changes in the warehouse meanwhile is seen, as long as this history has room for
 * looks.
 *
 * @param afterLook what is made of each look
 */
export async function watchedMeanwhile<T>(
  fulfilment: Fulfilment,
  asked: Promise<T>,
  { isWatched = () => true, afterLook = () => undefined }: { isWatched?: () => boolean; afterLook?: () => void },
): Promise<T> {
  let isAnswered = false;
  const pause = milliseconds(fulfilment.policy.fulfilment.look.longest);
  const watching = async (): Promise<void> => {
    while (isWatched() && !workflowInfo().continueAsNewSuggested) {
      await condition(() => isAnswered || fulfilment.isWarehouseNew, pause);
      if (isAnswered) return;
      await lookAtWarehouse(fulfilment);
      afterLook();
    }
  };
  const answered = asked.finally(() => {
    isAnswered = true;
  });
  const [answer] = await Promise.all([answered, watching()]);
  return answer;
}

/**
 * Goods that leave although they are not ordered any more: NorthScope cannot be told, so they are listed, in one task a
 * delivery that says how many by now. The order stays watched while one of NorthScope's orders is for more than is ordered and has not left in whole.
 */
function watchSurplus(fulfilment: Fulfilment, orders: readonly WarehouseOrder[]): void {
  const { unitFactor, stockUnit } = fulfilment.plan;
  delete fulfilment.state.isWatched;
  for (const { deliveryRef, ordered } of fulfilment.state.ledger.deliveries) {
    const lines = linesOf(fulfilment, orders, { deliveryRef });
    const wanted = toStockUnits(ordered, unitFactor);
    const placed = sum(lines.map(({ line }) => line.orderUnits));
    const shipped = sum(lines.map(({ line }) => line.shippedUnits));
    const isCut = compare(placed, wanted) > 0;
    if (isCut && compare(shipped, placed) < 0) fulfilment.state.isWatched = true;
    if (compare(shipped, wanted) <= 0) continue;
    const orderIds = lines.map(({ orderId }) => orderId).join(' and ');
    fulfilment.task(
      isCut
        ? `NorthScope: ${subtract(shipped, wanted)} ${stockUnit} of ${orderIds} (delivery ${deliveryRef}) left the warehouse although it was cancelled: have it stopped or returned`
        : `NorthScope shipped ${shipped} ${stockUnit} for delivery ${deliveryRef}, ordered are ${wanted}: agree on the rest with the buyer`,
      `surplus:${deliveryRef}`,
    );
  }
}

/** Stock units still to allocate: after an amendment to less, NorthScope's own order may still be for more. */
function roomFor(fulfilment: Fulfilment, delivery: PlannedDelivery, orders: readonly WarehouseOrder[]): string {
  const known = fulfilment.state.ledger.deliveries.find(({ deliveryRef }) => deliveryRef === delivery.deliveryRef);
  const allocated = sum(linesOf(fulfilment, orders, delivery).map(({ line }) => allocatedUnits(line)));
  return subtract(toStockUnits(known?.ordered ?? '0', fulfilment.plan.unitFactor), allocated);
}

/** All of our orders, or those of one delivery: with hundreds of deliveries, the whole after each call would fill the history. */
const seen = (fulfilment: Fulfilment, reference?: string): Promise<WarehouseOrder[]> =>
  northscope.findWarehouseOrders(fulfilment, {
    orderIds: fulfilment.state.warehouseOrders
      .filter(({ deliveryRef }) => reference === undefined || deliveryRef === reference)
      .map(({ orderId }) => orderId),
  });

/**
 * All of our orders. One that showed and shows no longer proves nothing, least of all that no goods have left: it is looked
 * for again, and after a while put to a person.
 */
async function seenWhole(fulfilment: Fulfilment): Promise<WarehouseOrder[]> {
  const { state } = fulfilment;
  const goneFrom = (orders: readonly WarehouseOrder[]): Placed =>
    state.warehouseOrders.filter((placed) => !orders.some((shown) => isStanding(shown, placed.orderId)));
  for (let hasWaited = false; ; hasWaited = true) {
    const { found, isAsWanted } = await watch({
      look: async () => {
        const orders = await seen(fulfilment);
        return { orders, gone: goneFrom(orders) };
      },
      isAsWanted: ({ orders, gone }) => gone.length === 0 || isCancelledAsWanted(fulfilment, gone, orders),
      notYet: ({ gone }) => {
        hasWaited = true;
        fulfilment.waiting(`NorthScope, which shows ${orderIdsOf(gone)} no longer: looked at again`);
      },
      within: fulfilment.policy.fulfilment.inboundWithin,
    });
    const { orders, gone } = found;
    if (isAsWanted) {
      if (hasWaited) fulfilment.waiting(null);
      return orders;
    }
    const { choice, by } = await fulfilment.desk.ask({
      of: vanishedWarehouseOrders,
      values: { orderIds: orderIdsOf(gone) },
      facts: gone.map(({ orderId, deliveryRef }) => {
        const status = orders.find((shown) => shown.orderId === orderId)?.statusName ?? 'not shown';
        return { label: `for delivery ${deliveryRef}`, value: `${orderId}: ${status}` };
      }),
    });
    if (choice !== 'it was deleted') continue;
    state.warehouseOrders = state.warehouseOrders.filter((placed) => !gone.includes(placed));
    fulfilment.task(
      `NorthScope: ${orderIdsOf(gone)} was deleted there, says ${by}; despatch what it was for by hand, or agree on less with the buyer`,
    );
  }
}

const orderIdsOf = (placed: Placed): string => placed.map(({ orderId }) => orderId).join(', ');

/** What is to be cancelled and shows as cancelled is what was wanted: nothing of it is left to be asked, or done by hand. */
function isCancelledAsWanted(fulfilment: Fulfilment, gone: Placed, orders: readonly WarehouseOrder[]): boolean {
  if (fulfilment.interruption === null) return false;
  const isCancelled = ({ orderId }: Placed[number]): boolean =>
    orders.some((shown) => shown.orderId === orderId && isGone(shown));
  for (const placed of gone.filter(isCancelled)) {
    replaceCancelling(fulfilment, placed.orderId);
    fulfilment.state.warehouseOrders = fulfilment.state.warehouseOrders.filter((other) => other !== placed);
    fulfilment.note(`NorthScope has cancelled ${placed.orderId} already`);
  }
  return gone.every(isCancelled);
}

type Placed = Fulfilment['state']['warehouseOrders'];

/** Shown, and not gone by its status before anything of it has left. */
const isStanding = (shown: WarehouseOrder, orderId: string): boolean =>
  shown.orderId === orderId && !(isGone(shown) && shown.lines.every(({ shippedUnits }) => isZero(shippedUnits)));

interface FoundLine {
  readonly orderId: string;
  readonly line: WarehouseOrderLine;
}

/** A delivery has one order in NorthScope, and one more for each amendment that added to it. */
function linesOf(
  fulfilment: Fulfilment,
  orders: readonly WarehouseOrder[],
  { deliveryRef }: Pick<PlannedDelivery, 'deliveryRef'>,
): FoundLine[] {
  const placed = fulfilment.state.warehouseOrders.filter((candidate) => candidate.deliveryRef === deliveryRef);
  return placed.flatMap(({ orderId }) => {
    const line = orders.find((found) => found.orderId === orderId)?.lines[0];
    return line === undefined ? [] : [{ orderId, line }];
  });
}

function takeOver(fulfilment: Fulfilment, { deliveryRef }: PlannedDelivery, lines: readonly FoundLine[]): void {
  const { unitFactor } = fulfilment.plan;
  const known = fulfilment.state.ledger.deliveries.find((delivery) => delivery.deliveryRef === deliveryRef);
  if (known === undefined) return;
  const total = (units: (line: WarehouseOrderLine) => string): string =>
    toOrderUnits(sum(lines.map(({ line }) => units(line))), unitFactor);
  const allocated = minimum(known.ordered, maximum(known.allocated, total(allocatedUnits)));
  fulfilment.state.ledger = recordAllocated(fulfilment.state.ledger, deliveryRef, allocated);
  const shipped = total(({ shippedUnits }) => shippedUnits);
  const despatched = minimum(allocated, shipped);
  if (compare(despatched, known.despatched) > 0) {
    fulfilment.state.ledger = recordDespatched(fulfilment.state.ledger, deliveryRef, despatched);
    fulfilment.note(`despatched ${despatched} of ${known.ordered} for ${deliveryRef}`);
  }
}

/** Allocates what the lots hold; what they lack is a back-order, looked at again at the next look. */
async function allocate(
  fulfilment: Fulfilment,
  delivery: PlannedDelivery,
  { orderId, line }: FoundLine,
  missing: string,
): Promise<void> {
  const { itemId, siteId, stockUnit } = fulfilment.plan;
  const lots = await northscope.findLots(fulfilment, { itemId, siteId });
  const allocations: Allocation[] = pickLots(missing, lots).map(({ lot, units }) => ({
    orderItemSk: line.orderItemSk,
    lotSk: lot.lotSk,
    units,
    unitsUom: stockUnit,
  }));
  const isChanged = (): boolean => fulfilment.state.amendment !== null;
  if (isChanged()) return;
  if (allocations.length === 0) {
    fulfilment.waiting(`stock: ${missing} ${stockUnit} of ${itemId} for ${delivery.deliveryRef}`);
    return;
  }
  const look = async (): Promise<WarehouseOrderLine | undefined> => {
    const found = await northscope.findWarehouseOrders(fulfilment, { orderIds: [orderId] });
    return found.find((shown) => shown.orderId === orderId)?.lines[0];
  };
  try {
    await carryOut(fulfilment, {
      call: northscope.allocateLots,
      what: `allocate ${allocations.map(({ units, lotSk }) => `${asQuantity(units)} of lot ${lotSk}`).join(', ')} to ${orderId} in NorthScope`,
      facts: [
        { label: 'OrderID', value: orderId },
        { label: 'OrderItemSK', value: line.orderItemSk },
        { label: 'allocated before', value: asQuantity(line.allocatedUnits) },
      ],
      send: async () => {
        await northscope.allocateLots(fulfilment, { orderId, allocations });
        return true;
      },
      // Units carry no reference of ours. Where there are more than before, whoever's they are, nothing is sent again:
      // the next look works out from the figures what is still missing.
      find: async () => {
        const now = await look();
        return now !== undefined && compare(allocatedUnits(now), allocatedUnits(line)) > 0 ? true : undefined;
      },
      saysOf: () => 'more is allocated than before, so not tried again',
      otherwise: 'send again',
      // What is ordered now is worked out anew at the next look.
      isOvertaken: isChanged,
      wayOut: 'done by hand',
      assumed: async () => true,
      refused: 'throw',
    });
  } catch (error) {
    if (isOvertaken(error)) return fulfilment.note(error.message);
    // Another order may have been quicker with the same lot: the next look tries what is left then.
    if (isLeaving(error) || !(error instanceof ApplicationFailure)) throw error;
    fulfilment.refusedAllocations += 1;
    fulfilment.waiting(`stock: NorthScope refused to allocate to ${orderId}: ${error.message}`);
    return;
  }
  fulfilment.refusedAllocations = 0;
  const orders = await seen(fulfilment, delivery.deliveryRef);
  const now = orders.find((found) => found.orderId === orderId)?.lines[0];
  const left = subtract(missing, subtract(now === undefined ? '0' : allocatedUnits(now), allocatedUnits(line)));
  fulfilment.waiting(null);
  fulfilment.note(
    isPositive(left)
      ? `allocated in part to ${orderId}, ${left} ${stockUnit} on back-order`
      : `allocated to ${orderId}`,
  );
  takeOver(fulfilment, delivery, linesOf(fulfilment, orders, delivery));
}
