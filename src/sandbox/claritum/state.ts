import type { SeedData } from '../vendor';
import { withOpenQuantity } from './deliveries';
import { ClaritumFault } from './fault';
import type { AttachmentFile, Delivery, GoodsReceipt, Invoice, PurchaseOrder, StockOrder } from './records';
import { seedOrder, seedStockOrder, today } from './seed-orders';
import type { Values } from '../values';

/** Every third purchase order's worth of stock orders: enough to see them, not so many as to be in the way. */
const ORDERS_PER_STOCK_ORDER = 3;

/** All that Claritum holds. Records are replaced, never changed; `exported` is kept beside them, by uid. */
export class ClaritumState {
  /** uids of the purchase orders that are in the ledger only. */
  readonly unlisted = new Set<string>();
  readonly specifications = new Map<string, Values>();
  readonly attachments = new Map<string, AttachmentFile>();
  /** By deliveryRef: the records of one address, oldest first. */
  readonly deliveries = new Map<string, readonly Delivery[]>();
  readonly stockOrders = new Map<string, StockOrder>();
  readonly purchaseInvoices = new Map<string, Invoice>();
  readonly salesInvoices = new Map<string, Invoice>();
  readonly customers = new Map<string, Values>();
  readonly suppliers = new Map<string, Values>();
  /** By uid, oldest first. */
  private readonly orders = new Map<string, PurchaseOrder>();
  /** uid of the oldest order with this orderRef. */
  private readonly uidByOrderRef = new Map<string, string>();
  private readonly booked: GoodsReceipt[] = [];
  private readonly bookedByOrder = new Map<string, readonly GoodsReceipt[]>();
  private readonly exported = new Set<string>();
  /** uids of every kind; a uid names one record for ever, also one that is no longer listed. */
  private readonly uids = new Set<string>();

  readonly seed: number;

  constructor({ seed, orders }: SeedData) {
    this.seed = seed;
    const date = today();
    for (let index = 0; index < orders; index += 1) this.addSeedOrder(seed, index, date);
    for (let index = 0; index < Math.ceil(orders / ORDERS_PER_STOCK_ORDER); index += 1) {
      const order = seedStockOrder(seed, index, date);
      this.stockOrders.set(order.stockOrderRef, order);
      this.uids.add(order.uid);
    }
  }

  /** Puts an order in place of the one with the same uid. */
  putOrder(order: PurchaseOrder): void {
    this.orders.set(order.uid, order);
    this.uids.add(order.uid);
    if (!this.uidByOrderRef.has(order.orderRef)) this.uidByOrderRef.set(order.orderRef, order.uid);
  }

  /** Every purchase order there ever was, oldest first. */
  allOrders(): readonly PurchaseOrder[] {
    return [...this.orders.values()];
  }

  /** By orderRef, the oldest of several; else by uid. */
  findOrder(reference: string): PurchaseOrder | undefined {
    return this.orders.get(this.uidByOrderRef.get(reference) ?? reference);
  }

  /** Puts the records of one delivery address in place of those it had. */
  putDeliveries(deliveryRef: string, records: readonly Delivery[]): void {
    if (records.length === 0) this.deliveries.delete(deliveryRef);
    else this.deliveries.set(deliveryRef, records);
    for (const { uid } of records) this.uids.add(uid);
  }

  putInvoice(kind: 'purchase' | 'sales', invoice: Invoice): void {
    (kind === 'purchase' ? this.purchaseInvoices : this.salesInvoices).set(invoice.uid, invoice);
    this.uids.add(invoice.uid);
  }

  book(receipt: GoodsReceipt): void {
    this.booked.push(receipt);
    this.bookedByOrder.set(receipt.orderRef, [...this.receiptsOf(receipt.orderRef), receipt]);
  }

  /** All goods receipts, as they were booked. */
  get receipts(): readonly GoodsReceipt[] {
    return this.booked;
  }

  receiptsOf(orderRef: string): readonly GoodsReceipt[] {
    return this.bookedByOrder.get(orderRef) ?? [];
  }

  hasUid(uid: string): boolean {
    return this.uids.has(uid);
  }

  isExported(uid: string): boolean {
    return this.exported.has(uid);
  }

  /** @returns whether it was not exported before */
  markExported(uid: string): boolean {
    const isNew = !this.exported.has(uid);
    this.exported.add(uid);
    return isNew;
  }

  reopen(uid: string): void {
    this.exported.delete(uid);
  }

  /** @throws ClaritumFault for a reference no order has */
  order(orderRef: string): PurchaseOrder {
    const order = this.orders.get(this.uidByOrderRef.get(orderRef) ?? '');
    if (order === undefined) throw new ClaritumFault('Receiver', `Order ${orderRef} does not exist`);
    return order;
  }

  /** The delivery records of orders, address by address; an address that two of them name once. */
  deliveriesOf(orders: readonly PurchaseOrder[]): readonly Delivery[] {
    const addresses = orders.flatMap(({ deliveries }) => deliveries);
    const refs = new Set(addresses.map(({ deliveryRef }) => deliveryRef));
    return [...refs].flatMap((deliveryRef) => this.deliveries.get(deliveryRef) ?? []);
  }

  private addSeedOrder(seed: number, index: number, date: string): void {
    const { order, specification, files } = seedOrder(seed, index, date);
    this.putOrder(order);
    this.specifications.set(order.orderRef, specification);
    for (const file of files) this.attachments.set(file.attachmentRef, file);
    for (const { deliveryRef, quantity } of order.deliveries) {
      this.putDeliveries(deliveryRef, withOpenQuantity(order, deliveryRef, [], quantity));
    }
  }
}
