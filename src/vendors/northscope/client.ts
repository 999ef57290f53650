import type { Company, Item, Lot, UomConversion, WarehouseOrder } from '../../domain/stock/inventory';
import type { CallLimits, CallOptions } from '../../transport/http/call';
import { writeInput } from '../../transport/http/input';
import { VendorError } from '../../transport/http/vendor-error';
import { assertBareSuccess, readRecords } from './answer';
import { Connection, type Answered, type Credentials } from './connection';
import * as to from './mapping';
import { callOf, namesOf } from './operations';
import type { NorthScopeRequest, RequestNames } from './request-names';
import {
  writeAllocations,
  writeInboundIntegration,
  type AllocateSalesOrdersInput,
  type Format,
  type InsertInboundIntegrationInput,
  type Message,
} from './requests';
import { lists, type ListHeading, type ListShape } from './schema';
import {
  UnsafeCondition,
  renderWhereClause,
  type Condition,
  type FilteredList,
  type WhereColumn,
} from './where-clause';

export type NorthScopeConfig = Credentials & {
  /** DataEntityCompanySK, which every list takes. */
  readonly companySk: string;
  /** RequestNames, where this installation calls requests otherwise. @default the heading; for a list else its other names in operations.ts */
  readonly aliases?: RequestNames;
  /** For the two requests whose JSON form is documented; all others are XML only. @default 'xml' */
  readonly format?: Format;
  /** @default 20 s, 10 s, 5 MiB; lists 120 s, 10 s, 64 MiB */
  readonly limits?: Partial<CallLimits>;
};

/** A filter for one list; without it, everything of the company is listed. */
export interface ListInput<L extends FilteredList> {
  readonly where?: Condition<WhereColumn<L>>;
}

/**
 * NorthScope's Web Services API (docs/vendors/northscope.md), one method per request; calls share one session. All
 * methods throw VendorError and nothing else: VendorRejected when NorthScope said no (its text in the message) or the
 * input breaks a rule of its documents (INVALID_INPUT, nothing sent), VendorUnauthorized when the login is refused, or a
 * new session as well as the old one, OutcomeUnknown for a write without a readable answer.
 *
 * Units are decimal strings, dates calendar dates `YYYY-MM-DD`, identifiers strings.
 */
export class NorthScopeClient {
  readonly #companySk: string;
  readonly #format: Format;
  readonly #aliases: RequestNames;
  /** Custom names this installation turned out to go by. */
  readonly #learnt = new Map<ListHeading, string>();
  readonly #connection: Connection;

  constructor({ companySk, aliases = {}, format = 'xml', limits = {}, ...credentials }: NorthScopeConfig) {
    this.#companySk = companySk;
    this.#format = format;
    this.#aliases = aliases;
    this.#connection = new Connection(credentials, aliases, format, limits);
  }

  /**
   * GenerateSessionToken: logs in anew and keeps the token for the calls to come; it is never handed out. With a static
   * token there is nothing to log in for (STATIC_TOKEN, nothing sent): `listCompanies` is the way to try one.
   */
  async generateSessionToken(options: CallOptions = {}): Promise<void> {
    await this.#connection.logIn(options);
  }

  /** AllocateSalesOrders: allocates lots to order lines, all or nothing. Not safe to repeat: it adds to what is there. */
  async allocateSalesOrders(input: AllocateSalesOrdersInput, options: CallOptions = {}): Promise<void> {
    await this.#write('AllocateSalesOrders', () => writeAllocations(input), this.#format, options);
  }

  /**
   * InsertInboundIntegration: puts a document into the inbound queue; done means queued, not processed. Not safe to
   * repeat: the queue adds the items of a transaction it has seen once more.
   */
  async insertInboundIntegration(input: InsertInboundIntegrationInput, options: CallOptions = {}): Promise<void> {
    await this.#write('InsertInboundIntegration', () => writeInboundIntegration(input), 'xml', options);
  }

  /** ListUOMSchedules: how many of one unit make another, per schedule. */
  async listUomSchedules(input: ListInput<'ListUOMSchedules'>, options: CallOptions = {}): Promise<UomConversion[]> {
    return this.#list('ListUOMSchedules', taking(lists.ListUOMSchedules, to.toUomConversion), input, options);
  }

  /** ListSites: the warehouses. */
  async listSites(input: ListInput<'ListSites'>, options: CallOptions = {}): Promise<to.SiteRecord[]> {
    return this.#list('ListSites', taking(lists.ListSites, to.toSite), input, options);
  }

