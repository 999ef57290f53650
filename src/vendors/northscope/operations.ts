import type { CallLimits, ConnectionUse } from '../../transport/http/call';
import type { CallName } from '../../transport/http/failure';
import type { Effect } from '../../transport/http/outcome';
import type { NorthScopeRequest } from './request-names';
import type { ListHeading } from './schema';

interface OperationRules {
  readonly effect: Effect;
  /** @default 'shared' */
  readonly connection?: ConnectionUse;
  readonly limits: CallLimits;
  /**
   * What the document's samples call it, which are one customer's build (docs/vendors/northscope.md#names-of-requests).
   * Those of ListItems are missing there and follow the pattern.
   */
  readonly customNames?: readonly string[];
}

const short: CallLimits = { deadlineMs: 20_000, idleMs: 10_000, maxBytes: 5 << 20 };
const write: OperationRules = { effect: 'write', limits: short };
const list: OperationRules = { effect: 'read', limits: { ...short, deadlineMs: 120_000, maxBytes: 64 << 20 } };

/** The requests by the headings of the document (docs/vendors/northscope.md). */
export const operations: Readonly<Record<NorthScopeRequest, OperationRules>> = {
  // A login changes nothing but the token.
  GenerateSessionToken: { effect: 'read', limits: short },
  AllocateSalesOrders: write,
  // What is queued cannot be looked up: the queue does not show, and an order that does not show may yet be worked off.
  // The units of an allocation can.
  InsertInboundIntegration: { ...write, connection: 'own' },
  ListUOMSchedules: { ...list, customNames: ['NorthPacificUOMScheduleMaster'] },
  ListSites: list,
  ListSalesOrders: { ...list, customNames: ['NorthPacificSalesOrder'] },
  ListItems: { ...list, customNames: ['NorthPacificItemMaster', 'NorthPacificItem'] },
  ListCustomerAddresses: { ...list, customNames: ['NorthPacificCustomer'] },
  ListCompanies: list,
  ListInventoryLots: list,
};

/** By what names a list may go, its heading first. */
export const namesOf = (heading: ListHeading): readonly string[] => [
  heading,
  ...(operations[heading].customNames ?? []),
];

export const limitsOf = (operation: NorthScopeRequest, configured: Partial<CallLimits>): CallLimits => ({
  ...operations[operation].limits,
  ...configured,
});

export const callOf = (operation: NorthScopeRequest): CallName => ({
  vendor: 'northscope',
  operation,
  effect: operations[operation].effect,
});
