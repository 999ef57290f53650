import { add, compare, isZero, subtract, sum } from '../../domain/values/decimal';
import { products } from '../seed';
import { details, done, type Reply } from './answers';
import { stored } from './calendar';
import { dueDateColumns, lineColumns, newRow, priceColumns, textOf, wireRow, type Row } from './columns';
import { Refused, type Given } from './given';
import type { JsonObject } from './json';
import type { ManExOptions } from './options';
import { extendedRow, pricedRow, type Line, type ManExState, type Order } from './state';

type Product = (typeof products)[number];

const statuses = ['STANDARD', 'PRIORITY-1', 'PRIORITY-2', 'CANCEL', 'CLOSED', 'ADMIN HOLD'];
const frequencies = ['DY', 'WK', 'MO'];

/** A line as SO/Get and ItemGet answer it: part and revision are null there in all of the vendor's samples. */
export function lineObject(line: Line, options: ManExOptions): JsonObject {
  const row = wireRow(lineColumns, extendedRow(line));
  const lists = options.childLists
    ? {
        DueDateList: line.dueDates.map((dueDate) => wireRow(dueDateColumns, dueDate)),
        SOPRICESList: line.prices.map((price) => wireRow(priceColumns, pricedRow(line, price))),
      }
    : { DueDateList: [], SOPRICESList: [] };
  return { ...lists, ...row, ...(options.partNumbers ? {} : { PART_NUM: null, REVISION: null }) };
}

function existingOrder(state: ManExState, given: Given): Order {
  const order = state.order(given.soNo());
  if (order === undefined) throw new Refused('Sales Order does not exists.');
  return order;
}

/** By uniq_key, or by part number with its revision; undefined where the call names no part. */
function namedProduct(given: Given): Product | undefined {
  const uniqKey = given.text('UNIQ_KEY').trim();
  const partNumber = given.text('PART_NUM').trim();
  const revision = given.text('REVISION').trim();
  if (uniqKey === '' && partNumber === '') return undefined;
  const product = products.find((candidate) =>
    uniqKey === ''
      ? candidate.partNumber === partNumber && (revision === '' || candidate.revision === revision)
      : candidate.uniqKey === uniqKey,
  );
  if (product === undefined) throw given.refused('Part does not exists.');
  return product;
}

const partOf = (product: Product): Row => ({
  UNIQ_KEY: product.uniqKey,
  PART_NUM: product.partNumber,
  REVISION: product.revision,
});

/** Compared without case and blanks, stored in capitals (docs/vendors/manex.md#soitemadd). */
function status(given: Given): string | undefined {
  const value = given.text('STATUS').trim().toUpperCase();
  if (value === '') return undefined;
  if (!statuses.includes(value)) throw given.refused('Status is not valid.');
  return value;
}

/** 0 is unset; else more than 0 and less than ordered (docs/vendors/manex.md#soitemadd). */
function eachQuantity(given: Given, ordered: string): string | undefined {
  const each = given.quantity('EACHQTY');
  if (each === undefined || isZero(each)) return each;
  if (compare(each, ordered) >= 0) throw given.refused('EachQty must be less than the order quantity.');
  return each;
}

function frequency(given: Given): Row {
  const value = given.text('DELIFREQ').trim().toUpperCase();
  if (value !== '' && !frequencies.includes(value)) throw given.refused('DeliFreq is not valid.');
  return value === '' ? {} : { DELIFREQ: value };
}

/** The plain columns a call sets; what it does not name stays. */
function detailChanges(given: Given): Row {
  const transferDays = given.quantity('TRANS_DAYS');
  const firstDue = given.date('FSTDUEDT');
  return {
    ...(given.has('UOFMEAS') ? { UOFMEAS: given.text('UOFMEAS').trim() } : {}),
    ...(given.has('SODET_DESC') ? { Sodet_Desc: given.text('SODET_DESC') } : {}),
    ...(given.has('NOTE') ? { NOTE: given.text('NOTE') } : {}),
    ...(given.has('W_KEY') ? { W_KEY: given.text('W_KEY') } : {}),
    ...(transferDays === undefined ? {} : { TRANS_DAYS: transferDays }),
    ...(firstDue === undefined ? {} : { FSTDUEDT: firstDue }),
    ...frequency(given),
  };
}

/** LINE_NO as it is stored: seven digits; undefined where it is missing. A sample writes `1=LINENUMBER`. */
function lineNumber(given: Given): string | undefined {
  const [value = ''] = given.text('LINE_NO').trim().split('=');
  if (value === '') return undefined;
  if (!/^\d{1,7}$/.test(value)) throw given.refused('line_no is not valid.');
  return value.padStart(7, '0');
}

function nextLineNumber(order: Order): string {
  return add(
    sum([
      '0',
      ...order.lines
        .map(({ row }) => textOf(row, 'LINE_NO'))
        .toSorted()
        .slice(-1),
    ]),
    '1',
  );
}

