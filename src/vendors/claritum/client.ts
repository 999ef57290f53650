import { join } from 'node:path';
import type { z } from 'zod';
import { FailureType } from '../../domain/failure-types';
import type { GoodsReceipt } from '../../domain/goods-receipt';
import type { Invoice } from '../../domain/invoice';
import type { DeliveryReport, PurchaseOrder, Specification } from '../../domain/purchase-order';
import type { CallLimits, CallOptions } from '../../transport/call';
import { failure } from '../../transport/failure';
import type { Verdict } from '../../transport/outcome';
import { SoapClient } from '../../transport/soap';
import { itemsOf, type SoapInput, type SoapValue } from '../../transport/soap-value';
import { VendorError } from '../../transport/vendor-error';
import { faults } from './faults';
import * as mapping from './mapping';
import { limitsOf, mayCall, operations, type ClaritumRole, type Operation } from './operations';
import { readRecords, reasonOf, type RecordList } from './records';
import * as wire from './schema';

const VENDOR = 'claritum';

/** Credentials of one user: the vendor's "API UID" and password. */
interface ClaritumAccount {
  readonly apiUid: string;
  readonly password: string;
}

export interface ClaritumConfig extends ClaritumAccount {
  /** Full URL of `soap.php`. */
  readonly endpoint: string;
  readonly role: ClaritumRole;
  /** A second account, for what a supplier may not call. */
  readonly msp?: ClaritumAccount;
  /** @default 20 s, 10 s, 5 MiB; lists and attachments 64 MiB */
  readonly limits?: Partial<CallLimits>;
}

interface Caller {
  readonly role: ClaritumRole;
  readonly account: ClaritumAccount;
  readonly soap: SoapClient;
}

/**
 * Claritum System Web Services 1.3, one method per operation (contract.md §B.1). Every method makes one call and throws
 * VendorError and nothing else; an account whose role may not call an operation is told so before anything is sent.
 */
export class ClaritumClient {
  readonly #callers: readonly Caller[];
  readonly #limits: Partial<CallLimits>;

  constructor({ endpoint, apiUid, password, role, msp, limits = {} }: ClaritumConfig) {
    const callerFor = (as: ClaritumRole, account: ClaritumAccount): Caller => ({
      role: as,
      account,
      soap: new SoapClient({
        vendor: VENDOR,
        endpoint,
        wsdlFile: join(__dirname, 'claritum.wsdl'),
        faults,
        secrets: [account.password],
      }),
    });
    this.#callers = [callerFor(role, { apiUid, password }), ...(msp === undefined ? [] : [callerFor('msp', msp)])];
    this.#limits = limits;
  }

  /** Authorised purchase orders not yet marked exported; the whole backlog, in no promised order. */
  async getPurchaseOrders(_input: object = {}, options: CallOptions = {}): Promise<RecordList<PurchaseOrder>> {
    return this.#list('getPurchaseOrders', wire.PurchaseOrder, mapping.toPurchaseOrder, options);
  }

  /** Deliveries of jobs in progress not yet marked exported; one also vanishes when its job ends. */
  async getDeliveries(_input: object = {}, options: CallOptions = {}): Promise<RecordList<DeliveryReport>> {
    return this.#list('getDeliveries', wire.Delivery, mapping.toDeliveryReport, options);
  }

  /** Received supplier invoices not yet marked exported. */
  async getPurchaseInvoices(_input: object = {}, options: CallOptions = {}): Promise<RecordList<Invoice>> {
    return this.#list('getPurchaseInvoices', wire.PurchaseInvoice, mapping.toPurchaseInvoice, options);
  }

  /** Issued customer invoices not yet marked exported. Role msp. */
  async getSalesInvoices(_input: object = {}, options: CallOptions = {}): Promise<RecordList<Invoice>> {
    return this.#list('getSalesInvoices', wire.SalesInvoice, mapping.toSalesInvoice, options);
  }

  /** Pending stock orders not yet marked exported; quantities in boxes. */
  async getStockOrders(_input: object = {}, options: CallOptions = {}): Promise<RecordList<wire.StockOrder>> {
    return this.#list('getStockOrders', wire.StockOrder, (order) => order, options);
  }

