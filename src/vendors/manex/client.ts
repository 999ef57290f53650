import { z } from 'zod';
import type {
  SalesOrder,
  SalesOrderDueDate,
  SalesOrderLine,
  SalesOrderPrice,
} from '../../domain/purchase-order/sales-order';
import type { CallLimits, CallOptions, ConnectionUse } from '../../transport/http/call';
import { bounds } from '../../domain/values/bounds';
import { printable } from '../../domain/values/printable';
import { sendAndRead, type HttpRequest } from '../../transport/http/http';
import { hiding } from '../../transport/formats/secrets';
import { VendorError } from '../../transport/http/vendor-error';
import { record, responseObject, salesOrder, wrongRecord, type Case, type Expectation } from './answer';
import { toSalesOrderDueDate, toSalesOrderLine, toSalesOrderPrice } from './mapping';
import { toParameters, type Input, type Operation } from './requests';
import * as wire from './schema';

export interface ManExConfig {
  /** The root before `/api/SO`, http or https. */
  readonly endpoint: string;
  /** Ten characters; becomes part of every URL, which is why no URL of this client is ever shown. */
  readonly apiKey: string;
  readonly limits?: Partial<CallLimits>;
}

const defaultLimits: CallLimits = { deadlineMs: 20_000, idleMs: 10_000, maxBytes: 5 * 1024 * 1024 };

const write = (path: string, done: RegExp): Expectation => ({
  vendor: 'manex',
  operation: `SO/${path}`,
  effect: 'write',
  done,
});
const read = (path: string, done: RegExp, absent: RegExp): Expectation => ({
  vendor: 'manex',
  operation: `SO/${path}`,
  effect: 'read',
  done,
  absent,
});

const operations = {
  soAdd: write('Add', /^Sales Order added successfully\.?$/i),
  soEdit: write('Edit', /^Sales Order edited successfully\.?$/i),
  soGet: read('Get', /^Sales Order details:$/i, /^Sales Order does not exi(s)?ts?\.?$/i),
  itemAdd: write('ItemADD', /^Sales Order Item added successfully\.?$/i),
  // The sample of this success is an image in the document; the text is by analogy, the shorter one as possible.
  itemEdit: write('ItemEdit', /^Sales Order (Item )?edited successfully\.?$/i),
  itemGet: read('ItemGet', /^Sales Order Item details:$/i, /^Sales Order Item does not exi(s)?ts?\.?$/i),
  itemDelete: write('ItemDelete', /^Sales Order Item deleted successfully\.?$/i),
  priceAdd: write('PriceAdd', /^Sales Order Price added successfully\.?$/i),
  priceEdit: write('PriceEdit', /^Sales Order Price edited successfully\.?$/i),
  priceGet: read('PriceGet', /^Sales Order Price details:$/i, /^Sales Order Price does not exi(s)?ts?\.?$/i),
  priceDelete: write('PriceDelete', /^Sales Order Price deleted successfully\.?$/i),
  dueDateAdd: write('DueDateAdd', /^Sales Order Due Date added successfully\.?$/i),
  dueDateEdit: write('DueDateEdit', /^Sales Order Due Date edited successfully\.?$/i),
  dueDateGet: read('DueDateGet', /^Sales Order Due Date details:$/i, /^Sales Order Due Date does not exi(s)?ts?\.?$/i),
  dueDateDelete: write('DueDateDelete', /^Sales Order Due Date deleted successfully\.?$/i),
} as const satisfies Record<Operation, Expectation>;

/** A due date cannot be looked up at a server that leaves its lists empty, and whether this one does nobody knows before. */
const connections: Readonly<Partial<Record<Operation, ConnectionUse>>> = { dueDateAdd: 'own' };

/** How a read's record is read, and which member must be the key that was asked for. */
interface Reading<T> {
  readonly read: (judged: Case, object: unknown) => Promise<T>;
  readonly keyOf: (record: T) => string;
}

const recordOf =
  <Wire, T>(schema: z.ZodType<Wire>, map: (wire: Wire) => T): Reading<T>['read'] =>
  async (judged, object) =>
    map(record(judged, schema, object));

