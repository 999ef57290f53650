import { FailureType } from '../../domain/case/failure-types';
import type { GoodsReceipt } from '../../domain/purchase-order/goods-receipt';
import type { Invoice } from '../../domain/invoice/invoice';
import type { DeliveryReport, PurchaseOrder, Specification } from '../../domain/purchase-order/purchase-order';
import { deliveryFault, invoiceFault, purchaseOrderFault, stockOrderFault } from '../../domain/feed/screening';
import type { StockOrder, StockOrderDespatch } from '../../domain/stock-order/stock-order';
import type { CallOptions } from '../../transport/http/call';
import { unsentError } from '../../transport/http/failure';
import type { SoapInput } from '../../transport/formats/soap-value';
import { VendorError } from '../../transport/http/vendor-error';
import { errorOf, type RecordList } from './answer';
import { Connection, type ClaritumConfig } from './connection';
import * as mapping from './mapping';
import { callOf, type Operation } from './operations';
import {
  toCustomerRequest,
  toGoodsReceiptRequest,
  toStockOrderStatusRequest,
  toSupplierRequest,
  type Customer,
  type Supplier,
} from './requests';
import * as wire from './schema';

/**
 * Claritum System Web Services 1.3, one method per operation (docs/vendors/claritum.md). Every method makes one call
 * and throws VendorError and nothing else; an account whose role may not call an operation is told so before anything
 * is sent.
 */
export class ClaritumClient {
  readonly #connection: Connection;

  /** @throws RangeError for credentials that cannot travel the configured way */
  constructor(config: ClaritumConfig) {
    this.#connection = new Connection(config);
  }

  /** Authorised purchase orders not yet marked exported; the whole backlog, in no promised order. */
  async getPurchaseOrders(_input: object = {}, options: CallOptions = {}): Promise<RecordList<PurchaseOrder>> {
    const taking = { schema: wire.PurchaseOrder, toDomain: mapping.toPurchaseOrder, faultOf: purchaseOrderFault };
    return this.#connection.list('getPurchaseOrders', taking, options);
  }

  /** Deliveries of jobs in progress not yet marked exported; one also vanishes when its job ends. */
  async getDeliveries(_input: object = {}, options: CallOptions = {}): Promise<RecordList<DeliveryReport>> {
    const taking = { schema: wire.Delivery, toDomain: mapping.toDeliveryReport, faultOf: deliveryFault };
    return this.#connection.list('getDeliveries', taking, options);
  }

  /** Received supplier invoices not yet marked exported. */
  async getPurchaseInvoices(_input: object = {}, options: CallOptions = {}): Promise<RecordList<Invoice>> {
    const taking = { schema: wire.PurchaseInvoice, toDomain: mapping.toPurchaseInvoice, faultOf: invoiceFault };
    return this.#connection.list('getPurchaseInvoices', taking, options);
  }

  /** Issued customer invoices not yet marked exported. Role msp. */
  async getSalesInvoices(_input: object = {}, options: CallOptions = {}): Promise<RecordList<Invoice>> {
    const taking = { schema: wire.SalesInvoice, toDomain: mapping.toSalesInvoice, faultOf: invoiceFault };
    return this.#connection.list('getSalesInvoices', taking, options);
  }

  /** Pending stock orders not yet marked exported; quantities in boxes. */
  async getStockOrders(_input: object = {}, options: CallOptions = {}): Promise<RecordList<StockOrder>> {
    const taking = { schema: wire.StockOrder, toDomain: mapping.toStockOrder, faultOf: stockOrderFault };
    return this.#connection.list('getStockOrders', taking, options);
  }

  /** The specifications of these orders; an order without one is missing from the answer. */
  async getSpecification(
    { orderRefs }: { readonly orderRefs: readonly string[] },
    options: CallOptions = {},
  ): Promise<readonly Specification[]> {
    if (orderRefs.length === 0) return [];
    const found = await this.#connection.find('getSpecification', wire.Specification, orderRefs, options);
    return found.map(mapping.toSpecification);
  }

