import { processorMs } from './process-figures';
import { type Histories, historiesOf } from './recorded';
import { Poller, type RunningSide, type Side } from './side';
import type { Stand } from './stand';
import { countWorkflows, eventually, untilCounted } from './watch';

/** One run of one side. */
export interface Race {
  readonly side: Side['name'];
  /** From the start of the poll that found the orders to the end of the last order. */
  readonly seconds: number;
  readonly ordersPerSecond: number;
  /** Milliseconds of processor an order cost, by process. */
  readonly processorMsPerOrder: Readonly<Record<string, number>>;
  readonly histories: Histories;
}

const WORTH_WARMING_UP = 100;

/** Orders that run before the measured ones, so that code is compiled and connections stand. */
const warmUpFor = (orders: number): number => Math.floor(orders / 10);

/** Takes so many orders from the poll to their end, all in flight at once. */
export async function race(stand: Stand, side: Side, orders: number, label: string): Promise<Race> {
  const running = await side.start(stand);
  try {
    if (orders >= WORTH_WARMING_UP) await lap(stand, side, running, warmUpFor(orders), `${label}, warm-up`);
    const result = await lap(stand, side, running, orders, label);
    stand.say(`${label}: ${result.ordersPerSecond.toFixed(1)} orders per second`);
    return result;
  } finally {
    await running.stop();
  }
}

async function lap(stand: Stand, side: Side, running: RunningSide, orders: number, what: string): Promise<Race> {
  const { client, say } = stand;
  const poller = new Poller(stand, side);
  await running.offer(orders);
  const pids: Readonly<Record<string, number>> = {
    'Temporal server': stand.temporal.part.pid,
    worker: running.worker.part.pid,
    ...running.pids,
    'this program': process.pid,
  };
  const before = processorOf(pids);
  const since = new Date().toISOString();
  await poller.resume();
  const mine = `WorkflowType = '${side.orderType}' AND StartTime >= '${since}'`;
  await untilCounted({
    client,
    query: `${mine} AND ExecutionStatus = 'Completed' AND Stage = 'done'`,
    wrong: `${mine} AND ExecutionStatus != 'Running' AND (ExecutionStatus != 'Completed' OR Stage != 'done')`,
    wanted: orders,
    what,
    say,
  });
  const after = processorOf(pids);
  await poller.pause();
  await eventually(async () => (await countWorkflows(client, "ExecutionStatus = 'Running'")) === 0, {
    withinMs: 60_000,
    what: 'all workflows closed',
  });
  const seconds = await elapsed(stand, side, since);
  return {
    side: side.name,
    seconds,
    ordersPerSecond: orders / seconds,
    processorMsPerOrder: Object.fromEntries(
      Object.keys(pids).map((name) => [name, ((after[name] ?? 0) - (before[name] ?? 0)) / orders]),
    ),
    histories: await historiesOf(stand, side, since),
  };
}

const processorOf = (pids: Readonly<Record<string, number>>): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, processorMs(pid)]));

/** By the server's own clock. */
async function elapsed({ client }: Stand, { pollType, orderType }: Side, since: string): Promise<number> {
  let began = Number.POSITIVE_INFINITY;
  let ended = 0;
  for await (const { startTime } of client.workflow.list({
    query: `WorkflowType = '${pollType}' AND StartTime >= '${since}'`,
  })) {
    began = Math.min(began, startTime.getTime());
  }
  for await (const { closeTime } of client.workflow.list({
    query: `WorkflowType = '${orderType}' AND StartTime >= '${since}'`,
  })) {
    ended = Math.max(ended, closeTime?.getTime() ?? 0);
  }
  return (ended - began) / 1000;
}
