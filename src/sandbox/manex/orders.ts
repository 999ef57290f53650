import { customers } from '../seed';
import { details, done, type Reply } from './answers';
import { stored } from './calendar';
import { headerColumns, newRow, textOf, wireRow, type Row, type Scalar } from './columns';
import { Refused, type Given } from './given';
import { lineObject } from './items';
import type { ManExOptions } from './options';
import { descendingLines, totalledRow, type ManExState, type Order } from './state';

const texts = ['BLINKADD', 'SLINKADD', 'PONO', 'SONOTE', 'SOFOOT', 'DELIV_TIME', 'BUYER', 'ATTENTION'] as const;
const moreTexts = ['SOAPPRVINT', 'ACKPO_DOC', 'TERMS', 'BILLACOUNT'] as const;
const cutTexts = ['FOB', 'SHIPVIA', 'SHIPCHARGE'] as const;

/** What the customer's record fills in, as the vendor's sample shows it. */
const defaults: Row = {
  BLINKADD: '_4560WJU2L',
  SLINKADD: '_4560WL0MU',
  FOB: 'ORIGIN-CUST P/U',
  SHIPVIA: 'UPS-GRND TRACK',
  SHIPCHARGE: 'PREPAY/BILL CUS',
  ORD_TYPE: 'OPEN',
  DELIV_TIME: '15:30',
  SAVEINT: 'NA',
  TERMS: 'NET 15',
  UserId: '00000000-0000-0000-0000-000000000000',
};

const isCustomer = (custNo: string): boolean => customers.some((customer) => customer.custNo === custNo);

/** Stored in 15 characters; Add's 19-character form is Edit's 15-character one. */
const cut = (value: string): string => (value === 'ORIGIN-CUSTOMER P/U' ? 'ORIGIN-CUST P/U' : value.slice(0, 15));

/** A flag with the date the system sets when it is raised; raising it again moves no date. */
function dated(given: Given, before: Row, flagName: string, dateName: string, now: string): Row {
  if (!given.has(flagName)) return {};
  const isRaised = given.flag(flagName);
  return isRaised === before[flagName] ? {} : { [flagName]: isRaised, [dateName]: isRaised ? now : null };
}

function approval(given: Given, before: Row, now: string): Row {
  if (given.has('SOAPPROVAL') && given.flag('SOAPPROVAL') && given.text('SOAPPRVINT').trim() === '') {
    throw given.refused('SOAPPRVINIT not provided.');
  }
  return dated(given, before, 'SOAPPROVAL', 'SOAPPRVDT', now);
}

/**
 * ORD_TYPE and IS_CLOSED are no documented parameters. The server binds parameters to columns by name, so Edit is
 * assumed to take them: without it a header could never be closed.
 */
function closing(given: Given): Row {
  const orderType = given.text('ORD_TYPE').trim().toUpperCase();
  const closed: Record<string, Scalar> = {};
  if (orderType !== '') {
    closed['ORD_TYPE'] = orderType;
    closed['IS_CLOSED'] = orderType === 'CLOSED' || orderType === 'CANCEL';
  }
  if (given.has('IS_CLOSED')) closed['IS_CLOSED'] = given.flag('IS_CLOSED');
  return closed;
}

/** The columns a call sets; what it does not name stays. */
function headerChanges(given: Given, before: Row, now: string): Row {
  const present = (names: readonly string[], form: (value: string) => string): [string, Scalar][] =>
    names.filter((name) => given.has(name)).map((name) => [name, form(given.text(name))]);
  return {
    ...Object.fromEntries([...present([...texts, ...moreTexts], (value) => value), ...present(cutTexts, cut)]),
    ...dated(given, before, 'POACK', 'POACKDT', now),
    ...(given.has('SOAMTDSCT') ? { SOAMTDSCT: given.decimal('SOAMTDSCT') ?? '0' } : {}),
    ...(given.text('ORDERDATE').trim() === '' ? {} : { ORDERDATE: given.date('ORDERDATE') ?? null }),
    ...approval(given, before, now),
  };
}

const timestamp = (state: ManExState): string => state.now().toISOString().slice(0, 19);

/** docs/vendors/manex.md#soadd. A number that exists is refused, an empty one is assigned and not told. */
export function addOrder(state: ManExState, given: Given): Reply {
  const custNo = given.text('CUSTNO').trim();
  if (!isCustomer(custNo)) throw given.refused('Customer does not exists.');
  const wanted = given.soNo();
  if (!/^(\d{10})?$/.test(wanted)) throw given.refused('SoNo is not valid.');
  if (wanted !== '' && state.order(wanted) !== undefined) throw given.refused('SoNo already exists.');
  const now = timestamp(state);
  const changes = headerChanges(given, {}, now);
  const soNo = wanted === '' ? state.assignSoNo(custNo, given.text('PONO')) : wanted;
  const identity = { SONO: soNo, CUSTNO: custNo, ORDERDATE: stored(now.slice(0, 10)), SAVEDT: now };
  state.add({ row: newRow(headerColumns, { ...defaults, ...identity, ...changes }), lines: [], generated: 0 });
  return done('Sales Order added successfully.', 1);
}

/** docs/vendors/manex.md#soedit. An unknown number ends in the server's unhandled null, with that text. */
export function editOrder(state: ManExState, given: Given): Reply {
  const order = state.order(given.soNo());
  if (order === undefined) throw given.refused('Object reference not set to an instance of an object.');
  const custNo = given.text('CUSTNO').trim();
  if (!isCustomer(custNo)) throw given.refused('Customer does not exists.');
  const now = timestamp(state);
  const changed: Row = { ...order.row, CUSTNO: custNo, ...headerChanges(given, order.row, now), ...closing(given) };
  const effects = JSON.stringify(changed) === JSON.stringify(order.row) ? 0 : 1;
  order.row = effects === 0 ? order.row : { ...changed, DATECHG: now };
  return done('Sales Order edited successfully.', effects);
}

/** SO/Get's object: the lines first, in descending LINE_NO. */
function orderObject(order: Order, options: ManExOptions): Reply['object'] {
  const lines = descendingLines(order).map((line) => lineObject(line, options));
  return { SODETAILList: lines, ...wireRow(headerColumns, totalledRow(order)) };
}

/** docs/vendors/manex.md#soget. The one operation that answers with a SessionId, also when it fails. */
export function getOrder(state: ManExState, given: Given, options: ManExOptions): Reply {
  const soNo = given.soNo();
  const order = state.order(soNo);
  if (order === undefined) throw new Refused('Sales Order does not exists.');
  return details('Sales Order details:', orderObject(order, options) ?? {}, state.sessionId(textOf(order.row, 'SONO')));
}
