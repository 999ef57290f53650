import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, type Worker } from '@temporalio/worker';
import { WorkflowFailedError } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { CasePolicy } from '../../../src/domain/case/policy';
import { installQuietRuntime, openTemporal } from '../temporal';
import { CarefulPerson } from './careful-person';
import { type Cell, cells, faults, isOnAndOn, modes, NO_ANSWER, settleMsOf } from './carry-out-cells';
import { complaints, type Evidence } from './judge';
import { overtakeSignal, type People, type SmallInput, type smallCase } from './small-case';
import { SmallVendor } from './small-vendor';
import { createSmallWorker } from './small-worker';

jest.setTimeout(240_000);

const QUEUE = 'small';
const DOOMED = 'doomed';
/** So many cases are under way beside each other. */
const AT_ONCE = 150;
/** Until when a case must have ended. */
const PATIENCE = '90 seconds';

/** Whose process is killed comes first, since it is killed when all of them are in the middle of their call; then who waits. */
function turnOf({ fault }: Cell): number {
  if (fault.kills) return 0;
  return fault.type === NO_ANSWER || fault.end === 'session lost' || fault.effect === 'before the look' ? 1 : 2;
}
const byRef = new Map(
  cells.toSorted((a, b) => turnOf(a) - turnOf(b)).map((cell, index) => [`small-${index + 1}`, cell] as const),
);
const doomed = cells.filter(({ fault }) => fault.kills).length;

const policyOf = ({ fault, way }: Cell): CasePolicy => {
  // Only what never answers is waited for in vain: elsewhere a busy machine must not make time-outs of its own.
  const limit = fault.type === NO_ANSWER ? '10 seconds' : '1 minute';
  return {
    approval: { remindEvery: null },
    fulfilment: {
      settle: `${settleMsOf(fault)} milliseconds`,
      longestPause: isOnAndOn(way) ? '500 milliseconds' : '5 seconds',
      // Longer than a busy machine takes for a call: then nobody is asked about one that is only slow.
      askAfter: isOnAndOn(way) ? '4 seconds' : '1 hour',
      longestHistory: 10_000,
      calls: { write: limit, read: limit },
    },
  };
};

const inputOf = (ref: string, cell: Cell): SmallInput => ({
  ref,
  mode: cell.mode,
  mayGiveUp: cell.way !== 'on and on, done by hand',
  policy: policyOf(cell),
  queue: cell.fault.kills ? DOOMED : QUEUE,
});

let temporal: TestWorkflowEnvironment;
let child: ChildProcess;
let vendor: SmallVendor;
const workers: Worker[] = [];
const running: Promise<void>[] = [];
const errors: unknown[] = [];
const judged: Evidence[] = [];
/** What became of the cases that did not come to an end of their own, by cell. */
const unended = new Map<Cell, string>();

/** Once all calls are under way whose process is to be killed, it is; another one takes over its queue. */
async function kill(origin: string): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
  run(await createSmallWorker({ ...server(), queue: DOOMED, origin }));
}

const server = () => ({ connection: temporal.nativeConnection, namespace: temporal.namespace ?? '' });

function run(worker: Worker): void {
  workers.push(worker);
  running.push(worker.run());
}

async function changeMind(ref: string, { way }: Cell): Promise<void> {
  const handle = temporal.client.workflow.getHandle(ref);
  if (way === 'overtaken meanwhile') await handle.signal(overtakeSignal);
  if (way === 'called off meanwhile') await handle.cancel();
}

beforeAll(async () => {
  installQuietRuntime();
  const workflowsPath = require.resolve('./small-case');
  // As in `worker/bundle.ts`: loaded once, not for every case.
  const preloadModules = [require.resolve('../../../workflows/case/stack-depth'), workflowsPath];
  const bundling = bundleWorkflowCode({ workflowsPath, preloadModules, logger: new DefaultLogger('ERROR') });
  temporal = await openTemporal();
  let origin = '';
  const onHeld = (count: number): void => {
    if (count === doomed) kill(origin).catch((error: unknown) => errors.push(error));
  };
  vendor = new SmallVendor(byRef, changeMind, onHeld);
  origin = await vendor.open();
  const program = resolve(__dirname, 'doomed-worker.ts');
  const { namespace } = server();
  child = spawn(process.execPath, ['--import', 'tsx', program, temporal.address, namespace, DOOMED, origin], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const { client } = temporal;
  const person = new CarefulPerson(client, (ref) => vendor.book(ref));
  const asked = {
    fn: (_: unknown, ref: string, open: Parameters<People['people']['asked']>[1]): void => {
      person.answer(ref, open).catch((error: unknown) => errors.push(error));
    },
  };
  const workflowBundle = await bundling;
  const workflows = { workflowBundle, sinks: { people: { asked } } };
  run(await createSmallWorker({ ...server(), queue: QUEUE, origin, workflows }));

  const open = [...byRef];
  const work = async (): Promise<void> => {
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      const [ref, cell] = next;
      try {
        const told = await client.workflow.execute<typeof smallCase>('smallCase', {
          taskQueue: QUEUE,
          workflowId: ref,
          workflowExecutionTimeout: PATIENCE,
          args: [inputOf(ref, cell)],
        });
        judged.push({ cell, told, first: vendor.book(ref), second: vendor.book(`${ref}/second`) });
      } catch (error) {
        if (!(error instanceof WorkflowFailedError)) throw error;
        unended.set(cell, `did not end: ${String(error.cause)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
});

afterAll(async () => {
  child.kill('SIGKILL');
  vendor.close();
  for (const worker of workers) worker.shutdown();
  await Promise.all(running);
  await temporal.teardown();
});

it.each(modes.map((mode) => mode.name))('carries a write out under every fault: %s', (name) => {
  const wrong = [
    ...[...unended].map(([cell, why]) => ({ cell, why: [why] })),
    ...judged.map((evidence) => ({ cell: evidence.cell, why: complaints(evidence) })),
  ].filter(({ cell, why }) => cell.mode.name === name && why.length > 0);
  expect(wrong.map(({ cell, why }) => [cell.name, ...why])).toEqual([]);
});

it('tried every cell, and every fault in every mode that sends', () => {
  expect(errors).toEqual([]);
  expect(judged.map(({ cell }) => cell.name).toSorted()).toEqual(cells.map(({ name }) => name).toSorted());
  expect(new Set(cells.map(({ name }) => name)).size).toBe(cells.length);
  const tried = new Set(cells.map(({ mode, fault }) => `${mode.name} · ${fault.name}`));
  const missing = modes
    .filter(({ stands }) => !stands)
    .flatMap((mode) => faults.map((fault) => `${mode.name} · ${fault.name}`))
    .filter((name) => !tried.has(name));
  expect(missing).toEqual(['acknowledged locally · killed, happened', 'acknowledged locally · killed, did not happen']);
});
