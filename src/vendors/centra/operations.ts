import type { CallLimits, ConnectionUse } from '../../transport/http/call';
import type { CallName } from '../../transport/http/failure';
import type { Effect } from '../../transport/http/outcome';

/** Whether the identical call may be sent again after a lost answer (docs/vendors/centra.md#operations). */
type Repetition = 'safe' | 'safe unless it cancels';

interface OperationRules {
  readonly effect: Effect;
  readonly repetition: Repetition;
  /** Bytes an answer may have: a page of events carries a hundred whole records. */
  readonly maxBytes: number;
}

const SMALL = 5 << 20;
const LARGE = 64 << 20;
const read: OperationRules = { effect: 'read', repetition: 'safe', maxBytes: LARGE };
const update: OperationRules = { effect: 'write', repetition: 'safe', maxBytes: SMALL };

/** All operations of the vendor's API, by its own names. Updates set absolute values by id, so they may be repeated. */
export const operations = {
  events_Get: read,
  events_GetByMarkets: read,
  events_Done: update,
  accounts_Update: update,
  customers_Update: update,
  deliverywindows_Update: update,
  invoices_Update: update,
  markets_Update: update,
  orders_Update: { ...update, repetition: 'safe unless it cancels' },
  paymentterms_Update: update,
  pricealterationdates_Update: update,
  pricelists_Update: update,
  products_Update: update,
  salesreps_Update: update,
  shippingterms_Update: update,
  sizes_Update: update,
  warehouses_Update: update,
} as const satisfies Record<string, OperationRules>;

export type Operation = keyof typeof operations;
export type ReadOperation = 'events_Get' | 'events_GetByMarkets';
export type WriteOperation = Exclude<Operation, ReadOperation>;

/** Whether this call may be sent again unchanged. @param cancels the order has a `cancelled` block */
export const isRepeatSafe = (operation: Operation, cancels = false): boolean =>
  operations[operation].repetition === 'safe' || !cancels;

/** What may not be sent again goes out on its own connection: the order's next event may be long in coming. */
export const connectionOf = (operation: Operation, cancels = false): ConnectionUse =>
  isRepeatSafe(operation, cancels) ? 'shared' : 'own';

/** 20 s, 10 s, and what the operation may answer, where the configuration says nothing else. */
export const limitsOf = (operation: Operation, configured: Partial<CallLimits> = {}): CallLimits => ({
  deadlineMs: 20_000,
  idleMs: 10_000,
  maxBytes: operations[operation].maxBytes,
  ...configured,
});

export const callOf = (operation: Operation): CallName => ({
  vendor: 'centra',
  operation,
  effect: operations[operation].effect,
});
