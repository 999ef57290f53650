import { allocate, allocatedOrders } from './allocation';
import { inboundKey, type InboundQueue } from './inbound';
import * as lists from './lists';
import type { ListRequest } from './lists';
import type { Sessions } from './sessions';
import type { NorthScopeState } from './state';
import type { TreeObject } from './tree';

/** Everything behind the one address, replaced as a whole on reset. */
export interface World {
  readonly state: NorthScopeState;
  readonly queue: InboundQueue;
  readonly sessions: Sessions;
}

interface Reply {
  /** What follows Timestamp and Success. */
  readonly members: TreeObject;
  readonly effects: number;
}

export interface Operation {
  /** The document's heading, by which docs/vendors/northscope.md calls it. */
  readonly name: string;
  /** What it says to JSON, where it takes XML only: the document's note (docs/vendors/northscope.md#the-lists). */
  readonly xmlOnly?: string;
  /** Members of RequestContent that must be arrays in JSON (docs/vendors/northscope.md#the-envelope). */
  readonly jsonArrays: readonly string[];
  readonly list?: ListRequest;
  key(world: World, content: TreeObject): string;
  /** @throws Refused when the vendor says no; nothing has been changed then. */
  run(world: World, content: TreeObject): Reply;
}

const plain = { jsonArrays: [], key: () => '' } as const;

const listOperation = (list: ListRequest, xmlOnly?: string): Operation => ({
  ...plain,
  ...{ name: list.name, list },
  ...(xmlOnly === undefined ? {} : { xmlOnly }),
  run: ({ state }, content) => ({ members: lists.listed(list, lists.selectRows(state, list, content)), effects: 0 }),
});

export const generateSessionToken: Operation = {
  ...plain,
  name: 'GenerateSessionToken',
  run: ({ sessions }) => ({ members: { ResponseContent: { SessionToken: sessions.generate() } }, effects: 0 }),
};

const allocateSalesOrders: Operation = {
  ...plain,
  name: 'AllocateSalesOrders',
  jsonArrays: ['Allocation'],
  key: ({ state }, content) => allocatedOrders(state, content),
  run: ({ state }, content) => ({ members: {}, effects: allocate(state, content) }),
};

const insertInboundIntegration: Operation = {
  ...plain,
  name: 'InsertInboundIntegration',
  key: (_, content) => inboundKey(content),
  run: ({ queue }, content) => ({ members: {}, effects: queue.insert(content) }),
};

const customerAddresses = listOperation(lists.customerAddresses, 'JSON is not supported for this web request.');

const salesOrders: Operation = {
  ...listOperation(lists.salesOrders),
  key: (_, content) => lists.namedOrders(content),
};

/** By heading and by the names of the document's samples (docs/vendors/northscope.md#names-of-requests). */
export const operations: ReadonlyMap<string, Operation> = new Map([
  ['GenerateSessionToken', generateSessionToken],
  ['AllocateSalesOrders', allocateSalesOrders],
  ['InsertInboundIntegration', insertInboundIntegration],
  ['ListCompanies', listOperation(lists.companies)],
  ['ListSites', listOperation(lists.sites, 'JSON is not supported for this command.')],
  ['ListUOMSchedules', listOperation(lists.uomSchedules)],
  ['NorthPacificUOMScheduleMaster', listOperation(lists.uomSchedules)],
  ['ListItems', listOperation(lists.items)],
  ['NorthPacificItemMaster', listOperation(lists.items)],
  ['NorthPacificItem', listOperation(lists.items)],
  ['ListCustomerAddresses', customerAddresses],
  ['NorthPacificCustomer', customerAddresses],
  ['ListSalesOrders', salesOrders],
  ['NorthPacificSalesOrder', salesOrders],
  ['ListInventoryLots', listOperation(lists.inventoryLots)],
]);
