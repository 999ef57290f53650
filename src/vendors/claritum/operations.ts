import type { CallLimits } from '../../transport/call';
import type { Effect } from '../../transport/outcome';

/** Whose credentials they are; the vendor's document marks each service with the roles that may call it. */
export type ClaritumRole = 'supplier' | 'msp';

interface OperationRules {
  readonly effect: Effect;
  readonly roles: readonly ClaritumRole[];
  /** Bytes an answer may have: lists come whole, without paging; attachments carry files. */
  readonly maxBytes: number;
}

const SMALL = 5 << 20;
const LARGE = 64 << 20;

/** The operations we use: contract.md §A; who may call them: §C.1-4. */
export const operations = {
  getPurchaseOrders: { effect: 'read', roles: ['supplier'], maxBytes: LARGE },
  getSpecification: { effect: 'read', roles: ['supplier'], maxBytes: SMALL },
  getAttachments: { effect: 'read', roles: ['supplier'], maxBytes: LARGE },
  getDeliveries: { effect: 'read', roles: ['supplier', 'msp'], maxBytes: LARGE },
  getPurchaseInvoices: { effect: 'read', roles: ['supplier', 'msp'], maxBytes: LARGE },
  getSalesInvoices: { effect: 'read', roles: ['msp'], maxBytes: LARGE },
  getStockOrders: { effect: 'read', roles: ['supplier'], maxBytes: LARGE },
  markExported: { effect: 'write', roles: ['supplier', 'msp'], maxBytes: SMALL },
  setGoodsReceipts: { effect: 'write', roles: ['supplier', 'msp'], maxBytes: SMALL },
  setStockOrderStatus: { effect: 'write', roles: ['supplier'], maxBytes: SMALL },
} as const satisfies Record<string, OperationRules>;

export type Operation = keyof typeof operations;

/** Whether the vendor lets this role call the operation. */
export const mayCall = (role: ClaritumRole, operation: Operation): boolean =>
  operations[operation].roles.some((allowed) => allowed === role);

/** 20 s, 10 s, and what the operation may answer, where the configuration says nothing else. */
export const limitsOf = (operation: Operation, configured: Partial<CallLimits> = {}): CallLimits => ({
  deadlineMs: 20_000,
  idleMs: 10_000,
  maxBytes: operations[operation].maxBytes,
  ...configured,
});
