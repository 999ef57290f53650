import { compare, isPositive, minimum, subtract } from '../../domain/values/decimal';
import type { EventAction, WebOrderAction, WebOrderLinesAction } from '../centra-actions';
import { isFields } from '../fields';
import type { Fields } from '../fields';
import { WorldRefused } from '../world-fields';
import { withCancelled } from './cancellations';
import type { Merger } from './merge';
import type { CentraOptions } from './options';
import type { OrderContext } from './order-context';
import { linesIn, linesOf, quantityIn } from './order-lines';
import { settled } from './orders';
import { refundable, withRefunds } from './refunds';
import { CentraRefused } from './refused';
import { automaticShipment } from './shipments';
import type { CentraState } from './state';
import { offsetTime } from './stockholm';
import { recordsOf, textOf } from './values';
import type { Value, Values } from './values';
import { newWebOrder } from './web-orders';

/** Where people work: what they change raises an event in any case. */
export interface Shop {
  readonly state: CentraState;
  readonly merger: Merger;
  readonly options: CentraOptions;
}

const contextOf = ({ state, merger, options }: Shop, at: Date): OrderContext => ({
  ...{ merger, options, now: offsetTime(at) },
  nextOrderItem: () => state.nextOrderItem(),
  refundOwner: (id) => state.refundOwner(id),
  notice: () => undefined,
});

function keep({ state }: Shop, order: Values, at: Date): void {
  const key = textOf(order, 'id');
  state.put('orders', key, order);
  state.events.raise({ type: 'order', entry: key, key, mission: 'update', at, data: order });
}

/** A vendor's no is for its callers; people are told by the control API. */
function tried<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof CentraRefused) throw new WorldRefused(400, error.message);
    throw error;
  }
}

/** A customer orders. @returns the order's id; undefined where the shop has no such article */
export function placeWebOrder(shop: Shop, action: WebOrderAction, at: Date): readonly string[] | undefined {
  const order = newWebOrder(shop.state, action, offsetTime(at));
  if (order === undefined) return undefined;
  const id = textOf(order, 'id');
  const isPacked = shop.options.automaticShipments;
  keep(shop, isPacked ? automaticShipment(order, `${Number(id) + 1000}`, contextOf(shop, at)) : order, at);
  return [id];
}

const asProducts = (lines: WebOrderLinesAction['lines']): readonly Values[] => [
  { sizes: lines.map(({ orderitem, quantity }) => ({ qty: quantity, orderitem: { id: orderitem } })) },
];

/** Every row of the order, for a change of mind that names none. */
const allOf = (order: Values): WebOrderLinesAction['lines'] =>
  linesOf(order).map(({ orderItem, quantity }) => ({ orderitem: orderItem, quantity }));

const isKnownRow = (order: Values, orderItem: string): boolean =>
  [...linesOf(order), ...linesIn(recordsOf(order, 'cancelled'))].some((line) => line.orderItem === orderItem);

/** The customer takes units back off an order. @returns the order's id; undefined for an unknown order or row */
export function cancelWebOrder(shop: Shop, action: WebOrderLinesAction): readonly string[] | undefined {
  const order = shop.state.records('orders').get(action.webOrder);
  if (order === undefined || !action.lines.every(({ orderitem }) => isKnownRow(order, orderitem))) return undefined;
  if (shop.options.lockBlocksPeople && textOf(order, 'locked') === 'yes') {
    throw new WorldRefused(400, `order ${action.webOrder} is locked`);
  }
  const lines = action.lines.length === 0 ? allOf(order) : action.lines;
  if (lines.length === 0) throw new WorldRefused(400, `order ${action.webOrder} has nothing left to cancel`);
  keep(shop, settled(tried(() => withCancelled(order, asProducts(lines)))), shop.options.now());
  return [action.webOrder];
}

const isShipped = (shipment: Values): boolean => textOf(shipment, 'shipped') === 'yes';

/** All that was shipped and is not refunded yet. */
const shippedRows = (order: Values): WebOrderLinesAction['lines'] =>
  recordsOf(order, 'shipments')
    .filter(isShipped)
    .flatMap((shipment) =>
      linesIn(recordsOf(shipment, 'products')).map(({ orderItem }) => ({
        orderitem: orderItem,
        quantity: refundable(shipment, orderItem),
      })),
    )
    .filter(({ quantity }) => isPositive(quantity));

/** Spreads what comes back over the shipments it left in, the oldest first. */
function perShipment(order: Values, lines: WebOrderLinesAction['lines']): ReadonlyMap<string, typeof lines> {
  const shares = new Map<string, WebOrderLinesAction['lines']>();
  for (const { orderitem, quantity } of lines) {
    let left = quantity;
    for (const shipment of recordsOf(order, 'shipments').filter(isShipped)) {
      const id = textOf(shipment, 'id');
      const taken = shares.get(id) ?? [];
      const before = quantityIn(linesIn(asProducts(taken)), orderitem);
      const share = minimum(left, subtract(refundable(shipment, orderitem), before));
      if (!isPositive(share)) continue;
      shares.set(id, [...taken, { orderitem, quantity: share }]);
      left = subtract(left, share);
    }
    if (compare(left, '0') > 0) throw new WorldRefused(400, `orderitem ${orderitem}: ${left} more than was shipped`);
  }
  return shares;
}

/** Shipped goods come back: one refund per shipment. @returns the order's id; undefined for an unknown order or row */
export function refundWebOrder(shop: Shop, action: WebOrderLinesAction): readonly string[] | undefined {
  const order = shop.state.records('orders').get(action.webOrder);
  if (order === undefined || !action.lines.every(({ orderitem }) => isKnownRow(order, orderitem))) return undefined;
  const lines = action.lines.length === 0 ? shippedRows(order) : action.lines;
  const shares = perShipment(order, lines);
  if (shares.size === 0) throw new WorldRefused(400, `order ${action.webOrder} has nothing to refund`);
  const at = shop.options.now();
  const context = contextOf(shop, at);
  const after = [...shares].reduce((before, [shipmentId, rows]) => {
    const refund = { id: shop.state.nextRefundNumber(), status: 'confirmed', products: asProducts(rows) };
    return tried(() => withRefunds(before, shipmentId, [refund], context));
  }, order);
  keep(shop, after, at);
  return [action.webOrder];
}

/** JSON as the sandbox keeps it: scalars as text. Members must be names XML can carry. */
function kept(value: unknown): Value {
  if (Array.isArray(value)) return value.map(kept);
  if (isFields(value)) return keptRecord(value);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function keptRecord(fields: Fields): Values {
  const entries = Object.entries(fields).map(([name, member]): [string, Value] => {
    if (!/^[A-Za-z_][\w.-]*$/.test(name)) throw new WorldRefused(400, `${JSON.stringify(name)} is no element name`);
    return [name, kept(member)];
  });
  return Object.fromEntries(entries);
}

/** Something else changes: an event of any type, also one nobody knows. @returns the event's id */
export function raiseEvent({ state, options }: Shop, { type, mission, data }: EventAction): readonly string[] {
  const record = keptRecord(data);
  const entry = textOf(record, 'id');
  return [state.events.raise({ type, entry, key: '', mission, at: options.now(), data: record })];
}