/** docs/vendors/manex.md#soitemadd. Adds a second line with the same line_no without a word. */
export function addItem(state: ManExState, given: Given): Reply {
  const order = existingOrder(state, given);
  given.required('UOFMEAS', 'uOfMeas');
  given.required('SODET_DESC', 'soDet_Desc');
  const product = namedProduct(given);
  if (product === undefined) throw new Refused('part_num not provided.');
  const quantity = given.quantity('ORD_QTY') ?? '0';
  const values: Row = {
    ...{ CATEGORY: '000000000~', W_KEY: '_4500WBEBA', TRANS_DAYS: '1' },
    ...{ FSTDUEDT: stored(state.now().toISOString().slice(0, 10)), STATUS: status(given) ?? 'STANDARD' },
    ...{ SONO: textOf(order.row, 'SONO'), LINE_NO: lineNumber(given) ?? nextLineNumber(order).padStart(7, '0') },
    ...{ ORD_QTY: quantity, BALANCE: quantity, EACHQTY: eachQuantity(given, quantity) ?? '0' },
    ...partOf(product),
    ...detailChanges(given),
  };
  const row = newRow(lineColumns, { ...values, UNIQUELN: state.generateKey(order) });
  order.lines.push({ row, prices: [], dueDates: [] });
  return done('Sales Order Item added successfully.', 1);
}

/** By UNIQUELN; else by line_no, as long as that is unique (docs/vendors/manex.md#soitemedit). */
function editedLine(order: Order, given: Given): Line {
  const uniqueLn = given.text('UNIQUELN').trim();
  const lineNo = uniqueLn === '' ? lineNumber(given) : undefined;
  if (uniqueLn === '' && lineNo === undefined) throw new Refused('UniqLn not provided.');
  const found = order.lines.filter(({ row }) =>
    lineNo === undefined ? row['UNIQUELN'] === uniqueLn : row['LINE_NO'] === lineNo,
  );
  const [line] = found;
  if (line === undefined) throw new Refused('Sales Order Item does not exists.');
  if (found.length > 1) throw new Refused('UniqLn not provided.');
  return line;
}

/** The new quantity: the balance moves along, due dates must still fit (docs/vendors/manex.md#soitemedit). */
function quantityChanges(line: Line, given: Given): Row {
  const before = textOf(line.row, 'ORD_QTY');
  const after = given.quantity('ORD_QTY') ?? before;
  const scheduled = sum(line.dueDates.map((row) => textOf(row, 'QTY')));
  const balance = add(textOf(line.row, 'BALANCE'), subtract(after, before));
  if (compare(scheduled, after) > 0) throw given.refused('Total due date quantity exceeds order quantity.');
  const each = eachQuantity(given, after);
  return { ORD_QTY: after, BALANCE: balance, ...(each === undefined ? {} : { EACHQTY: each }) };
}

/** A line whose balance is 0 keeps its status unless its quantity grows in the same call. */
function statusChanges(line: Line, given: Given, quantities: Row): Row {
  const wanted = status(given);
  if (wanted === undefined || wanted === line.row['STATUS']) return {};
  const hasGrown = compare(textOf(quantities, 'ORD_QTY'), textOf(line.row, 'ORD_QTY')) > 0;
  if (isZero(textOf(line.row, 'BALANCE')) && !hasGrown) {
    throw given.refused('Line item balance is 0, status cannot be changed without increasing the quantity.');
  }
  return { STATUS: wanted };
}

/** docs/vendors/manex.md#soitemedit. */
export function editItem(state: ManExState, given: Given): Reply {
  const order = existingOrder(state, given);
  const line = editedLine(order, given);
  if (given.text('PART_NUM').trim() !== '' && given.text('UNIQ_KEY').trim() === '')
    given.required('REVISION', 'Revision');
  const product = namedProduct(given);
  const quantities = quantityChanges(line, given);
  const changes = {
    ...quantities,
    ...statusChanges(line, given, quantities),
    ...detailChanges(given),
    ...(product === undefined ? {} : partOf(product)),
  };
  const changed: Row = { ...line.row, ...changes };
  const effects = JSON.stringify(changed) === JSON.stringify(line.row) ? 0 : 1;
  line.row = changed;
  return done('Sales Order Item edited successfully.', effects);
}

/** docs/vendors/manex.md#soitemget. */
export function getItem(state: ManExState, given: Given, options: ManExOptions): Reply {
  const found = state.line(given.text('UNIQUELN').trim());
  if (found === undefined) throw new Refused('Sales Order Item does not exists.');
  return details('Sales Order Item details:', lineObject(found.line, options));
}

/** docs/vendors/manex.md#soitemdelete. Prices and due dates go with the line. */
export function deleteItem(state: ManExState, given: Given): Reply {
  const uniqueLn = given.required('UNIQUELN', 'UniqLn');
  const order = existingOrder(state, given);
  const index = order.lines.findIndex(({ row }) => row['UNIQUELN'] === uniqueLn);
  if (index === -1) throw new Refused('Sales Order Item does not exists.');
  order.lines.splice(index, 1);
  return done('Sales Order Item deleted successfully.', 1);
}
