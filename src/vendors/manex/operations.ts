import type { CallLimits, ConnectionUse } from '../../transport/http/call';
import type { CallName } from '../../transport/http/failure';

/** An operation, and how its answer says that it is done, or that there is no such record (docs/vendors/manex.md). */
export interface OperationRules extends CallName {
  /** The whole message of success, without the `$$` of the due-date messages. */
  readonly done: RegExp;
  /** For reads: the message for a record that does not exist. */
  readonly absent?: RegExp;
  /** @default 'shared' */
  readonly connection?: ConnectionUse;
}

const write = (path: string, done: RegExp, connection: ConnectionUse = 'shared'): OperationRules => ({
  vendor: 'manex',
  operation: `SO/${path}`,
  effect: 'write',
  done,
  connection,
});
const read = (path: string, done: RegExp, absent: RegExp): OperationRules => ({
  vendor: 'manex',
  operation: `SO/${path}`,
  effect: 'read',
  done,
  absent,
});

/** The fifteen operations (docs/vendors/manex.md#operations), by the client's methods. */
export const operations = {
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
  // A due date cannot be looked up at a server that leaves its lists empty, and whether this one does nobody knows before.
  dueDateAdd: write('DueDateAdd', /^Sales Order Due Date added successfully\.?$/i, 'own'),
  dueDateEdit: write('DueDateEdit', /^Sales Order Due Date edited successfully\.?$/i),
  dueDateGet: read('DueDateGet', /^Sales Order Due Date details:$/i, /^Sales Order Due Date does not exi(s)?ts?\.?$/i),
  dueDateDelete: write('DueDateDelete', /^Sales Order Due Date deleted successfully\.?$/i),
} as const satisfies Record<string, OperationRules>;

export type Operation = keyof typeof operations;

/** 20 s, 10 s, 5 MiB: every answer is one record. */
export const defaultLimits: CallLimits = { deadlineMs: 20_000, idleMs: 10_000, maxBytes: 5 << 20 };
