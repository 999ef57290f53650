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
import { MOST_REMEMBERED } from '../../src/domain/feed/watermark';
import { salesOrderNumbersAmong, warehouseOrderId } from '../../src/domain/purchase-order/sales-order-number';
import type { Lot, WarehouseOrder } from '../../src/domain/stock/inventory';
import type { CallOptions } from '../../src/transport/http/call';
import type { NorthScopeClient } from '../../src/vendors/northscope/client';
import { any, oneOf, portions, startsWith } from '../../src/vendors/northscope/where-clause';
import { warehouseChangedSignal } from '../../workflows/purchase-order/messages';
import type { Source } from './feed';
import { inTurns } from './in-turns';
import { isSignalled } from './owners';

/**
 * Temporal's list filter for orders that look at the warehouse when they are told to: those that wait for it, and those with
 * an open question that it may answer.
 */
const WAIT =
  'WorkflowType = "fulfilPurchaseOrder" AND ExecutionStatus = "Running" AND (WaitingFor IN ("stock", "warehouse")' +
  ' OR (WaitingFor = "decision" AND Stage IN ("allocation", "despatch", "invoicing")))';

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
    return { waiting, orders, lots: await lotsFor(northscope, orders, options) };
  },
  async handOver(lists, { watermark: seen, isAnew }) {
    const { told, watermark } = warehouseNews(lists, seen);
    const owners = isAnew ? lists.waiting.map(({ workflowId }) => workflowId) : told;
    // One that has ended meanwhile needs no telling.
    const areTold = await inTurns(owners, (workflowId) =>
      isSignalled(client, workflowId, (owner) => owner.signal(warehouseChangedSignal)),
    );
    const counts = { waiting: lists.waiting.length, told: areTold.filter(Boolean).length };
    return { counts, setAside: [], watermark };
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

async function ordersOf(
  northscope: NorthScopeClient,
  waiting: readonly WaitingOrder[],
  options: CallOptions,
): Promise<readonly WarehouseOrder[]> {
  const found: WarehouseOrder[][] = [];
  for (const portion of portions(waiting.flatMap(({ soNos }) => soNos))) {
    const where = any(...portion.map((soNo) => startsWith('OrderID', warehouseOrderId(soNo, ''))));
    found.push(await northscope.listSalesOrders({ where }, options));
  }
  return found.flat();
}

async function lotsFor(
  northscope: NorthScopeClient,
  orders: readonly WarehouseOrder[],
  options: CallOptions,
): Promise<readonly Lot[]> {
  const itemIds = [...new Set(orders.flatMap(lackedBy).map(({ itemId }) => itemId))];
  const found: Lot[][] = [];
  for (const portion of portions(itemIds, MOST_ITEMS)) {
    found.push(await northscope.listInventoryLots({ where: oneOf('ItemID', portion) }, options));
  }
  return found.flat();
}