  /** The specifications of these orders; an order without one is missing from the answer. */
  async getSpecification(
    { orderRefs }: { readonly orderRefs: readonly string[] },
    options: CallOptions = {},
  ): Promise<readonly Specification[]> {
    if (orderRefs.length === 0) return [];
    const result = await this.#call('getSpecification', { orderRefs: { item: orderRefs } }, options);
    return itemsOf(result).map((item) =>
      mapping.toSpecification(this.#read('getSpecification', wire.Specification, item)),
    );
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
    const result = await this.#call('getAttachments', { attachmentRefs: { item: attachmentRefs } }, options);
    const attachments = itemsOf(result).map((item) => this.#readAttachment(item));
    const missing = attachmentRefs.filter((ref) => !attachments.some(({ attachmentRef }) => attachmentRef === ref));
    if (missing.length > 0) {
      const reason = `${missing.length} of ${attachmentRefs.length} attachments are missing from the answer`;
      throw this.#answerFault('getAttachments', 'missing-record', 'MISSING', reason);
    }
    return attachments;
  }

  /**
   * Takes these objects off their lists; invoices are archived with it. Cannot be undone; safe to repeat (contract.md
   * §A 8). Without uids nothing is sent.
   */
  async markExported({ uids }: { readonly uids: readonly string[] }, options: CallOptions = {}): Promise<void> {
    if (uids.length > 0) await this.#write('markExported', { uids: { item: uids } }, options);
  }

  /**
   * Books goods receipts. Not safe to repeat: each receipt is allocated again, and no operation lists them (contract.md
   * §A 10). A refused batch of several may have been booked in part, so it ends as OutcomeUnknown: send one at a time.
   */
  async setGoodsReceipts(
    { receipts }: { readonly receipts: readonly GoodsReceipt[] },
    options: CallOptions = {},
  ): Promise<void> {
    if (receipts.length === 0) return;
    const goodsReceipts = { item: receipts.map(mapping.toGoodsReceiptRequest) };
    try {
      await this.#write('setGoodsReceipts', { goodsReceipts }, options);
    } catch (error) {
      const isRefusal = error instanceof VendorError && error.type === FailureType.VendorRejected;
      if (!isRefusal || error.status === undefined || receipts.length === 1) throw error;
      throw this.#answerFault(
        'setGoodsReceipts',
        'inconclusive-fault',
        'BATCH_REFUSED',
        'a batch of several was refused',
      );
    }
  }

  /** Sets stock orders to `despatched`, the only status there is. Cannot be undone; safe to repeat (contract.md §A 11). */
  async setStockOrderStatus(
    { despatches }: { readonly despatches: readonly mapping.StockOrderDespatch[] },
    options: CallOptions = {},
  ): Promise<void> {
    if (despatches.length === 0) return;
    const stockOrders = { item: despatches.map(mapping.toStockOrderStatusRequest) };
    await this.#write('setStockOrderStatus', { stockOrders }, options);
  }

  async #list<Wire, Domain>(
    operation: Operation,
    schema: z.ZodType<Wire>,
    toDomain: (record: Wire) => Domain,
    options: CallOptions,
  ): Promise<RecordList<Domain>> {
    return readRecords(itemsOf(await this.#call(operation, {}, options)), schema, toDomain);
  }

  async #write(operation: Operation, args: Readonly<Record<string, SoapInput>>, options: CallOptions): Promise<void> {
    const isDone = this.#read(operation, wire.Done, await this.#call(operation, args, options));
    if (!isDone) throw this.#answerFault(operation, 'vendor-refusal', 'FALSE', 'the vendor answered false');
  }

  /** @returns the operation's result, which is a list or a boolean */
  async #call(
    operation: Operation,
    args: Readonly<Record<string, SoapInput>>,
    options: CallOptions,
  ): Promise<SoapValue> {
    const caller = this.#callers.find(({ role }) => mayCall(role, operation));
    if (caller === undefined) throw roleMissing(operation);
    const response = await caller.soap.call({
      operation,
      effect: operations[operation].effect,
      args: { apiUid: caller.account.apiUid, password: caller.account.password, ...args },
      limits: limitsOf(operation, this.#limits),
      options,
    });
    return this.#resultOf(operation, response);
  }

  /** The response element holds one part, which the vendor's platform calls `return`. */
  #resultOf(operation: Operation, response: SoapValue): SoapValue {
    const parts = typeof response === 'object' && response !== null ? Object.values(response) : [];
    const [result] = parts;
    if (result !== undefined && parts.length === 1) return result;
    throw this.#answerFault(operation, 'unreadable', 'NO_RESULT', 'the answer holds no result');
  }

  #read<T>(operation: Operation, schema: z.ZodType<T>, value: unknown): T {
    const read = schema.safeParse(value);
    if (read.success) return read.data;
    throw this.#answerFault(operation, 'unreadable', 'BAD_RECORD', `unexpected answer: ${reasonOf(read.error)}`);
  }

  #readAttachment(item: unknown): mapping.Attachment {
    const attachment = mapping.toAttachment(this.#read('getAttachments', wire.Attachment, item));
    if (attachment !== undefined) return attachment;
    throw this.#answerFault('getAttachments', 'unreadable', 'BAD_CONTENT', 'an attachment is damaged');
  }

  #answerFault(operation: Operation, verdict: Verdict, code: string, reason: string): VendorError {
    return failure(
      { vendor: VENDOR, operation, effect: operations[operation].effect },
      { phase: 'sent', ending: 'answered', status: 200, verdict },
      { code, reason },
    );
  }
}

const roleMissing = (operation: Operation): VendorError =>
  new VendorError({
    type: FailureType.VendorUnauthorized,
    vendor: VENDOR,
    operation,
    code: 'ROLE',
    message: `${VENDOR} ${operation}: nothing was sent: it takes an account of role ${operations[operation].roles.join(' or ')}`,
  });
