import { compare, isDecimal } from '../../domain/values/decimal';
import { shippedQuantity, withCancelled } from './cancellations';
import type { OrderContext } from './order-context';
import { linesIn, linesOf, meantLine, wholeQuantity, withLines } from './order-lines';
import type { OrderLine } from './order-lines';
import { CentraRefused } from './refused';
import { isAllCancelled, isFinished, withShipments } from './shipments';
import { recordsOf, textOf, without } from './values';
import type { Values } from './values';

/**
 * How far a status is; one that is not here may be set at any time (docs/vendors/centra.md#orders_update has those
 * seen).
 */
const RANKS: Readonly<Record<string, number>> = { pending: 0, processing: 1, confirmed: 1, completed: 2 };

function checkRequired(given: Values): void {
  const id = textOf(given, 'id');
  if (id === '') throw new CentraRefused('An order needs an id');
  const type = textOf(given, 'type');
  if (type !== 'retail' && type !== 'wholesale')
    throw new CentraRefused(`Order ${id}: type must be retail or wholesale`);
  if (!/^\d+$/.test(textOf(given, 'store'))) throw new CentraRefused(`Order ${id}: store must be a number`);
}

function checkSame(before: Values, given: Values): void {
  for (const member of ['type', 'store']) {
    if (textOf(before, member) === textOf(given, member)) continue;
    throw new CentraRefused(`Order ${textOf(before, 'id')} has ${member} ${textOf(before, member)}`);
  }
}

/** A row of the order that was sent again: what it says is taken over, the rest stays. */
function changedRow(order: Values, line: OrderLine, given: OrderLine, { merger }: OrderContext): OrderLine {
  const where = `Order ${textOf(order, 'id')}, orderitem ${line.orderItem}`;
  const quantity = given.quantity === '' ? line.quantity : wholeQuantity(given.quantity, where);
  const shipped = shippedQuantity(order, line.orderItem);
  if (compare(quantity, shipped) < 0) throw new CentraRefused(`${where}: ${shipped} are shipped`);
  const product = without(given.product, 'qty', 'subtotal');
  return {
    orderItem: line.orderItem,
    quantity,
    product: merger.merged('OrderProduct', line.product, product),
    size: merger.merged('OrderSize', line.size, given.size),
  };
}

function newRow(order: Values, given: OrderLine, context: OrderContext): OrderLine {
  const quantity = wholeQuantity(given.quantity, `Order ${textOf(order, 'id')}`);
  const price = textOf(given.product, 'price');
  if (price !== '' && !isDecimal(price)) throw new CentraRefused(`Order ${textOf(order, 'id')}: price '${price}'`);
  const orderItem = given.orderItem === '' ? context.nextOrderItem() : given.orderItem;
  return { ...given, quantity, orderItem, size: { ...given.size, orderitem: { id: orderItem } } };
}

/** Rows are changed by `orderitem`; one without is a new row, and a new order has the row ids its maker chose. */
function withProducts(order: Values, products: readonly Values[], isNew: boolean, context: OrderContext): Values {
  return linesIn(products).reduce((before, given) => {
    const lines = linesOf(before);
    const isKnown = lines.some(({ orderItem }) => orderItem === given.orderItem);
    if (given.orderItem === '' || (isNew && !isKnown)) {
      return withLines(before, [...lines, newRow(before, given, context)]);
    }
    const line = meantLine(before, given);
    const after = changedRow(before, line, given, context);
    return withLines(
      before,
      lines.map((entry) => (entry.orderItem === line.orderItem ? after : entry)),
    );
  }, order);
}

function checkStatus(before: Values, status: string, { options }: OrderContext): void {
  const [old, wanted] = [RANKS[textOf(before, 'status')], RANKS[status]];
  if (!options.refusesStatusBack || old === undefined || wanted === undefined || wanted >= old) return;
  throw new CentraRefused(`Order ${textOf(before, 'id')} is ${textOf(before, 'status')}, it cannot be ${status} again`);
}

/** What follows from the whole update: completed when all is shipped and paid, cancelled when nothing is left. */
export function settled(order: Values): Values {
  if (isAllCancelled(order)) return { ...order, status: 'cancelled' };
  return isFinished(order) ? { ...order, status: 'completed' } : order;
}

function begun(given: Values, orderNumber: string, { now }: OrderContext): Values {
  const type = textOf(given, 'type');
  return {
    ...{ id: textOf(given, 'id'), ordernumber: orderNumber, type, store: textOf(given, 'store'), locked: 'no' },
    ...{ status: type === 'retail' ? 'processing' : 'pending', ordertotal: '0.00', created: now, internal: 'false' },
    ...{ payments: { total: '0', status: 'incomplete' }, products: [], cancelled: [], shipments: [] },
  };
}

/**
 * One order of orders_Update: what is not sent stays, an unknown id makes a new order
 * (docs/vendors/centra.md#operations).
 * @param before the order of this id, if there is one
 * @param nextNumber called for a new order only: `ordernumber` is always Centra's
 * @throws CentraRefused for what cannot be; nothing has changed then
 */
export function updatedOrder(
  before: Values | undefined,
  given: Values,
  context: OrderContext,
  nextNumber: () => string,
): Values {
  checkRequired(given);
  if (before !== undefined) checkSame(before, given);
  const base = before ?? begun(given, nextNumber(), context);
  const plain = without(given, 'products', 'cancelled', 'shipments', 'ordernumber');
  if (plain['status'] !== undefined) checkStatus(base, textOf(given, 'status'), context);
  const merged = context.merger.merged('Order', base, plain);
  const withRows = withProducts(merged, recordsOf(given, 'products'), before === undefined, context);
  const cancelled = withCancelled(withRows, recordsOf(given, 'cancelled'));
  return settled(withShipments(cancelled, recordsOf(given, 'shipments'), context));
}
