import type { CreditNote } from '../../domain/credit-note/credit-note';
import { FailureType } from '../../domain/case/failure-types';
import type { CatalogueProduct, StockQuery, StockUnits } from '../../domain/stock/stock';
import type { WebSalesOrder, WebSalesOrderRequest } from '../../domain/web-order/web-sales-order';
import type { CallLimits, CallOptions } from '../../transport/http/call';
import { answerError } from '../../transport/http/failure';
import { writeInput } from '../../transport/http/input';
import { VendorError } from '../../transport/http/vendor-error';
import type { KnownTexts } from './answer';
import { Connection, type Credentials, type Message } from './connection';
import { innerDocument, readEntries, readOrder, type EntryList } from './documents';
import { toCatalogueProduct, toStockUnits, toWebSalesOrder } from './mapping';
import { callOf, operations, type Operation } from './operations';
import {
  writeCatalogueQuery,
  writeCreditNote,
  writeMessage,
  writeOrder,
  writeOrderQuery,
  writeUnitsQuery,
  type CreditNoteRules,
  type Members,
  type StockUnitsQuery,
} from './requests';
import * as wire from './schema';

export interface ISyncConfig extends Credentials {
  /** What no source settles about credit notes. */
  readonly creditNotes?: CreditNoteRules;
  /** Texts of this installation, where the ones we look for are not its own. */
  readonly texts?: KnownTexts;
  /** @default 20 s, 10 s, 5 MiB; units 120 s, 60 s, 64 MiB; the catalogue 300 s, 120 s, 64 MiB */
  readonly limits?: Partial<CallLimits>;
}

/**
 * iSync's Sync API (docs/vendors/isync.md), one method per operation; all calls of a client share one session, so make
 * one client for a process. All methods throw VendorError and nothing else: VendorRejected when iSync said no (its text
 * in the message) or the input breaks a rule of its tables (INVALID_INPUT, nothing sent), VendorUnauthorized when the
 * login is refused, OutcomeUnknown for a write without a readable answer, VendorUnavailable (SESSION_CONTENDED) for
 * what was refused twice because somebody else logs in as the same user: it was not carried out.
 *
 * Money, quantities and percentages are decimal strings, identifiers strings, dates zone-less by the vendor's clock.
 */
export class ISyncClient {
  readonly #connection: Connection;
  readonly #creditNotes: CreditNoteRules;

  constructor({ creditNotes = {}, texts = {}, limits = {}, ...credentials }: ISyncConfig) {
    this.#connection = new Connection(credentials, limits, texts);
    this.#creditNotes = creditNotes;
  }

  /**
   * Login: takes a new session key, which voids the one in use, also that of another process, and keeps it for the calls
   * to come; it is never handed out. Every other method logs in by itself.
   */
  async login(options: CallOptions = {}): Promise<void> {
    await this.#connection.logIn(options);
  }

  /** GetAvailableOperations: the names of what Execute takes; in no document, seen at real installations. */
  async getAvailableOperations(options: CallOptions = {}): Promise<readonly string[]> {
    return this.#connection.availableOperations(options);
  }

  /**
   * GetProductStockCatalogue: SKUs whose units have changed since `addedDate`, with all their fields. An answer without a
   * document is refused as EMPTY: servers give it now and then where there is something to tell.
   */
  async getProductStockCatalogue(query: StockQuery, options: CallOptions = {}): Promise<EntryList<CatalogueProduct>> {
    const content = await this.#document('GetProductStockCatalogue', query, writeCatalogueQuery, options);
    return readEntries(content, wire.CatalogueProduct, toCatalogueProduct);
  }

  /** GetProductStockUnits: the units of SKUs that have changed since `addedDate`; refuses EMPTY answers likewise. */
  async getProductStockUnits(query: StockUnitsQuery, options: CallOptions = {}): Promise<EntryList<StockUnits>> {
    const content = await this.#document('GetProductStockUnits', query, writeUnitsQuery, options);
    return readEntries(content, wire.StockUnits, toStockUnits);
  }

  /**
   * PersistWebSalesOrder: creates a sales order. Not safe to repeat: a second one with the same PONumber may be taken
   * (docs/vendors/isync.md#persistwebsalesorder). A lost answer is looked up with `getWebSalesOrder`, which is also how
   * to see that every member arrived: iSync drops what it does not understand.
   */
  async persistWebSalesOrder(order: WebSalesOrderRequest, options: CallOptions = {}): Promise<void> {
    const message = this.#written('PersistWebSalesOrder', order.poNumber, () => writeOrder(order));
    await this.#connection.execute(message, this.#connection.timeFor('PersistWebSalesOrder', options));
  }

  /** GetWebSalesOrder: the order with this PONumber, null where there is none. */
  async getWebSalesOrder(
    { poNumber }: { readonly poNumber: string },
    options: CallOptions = {},
  ): Promise<WebSalesOrder | null> {
    const call = callOf('GetWebSalesOrder');
    const time = this.#connection.timeFor('GetWebSalesOrder', options);
    const message = this.#written('GetWebSalesOrder', poNumber, () => writeOrderQuery({ poNumber }));
    const xml = await this.#connection.execute(message, time).catch(nullWhereNotFound);
    if (xml === null) return null;
    const shape = { root: operations.PersistWebSalesOrder.root, lists: wire.orderLists };
    const content = await innerDocument(call, xml, shape, time.signal());
    if (content === null) return null;
    const order = toWebSalesOrder(await readOrder(call, content));
    if (order.poNumber === poNumber.trim()) return order;
    throw answerError(call, 'unreadable', 'WRONG_ANSWER', 'the answer is about another order');
  }

  /**
   * CreateWebCreditNote: creates a pending credit note. Not safe to repeat, and its outcome cannot be looked up: nothing
   * lists credit notes (docs/vendors/isync.md#createwebcreditnote).
   */
  async createWebCreditNote(note: CreditNote, options: CallOptions = {}): Promise<void> {
    const message = this.#written('CreateWebCreditNote', note.poNumber, () => writeCreditNote(note, this.#creditNotes));
    await this.#connection.execute(message, this.#connection.timeFor('CreateWebCreditNote', options));
  }

  async #document<Q extends StockQuery>(
    operation: Operation,
    query: Q,
    write: (query: Q) => Members,
    options: CallOptions,
  ): ReturnType<typeof innerDocument> {
    const time = this.#connection.timeFor(operation, options);
    const xml = await this.#connection.execute(
      this.#written(operation, query.addedDate, () => write(query)),
      time,
    );
    if (xml === null) throw answerError(callOf(operation), 'unreadable', 'EMPTY', 'the answer holds no document');
    return innerDocument(callOf(operation), xml, {}, time.signal());
  }

  /** @throws VendorError INVALID_INPUT */
  #written(operation: Operation, identifier: string, write: () => Members): Message {
    const { root } = operations[operation];
    const messageXml = writeInput(callOf(operation), 'iSync', () => writeMessage(root, write()));
    return { operation, identifier, messageXml };
  }
}

function nullWhereNotFound(error: unknown): null {
  if (error instanceof VendorError && error.type === FailureType.DocumentNotFound) return null;
  throw error;
}
