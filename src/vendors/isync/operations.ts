import type { CallLimits, ConnectionUse } from '../../transport/http/call';
import type { CallName } from '../../transport/http/failure';
import type { Effect } from '../../transport/http/outcome';

interface OperationRules {
  /** Root element of the MessageXml. */
  readonly root: string;
  /** The samples and real clients read with OTHER, whatever the table says (docs/vendors/isync.md#execute). */
  readonly action: 'OTHER' | 'INSERT';
  readonly effect: Effect;
  /** @default 'shared' */
  readonly connection?: ConnectionUse;
  readonly limits: CallLimits;
}

const short: CallLimits = { deadlineMs: 20_000, idleMs: 10_000, maxBytes: 5 << 20 };
/**
 * Stock comes whole; real clients switch their time limits off for it (docs/vendors/isync.md#getproductstockcatalogue).
 */
const units: CallLimits = { deadlineMs: 120_000, idleMs: 60_000, maxBytes: 64 << 20 };
const catalogue: CallLimits = { deadlineMs: 300_000, idleMs: 120_000, maxBytes: 64 << 20 };

/** The operations of Execute (docs/vendors/isync.md#execute), by MessageType. */
export const operations = {
  GetProductStockCatalogue: {
    root: 'ProductStockCatalogueQueryCriteria',
    action: 'OTHER',
    effect: 'read',
    limits: catalogue,
  },
  GetProductStockUnits: { root: 'ProductStockUnitsQueryCriteria', action: 'OTHER', effect: 'read', limits: units },
  PersistWebSalesOrder: { root: 'WebSalesOrder', action: 'INSERT', effect: 'write', limits: short },
  GetWebSalesOrder: { root: 'WebSalesOrderQueryCriteria', action: 'OTHER', effect: 'read', limits: short },
  // Nothing lists credit notes: what became of one, only a person can find out.
  CreateWebCreditNote: { root: 'WebCreditNote', action: 'INSERT', effect: 'write', limits: short, connection: 'own' },
} as const satisfies Record<string, OperationRules>;

export type Operation = keyof typeof operations;

/** The connection an operation goes out on. */
export const connectionOf = (operation: Operation): ConnectionUse => {
  const { connection = 'shared' }: OperationRules = operations[operation];
  return connection;
};

/** Of Login and GetAvailableOperations. */
export const shortLimits = short;

export const callOf = (operation: Operation): CallName => ({
  vendor: 'isync',
  operation,
  effect: operations[operation].effect,
});

/** Nothing is lost with its answer but a key, so it counts as a read (docs/vendors/isync.md#login). */
export const loginCall: CallName = { vendor: 'isync', operation: 'Login', effect: 'read' };
export const listingCall: CallName = { vendor: 'isync', operation: 'GetAvailableOperations', effect: 'read' };
