import { add, compare, isDecimal, maximum, subtract, sum } from '../../domain/values/decimal';
import type { AmendAction } from '../claritum-actions';
import { isFields } from '../fields';
import type { Fields } from '../fields';
import { WorldRefused } from '../world-fields';
import { deliveredQuantity, withOpenQuantity } from './deliveries';
import { isCancelled } from './records';
import type { OrderDelivery, PurchaseOrder } from './records';
import { amounts } from './seed-orders';
import type { ClaritumState } from './state';
import { isList, isValues, textOf } from '../values';
import { changedAt } from './utc';
import type { Value, Values } from '../values';

/** What names the order cannot change with it: everything hangs on these. */
const FIXED = ['uid', 'orderRef', 'lastModified'];

function keptValue(value: unknown): Value {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(keptValue);
  return isFields(value) ? kept(value) : null;
}

/** JSON as the sandbox keeps it: numbers as text. @throws WorldRefused for members that are no names XML can carry */
export function kept(fields: Fields): Values {
  const entries = Object.entries(fields).map(([name, member]): [string, Value] => {
    if (!/^[A-Za-z_][\w.-]*$/.test(name)) throw new WorldRefused(400, `${JSON.stringify(name)} is no member name`);
    return [name, keptValue(member)];
  });
  return Object.fromEntries(entries);
}

/** The deliveries of `set`, each with what it does not name taken from the address it had, or from the first one. */
function amendedDeliveries(order: PurchaseOrder, list: readonly Value[]): readonly OrderDelivery[] {
  const [first] = order.deliveries;
  if (first === undefined) throw new WorldRefused(400, `${order.orderRef} has no delivery to take the rest from`);
  return list.map((entry, index) => {
    const values = isValues(entry) ? entry : {};
    const deliveryRef = textOf(values, 'deliveryRef') || order.deliveries[index]?.deliveryRef;
    if (deliveryRef === undefined) throw new WorldRefused(400, 'a further delivery needs a deliveryRef');
    const before = order.deliveries.find((delivery) => delivery.deliveryRef === deliveryRef) ?? first;
    return { ...before, sequence: String(index + 1), ...values, deliveryRef };
  });
}

/** A changed quantity changes the addresses from the last one backwards, as a buyer who says no more than the total. */
function resized(deliveries: readonly OrderDelivery[], quantity: string): readonly OrderDelivery[] {
  let difference = subtract(quantity, sum(deliveries.map((delivery) => delivery.quantity)));
  return deliveries
    .toReversed()
    .map((delivery) => {
      const after = maximum('0', add(delivery.quantity, difference));
      difference = subtract(difference, subtract(after, delivery.quantity));
      return { ...delivery, quantity: after };
    })
    .toReversed();
}

/** What follows from a new quantity or price, as far as both can be reckoned with and were not set themselves. */
function consequences(order: PurchaseOrder, set: Values): Values {
  const quantity = set['quantity'] ?? order.quantity;
  const unitPrice = set['unitPrice'] ?? order.unitPrice;
  const isPlain = typeof quantity === 'string' && isDecimal(quantity) && compare(quantity, '0') >= 0;
  const money = isPlain && typeof unitPrice === 'string' && isDecimal(unitPrice) ? amounts(quantity, unitPrice) : {};
  const canResize = isPlain && 'quantity' in set && order.deliveries.every((delivery) => isDecimal(delivery.quantity));
  return { ...money, ...(canResize ? { deliveries: resized(order.deliveries, quantity) } : {}) };
}

/** The order as `set` makes it, with all that follows from it. */
export function withMembers(order: PurchaseOrder, set: Values): PurchaseOrder {
  const { deliveries: wanted, ...members } = set;
  const deliveries = isList(wanted) ? { deliveries: amendedDeliveries(order, wanted) } : {};
  return { ...order, ...consequences(order, set), ...members, ...deliveries };
}

/** Brings the delivery records in line: what is delivered stays, what is open is the rest; dropped addresses go. */
function replan(state: ClaritumState, before: PurchaseOrder, after: PurchaseOrder): void {
  for (const { deliveryRef } of before.deliveries) {
    if (after.deliveries.some((delivery) => delivery.deliveryRef === deliveryRef)) continue;
    state.putDeliveries(deliveryRef, []);
  }
  for (const { deliveryRef, quantity } of after.deliveries) {
    if (!isDecimal(quantity)) continue;
    const records = state.deliveries.get(deliveryRef) ?? [];
    const open = subtract(quantity, deliveredQuantity(records));
    state.putDeliveries(deliveryRef, withOpenQuantity(after, deliveryRef, records, open));
  }
}

/**
 * The buyer changes an order: it is listed again, same uid, newer `lastModified` unless it says otherwise, not
 * exported. Assumed. Any member may be set, also to what no reader can use; net, tax, gross and the deliveries follow a
 * new quantity or price unless they are set too.
 * @returns the order's uid; undefined for an unknown order, or a cancelled one that is listed no more
 * @throws WorldRefused for what would tear the order from its records
 */
export function amend(state: ClaritumState, action: AmendAction): readonly string[] | undefined {
  const order = state.findOrder(action.orderRef);
  if (order === undefined || (isCancelled(order) && state.unlisted.has(order.uid))) return undefined;
  const fixed = FIXED.find((member) => member in action.set);
  if (fixed !== undefined) throw new WorldRefused(400, `${fixed} cannot be amended`);
  const amended = withMembers(order, kept(action.set));
  const after = { ...amended, lastModified: changedAt(order.lastModified, action) };
  replan(state, order, after);
  state.putOrder(after);
  // An order that is amended into a cancelled one is withdrawn like any other.
  if (after.status === 'cancelled' && order.status !== 'cancelled') state.unlisted.add(order.uid);
  else state.unlisted.delete(order.uid);
  state.reopen(order.uid);
  return [order.uid];
}
