import type { z } from 'zod';
import type {
  SalesOrder,
  SalesOrderDueDate,
  SalesOrderLine,
  SalesOrderPrice,
} from '../../domain/purchase-order/sales-order';
import type { CallOptions } from '../../transport/http/call';
import { writeInput } from '../../transport/http/input';
import { assertRecord, readObject, readSalesOrder, wrongRecordError, type JudgedAnswer } from './answer';
import { Connection, type ManExConfig } from './connection';
import { toSalesOrderDueDate, toSalesOrderLine, toSalesOrderPrice } from './mapping';
import { operations, type Operation } from './operations';
import { toParameters, type Input } from './requests';
import * as wire from './schema';

/** How a read's record is read, and which member must be the key that was asked for. */
interface RecordReader<T> {
  readonly read: (judged: JudgedAnswer, object: unknown) => Promise<T>;
  readonly keyOf: (record: T) => string;
}

const recordOf =
  <Wire, T>(schema: z.ZodType<Wire>, map: (wire: Wire) => T): RecordReader<T>['read'] =>
  async (judged, object) =>
    map(assertRecord(judged, schema, object));

const readings = {
  soGet: { read: readSalesOrder, keyOf: ({ soNo }: SalesOrder) => soNo },
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
 * ManEx's Sales Order API (docs/vendors/manex.md), one method per operation, one request per call. All methods throw
 * VendorError and nothing else: VendorUnauthorized for a refused key, VendorRejected when ManEx said no (codes such as
 * DUPLICATE_SO, ITEM_NOT_FOUND) or the input breaks a rule of its tables (INVALID_INPUT, nothing sent), OutcomeUnknown
 * for a write without a readable answer.
 *
 * Dates are calendar dates `YYYY-MM-DD`, quantities and prices decimal strings, identifiers strings.
 */
export class ManExClient {
  readonly #connection: Connection;

  constructor(config: ManExConfig) {
    this.#connection = new Connection(config);
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
    readObject(await this.#connection.call(operations[name], checked(name, input), options));
  }

  async #read<O extends Operation, T>(
    name: O,
    input: Input<O>,
    { read, keyOf }: RecordReader<T>,
    options: CallOptions,
  ): Promise<T | undefined> {
    const parameters = checked(name, input);
    const judged = await this.#connection.call(operations[name], parameters, options);
    const object = readObject(judged);
    if (object === undefined) return undefined;
    const found = await read(judged, object);
    // Each read has exactly one parameter, the key: an answer about something else must not be taken for it.
    if (keyOf(found) !== Object.values(parameters)[0]) throw wrongRecordError(judged);
    return found;
  }
}

/** Checked and renamed. @throws VendorError INVALID_INPUT */
const checked = <O extends Operation>(name: O, input: Input<O>): Readonly<Record<string, string>> =>
  writeInput(operations[name], 'ManEx', () => toParameters(name, input));
