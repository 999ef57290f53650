import { type Counts, countsOf } from './counts';
import type { Recorded } from './floor';
import { type Events, type Script, scriptOf } from './script';
import type { Side } from './side';
import type { Stand } from './stand';

/** What the histories of one run show. */
export interface Histories {
  readonly orders: readonly Counts[];
  readonly invoices: readonly Counts[];
  /** The same as scripts, an order with its invoice. */
  readonly recorded: Recorded;
}

const AT_ONCE = 16;

/** Reads the histories of every order and invoice a side started since then. */
export async function historiesOf(stand: Stand, side: Side, since: string): Promise<Histories> {
  const orders = await read(stand, `WorkflowType = '${side.orderType}' AND StartTime >= '${since}'`);
  const invoices = await read(stand, `WorkflowType = '${side.invoiceType}' AND StartTime >= '${since}'`);
  const invoiceOf = new Map<string, Script>(invoices.map(({ orderNumber, events }) => [orderNumber, scriptOf(events)]));
  return {
    orders: orders.map(({ events }) => countsOf(events)),
    invoices: invoices.map(({ events }) => countsOf(events)),
    recorded: orders.map(({ orderNumber, events }) => ({
      order: scriptOf(events),
      invoice: invoiceOf.get(orderNumber) ?? null,
    })),
  };
}

interface Read {
  /** The order reference; the floor has none and needs none. */
  readonly orderNumber: string;
  readonly events: Events;
}

async function read({ client }: Stand, query: string): Promise<Read[]> {
  const found: { workflowId: string; orderNumber: string }[] = [];
  for await (const { workflowId, searchAttributes } of client.workflow.list({ query })) {
    found.push({ workflowId, orderNumber: String(searchAttributes['OrderNumber']?.[0] ?? '') });
  }
  const all: Read[] = [];
  for (let from = 0; from < found.length; from += AT_ONCE) {
    const some = found.slice(from, from + AT_ONCE).map(async ({ workflowId, orderNumber }) => {
      const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
      return { orderNumber, events: events ?? [] };
    });
    all.push(...(await Promise.all(some)));
  }
  return all;
}
