import { add, compare, divideExactly, multiply } from '../../domain/values/decimal';
import { itemOf, unitOf } from './master-data';
import { Refused } from './refused';
import {
  availableUnits,
  fiveDecimals,
  isOpen,
  isQuantity,
  type Lot,
  type NorthScopeState,
  type OrderLine,
} from './state';
import { objectsOf, textOf, type TreeObject } from './tree';

interface Plan {
  readonly line: OrderLine;
  readonly lot: Lot;
  /** In base units. */
  readonly units: string;
}

/** The units in base units, by the item's schedule; they must also come out even in the order line's own unit. */
function baseUnits(line: OrderLine, request: TreeObject): string {
  const units = textOf(request, 'AllocateUnits');
  const uom = textOf(request, 'UnitsUOM');
  if (units === '') throw new Refused(`AllocateUnits is required: item '${line.itemId}' is managed by units.`);
  if (!isQuantity(units)) throw new Refused(`AllocateUnits '${units}' is not valid.`);
  const item = itemOf(line.itemId);
  const unit = item === undefined ? undefined : unitOf(item, uom === '' ? line.uom : uom);
  if (unit === undefined) throw new Refused(`UnitsUOM '${uom}' is not valid for item '${line.itemId}'.`);
  const base = multiply(units, unit.factor);
  const inLine = divideExactly(base, line.factor);
  if (inLine === undefined || compare(fiveDecimals(inLine), inLine) !== 0) {
    throw new Refused(`${units} ${unit.uom} cannot be expressed in ${line.uom}.`);
  }
  return base;
}

function planned(state: NorthScopeState, request: TreeObject): Plan {
  const orderItemSk = textOf(request, 'OrderItemSK');
  const lotSk = textOf(request, 'LotSK');
  const found = state.line(orderItemSk);
  if (found === undefined) throw new Refused(`OrderItemSK '${orderItemSk}' does not exist.`);
  const lot = state.lotBySk(lotSk);
  if (lot === undefined) throw new Refused(`LotSK '${lotSk}' does not exist.`);
  const { order, line } = found;
  if (!isOpen(order)) throw new Refused(`Order '${order.orderId}' is ${order.status.toLowerCase()}.`);
  if (lot.itemId !== line.itemId) throw new Refused(`Lot '${lot.lot}' does not hold item '${line.itemId}'.`);
  if (lot.siteId !== order.siteId) throw new Refused(`Lot '${lot.lot}' is not at site '${order.siteId}'.`);
  return { line, lot, units: baseUnits(line, request) };
}

/** What the whole request takes from each lot must be available: several allocations may name the same lot. */
function checkAvailability(plans: readonly Plan[]): void {
  const taken = new Map<Lot, string>();
  for (const { lot, units } of plans) {
    const total = add(taken.get(lot) ?? '0', units);
    taken.set(lot, total);
    if (compare(total, availableUnits(lot)) > 0) {
      throw new Refused(
        `Lot '${lot.lot}' has insufficient available inventory: ${fiveDecimals(availableUnits(lot))} available, ${fiveDecimals(total)} requested.`,
      );
    }
  }
}

/**
 * AllocateSalesOrders (docs/vendors/northscope.md#allocatesalesorders): adds to what is allocated, all or nothing. More
 * than a line orders is not refused, so a call sent twice shows.
 *
 * @returns how many allocations were made
 * @throws Refused before anything is changed
 */
export function allocate(state: NorthScopeState, content: TreeObject): number {
  const requests = objectsOf(content, 'Allocation');
  if (requests.length === 0) throw new Refused('Allocation is required.');
  const plans = requests.map((request) => planned(state, request));
  checkAvailability(plans);
  for (const { line, lot, units } of plans) {
    lot.allocated = add(lot.allocated, units);
    line.reservations.push({ lot, units, shipped: '0' });
    const order = state.line(line.orderItemSk)?.order;
    if (order?.status === 'New') order.status = 'In Process';
  }
  return plans.length;
}

/** OrderIDs an allocation is about, sorted; unknown items name none. */
export function allocatedOrders(state: NorthScopeState, content: TreeObject): string {
  const ids = objectsOf(content, 'Allocation').map((one) => state.line(textOf(one, 'OrderItemSK'))?.order.orderId);
  return [...new Set(ids.filter((id) => id !== undefined))].toSorted().join(',');
}
