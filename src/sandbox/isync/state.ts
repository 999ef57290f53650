import type { SeedData } from '../vendor';
import { derivedId } from './numbers';
import type { ISyncOptions } from './options';
import { Stock } from './stock';
import type { Values } from '../values';

export type OrderLine = Values & {
  /** `0` a stock item, above a non-stock item. */
  readonly CNTypeID: string;
  readonly ThirdPartyBarcode: string;
  /** `4.00`. */
  readonly Units: string;
  /** What of it is invoiced and shipped: `0.00` or all. */
  readonly InvoiceUnits: string;
  readonly StatusID: string;
};

/** An order as GetWebSalesOrder shows it. */
export type WebSalesOrder = Values & {
  readonly PONumber: string;
  readonly SalesOrderID: string;
  readonly StatusID: string;
  readonly LineItems: readonly OrderLine[];
};

/** Seven digits, so that a number always shows the zeros that fill it up to the eight of `SO-`. */
const MOST_ORDERS = 10_000_000;

/**
 * `SO-00033534`: no operation returns it, and yet CreateWebCreditNote asks for it
 * (docs/vendors/isync.md#createwebcreditnote).
 */
export const salesOrderNumber = ({ SalesOrderID }: WebSalesOrder): string => `SO-${SalesOrderID.padStart(8, '0')}`;

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** All that iSync holds. Records are replaced, never changed. */
export class ISyncState {
  readonly stock: Stock;
  readonly now: () => Date;
  private readonly orders = new Map<string, WebSalesOrder>();
  /** SalesOrderIDs by PONumber, oldest first. */
  private readonly ids = new Map<string, readonly string[]>();
  private readonly notes: Values[] = [];

  constructor(
    private readonly seed: SeedData['seed'],
    { articles, now }: ISyncOptions,
  ) {
    this.stock = new Stock(articles, now);
    this.now = now;
  }

  /**
   * The orders with this PONumber, oldest first: nothing keeps a second one out
   * (docs/vendors/isync.md#persistwebsalesorder).
   */
  ordersOf(poNumber: string): readonly WebSalesOrder[] {
    return (this.ids.get(poNumber) ?? []).flatMap((id) => this.orders.get(id) ?? []);
  }

  /** Puts an order in place of the one with the same SalesOrderID. */
  put(order: WebSalesOrder): void {
    if (!this.orders.has(order.SalesOrderID)) {
      this.ids.set(order.PONumber, [...(this.ids.get(order.PONumber) ?? []), order.SalesOrderID]);
    }
    this.orders.set(order.SalesOrderID, order);
  }

  /** A free SalesOrderID, from the seed, the PONumber and which order with it this is. */
  newSalesOrderId(poNumber: string): string {
    const nth = this.ids.get(poNumber)?.length ?? 0;
    for (let attempt = 0; ; attempt += 1) {
      const id = String(derivedId(this.seed, 'order', poNumber, nth, attempt) % MOST_ORDERS);
      if (id !== '0' && !this.orders.has(id)) return id;
    }
  }

  /** Ids of what belongs to an order: its lines, its address. */
  idWithin(salesOrderId: string, what: string): string {
    return String(derivedId(this.seed, what, salesOrderId));
  }

  allOrders(): readonly WebSalesOrder[] {
    return [...this.orders.values()];
  }

  addCreditNote(note: Values): void {
    this.notes.push(note);
  }

  /** By PONumber and then by age, so that a listing does not tell which of two orders came first. */
  ledger(): Readonly<Record<string, unknown>> {
    return {
      stock: this.stock.ledger(),
      salesOrders: this.allOrders()
        .map((order) => ({ ...order, SalesOrderNumber: salesOrderNumber(order) }))
        .toSorted((left, right) => compareText(left.PONumber, right.PONumber)),
      creditNotes: this.notes.map((note) => ({ ...note, Status: 'Pending' })),
    };
  }
}
