import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { feedWorkflowId } from '../../../src/domain/case/names';
import { ours, type OurSide } from '../ours';
import { processorMs } from '../process-figures';
import type { Stand } from '../stand';
import { countWorkflows, pause, untilCounted } from '../watch';

/** What a feed cost while nothing was new, over some seconds. */
export interface Observed {
  /** Orders that were listed all the time and waited for their approval. */
  readonly orders: number;
  readonly seconds: number;
  /** How often the orders of Claritum were listed. */
  readonly looks: number;
  /** Workflows that were started, feeds left out. */
  readonly started: number;
  /** Of the feed, over all its histories. */
  readonly events: number;
  readonly closedRuns: number;
  /** By which the database grew: pages in use. */
  readonly databaseBytes: number;
  /** Milliseconds of processor. */
  readonly serverMs: number;
  readonly workerMs: number;
}

export interface FeedMeasurement {
  /** Policy text: how often it looked. */
  readonly every: string;
  readonly idle: Observed;
  readonly waiting: Observed;
}

export interface FeedOptions {
  /** Orders that wait in the second half. */
  readonly waiting: number;
  /** How long each half is looked at. */
  readonly seconds: number;
  readonly every: string;
}

/** A feed that finds nothing, then one that finds so many orders which wait, each as a worker runs it. */
export async function measureFeed(stand: Stand, options: FeedOptions): Promise<FeedMeasurement> {
  const running = await ours('approval').start(stand);
  const poller = ours('approval').poller(stand);
  try {
    await running.offer(0);
    await poller.resume();
    const idle = await observed(stand, running, 0, options.seconds);
    await poller.pause();
    const since = new Date().toISOString();
    await running.offer(options.waiting);
    await poller.resume();
    const mine = `WorkflowType = 'fulfilPurchaseOrder' AND StartTime >= '${since}'`;
    await untilCounted({
      client: stand.client,
      query: `${mine} AND WaitingFor = 'decision'`,
      wrong: `${mine} AND ExecutionStatus != 'Running'`,
      wanted: options.waiting,
      what: 'orders that wait',
      say: stand.say,
    });
    const waiting = await observed(stand, running, options.waiting, options.seconds);
    return { every: options.every, idle, waiting };
  } finally {
    await running.stop();
  }
}

/** Between what went before and the measuring: what is put off (the last look with news, task queues, visibility) ends. */
const SETTLE_MS = 15_000;

async function observed(stand: Stand, running: OurSide, orders: number, seconds: number): Promise<Observed> {
  await pause(SETTLE_MS);
  stand.say(`looking at the feed for ${seconds} s, ${orders} orders listed`);
  const since = new Date();
  const before = await counted(stand, running);
  await pause(seconds * 1000);
  const after = await counted(stand, running);
  const grown = (what: keyof typeof before): number => after[what] - before[what];
  return {
    orders,
    seconds: (Date.now() - since.getTime()) / 1000,
    looks: grown('looks'),
    started: await countWorkflows(stand.client, `StartTime >= '${since.toISOString()}' AND WorkflowType != 'feed'`),
    events: grown('events'),
    closedRuns: grown('closedRuns'),
    databaseBytes: grown('databaseBytes'),
    serverMs: grown('serverMs'),
    workerMs: grown('workerMs'),
  };
}

async function counted(stand: Stand, running: OurSide) {
  let [events, closedRuns] = [0, 0];
  for await (const { historyLength, status } of stand.client.workflow.list({
    query: `WorkflowId = '${feedWorkflowId('claritum')}'`,
  })) {
    // What runs has no length in lists yet.
    if (status.name !== 'RUNNING') [events, closedRuns] = [events + historyLength, closedRuns + 1];
  }
  const { historyLength } = await stand.client.workflow.getHandle(feedWorkflowId('claritum')).describe();
  return {
    events: events + historyLength,
    closedRuns,
    looks: await running.looks(),
    databaseBytes: databaseBytes(stand),
    serverMs: processorMs(stand.temporal.part.pid),
    workerMs: processorMs(running.worker.part.pid),
  };
}

/** Pages in use, by the head of SQLite's file; what went before may have left free ones, which hide what is written. */
function databaseBytes({ database }: Stand): number {
  const head = Buffer.alloc(HEAD_BYTES);
  const file = openSync(database, 'r');
  try {
    readSync(file, head, 0, HEAD_BYTES, 0);
  } finally {
    closeSync(file);
  }
  // The largest size of a page, 65,536, is written as 1.
  const pageSize = head.readUInt16BE(16) === 1 ? 65_536 : head.readUInt16BE(16);
  const beside = `${database}-wal`;
  return (head.readUInt32BE(28) - head.readUInt32BE(36)) * pageSize + (existsSync(beside) ? statSync(beside).size : 0);
}

const HEAD_BYTES = 100;