const readings = {
  soGet: { read: salesOrder, keyOf: ({ soNo }: SalesOrder) => soNo },
  itemGet: {
    read: recordOf(wire.SalesOrderDetail, toSalesOrderLine),
    keyOf: ({ uniqueLn }: SalesOrderLine) => uniqueLn,
  },
  priceGet: { read: recordOf(wire.Price, toSalesOrderPrice), keyOf: ({ uniqueLn }: SalesOrderPrice) => uniqueLn },
  dueDateGet: {
    read: recordOf(wire.DueDate, toSalesOrderDueDate),
    keyOf: ({ dueDtUniq }: SalesOrderDueDate) => dueDtUniq,
  },
};

/**
 * ManEx's Sales Order API (vendors/contract.md §B.5), one method per operation, one request per call. All methods throw
 * VendorError and nothing else: VendorUnauthorized for a refused key, VendorRejected when ManEx said no (codes such as
 * DUPLICATE_SO, ITEM_NOT_FOUND) or the input breaks a rule of its tables (INVALID_INPUT, nothing sent), OutcomeUnknown
 * for a write without a readable answer.
 *
 * Dates are calendar dates `YYYY-MM-DD`, quantities and prices decimal strings, identifiers strings.
 */
export class ManExClient {
  readonly #endpoint: string;
  readonly #apiKey: string;
  readonly #limits: CallLimits;

  constructor(config: ManExConfig) {
    this.#endpoint = /^.*[^/]/.exec(config.endpoint)?.[0] ?? '';
    this.#apiKey = config.apiKey;
    this.#limits = { ...defaultLimits, ...config.limits };
  }

  /** SO/Add: creates the header under our own number; refused as DUPLICATE_SO where ManEx has that number. */
  async soAdd(input: Input<'soAdd'>, options: CallOptions = {}): Promise<void> {
    await this.#write('soAdd', input, options);
  }

  /** SO/Edit: sets header fields. */
  async soEdit(input: Input<'soEdit'>, options: CallOptions = {}): Promise<void> {
    await this.#write('soEdit', input, options);
  }

  /** SO/Get: the whole order, or undefined where ManEx has none; its child lists may be empty although records exist. */
  async soGet(input: Input<'soGet'>, options: CallOptions = {}): Promise<SalesOrder | undefined> {
    return this.#read('soGet', input, readings.soGet, options);
  }

  /** SO/ItemADD: adds a line. Not safe to repeat; the new UNIQUELN is only in `soGet`. */
  async itemAdd(input: Input<'itemAdd'>, options: CallOptions = {}): Promise<void> {
    await this.#write('itemAdd', input, options);
  }

  /** SO/ItemEdit: sets fields of a line, by `uniqueLn` (or `lineNo`, which ManEx does not keep unique). */
  async itemEdit(input: Input<'itemEdit'>, options: CallOptions = {}): Promise<void> {
    await this.#write('itemEdit', input, options);
  }

  /** SO/ItemGet: one line, or undefined. */
  async itemGet(input: Input<'itemGet'>, options: CallOptions = {}): Promise<SalesOrderLine | undefined> {
    return this.#read('itemGet', input, readings.itemGet, options);
  }

  /** SO/ItemDelete: refused as ITEM_NOT_FOUND where the line is gone already. */
  async itemDelete(input: Input<'itemDelete'>, options: CallOptions = {}): Promise<void> {
    await this.#write('itemDelete', input, options);
  }

  /** SO/PriceAdd: adds a price to a line. Not safe to repeat. */
  async priceAdd(input: Input<'priceAdd'>, options: CallOptions = {}): Promise<void> {
    await this.#write('priceAdd', input, options);
  }

  /** SO/PriceEdit: sets a price. */
  async priceEdit(input: Input<'priceEdit'>, options: CallOptions = {}): Promise<void> {
    await this.#write('priceEdit', input, options);
  }

  /** SO/PriceGet: one price of a line, although a line may have several; undefined where it has none. */
  async priceGet(input: Input<'priceGet'>, options: CallOptions = {}): Promise<SalesOrderPrice | undefined> {
    return this.#read('priceGet', input, readings.priceGet, options);
  }

