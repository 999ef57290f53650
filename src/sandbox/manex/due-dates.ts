import { compare, isPositive, sum } from '../../domain/values/decimal';
import { details, done, type Reply } from './answers';
import { calendarPart, isWorkingDay, stored, workingDayBefore } from './calendar';
import { dueDateColumns, newRow, textOf, wireRow, type Row } from './columns';
import { Refused, type Given } from './given';
import { namedLine } from './prices';
import type { ManExOptions } from './options';
import type { Line, ManExState } from './state';

/** Due on a working day, shipped before it, committed for the due date (docs/vendors/manex.md#soduedateadd). */
function dates(given: Given, before: Row | undefined, transferDays: number): Row {
  const due = given.date('DUE_DTS1') ?? (before === undefined ? undefined : textOf(before, 'DUE_DTS1'));
  if (due === undefined) throw new Refused('Due_DTS1 not provided.');
  if (!isWorkingDay(calendarPart(due))) throw given.refused('Due_DTS1 is not a working day.');
  const isSameDue = before !== undefined && due === before['DUE_DTS1'];
  const ship = given.date('SHIP_DTS') ?? (isSameDue ? textOf(before, 'SHIP_DTS') : shippedFor(due, transferDays));
  if (ship >= due) throw given.refused('Ship_Dts must be prior to Due_DTS1.');
  const commit = given.date('COMMIT_DTS') ?? (isSameDue ? textOf(before, 'COMMIT_DTS') : due);
  return { DUE_DTS1: due, SHIP_DTS: ship, COMMIT_DTS: commit };
}

/**
 * The ship date where none is given: the line's transfer days, at least one working day, before the due date. Assumed.
 */
function shippedFor(due: string, transferDays: number): string {
  let date = calendarPart(due);
  for (let day = 0; day < Math.max(1, transferDays); day += 1) date = workingDayBefore(date);
  return stored(date);
}

const transferDays = (line: Line): number => Math.min(30, Math.trunc(Number(textOf(line.row, 'TRANS_DAYS'))));

/** The quantity, as long as all due dates together stay within the ordered quantity. */
function scheduled(line: Line, given: Given, before: Row | undefined): string {
  const quantity = given.quantity('QTY') ?? (before === undefined ? undefined : textOf(before, 'QTY'));
  if (quantity === undefined) throw new Refused('Qty not provided.');
  if (!isPositive(quantity)) throw given.refused('Qty is not valid.');
  const others = line.dueDates.filter((row) => row !== before).map((row) => textOf(row, 'QTY'));
  if (compare(sum([...others, quantity]), textOf(line.row, 'ORD_QTY')) > 0) {
    throw given.refused('The total quantity must be less than or equal to order quantity.');
  }
  return quantity;
}

/** docs/vendors/manex.md#soduedateadd. */
export function addDueDate(state: ManExState, given: Given): Reply {
  const { order, line } = namedLine(state, given);
  const values = { ...dates(given, undefined, transferDays(line)), QTY: scheduled(line, given, undefined) };
  const identity = { SONO: textOf(order.row, 'SONO'), UNIQUELN: textOf(line.row, 'UNIQUELN') };
  line.dueDates.push(newRow(dueDateColumns, { ...identity, ...values, DUEDT_UNIQ: state.generateKey(order) }));
  return done('$$Sales Order Due Date added successfully.', 1);
}

/** docs/vendors/manex.md#soduedateedit. The key is required, although one of the document's tables forgets it. */
export function editDueDate(state: ManExState, given: Given, options: ManExOptions): Reply {
  const key = given.required('DUEDT_UNIQ', options.literalDueDateEditText ? 'PlPriceLnk' : 'DueDt_Uniq');
  const { line } = namedLine(state, given);
  const index = line.dueDates.findIndex((row) => row['DUEDT_UNIQ'] === key);
  const before = line.dueDates[index];
  if (before === undefined) throw new Refused('$$Sales Order Due Date does not exists.');
  const changed: Row = {
    ...before,
    ...dates(given, before, transferDays(line)),
    QTY: scheduled(line, given, before),
  };
  const effects = JSON.stringify(changed) === JSON.stringify(before) ? 0 : 1;
  line.dueDates[index] = changed;
  return done('$$Sales Order Due Date edited successfully.', effects);
}

/** docs/vendors/manex.md#soduedateget. */
export function getDueDate(state: ManExState, given: Given): Reply {
  const found = state.dueDate(given.text('DUEDT_UNIQ').trim());
  if (found === undefined) throw new Refused('$$Sales Order Due Date does not exists.');
  return details('$$Sales Order Due Date details:', wireRow(dueDateColumns, found.dueDate));
}

/** docs/vendors/manex.md#soduedatedelete. */
export function deleteDueDate(state: ManExState, given: Given): Reply {
  const key = given.required('DUEDT_UNIQ', 'DueDt_Uniq');
  const found = state.dueDate(key);
  if (found === undefined) throw new Refused('$$Sales Order Due Date does not exists.');
  found.line.dueDates = found.line.dueDates.filter((row) => row !== found.dueDate);
  return done('$$Sales Order Due Date deleted successfully.', 1);
}