  /** ListSalesOrders: orders with their lines and what of them is allocated and shipped; filtered by header columns only. */
  async listSalesOrders(input: ListInput<'ListSalesOrders'>, options: CallOptions = {}): Promise<WarehouseOrder[]> {
    return this.#list('ListSalesOrders', taking(lists.ListSalesOrders, to.toWarehouseOrder), input, options);
  }

  /** ListItems: what is kept in stock. */
  async listItems(input: ListInput<'ListItems'>, options: CallOptions = {}): Promise<Item[]> {
    return this.#list('ListItems', taking(lists.ListItems, to.toItem), input, options);
  }

  /** ListCustomerAddresses: one record per ship-to address, the customer repeated in each. */
  async listCustomerAddresses(
    input: ListInput<'ListCustomerAddresses'>,
    options: CallOptions = {},
  ): Promise<to.CustomerAddressRecord[]> {
    const addresses = taking(lists.ListCustomerAddresses, to.toCustomerAddress);
    return this.#list('ListCustomerAddresses', addresses, input, options);
  }

  /** ListInventoryLots: the lots, with what of each may still be allocated. */
  async listInventoryLots(input: ListInput<'ListInventoryLots'>, options: CallOptions = {}): Promise<Lot[]> {
    return this.#list('ListInventoryLots', taking(lists.ListInventoryLots, to.toLot), input, options);
  }

  /** ListCompanies: the companies the user may see; takes no filter. */
  async listCompanies(options: CallOptions = {}): Promise<Company[]> {
    return this.#listed('ListCompanies', taking(lists.ListCompanies, to.toCompany), {}, options);
  }

  async #write(
    operation: NorthScopeRequest,
    write: () => Message['content'],
    format: Format,
    options: CallOptions,
  ): Promise<void> {
    const content = writeInput(callOf(operation), 'NorthScope', write);
    const message = { name: this.#aliases[operation] ?? operation, content, format };
    const { judged, body } = await this.#connection.call(operation, message, options);
    assertBareSuccess(judged, body);
  }

  async #list<L extends FilteredList, Domain>(
    heading: L,
    take: Taking<Domain>,
    { where }: ListInput<L>,
    options: CallOptions,
  ): Promise<Domain[]> {
    const write = (): Message['content'] => ({
      DataEntityCompanySK: this.#companySk,
      WhereClause: where && renderWhereClause(heading, where),
    });
    const content = writeInput(callOf(heading), 'NorthScope', write, faultOfWhere);
    return this.#listed(heading, take, content, options);
  }

  /**
   * Where the heading is no request of this installation and no alias is configured, the names of the document's
   * samples are tried once each, and kept if one is. Lists only: they change nothing.
   */
  async #listed<Domain>(
    heading: ListHeading,
    take: Taking<Domain>,
    content: Message['content'],
    options: CallOptions,
  ): Promise<Domain[]> {
    const known = this.#aliases[heading] ?? this.#learnt.get(heading);
    const names = known === undefined ? namesOf(heading) : [known];
    let refused: VendorError | undefined;
    for (const name of names) {
      try {
        const found = await this.#records(heading, { name, content, format: 'xml' }, take, options);
        if (names.length > 1) this.#learnt.set(heading, name);
        return found;
      } catch (error) {
        if (!isUnknownRequest(error)) throw error;
        refused ??= error;
      }
    }
    throw refused;
  }

  async #records<Domain>(
    heading: ListHeading,
    message: Message,
    take: Taking<Domain>,
    options: CallOptions,
  ): Promise<Domain[]> {
    const { judged, body } = await this.#connection.call(heading, message, options);
    return take(judged, body);
  }
}

/** Reads the list of an answer. */
type Taking<Domain> = (judged: Answered['judged'], body: Answered['body']) => Promise<Domain[]>;

const taking =
  <Wire, Domain>(list: ListShape<Wire>, toDomain: (wire: Wire) => Domain): Taking<Domain> =>
  async (judged, body) =>
    readRecords(judged, list, toDomain, body);

const isUnknownRequest = (error: unknown): error is VendorError =>
  error instanceof VendorError && error.code === 'UNKNOWN_REQUEST';

const faultOfWhere = (error: unknown): string | undefined =>
  error instanceof UnsafeCondition ? `where: ${error.message}` : undefined;
