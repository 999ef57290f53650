import type { PurchaseOrderRow } from './auditor/evidence';

/** The business keys of one order in every system, as the sandbox derives them. */
export interface OrderKeys {
  readonly orderRef: string;
  /** Of the purchase order, its first delivery, and its first invoice. */
  readonly uid: string;
  readonly deliveryUid: string;
  readonly invoiceUid: string;
  readonly soNo: string;
  /** NorthScope's OrderID of the first delivery. */
  readonly orderId: string;
}

/** What the keys are made of. */
interface Keyed extends Pick<PurchaseOrderRow, 'orderRef' | 'uid'> {
  readonly deliveries: readonly Pick<PurchaseOrderRow['deliveries'][number], 'deliveryRef'>[];
}

export function keysOf({ orderRef, uid, deliveries }: Keyed): OrderKeys {
  const digits = orderRef.replace(/\D/g, '');
  const soNo = digits.padStart(10, '0');
  return {
    orderRef,
    uid,
    deliveryUid: `DL-${deliveries[0]?.deliveryRef ?? ''}`,
    invoiceUid: `PI-${digits}-INV-${digits}-1`,
    soNo,
    orderId: `${soNo}-1`,
  };
}

/** What becomes of an unknown outcome of an operation. */
type Remedy =
  /** The same call is sent again: it is safe to repeat, or a repetition is refused and adopted. */
  | 'repeat'
  /** Looked up, then adopted or sent again. */
  | 'look up'
  /** Looked up; what is not found is for a human. */
  | 'look up, then ask'
  /** Nothing can be looked up: for a human. */
  | 'ask'
  /** A compensation: found and undone again, without limit. */
  | 'find and undo';

/** One row of the matrix: a call that changes something, or the read that finds out what became of one. */
export interface Operation {
  /** As the command line and the table name it. */
  readonly name: string;
  readonly vendor: 'claritum' | 'manex' | 'northscope';
  /** As the vendor's page in docs/vendors names it. */
  readonly call: string;
  readonly key: (keys: OrderKeys) => string;
  readonly remedy: Remedy;
  /** Reached only by undoing: a later step is given up by a human. */
  readonly isCompensation: boolean;
  /** The read that is part of a write: its failure makes the write unknown. */
  readonly isRead: boolean;
  /** The read by which an unknown outcome is found out. */
  readonly lookup: Lookup | null;
}

export interface Lookup {
  readonly call: string;
  /** How a fault is aimed at it: by key, or, for a list, by what the request contains. */
  readonly aim: (keys: OrderKeys) => { readonly key: string } | { readonly contains: string };
}

const order: Lookup = { call: 'SO/Get', aim: ({ soNo }) => ({ key: soNo }) };
const warehouse: Lookup = { call: 'ListSalesOrders', aim: ({ orderId }) => ({ contains: orderId }) };

const claritum = (name: string, key: Operation['key']): Operation => ({
  name: `markExported(${name})`,
  vendor: 'claritum',
  call: 'markExported',
  key,
  remedy: 'repeat',
  isCompensation: false,
  isRead: false,
  lookup: null,
});

const manex = (call: string, remedy: Remedy, lookup: Lookup | null = order): Operation => ({
  name: call,
  vendor: 'manex',
  call,
  key: ({ soNo }) => soNo,
  remedy,
  isCompensation: remedy === 'find and undo',
  isRead: false,
  lookup,
});

const northscope = (call: string, remedy: Remedy): Operation => ({
  name: call,
  vendor: 'northscope',
  call,
  key: ({ orderId }) => orderId,
  remedy,
  isCompensation: false,
  isRead: false,
  lookup: warehouse,
});

/** Every writing call of the story in its order, then every compensation in the order they run. */
export const operations: readonly Operation[] = [
  manex('SO/Add', 'look up'),
  manex('SO/ItemADD', 'look up'),
  // The first SO/Get of an order reads back the key of its new line.
  { ...manex('SO/Get', 'look up', null), name: 'SO/Get(read back)', isRead: true },
  manex('SO/PriceAdd', 'look up'),
  manex('SO/DueDateAdd', 'look up'),
  claritum('order', ({ uid }) => uid),
  northscope('InsertInboundIntegration', 'look up, then ask'),
  northscope('AllocateSalesOrders', 'look up'),
  {
    name: 'setGoodsReceipts',
    vendor: 'claritum',
    call: 'setGoodsReceipts',
    key: ({ orderRef }) => orderRef,
    remedy: 'ask',
    isCompensation: false,
    isRead: false,
    lookup: null,
  },
  claritum('delivery', ({ deliveryUid }) => deliveryUid),
  claritum('invoice', ({ invoiceUid }) => invoiceUid),
  manex('SO/ItemEdit', 'repeat', null),
  manex('SO/DueDateDelete', 'find and undo'),
  manex('SO/PriceDelete', 'find and undo'),
  manex('SO/ItemDelete', 'find and undo'),
  manex('SO/Edit', 'find and undo'),
];
