import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sandboxProcess } from '../../src/local/processes';
import { workerEnvironment } from '../../src/local/sandbox-environment';
import { parseSandboxReady } from '../../src/local/sandbox-ready';
import { feedWorkflowId } from '../../src/domain/case/names';
import { newFeed } from '../../src/domain/feed/feed-state';
import { lots } from '../../src/sandbox/seed';
import { startMeasuredWorker } from './measured-worker';
import { goOnSignal, lookUpdate, pauseSignal } from '../../workflows/feed/messages';
import { startFeed } from '../../workflows/feed/start';
import type { Poller, RunningSide, Side } from './side';
import { logOf, type Stand, startReady } from './stand';

const EXAMPLE = resolve(__dirname, '../../waybill.policy.example.json');

interface PolicyFile {
  readonly approval: object;
  readonly polling: { readonly claritum: string };
}

const example = (): PolicyFile => JSON.parse(readFileSync(EXAMPLE, 'utf8')) as PolicyFile;

/** How often both sides poll: as the example policy says, where the stand does not say otherwise. */
export const pollInterval = ({ pollEvery }: Stand): string => pollEvery ?? example().polling.claritum;

/** What becomes of the orders: they go straight through, or every one of them waits for its approval. */
export type Course = 'through' | 'approval';

/** The product: its worker process against the sandbox in another process, whose people do their part by themselves. */
export const ours = (course: Course): Ours => ({
  name: 'ours',
  orderType: 'fulfilPurchaseOrder',
  poller: (stand) => feedPoller(stand),
  start: (stand) => start(stand, course),
});

/** The feed that the worker keeps. */
function feedPoller({ client }: Stand): Poller {
  const feed = client.workflow.getHandle(feedWorkflowId('claritum'));
  const look = (): Promise<unknown> => feed.executeUpdate(lookUpdate, { args: [undefined] });
  const pause = async (): Promise<void> => {
    await feed.signal(pauseSignal);
    // It is answered by a look that begins when none is under way any more.
    await look();
  };
  return {
    pause,
    async resume() {
      await feed.signal(goOnSignal);
    },
    async once() {
      await feed.terminate('it is to know of no look before');
      await startFeed(client, { source: 'claritum', state: { ...newFeed, pausedSince: new Date().toISOString() } });
      await look();
    },
  };
}

interface Ours extends Side {
  start(stand: Stand): Promise<OurSide>;
}

export interface OurSide extends RunningSide {
  /** How often the orders of Claritum were listed. */
  looks(): Promise<number>;
}

async function start(stand: Stand, course: Course): Promise<OurSide> {
  const log = logOf(stand.folder, 'sandbox');
  const settings = { port: 0, orders: 0, seed: 1, people: course === 'through', control: true };
  const [sandbox, ready] = await startReady(stand, { ...sandboxProcess(settings, stand.environment, log), log });
  const { origin } = parseSandboxReady(ready);
  const documents = join(stand.folder, 'documents');
  mkdirSync(documents, { recursive: true });
  const worker = await startMeasuredWorker(
    stand,
    workerEnvironment({
      environment: stand.environment,
      temporalAddress: stand.temporal.address,
      sandboxOrigin: origin,
      real: [],
      policy: writePolicy(stand, course),
      documents,
    }),
  );
  await feedPoller(stand).pause();
  return {
    worker,
    pids: { sandbox: sandbox.pid },
    offer: (orders) => offer(origin, orders, stand.nextSeed()),
    looks: () => looks(origin),
    async stop() {
      await worker.part.stop();
      await sandbox.stop();
    },
  };
}

function writePolicy(stand: Stand, course: Course): string {
  const path = join(stand.folder, 'waybill.policy.json');
  const policy = example();
  const limits = [{ currency: 'GBP', above: '0.00', approvers: [] }];
  const approval = course === 'through' ? policy.approval : { ...policy.approval, limits };
  writeFileSync(
    path,
    JSON.stringify({ ...policy, approval, polling: { ...policy.polling, claritum: pollInterval(stand) } }),
  );
  return path;
}

/** Far more than any run needs, in the first lot: no order competes with another for what a lot has left. */
const ON_HAND = '900000000';

/**
 * Every third order of the seed goes straight through (docs/sandbox.md#reset); the others are withdrawn before anyone
 * saw them.
 */
async function offer(origin: string, orders: number, seed: number): Promise<void> {
  const { purchaseOrders } = (await control(origin, 'reset', { orders: orders * 3, seed })) as {
    purchaseOrders: string[];
  };
  for (const { lot, itemId: item, siteId: site } of lots.slice(0, 1)) {
    await control(origin, 'world', { stock: { vendor: 'northscope', lot, item, site, onHand: ON_HAND } });
  }
  for (const [index, orderRef] of purchaseOrders.entries()) {
    if (index % 3 !== 0) await control(origin, 'world', { cancel: { orderRef } });
  }
}

async function control(origin: string, what: string, body: object): Promise<unknown> {
  const response = await fetch(`${origin}/_sandbox/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${what} ${JSON.stringify(body)}: ${response.status} ${JSON.stringify(answer)}`);
  return answer;
}

async function looks(origin: string): Promise<number> {
  const response = await fetch(`${origin}/_sandbox/ledger`);
  const { calls } = (await response.json()) as { readonly calls: readonly { readonly operation: string }[] };
  return calls.filter(({ operation }) => operation === 'getPurchaseOrders').length;
}
