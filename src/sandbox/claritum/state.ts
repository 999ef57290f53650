import { calendarDate } from '../../domain/calendar';
import type { SeedData } from '../vendor';
import { withOpenQuantity } from './deliveries';
import { ClaritumFault } from './fault';
import type { AttachmentFile, Delivery, GoodsReceipt, Invoice, PurchaseOrder, StockOrder } from './records';
import { seedOrder, seedStockOrder } from './seed-orders';
import type { Values } from '../values';

/** Every third purchase order's worth of stock orders: enough to see them, not so many as to be in the way. */
const ORDERS_PER_STOCK_ORDER = 3;

/** All that Claritum holds. Records are replaced, never changed; `exported` is kept beside them, by uid. */
export class ClaritumState {
  readonly orders = new Map<string, PurchaseOrder>();
  readonly specifications = new Map<string, Values>();
  readonly attachments = new Map<string, AttachmentFile>();
  /** By deliveryRef: the records of one address, oldest first. */
  readonly deliveries = new Map<string, readonly Delivery[]>();
  readonly stockOrders = new Map<string, StockOrder>();
  readonly purchaseInvoices = new Map<string, Invoice>();
  readonly salesInvoices = new Map<string, Invoice>();
  readonly customers = new Map<string, Values>();
  readonly suppliers = new Map<string, Values>();
  private readonly booked: GoodsReceipt[] = [];
  private readonly bookedByOrder = new Map<string, readonly GoodsReceipt[]>();
  private readonly exported = new Set<string>();
  /** uids of every kind; a uid names one record for ever, also one that is no longer listed. */
  private readonly uids = new Set<string>();

  constructor({ seed, orders }: SeedData) {
    const today = calendarDate(new Date().toISOString(), 'UTC');
    for (let index = 0; index < orders; index += 1) this.addSeedOrder(seed, index, today);
    for (let index = 0; index < Math.ceil(orders / ORDERS_PER_STOCK_ORDER); index += 1) {
      const order = seedStockOrder(seed, index, today);
      this.stockOrders.set(order.stockOrderRef, order);
      this.uids.add(order.uid);
    }
  }

  /** Puts an order in place of the one with the same reference. */
  putOrder(order: PurchaseOrder): void {
    this.orders.set(order.orderRef, order);
    this.uids.add(order.uid);
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
    const order = this.orders.get(orderRef);
    if (order === undefined) throw new ClaritumFault('Receiver', `Order ${orderRef} does not exist`);
    return order;
  }

  /** The delivery records of an order, address by address. */
  deliveriesOf(order: PurchaseOrder): readonly Delivery[] {
    return order.deliveries.flatMap(({ deliveryRef }) => this.deliveries.get(deliveryRef) ?? []);
  }

  private addSeedOrder(seed: number, index: number, today: string): void {
    const { order, specification, files } = seedOrder(seed, index, today);
    this.putOrder(order);
    this.specifications.set(order.orderRef, specification);
    for (const file of files) this.attachments.set(file.attachmentRef, file);
    for (const { deliveryRef, quantity } of order.deliveries) {
      this.putDeliveries(deliveryRef, withOpenQuantity(order, deliveryRef, [], quantity));
    }
  }
}
