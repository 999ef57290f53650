import { isFields } from './fields';
import type { Fields } from './fields';
import { count, decimal, flag, given, optional, text, whole, WorldRefused } from './world-fields';

/** What people do in Claritum (docs/sandbox.md#world); undefined for an unknown record. */
export interface ClaritumWorld {
  deliver(action: DeliverAction): readonly string[] | undefined;
  reopen(action: ReopenAction): readonly string[] | undefined;
  invoice(action: InvoiceAction): readonly string[] | undefined;
  amend(action: AmendAction): readonly string[] | undefined;
  cancel(action: CancelAction): readonly string[] | undefined;
  setStatus(action: StatusAction): readonly string[] | undefined;
  add(action: AddAction): readonly string[] | undefined;
  remove(action: OrderAction): readonly string[] | undefined;
  restore(action: OrderAction): readonly string[] | undefined;
}

/** Which purchase order: its `orderRef`, or its `uid`, which tells two records with one `orderRef` apart. */
interface OrderAction {
  readonly orderRef: string;
}

/** What a changed record says of the time of its change; newer than before where neither is said. */
export interface Instant {
  /** `lastModified` stays as it was. */
  readonly sameInstant: boolean;
  /** Exactly this text, a time or not; empty: not said. */
  readonly lastModified: string;
}

export interface DeliverAction extends OrderAction {
  /** Empty: the delivery addresses in their order. */
  readonly deliveryRef: string;
  /** In the order's unit of measure. */
  readonly quantity: string;
  readonly carrier: string;
  readonly consignmentNumber: string;
  /** The word of the record that arrived. @default delivered */
  readonly status?: string;
}

export interface ReopenAction {
  /** The address, whose last delivery it is then, or the uid of one delivery. */
  readonly deliveryRef: string;
  /** In the order's unit of measure, in place of what was told before; 0 or more. */
  readonly quantity: string;
}

export interface InvoiceAction extends OrderAction {
  readonly kind: 'purchase' | 'sales';
  /** Empty: made up. */
  readonly number: string;
  /** In the order's unit of measure; empty: all that was ordered. */
  readonly quantity: string;
  /** Empty: quantity × unit price. */
  readonly net: string;
  /** Of an invoice that is corrected: it is listed again with what is said here. @default a new one */
  readonly uid?: string;
  /** In place of one line for the order's product; the net is their sum where it is not said. @default one line */
  readonly lines?: readonly InvoiceLineAction[];
}

export interface InvoiceLineAction {
  readonly description: string;
  readonly quantity: string;
  readonly net: string;
}

export interface AmendAction extends OrderAction, Instant {
  /** Members of the purchase order as it is to read from now on; numbers as text. */
  readonly set: Fields;
}

export interface CancelAction extends OrderAction, Instant {
  /** Whether it stays in the list, as `cancelled`. */
  readonly listed: boolean;
}

export interface StatusAction extends OrderAction, Instant {
  readonly status: string;
}

export interface AddAction {
  /** Members of the new record; what it does not name is as in a purchase order of the seed. */
  readonly purchaseOrder: Fields;
}

const instant = (fields: Fields): Instant => ({
  sameInstant: flag(fields, 'sameInstant', false),
  lastModified: text(fields, 'lastModified'),
});

/** Reads which purchase order is meant. @throws WorldRefused 400 naming what is wrong, as all readers here */
export const orderAction = (fields: Fields): OrderAction => ({ orderRef: given(fields, 'orderRef') });

/** Reads `{"deliver":{…}}`. */
export function deliverAction(fields: Fields): DeliverAction {
  const status = text(fields, 'status');
  return {
    ...orderAction(fields),
    deliveryRef: text(fields, 'deliveryRef'),
    quantity: count(fields, 'quantity'),
    carrier: text(fields, 'carrier'),
    consignmentNumber: text(fields, 'consignmentNumber'),
    ...(status === '' ? {} : { status }),
  };
}

/** Reads `{"reopen":{…}}`. */
export const reopenAction = (fields: Fields): ReopenAction => ({
  deliveryRef: given(fields, 'deliveryRef'),
  quantity: whole(fields, 'quantity'),
});

/** Reads `{"invoice":{…}}`. */
export function invoiceAction(fields: Fields): InvoiceAction {
  const kind = given(fields, 'kind');
  if (kind !== 'purchase' && kind !== 'sales') throw new WorldRefused(400, 'kind must be purchase or sales');
  return {
    ...orderAction(fields),
    kind,
    number: text(fields, 'number'),
    quantity: optional(fields, 'quantity', count),
    net: optional(fields, 'net', decimal),
    uid: text(fields, 'uid'),
    lines: invoiceLines(fields),
  };
}

function invoiceLines({ lines = [] }: Fields): readonly InvoiceLineAction[] {
  if (!Array.isArray(lines) || !lines.every(isFields)) throw new WorldRefused(400, 'lines must be a list of objects');
  return lines.map((line) => ({
    description: text(line, 'description'),
    quantity: decimal(line, 'quantity'),
    net: decimal(line, 'net'),
  }));
}

/** Reads `{"amend":{…}}`. A set of nothing only lists the order again, which must then be said to be no change. */
export function amendAction(fields: Fields): AmendAction {
  const { set } = fields;
  const when = instant(fields);
  const isRepeated = when.sameInstant || when.lastModified !== '';
  if (!isFields(set) || (Object.keys(set).length === 0 && !isRepeated)) {
    throw new WorldRefused(400, 'set must name what changes');
  }
  return { ...orderAction(fields), set, ...when };
}

/** Reads `{"cancel":{"orderRef":…}}`. */
export const cancelAction = (fields: Fields): CancelAction => ({
  ...orderAction(fields),
  listed: flag(fields, 'listed', false),
  ...instant(fields),
});

/** Reads `{"status":{…}}`. */
export const statusAction = (fields: Fields): StatusAction => ({
  ...orderAction(fields),
  status: given(fields, 'status'),
  ...instant(fields),
});

/** Reads `{"add":{"purchaseOrder":{…}}}`. */
export function addAction(fields: Fields): AddAction {
  const { purchaseOrder } = fields;
  if (!isFields(purchaseOrder)) throw new WorldRefused(400, 'purchaseOrder must be an object');
  return { purchaseOrder };
}
