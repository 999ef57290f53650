import type { Recorded } from './floor';
import type { Memory } from './measured-worker';
import { historiesOf } from './recorded';
import { Poller, type RunningSide, type Side } from './side';
import type { Stand } from './stand';
import { untilCounted } from './watch';

/** What orders that wait cost a worker. */
export interface Waiting {
  readonly side: Side['name'];
  /** What the process grew by for 1,000 of them; after collecting garbage. */
  readonly residentMebibytesPer1000: number;
  /** The part of it that lies in use on the JavaScript heaps. */
  readonly heapMebibytesPer1000: number;
  /** The orders as they wait, for the floor to repeat. */
  readonly recorded: Recorded;
}

const MEBIBYTE = 1024 * 1024;
/**
 * Parks so many orders in the worker's cache, in two halves, and weighs it between and after: what the reading of a long
 * list leaves behind in the process is there after the first half already, so that the second shows the orders alone.
 */
export async function weigh(stand: Stand, side: Side, orders: number, label: string): Promise<Waiting> {
  const running = await side.start(stand);
  const since = new Date().toISOString();
  try {
    const half = Math.ceil(orders / 2);
    await park(stand, side, running, half, `${label}, first half`);
    const before = await running.worker.settled();
    const measured = await park(stand, side, running, half, `${label}, second half`);
    const after = await running.worker.settled();
    const { recorded } = await historiesOf(stand, side, measured);
    const per1000 = (what: keyof Memory): number => ((after[what] - before[what]) / MEBIBYTE / half) * 1000;
    const weighed = { residentMebibytesPer1000: per1000('residentBytes'), heapMebibytesPer1000: per1000('heapBytes') };
    stand.say(`${label}: ${weighed.residentMebibytesPer1000.toFixed(0)} MiB per 1,000`);
    return { side: side.name, ...weighed, recorded };
  } finally {
    await running.stop();
    await terminate(stand, side, since);
  }
}

/** @returns the instant before the first of them */
async function park(stand: Stand, side: Side, running: RunningSide, orders: number, what: string): Promise<string> {
  const { client, say } = stand;
  await running.offer(orders);
  const since = new Date().toISOString();
  const poller = new Poller(stand, side);
  await poller.resume();
  const mine = `WorkflowType = '${side.orderType}' AND StartTime >= '${since}'`;
  await untilCounted({
    client,
    query: `${mine} AND WaitingFor = 'decision'`,
    wrong: `${mine} AND ExecutionStatus != 'Running'`,
    wanted: orders,
    what,
    say,
  });
  await poller.pause();
  return since;
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
