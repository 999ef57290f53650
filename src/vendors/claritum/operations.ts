import type { CallLimits, ConnectionUse } from '../../transport/http/call';
import type { CallName } from '../../transport/http/failure';
import type { Effect } from '../../transport/http/outcome';
import type { RecordName } from './fields';

/** Whose credentials they are; the vendor's document marks each service with the roles that may call it. */
export type ClaritumRole = 'supplier' | 'msp';

/** A list of records, or of texts where no record is named. */
interface OwnPart {
  readonly name: string;
  readonly record?: RecordName;
}

export interface OperationRules {
  readonly effect: Effect;
  readonly roles: readonly ClaritumRole[];
  /** @default 'shared' */
  readonly connection?: ConnectionUse;
  /** Bytes an answer may have: lists come whole, without paging; attachments carry files. */
  readonly maxBytes: number;
  /** Its one part besides the credentials. */
  readonly part?: OwnPart;
  /** What it lists; `true` or `false` where absent. */
  readonly answer?: RecordName;
}

const SMALL = 5 << 20;
const LARGE = 64 << 20;

const list = (answer: RecordName, ...roles: readonly ClaritumRole[]): OperationRules => ({
  effect: 'read',
  roles,
  maxBytes: LARGE,
  answer,
});
const write = (part: OwnPart, ...roles: readonly ClaritumRole[]): OperationRules => ({
  effect: 'write',
  roles,
  maxBytes: SMALL,
  part,
});

const rules = {
  getPurchaseOrders: list('PurchaseOrder', 'supplier'),
  getSpecification: {
    effect: 'read',
    roles: ['supplier'],
    maxBytes: SMALL,
    part: { name: 'orderRefs' },
    answer: 'Specification',
  },
  getAttachments: {
    effect: 'read',
    roles: ['supplier'],
    maxBytes: LARGE,
    part: { name: 'attachmentRefs' },
    answer: 'Attachment',
  },
  getDeliveries: list('Delivery', 'supplier', 'msp'),
  getPurchaseInvoices: list('PurchaseInvoice', 'supplier', 'msp'),
  getSalesInvoices: list('SalesInvoice', 'msp'),
  getStockOrders: list('StockOrder', 'supplier'),
  markExported: write({ name: 'uids' }, 'supplier', 'msp'),
  // No operation lists receipts, and a second one is booked again: what became of it, only a person can find out.
  setGoodsReceipts: {
    ...write({ name: 'goodsReceipts', record: 'GoodsReceipt' }, 'supplier', 'msp'),
    connection: 'own',
  },
  setStockOrderStatus: write({ name: 'stockOrders', record: 'StockOrderStatus' }, 'supplier'),
  setCustomers: write({ name: 'customers', record: 'Customer' }, 'msp'),
  setSuppliers: write({ name: 'suppliers', record: 'Supplier' }, 'msp'),
} satisfies Record<string, OperationRules>;

export type Operation = keyof typeof rules;

/** The twelve operations, and who may call them (docs/vendors/claritum.md#operations). */
export const operations: Readonly<Record<Operation, OperationRules>> = rules;

/** Whether the vendor lets this role call the operation. */
export const mayCall = (role: ClaritumRole, operation: Operation): boolean =>
  operations[operation].roles.some((allowed) => allowed === role);

/**
 * 20 s, and 120 s for what may answer tens of megabytes: ten thousand orders take a busy machine longer than 20 s to read;
 * 10 s without a byte, and what the operation may answer. Where the configuration says nothing else.
 */
export const limitsOf = (operation: Operation, configured: Partial<CallLimits> = {}): CallLimits => {
  const { maxBytes } = operations[operation];
  return { deadlineMs: maxBytes === LARGE ? 120_000 : 20_000, idleMs: 10_000, maxBytes, ...configured };
};

export const callOf = (operation: Operation): CallName => ({
  vendor: 'claritum',
  operation,
  effect: operations[operation].effect,
});
