import type { Recorded } from './floor';
import type { Memory } from './measured-worker';
import { historiesOf } from './recorded';
import { spread } from './rounds';
import type { Side } from './side';
import type { Stand } from './stand';
import { untilCounted } from './watch';

/** What orders that wait cost a worker. */
export interface Waiting {
  readonly side: Side['name'];
  /** What the process grew by for 1,000 of them; after collecting garbage. */
  readonly residentMebibytesPer1000: number;
  /**
   * The same without the room that stands empty on the heaps: that grows by megabytes, whenever a thread has been busy,
   * and belongs to no order.
   */
  readonly heldMebibytesPer1000: number;
  /** The part of it that lies in use on the JavaScript heaps. */
  readonly heapMebibytesPer1000: number;
  /** The orders as they wait, for the floor to repeat. */
  readonly recorded: Recorded;
}

const MEBIBYTE = 1024 * 1024;
/** The first lot brings with it what the process keeps of reading long lists and of compiling; it only begins the line. */
const LOTS = 8;
/** Few orders only show that it works, which should not take long. */
const FEWEST = { orders: 100, lots: 3 };

/**
 * Parks so many orders in the worker's cache, lot by lot, weighs it after each, and takes how steeply the weight rises
 * from the second lot on.
 */
export async function weigh(stand: Stand, side: Side, orders: number, label: string): Promise<Waiting> {
  const running = await side.start(stand);
  const since = new Date().toISOString();
  const lots = orders < FEWEST.orders ? FEWEST.lots : LOTS;
  const lot = Math.max(1, Math.floor(orders / lots));
  const weights: Memory[] = [];
  try {
    for (let count = 1; count <= lots; count += 1) {
      await running.offer(lot);
      await side.poller(stand).once();
      await untilParked(stand, side, { since, wanted: lot * count, what: `${label}, lot ${count} of ${lots}` });
      weights.push(await running.worker.settled());
    }
    const { recorded } = await historiesOf(stand, side, since);
    const per1000 = (what: keyof Memory): number =>
      (slope(weights.slice(1).map((weight) => weight[what])) / MEBIBYTE / lot) * 1000;
    const weighed = {
      residentMebibytesPer1000: per1000('residentBytes'),
      heldMebibytesPer1000: per1000('heldBytes'),
      heapMebibytesPer1000: per1000('heapBytes'),
    };
    stand.say(`${label}: ${weighed.heldMebibytesPer1000.toFixed(0)} MiB per 1,000`);
    return { side: side.name, ...weighed, recorded };
  } finally {
    await running.stop();
    await terminate(stand, side, since);
  }
}

/** By how much the values rise from one to the next: the median over all pairs, which no single odd value moves far. */
export function slope(values: readonly number[]): number {
  const rises = values.flatMap((value, index) =>
    values.slice(index + 1).map((later, between) => (later - value) / (between + 1)),
  );
  return spread(rises).median;
}

/** Until all lots wait, those before too: one whose order has gone on meanwhile weighs nothing. */
async function untilParked(
  { client, say }: Stand,
  { orderType }: Side,
  { since, wanted, what }: { readonly since: string; readonly wanted: number; readonly what: string },
): Promise<void> {
  const mine = `WorkflowType = '${orderType}' AND StartTime >= '${since}'`;
  await untilCounted({
    client,
    query: `${mine} AND ExecutionStatus = 'Running' AND WaitingFor = 'decision'`,
    wrong: `${mine} AND ExecutionStatus != 'Running'`,
    wanted,
    what,
    say,
  });
}

const AT_ONCE = 32;

async function terminate({ client }: Stand, { orderType }: Side, since: string): Promise<void> {
  const ids: string[] = [];
  const query = `WorkflowType = '${orderType}' AND ExecutionStatus = 'Running' AND StartTime >= '${since}'`;
  for await (const { workflowId } of client.workflow.list({ query })) ids.push(workflowId);
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    await Promise.all(ids.slice(from, from + AT_ONCE).map((id) => client.workflow.getHandle(id).terminate()));
  }
}
