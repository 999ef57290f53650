import { add, isDecimal, sum, subtract } from '../../domain/values/decimal';
import { webShopArticles, webShopWarehouse } from '../web-shop-seed';
import { EventQueue } from './event-queue';
import { linesOf } from './order-lines';
import { seedCustomers, seedProducts } from './seed-records';
import { idOf, recordsOf, textOf } from './values';
import type { Value, Values } from './values';

/** Seeds have ranges of their own, so that a record of one is never met in another. */
const rangeOf = (seed: number): number => (((seed - 1) % 90_000) + 90_000) % 90_000;

/** Where a unit lies: product, variation, size, warehouse. */
type Place = readonly [product: string, variation: string, size: string, warehouse: string];

/** An article as its SKU finds it. */
export interface Article {
  readonly product: Values;
  readonly variation: Values;
  readonly size: Values;
}

const PLACE = '\u0000';

/** What is allocated to an order, by place. */
function allocated(order: Values): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { product, size } of linesOf(order)) {
    for (const item of recordsOf(size, 'warehouseitems')) {
      const place: Place = [textOf(product, 'id'), idOf(product, 'variation'), textOf(size, 'id'), textOf(item, 'id')];
      const key = place.join(PLACE);
      found.set(key, add(found.get(key) ?? '0', textOf(item, 'qty') || '0'));
    }
  }
  return found;
}

/** The entry of a list with this id replaced. */
const replaced = (values: Values, member: string, id: string, change: (entry: Values) => Values): Values => {
  const entries = recordsOf(values, member);
  if (!entries.some((entry) => textOf(entry, 'id') === id)) return values;
  return { ...values, [member]: entries.map((entry): Value => (textOf(entry, 'id') === id ? change(entry) : entry)) };
};

const quantityOf = (item: Values): string => {
  const qty = textOf(item, 'qty');
  return isDecimal(qty) ? qty : '0';
};

/** Units free to allocate of a size, over all warehouses. */
export const freeToAllocate = (size: Values): string => sum(recordsOf(size, 'warehouseitems').map(quantityOf));

/** All that Centra holds. Records are replaced, never changed. */
export class CentraState {
  readonly events: EventQueue;
  private readonly lists = new Map<string, Map<string, Values>>();
  private readonly refundOwners = new Map<string, string>();
  private readonly variationOwners = new Map<string, string>();
  private orderNumber: number;
  private orderItem: number;
  private refundNumber: number;

  constructor(seed: number) {
    const range = rangeOf(seed);
    this.events = new EventQueue(range * 1_000_000 + 115);
    this.orderNumber = range * 100_000 + 30;
    this.orderItem = range * 1_000_000 + 71;
    this.refundNumber = range * 100_000 + 501;
    for (const customer of seedCustomers) this.put('customers', textOf(customer, 'id'), customer);
    for (const product of seedProducts(webShopArticles)) this.put('products', textOf(product, 'id'), product);
  }

  nextOrderNumber(): string {
    return String(this.orderNumber++);
  }

  nextOrderItem(): string {
    return String(this.orderItem++);
  }

  nextRefundNumber(): string {
    return String(this.refundNumber++);
  }

  /** The records of one update, by its list's name (`orders`, `markets`). */
  records(list: string): ReadonlyMap<string, Values> {
    return this.lists.get(list) ?? new Map<string, Values>();
  }

  /** The lists that have records, in the order in which they came. */
  listNames(): readonly string[] {
    return [...this.lists.keys()];
  }

  /** Puts a record in place of the one with the same key; what an order takes or gives back moves the stock. */
  put(list: string, key: string, after: Values): void {
    const records = this.lists.get(list) ?? new Map<string, Values>();
    const before = records.get(key);
    this.lists.set(list, records.set(key, after));
    if (list === 'orders') this.index(before, after);
    if (list !== 'products') return;
    for (const variation of recordsOf(after, 'variations')) this.variationOwners.set(textOf(variation, 'id'), key);
  }

  /** The order a refund belongs to: refund ids are unique over all orders. */
  refundOwner(id: string): string | undefined {
    return this.refundOwners.get(id);
  }

  /** The product a variation belongs to: variation ids are unique over all products. */
  variationOwner(id: string): string | undefined {
    return this.variationOwners.get(id);
  }

  hasWarehouse(id: string): boolean {
    return id === webShopWarehouse.id || this.records('warehouses').has(id);
  }

  /** The article of a full SKU; undefined where the shop has none. */
  article(sku: string): Article | undefined {
    for (const product of this.records('products').values()) {
      for (const variation of recordsOf(product, 'variations')) {
        const head = `${textOf(product, 'sku')}${textOf(variation, 'sku')}`;
        const size = recordsOf(variation, 'sizes').find((entry) => `${head}${textOf(entry, 'sku')}` === sku);
        if (size !== undefined) return { product, variation, size };
      }
    }
    return undefined;
  }

  private index(before: Values | undefined, after: Values): void {
    for (const shipment of recordsOf(after, 'shipments')) {
      for (const refund of recordsOf(shipment, 'refunds')) {
        this.refundOwners.set(textOf(refund, 'id'), textOf(after, 'id'));
      }
    }
    const [held, holds] = [before === undefined ? new Map<string, string>() : allocated(before), allocated(after)];
    for (const key of new Set([...held.keys(), ...holds.keys()])) {
      this.moveStock(key, subtract(held.get(key) ?? '0', holds.get(key) ?? '0'));
    }
  }

  /** An order reduces what is free to allocate, a cancellation gives it back; what a stock update says overwrites both. */
  private moveStock(key: string, difference: string): void {
    const [productId = '', variationId = '', sizeId = '', warehouseId = ''] = key.split(PLACE);
    const product = this.records('products').get(productId);
    if (product === undefined || difference === '0') return;
    const after = replaced(product, 'variations', variationId, (variation) =>
      replaced(variation, 'sizes', sizeId, (size) =>
        replaced(size, 'warehouseitems', warehouseId, (item) => ({
          ...item,
          qty: add(quantityOf(item), difference),
        })),
      ),
    );
    this.put('products', productId, after);
  }
}
