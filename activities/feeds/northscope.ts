import type { Client } from '@temporalio/client';
import type { Policy } from '../../src/domain/case/policy';
import {
  lackedBy,
  nothingWaits,
  warehouseNews,
  type WaitingOrder,
  type WarehouseLists,
  type WarehouseWatermark,
} from '../../src/domain/feed/warehouse-news';
import type { SetAside } from '../../src/domain/feed/set-aside';
import { MOST_REMEMBERED } from '../../src/domain/feed/watermark';
import { salesOrderNumbersAmong, warehouseOrderId } from '../../src/domain/purchase-order/sales-order-number';
import type { WarehouseOrder } from '../../src/domain/stock/inventory';
import type { CallOptions } from '../../src/transport/http/call';
import { VendorError } from '../../src/transport/http/vendor-error';
import type { NorthScopeClient } from '../../src/vendors/northscope/client';
import { any, oneOf, portions, startsWith } from '../../src/vendors/northscope/where-clause';
import { warehouseChangedSignal } from '../../workflows/purchase-order/messages';
import type { Source } from './feed';
import { inTurns } from './in-turns';
import { isSignalled, RefusedByTemporal } from './owners';

/**
 * Temporal's list filter for orders that wait for the warehouse. Where a question is open or a vendor is silent, lists show
 * that in its place, so only those are left out that certainly wait for something else.
 */
const WAIT =
  'WorkflowType = "fulfilPurchaseOrder" AND ExecutionStatus = "Running"' +
  ' AND Stage IN ("allocation", "despatch", "invoicing") AND WaitingFor NOT IN ("delivery", "invoice")';

/** ItemIDs of one filter: 200 of the longest would be more than it may have. */
const MOST_ITEMS = 100;

/** One look at NorthScope for all orders that wait for the warehouse; without one, it is not asked. */
export const northscopeSource = (
  northscope: NorthScopeClient,
  client: Client,
  { polling }: Pick<Policy, 'polling'>,
): Source<WarehouseLists, WarehouseWatermark> => ({
  every: polling.northscope,
  nothingSeen: nothingWaits,
  async fetch(options) {
    const waiting = await waitingOrders(client);
    const orders = await ordersOf(northscope, waiting, options);
    const lots = await lotsFor(northscope, orders.found, options);
    const unreadable: SetAside[] = [
      ...orders.unreadable.map(({ value, reason }) => ({
        kind: 'purchase order' as const,
        uid: value.workflowId,
        reason,
      })),
      ...lots.unreadable.map(({ value, reason }) => ({ kind: 'item' as const, uid: value, reason })),
    ];
    return { waiting, orders: orders.found, lots: lots.found, unreadable };
  },
  async handOver(lists, { watermark: seen, isAnew }) {
    const { told, watermark } = warehouseNews(lists, seen);
    const owners = isAnew ? lists.waiting.map(({ workflowId }) => workflowId) : told;
    // One that has ended meanwhile needs no telling.
    const ends = await inTurns(owners, async (workflowId) => {
      try {
        return await isSignalled(client, workflowId, (owner) => owner.signal(warehouseChangedSignal));
      } catch (error) {
        if (!(error instanceof RefusedByTemporal)) throw error;
        return { kind: 'purchase order', uid: workflowId, reason: error.message } as const;
      }
    });
    const untold = ends.filter((end) => typeof end === 'object');
    const counts = { waiting: lists.waiting.length, told: ends.filter((end) => end === true).length };
    return { counts, setAside: [...lists.unreadable, ...untold], watermark };
  },
});

/** As many as can be remembered: more would be told at every look. They look for themselves, if rarely. */
async function waitingOrders({ workflow }: Client): Promise<readonly WaitingOrder[]> {
  const waiting: WaitingOrder[] = [];
  for await (const { workflowId, searchAttributes } of workflow.list({ query: WAIT })) {
    const soNos = salesOrderNumbersAmong((searchAttributes['Keys'] ?? []).map(String));
    waiting.push({ workflowId, soNos });
    if (waiting.length >= MOST_REMEMBERED) break;
  }
  return waiting;
}

function ordersOf(northscope: NorthScopeClient, waiting: readonly WaitingOrder[], options: CallOptions) {
  const asked = waiting.flatMap(({ workflowId, soNos }) => soNos.map((soNo) => ({ workflowId, soNo })));
  return inPortions(portions(asked), (some) => {
    const where = any(...some.map(({ soNo }) => startsWith('OrderID', warehouseOrderId(soNo, ''))));
    return northscope.listSalesOrders({ where }, options);
  });
}

function lotsFor(northscope: NorthScopeClient, orders: readonly WarehouseOrder[], options: CallOptions) {
  const itemIds = [...new Set(orders.flatMap(lackedBy).map(({ itemId }) => itemId))];
  return inPortions(portions(itemIds, MOST_ITEMS), (some) =>
    northscope.listInventoryLots({ where: oneOf('ItemID', some) }, options),
  );
}

interface Read<V, T> {
  readonly found: readonly T[];
  readonly unreadable: readonly { readonly value: V; readonly reason: string }[];
}

/** A record that cannot be read holds up no other: what holds it is read in halves, down to what it belongs to. */
async function inPortions<V, T>(
  all: readonly (readonly V[])[],
  read: (some: readonly V[]) => Promise<T[]>,
): Promise<Read<V, T>> {
  const found: T[][] = [];
  const unreadable: Read<V, T>['unreadable'][number][] = [];
  const left = [...all];
  for (let some = left.shift(); some !== undefined; some = left.shift()) {
    try {
      found.push(await read(some));
    } catch (error) {
      if (!(error instanceof VendorError) || error.code !== 'BAD_RECORD') throw error;
      const [value] = some;
      if (some.length > 1) left.unshift(...portions(some, Math.ceil(some.length / 2)));
      else if (value !== undefined) unreadable.push({ value, reason: error.message });
    }
  }
  return { found: found.flat(), unreadable };
}
