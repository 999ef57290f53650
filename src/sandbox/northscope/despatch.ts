import { compare, isZero, minimum, subtract, sum } from '../../domain/values/decimal';
import { siteOf, itemOf } from './master-data';
import { allocatedBase, isOpen, isQuantity, orderedBase, shippedBase } from './state';
import type { NorthScopeState, OrderLine, SalesOrder } from './state';

/** What the warehouse does, as the control API tells it. */
export interface Despatch {
  /** OrderID, or PONumber: then its orders in the order of their OrderID. */
  readonly order: string;
  /** In base units (Each); everything allocated where it is missing. */
  readonly units?: string;
  /** Calendar date `YYYY-MM-DD`. @default today */
  readonly date?: string;
  /** Empty like missing: what was told before stays. */
  readonly carrier?: string;
  readonly tracking?: string;
}

export interface Stock {
  /** The lot's number or its LotSK. */
  readonly lot: string;
  readonly item: string;
  readonly site: string;
  /** Decimal string in base units. */
  readonly onHand: string;
}

/** Takes from the line's lots, first reserved first; on hand and allocated fall together. */
function shipLine(line: OrderLine, units: string): void {
  let open = units;
  for (const reservation of line.reservations) {
    const taken = minimum(open, subtract(reservation.units, reservation.shipped));
    reservation.shipped = sum([reservation.shipped, taken]);
    reservation.lot.onHand = subtract(reservation.lot.onHand, taken);
    reservation.lot.allocated = subtract(reservation.lot.allocated, taken);
    open = subtract(open, taken);
  }
}

/** Ships up to `limit` of what is allocated; the units shipped. */
function shipOrder(order: SalesOrder, limit: string | undefined): string {
  let shipped = '0';
  if (!isOpen(order)) return shipped;
  for (const line of order.lines) {
    const ready = subtract(allocatedBase(line), shippedBase(line));
    const units = limit === undefined ? ready : minimum(ready, subtract(limit, shipped));
    shipLine(line, units);
    shipped = sum([shipped, units]);
  }
  const isComplete = order.lines.every((line) => compare(shippedBase(line), orderedBase(line)) >= 0);
  if (isComplete) order.status = 'Shipped';
  return shipped;
}

/** The order with this OrderID; else those with this PONumber, by OrderID. */
export function ordersNamed(state: NorthScopeState, reference: string): SalesOrder[] {
  const byId = state.order(reference);
  if (byId !== undefined) return [byId];
  return reference === '' ? [] : state.ordersOf(reference);
}

/**
 * The warehouse ships: at most what is allocated and not yet shipped.
 *
 * @returns the OrderIDs that something left for, none if nothing was ready; undefined for an unknown order, or for
 * units that are no positive quantity: nothing changed
 */
export function despatch(state: NorthScopeState, request: Despatch): string[] | undefined {
  const orders = ordersNamed(state, request.order);
  if (orders.length === 0 || (request.units !== undefined && !isQuantity(request.units))) return undefined;
  const date = request.date || state.now().toISOString().slice(0, 10);
  let left = request.units;
  const despatched: string[] = [];
  for (const order of orders) {
    const shipped = shipOrder(order, left);
    if (isZero(shipped)) continue;
    left = left === undefined ? undefined : subtract(left, shipped);
    order.shipDate = `${date}T00:00:00.000`;
    order.carrier = request.carrier || order.carrier;
    order.tracking = request.tracking || order.tracking;
    despatched.push(order.orderId);
  }
  return despatched;
}

/**
 * Somebody voids an order in NorthScope's screens: nothing more of it is allocated or shipped.
 *
 * @returns the OrderIDs of those that were open; undefined for an unknown order
 */
export function voidOrders(state: NorthScopeState, reference: string): string[] | undefined {
  const orders = ordersNamed(state, reference);
  if (orders.length === 0) return undefined;
  return orders.filter(isOpen).map((order) => {
    order.status = 'Voided';
    return order.orderId;
  });
}

/**
 * Somebody counts a lot: sets what is on hand, whatever is allocated of it. Item and site may be empty where the lot's
 * number is one by itself; a lot that is not known is created where both are.
 *
 * @returns its LotSK; undefined where neither lot nor item and site are known, or the quantity is no decimal
 */
export function setStock(state: NorthScopeState, { lot, item, site, onHand }: Stock): string[] | undefined {
  if (!/^\d{1,12}(\.\d{1,5})?$/.test(onHand)) return undefined;
  const known = state.lots.find(
    (one) =>
      (one.lot === lot || one.lotSk === lot) &&
      (item === '' || one.itemId === item) &&
      (site === '' || one.siteId === site),
  );
  if (known !== undefined) {
    known.onHand = sum([onHand]);
    return [known.lotSk];
  }
  if (lot === '' || itemOf(item) === undefined || siteOf(site) === undefined) return undefined;
  return [state.addLot(lot, item, site, onHand).lotSk];
}