  /**
   * The files behind these references, all of them: @throws VendorError DocumentNotFound where one is missing,
   * MalformedResponse where one is not as long as announced.
   */
  async getAttachments(
    { attachmentRefs }: { readonly attachmentRefs: readonly string[] },
    options: CallOptions = {},
  ): Promise<readonly mapping.Attachment[]> {
    if (attachmentRefs.length === 0) return [];
    const found = await this.#connection.find('getAttachments', wire.Attachment, attachmentRefs, options);
    const attachments: mapping.Attachment[] = [];
    // One after the other: each gives way to others, and two at once would hold them up twice as long.
    for (const each of found) {
      const attachment = await mapping.toAttachment(each);
      if (attachment !== undefined) attachments.push(attachment);
    }
    if (attachments.length < found.length) {
      throw errorOf('getAttachments', 'unreadable', 'BAD_CONTENT', 'an attachment is damaged');
    }
    const there = new Set(attachments.map(({ attachmentRef }) => attachmentRef));
    const missing = attachmentRefs.filter((ref) => !there.has(ref));
    if (missing.length > 0) {
      const reason = `${missing.length} of ${attachmentRefs.length} attachments are missing from the answer`;
      throw errorOf('getAttachments', 'missing-record', 'MISSING', reason);
    }
    return attachments;
  }

  /**
   * Takes these objects off their lists; invoices are archived with it. Cannot be undone; safe to repeat
   * (docs/vendors/claritum.md#markexported). Without uids nothing is sent.
   */
  async markExported({ uids }: { readonly uids: readonly string[] }, options: CallOptions = {}): Promise<void> {
    if (uids.length > 0) await this.#connection.write('markExported', uids, options);
  }

  /**
   * Books goods receipts. Not safe to repeat: each receipt is allocated again, and no operation lists them
   * (docs/vendors/claritum.md#setgoodsreceipts). A refused batch of several may have been booked in part, so it ends as
   * OutcomeUnknown: send one at a time.
   *
   * @throws VendorError UNSENDABLE also for a quantity that is no whole number, or a reference that is too long
   */
  async setGoodsReceipts(
    { receipts }: { readonly receipts: readonly GoodsReceipt[] },
    options: CallOptions = {},
  ): Promise<void> {
    if (receipts.length === 0) return;
    const requests = this.#written('setGoodsReceipts', receipts, toGoodsReceiptRequest);
    try {
      await this.#connection.write('setGoodsReceipts', requests, options);
    } catch (error) {
      const isRefusal = error instanceof VendorError && error.type === FailureType.VendorRejected;
      if (!isRefusal || error.status === undefined || receipts.length === 1) throw error;
      const reason = 'Claritum refused the whole batch';
      throw errorOf('setGoodsReceipts', 'inconclusive-fault', 'BATCH_REFUSED', reason);
    }
  }

  /** Sets stock orders to `despatched`, the only status there is. Cannot be undone; safe to repeat. */
  async setStockOrderStatus(
    { despatches }: { readonly despatches: readonly StockOrderDespatch[] },
    options: CallOptions = {},
  ): Promise<void> {
    if (despatches.length === 0) return;
    await this.#connection.write('setStockOrderStatus', despatches.map(toStockOrderStatusRequest), options);
  }

  /**
   * Creates and updates customers by `externalId`, new and known ones in one call. Role msp. Safe to repeat; undone only
   * by sending the former values, which no operation reads, and a customer that was created stays.
   *
   * @throws VendorError VendorRejected where one record cannot be processed. **Any subset of the batch may have been
   *   stored then**, the vendor does not say which: mend or drop the record it names and send the whole batch again
   */
  async setCustomers(
    { customers }: { readonly customers: readonly Customer[] },
    options: CallOptions = {},
  ): Promise<void> {
    await this.#upsert('setCustomers', customers, toCustomerRequest, options);
  }

  /**
   * Creates and updates suppliers by `externalId`. Role msp. Repeating, undoing, and **what may have been stored after a
   * refusal** are as in {@link setCustomers}.
   *
   * @throws VendorError UNSENDABLE also for a customer's name that Claritum would read as two, or as everybody's
   */
  async setSuppliers(
    { suppliers }: { readonly suppliers: readonly Supplier[] },
    options: CallOptions = {},
  ): Promise<void> {
    await this.#upsert('setSuppliers', suppliers, toSupplierRequest, options);
  }

  async #upsert<T>(
    operation: Operation,
    partners: readonly T[],
    toRequest: (partner: T) => SoapInput,
    options: CallOptions,
  ): Promise<void> {
    if (partners.length === 0) return;
    await this.#connection.write(operation, this.#written(operation, partners, toRequest), options);
  }

  /** @throws VendorError UNSENDABLE for what Claritum could not take. */
  #written<T>(operation: Operation, entries: readonly T[], toRequest: (entry: T) => SoapInput): SoapInput[] {
    try {
      return entries.map(toRequest);
    } catch (error) {
      if (error instanceof RangeError) throw unsentError(callOf(operation), 'UNSENDABLE', error.message);
      throw error;
    }
  }
}
