import {
  add,
  compare,
  isDecimal,
  isPositive,
  minimum,
  multiply,
  plain,
  round,
  subtract,
  sum,
} from '../../domain/values/decimal';
import { CentraRefused } from './refused';
import { idOf, recordOf, recordsOf, textOf, without } from './values';
import type { Values } from './values';

/**
 * One row of an order: `orderitem` alone says which; product, variation and size may repeat
 * (docs/vendors/centra.md#orders_update).
 */
export interface OrderLine {
  readonly orderItem: string;
  /** Units. */
  readonly quantity: string;
  /** The product element without its sizes. */
  readonly product: Values;
  readonly size: Values;
}

/** Flattens products and their sizes. */
export const linesIn = (products: readonly Values[]): readonly OrderLine[] =>
  products.flatMap((entry) => {
    const product = without(entry, 'sizes');
    return recordsOf(entry, 'sizes').map((size) => ({
      orderItem: idOf(size, 'orderitem'),
      quantity: textOf(size, 'qty'),
      product,
      size,
    }));
  });

const priceOf = ({ product }: OrderLine): string => {
  const price = textOf(product, 'price');
  return isDecimal(price) ? price : '0';
};

const worth = (line: OrderLine): string => multiply(priceOf(line), line.quantity);

/** What the lines cost together. */
export const valueOf = (lines: readonly OrderLine[]): string => sum(lines.map(worth));

/** Rows of one product, variation and price stand under one product element, as the captured order shows them. */
const groupOf = ({ product }: OrderLine): string =>
  JSON.stringify([
    textOf(product, 'id'),
    idOf(product, 'variation'),
    ...['price', 'discount', 'comment'].map((name) => textOf(product, name)),
  ]);

/** The lines as products and their sizes; `qty` and `subtotal` of a product follow from its sizes. */
export function productsOf(lines: readonly OrderLine[]): readonly Values[] {
  const groups = new Map<string, readonly OrderLine[]>();
  for (const line of lines) groups.set(groupOf(line), [...(groups.get(groupOf(line)) ?? []), line]);
  return [...groups.values()].map((group) => ({
    ...group[0]?.product,
    qty: sum(group.map(({ quantity }) => quantity)),
    // No more decimals than it needs, unlike other money.
    subtotal: plain(round(valueOf(group), 2)),
    sizes: group.map(({ size, quantity }) => ({ ...size, qty: quantity })),
  }));
}

/** Money with two decimals. */
export const money = (amount: string): string => round(amount, 2);

const subtotalIn = (values: Values, member: string): string => {
  const subtotal = textOf(recordOf(values, member), 'subtotal');
  return isDecimal(subtotal) ? subtotal : '0';
};

/** Shipping and handling of an order or shipment. */
export const charges = (values: Values): string => add(subtotalIn(values, 'shipping'), subtotalIn(values, 'handling'));

/** The order with these lines, its total along with them. */
export function withLines(order: Values, lines: readonly OrderLine[]): Values {
  return { ...order, products: productsOf(lines), ordertotal: money(add(valueOf(lines), charges(order))) };
}

export const linesOf = (order: Values): readonly OrderLine[] => linesIn(recordsOf(order, 'products'));

/** A quantity as an update sends it. @throws CentraRefused unless it is a whole number above zero */
export function wholeQuantity(text: string, where: string): string {
  if (!isDecimal(text) || !isPositive(text) || !/^\d+(\.0+)?$/.test(text)) {
    throw new CentraRefused(`${where}: qty '${text}' is no quantity`);
  }
  return text.replace(/\.0+$/, '');
}

/**
 * The order's own line that a sent one means: by `orderitem`, or by product, variation and size where only one fits.
 * @throws CentraRefused where none or several fit
 */
export function meantLine(order: Values, given: OrderLine): OrderLine {
  const id = textOf(order, 'id');
  const lines = linesOf(order);
  if (given.orderItem !== '') {
    const found = lines.find(({ orderItem }) => orderItem === given.orderItem);
    if (found === undefined) throw new CentraRefused(`Order ${id} has no orderitem ${given.orderItem}`);
    return found;
  }
  const names = [textOf(given.product, 'id'), idOf(given.product, 'variation'), textOf(given.size, 'id')];
  const fitting = lines.filter(
    ({ product, size }) =>
      textOf(product, 'id') === names[0] && idOf(product, 'variation') === names[1] && textOf(size, 'id') === names[2],
  );
  const [only, ...others] = fitting;
  if (only === undefined || others.length > 0) {
    throw new CentraRefused(`Order ${id}: ${names.join(' / ')} is not one orderitem`);
  }
  return only;
}

/** The quantity of one row in these lines. */
export const quantityIn = (lines: readonly OrderLine[], orderItem: string): string =>
  sum(lines.filter((line) => line.orderItem === orderItem).map(({ quantity }) => quantity));

/** The size with no more allocated to it than it still needs. */
function withLessAllocated(size: Values, quantity: string): Values {
  let left = quantity;
  const warehouseitems = recordsOf(size, 'warehouseitems').flatMap((item) => {
    const qty = minimum(textOf(item, 'qty') || '0', left);
    left = subtract(left, qty);
    return isPositive(qty) ? [{ ...item, qty }] : [];
  });
  return { ...size, warehouseitems };
}

/** The lines with one row set to `quantity`; a row of nothing is no row any more. */
export const resized = (lines: readonly OrderLine[], orderItem: string, quantity: string): readonly OrderLine[] =>
  lines.flatMap((line) => {
    if (line.orderItem !== orderItem) return [line];
    if (compare(quantity, '0') <= 0) return [];
    return [{ ...line, quantity, size: withLessAllocated(line.size, quantity) }];
  });
