import { ClaritumFault } from './fault';
import { upsert } from './master-data';
import type { ClaritumOptions } from './options';
import { bookReceipts, readInstant } from './receipts';
import { isCancelled } from './records';
import type { AttachmentFile, StockOrder } from './records';
import type { ClaritumState } from './state';
import { isList, isValues, textOf } from '../values';
import type { Value, Values } from '../values';

export type Role = 'supplier' | 'msp';

/** What a carried-out operation returns to the caller, and how many records it created or changed. */
export interface OperationResult {
  readonly result: Value;
  readonly effects: number;
}

/** One operation of the service: who may call it, which records it is about, and what it does. */
export interface Operation {
  readonly roles: readonly Role[];
  /** The business keys of the records, as they were sent; none for lists. */
  keys(given: Values): readonly string[];
  /** @throws ClaritumFault for the vendor's own no; it says how many records have changed all the same */
  run(state: ClaritumState, given: Values, options: ClaritumOptions): OperationResult;
}

const BOTH: readonly Role[] = ['msp', 'supplier'];

const listOf = (given: Values, part: string): readonly Value[] => {
  const value = given[part];
  return isList(value) ? value : [];
};
const textsOf = (given: Values, part: string): readonly string[] =>
  listOf(given, part).map((entry) => (typeof entry === 'string' ? entry.trim() : ''));
const membersOf = (given: Values, part: string, ...names: readonly string[]): readonly string[] =>
  listOf(given, part).map((entry) => {
    const values = isValues(entry) ? entry : {};
    return names.map((name) => textOf(values, name)).find((text) => text !== '') ?? '';
  });

const done = (effects: number): OperationResult => ({ result: true, effects });

/** A list of what is not marked exported; reading does not consume it. */
const listing = (roles: readonly Role[], records: (state: ClaritumState) => readonly Value[]): Operation => ({
  roles,
  keys: () => [],
  run: (state) => ({ result: records(state), effects: 0 }),
});

const openRecords = <T extends { readonly uid: string }>(state: ClaritumState, records: Iterable<T>): readonly T[] =>
  [...records].filter(({ uid }) => !state.isExported(uid));

function openDeliveries(state: ClaritumState): readonly Value[] {
  const inProgress = state.allOrders().filter((order) => !isCancelled(order));
  return openRecords(state, state.deliveriesOf(inProgress));
}

const attachment = ({ content, ...file }: AttachmentFile): Value => ({
  ...file,
  size: String(content.length),
  content: content.toString('base64'),
});

/** Reads records by reference; one unknown reference fails the call, naming it. */
const byReference = (part: string, what: string, find: (state: ClaritumState, ref: string) => Value | undefined) => ({
  roles: ['supplier'] as const,
  keys: (given: Values) => textsOf(given, part),
  run: (state: ClaritumState, given: Values): OperationResult => {
    const result = textsOf(given, part).map((ref) => {
      const found = find(state, ref);
      if (found === undefined) throw new ClaritumFault('Receiver', `${what} ${ref} does not exist`);
      return found;
    });
    return { result, effects: 0 };
  },
});

function markExported(state: ClaritumState, uids: readonly string[]): OperationResult {
  const unknown = uids.find((uid) => !state.hasUid(uid));
  if (unknown !== undefined) throw new ClaritumFault('Receiver', `UID ${unknown} does not exist`);
  return done(uids.filter((uid) => state.markExported(uid)).length);
}

function despatchedStockOrder(state: ClaritumState, value: Value): StockOrder {
  const values = isValues(value) ? value : {};
  const [uid, ref] = [textOf(values, 'uid'), textOf(values, 'stockOrderRef')];
  const order = [...state.stockOrders.values()].find((entry) => entry.uid === uid || entry.stockOrderRef === ref);
  if (order === undefined) throw new ClaritumFault('Receiver', `Stock order ${uid || ref} does not exist`);
  const status = textOf(values, 'status');
  if (status !== 'despatched') throw new ClaritumFault('Receiver', `Status '${status}' is not supported`);
  const despatchedDate = readInstant(textOf(values, 'despatchedDate'));
  if (despatchedDate === undefined)
    throw new ClaritumFault('Receiver', `Stock order ${uid || ref}: despatchedDate is no date`);
  const consignmentNumber = textOf(values, 'consignmentNumber') || null;
  return { ...order, status, despatchedDate, carrier: textOf(values, 'carrier') || null, consignmentNumber };
}

function setStockOrderStatus(state: ClaritumState, list: readonly Value[]): OperationResult {
  const changed = list.map((value) => despatchedStockOrder(state, value));
  const pending = changed.filter(({ stockOrderRef }) => state.stockOrders.get(stockOrderRef)?.status === 'pending');
  for (const order of pending) state.stockOrders.set(order.stockOrderRef, order);
  return done(pending.length);
}

/** The service (docs/vendors/claritum.md), by operation name. */
export const operations: Readonly<Record<string, Operation>> = {
  getPurchaseOrders: listing(['supplier'], (state) =>
    openRecords(
      state,
      state.allOrders().filter(({ uid }) => !state.unlisted.has(uid)),
    ),
  ),
  getDeliveries: listing(BOTH, openDeliveries),
  getPurchaseInvoices: listing(BOTH, (state) => openRecords(state, state.purchaseInvoices.values())),
  getSalesInvoices: listing(['msp'], (state) => openRecords(state, state.salesInvoices.values())),
  getStockOrders: listing(['supplier'], (state) =>
    openRecords(
      state,
      [...state.stockOrders.values()].filter(({ status }) => status === 'pending'),
    ),
  ),
  getSpecification: byReference('orderRefs', 'Order', (state, ref) => state.specifications.get(ref)),
  getAttachments: byReference('attachmentRefs', 'Attachment', (state, ref) => {
    const file = state.attachments.get(ref);
    return file && attachment(file);
  }),
  markExported: {
    roles: BOTH,
    keys: (given) => textsOf(given, 'uids'),
    run: (state, given) => markExported(state, textsOf(given, 'uids')),
  },
  setGoodsReceipts: {
    roles: BOTH,
    keys: (given) => membersOf(given, 'goodsReceipts', 'orderRef'),
    run: (state, given, options) => done(bookReceipts(state, listOf(given, 'goodsReceipts'), options)),
  },
  setStockOrderStatus: {
    roles: ['supplier'],
    keys: (given) => membersOf(given, 'stockOrders', 'stockOrderRef', 'uid'),
    run: (state, given) => setStockOrderStatus(state, listOf(given, 'stockOrders')),
  },
  setCustomers: {
    roles: ['msp'],
    keys: (given) => membersOf(given, 'customers', 'externalId'),
    run: (state, given, options) => done(upsert('Customer', state.customers, listOf(given, 'customers'), options)),
  },
  setSuppliers: {
    roles: ['msp'],
    keys: (given) => membersOf(given, 'suppliers', 'externalId'),
    run: (state, given, options) => done(upsert('Supplier', state.suppliers, listOf(given, 'suppliers'), options)),
  },
};
