import { type Counts, countsOf } from './counts';
import type { Recorded } from './floor';
import { type Events, scriptOf } from './script';
import type { Side } from './side';
import type { Stand } from './stand';

/** What the histories of one run show. */
export interface Histories {
  readonly orders: readonly Counts[];
  /** The same as scripts. */
  readonly recorded: Recorded;
}

const AT_ONCE = 16;

/** Reads the histories of every order a side started since then. */
export async function historiesOf(stand: Stand, side: Side, since: string): Promise<Histories> {
  const orders = await read(stand, `WorkflowType = '${side.orderType}' AND StartTime >= '${since}'`);
  return {
    orders: orders.map(countsOf),
    recorded: orders.map((events) => ({ script: scriptOf(events) })),
  };
}

async function read({ client }: Stand, query: string): Promise<Events[]> {
  const found: string[] = [];
  for await (const { workflowId } of client.workflow.list({ query })) found.push(workflowId);
  const all: Events[] = [];
  for (let from = 0; from < found.length; from += AT_ONCE) {
    const some = found.slice(from, from + AT_ONCE).map(async (workflowId) => {
      const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
      return events ?? [];
    });
    all.push(...(await Promise.all(some)));
  }
  return all;
}