  /** SO/PriceDelete: refused as PRICE_NOT_FOUND where the price is gone already. */
  async priceDelete(input: Input<'priceDelete'>, options: CallOptions = {}): Promise<void> {
    await this.#write('priceDelete', input, options);
  }

  /** SO/DueDateAdd: schedules a part of the line's quantity. Not safe to repeat. */
  async dueDateAdd(input: Input<'dueDateAdd'>, options: CallOptions = {}): Promise<void> {
    await this.#write('dueDateAdd', input, options);
  }

  /** SO/DueDateEdit: sets dates and quantity of a schedule. */
  async dueDateEdit(input: Input<'dueDateEdit'>, options: CallOptions = {}): Promise<void> {
    await this.#write('dueDateEdit', input, options);
  }

  /** SO/DueDateGet: one schedule, or undefined. */
  async dueDateGet(input: Input<'dueDateGet'>, options: CallOptions = {}): Promise<SalesOrderDueDate | undefined> {
    return this.#read('dueDateGet', input, readings.dueDateGet, options);
  }

  /** SO/DueDateDelete: refused as DUE_DATE_NOT_FOUND where the schedule is gone already. */
  async dueDateDelete(input: Input<'dueDateDelete'>, options: CallOptions = {}): Promise<void> {
    await this.#write('dueDateDelete', input, options);
  }

  async #write<O extends Operation>(name: O, input: Input<O>, options: CallOptions): Promise<void> {
    const expected = operations[name];
    responseObject(await this.#answered(expected, checked(name, input), options, connections[name]));
  }

  async #read<O extends Operation, T>(
    name: O,
    input: Input<O>,
    { read: readObject, keyOf }: Reading<T>,
    options: CallOptions,
  ): Promise<T | undefined> {
    const parameters = checked(name, input);
    const judged = await this.#answered(operations[name], parameters, options);
    const object = responseObject(judged);
    if (object === undefined) return undefined;
    const found = await readObject(judged, object);
    // Each read has exactly one parameter, the key: an answer about something else must not be taken for it.
    if (keyOf(found) !== Object.values(parameters)[0]) throw wrongRecord(judged);
    return found;
  }

  async #answered(
    expected: Expectation,
    parameters: Readonly<Record<string, string>>,
    options: CallOptions,
    connection?: ConnectionUse,
  ) {
    const { operation, effect, vendor } = expected;
    const isRead = effect === 'read';
    const query = isRead ? `?${new URLSearchParams(parameters).toString()}` : '';
    const request: HttpRequest = {
      vendor,
      operation,
      effect,
      connection,
      url: this.#url(operation, query),
      method: isRead ? 'GET' : 'POST',
      headers: { accept: 'application/json', ...(isRead ? {} : { 'content-type': 'application/json; charset=utf-8' }) },
      ...(isRead ? {} : { body: JSON.stringify(parameters) }),
      secrets: [this.#apiKey],
      contentTypes: /^(application|text)\/([\w.+-]{0,60}\+)?json\b/i,
      // Business refusals are documented as envelopes without a word on their HTTP status.
      readableStatuses: [200, 400, 401, 403, 404, 405],
      limits: this.#limits,
      options,
    };
    const answer = await sendAndRead(request, { form: 'json', references: wire.memberNames });
    return { expected, answer, hide: hiding(request.secrets) };
  }

  /** The only place where the key joins the URL (durability.md §B3). */
  #url(operation: string, query: string): string {
    return `${this.#endpoint}/api/${operation}/${encodeURIComponent(this.#apiKey)}${query}`;
  }
}

/** Checked and renamed, or refused before anything is sent; the message names fields and rules, never values. */
function checked<O extends Operation>(name: O, input: Input<O>): Readonly<Record<string, string>> {
  try {
    return toParameters(name, input);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const { vendor, operation } = operations[name];
    const faults = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    throw new VendorError({
      type: 'VendorRejected',
      vendor,
      operation,
      code: 'INVALID_INPUT',
      message: `${vendor} ${operation}: not sent, the input is not what ManEx takes: ${printable(faults, bounds.message)}`,
    });
  }
}
