import type { Reply } from './answers';
import { addDueDate, deleteDueDate, editDueDate, getDueDate } from './due-dates';
import type { Given } from './given';
import { addItem, deleteItem, editItem, getItem } from './items';
import { addOrder, editOrder, getOrder } from './orders';
import { addPrice, deletePrice, editPrice, getPrice } from './prices';
import type { ManExOptions } from './options';
import type { ManExState } from './state';

interface Operation {
  /** As docs/vendors/manex.md names it, with the document's own capitals. */
  readonly name: string;
  /** What stands before a reason in this operation's messages. */
  readonly failure: string;
  readonly isRead: boolean;
  /** @throws Refused when the vendor says no; the state is untouched then. */
  run(state: ManExState, given: Given, options: ManExOptions): Reply;
}

const write = (name: string, failure: string, run: Operation['run']): Operation => ({
  name: `SO/${name}`,
  failure,
  isRead: false,
  run,
});

const read = (name: string, run: Operation['run']): Operation => ({
  name: `SO/${name}`,
  failure: '',
  isRead: true,
  run,
});

const all = [
  write('Add', 'Sales Order add failed.', addOrder),
  write('Edit', 'Sales Order edit failed.', editOrder),
  read('Get', getOrder),
  write('ItemADD', 'Sales Order Item add failed.', addItem),
  write('ItemEdit', 'Sales Order Item edit failed.', editItem),
  read('ItemGet', getItem),
  write('ItemDelete', 'Sales Order Item delete failed.', deleteItem),
  write('PriceAdd', 'Sales Order Price add failed.', addPrice),
  write('PriceEdit', 'Sales Order Price edit failed.', editPrice),
  read('PriceGet', getPrice),
  write('PriceDelete', 'Sales Order Price delete failed.', deletePrice),
  write('DueDateAdd', '$$Sales Order Due Date add failed.', addDueDate),
  write('DueDateEdit', '$$Sales Order Due Date edit failed.', editDueDate),
  read('DueDateGet', getDueDate),
  write('DueDateDelete', '$$Sales Order Due Date delete failed.', deleteDueDate),
];

/** The 15 operations by path segment in lower case: its routes know no case (docs/vendors/manex.md#paths-and-verbs). */
export const operations: ReadonlyMap<string, Operation> = new Map(
  all.map((operation) => [operation.name.slice('SO/'.length).toLowerCase(), operation]),
);

export type { Operation };
