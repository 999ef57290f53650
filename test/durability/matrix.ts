import { createHash } from 'node:crypto';
import { Batch } from './batch';
import type { Cell } from './cells';
import { isHanging } from './faults';
import { inBatches, tally, tried, workOff, type Job, type RunOptions } from './jobs';
import { judged, type Judged } from './judged';
import { KillLane } from './kills';
import { Lane } from './lane';
import { shortPolicy } from './profile';
import { TemporalServer } from './temporal-server';
import type { CellResult } from './verdict';

type MatrixOptions = RunOptions<Cell, CellResult>;

type Done = (judged: Judged<CellResult>) => void;

/** Kills mostly wait for time-outs, so more of them fit beside each other. */
const KILL_LANES = 2;

/** Runs every cell; kills one at a time in worlds of their own, everything else many at once. */
export async function runMatrix(options: MatrixOptions): Promise<readonly Judged<CellResult>[]> {
  const { cells, seed, inFlight } = options;
  const { all, done } = tally(options);
  const plain = mixed(
    cells.filter(({ fault }) => fault.hits === null),
    seed,
  ).toSorted((a, b) => patience(a) - patience(b));
  const own = plain.filter((each) => !isSharedByAll(each));
  const isWaiting = (each: Cell): boolean => patience(each) >= WAITING;
  const working = own.filter((each) => !isWaiting(each));
  const batches: Job<Cell>[] = [
    ...inBatches(working, inFlight),
    ...inBatches(own.filter(isWaiting), inFlight * 2),
    ...inBatches(plain.filter(isSharedByAll), 1),
  ].map((some, index) => ({ cells: some, seed: seed + index }));
  await runBatches(options, batches, done);
  const kills = cells.filter(({ fault }) => fault.hits !== null);
  await runKills(
    options,
    kills.map((cell, index) => ({ cells: [cell], seed: seed + index })),
    done,
  );
  return all;
}

/** All orders of a world share one session: one that is lost again and again would meet them all. */
const isSharedByAll = ({ fault, lookupFault }: Cell): boolean =>
  [fault, lookupFault].some((each) => each?.settings.fault === 'session-lost');

/**
 * The cells in an order that depends on nothing but the seed: the same operation many times in one batch would be one
 * call where calls are gathered, and of many faults only one can fall on it.
 */
const mixed = (cells: readonly Cell[], seed: number): readonly Cell[] => {
  const place = ({ name }: Cell): string => createHash('sha256').update(`${seed} ${name}`).digest('hex');
  return cells.toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
};

/** Cells that wait longer than they work: more of them fit beside each other. */
const WAITING = 2;

/** Cells that wait longest go together and last, so that they do not hold up the others. */
function patience({ mode, fault, lookupFault, operation }: Cell): number {
  const onRead = lookupFault ?? (operation.isRead ? fault : null);
  if (onRead !== null && isHanging(onRead) && mode !== 'once') return 3;
  if (mode === 'for-ever') return 2;
  return fault.name.startsWith('timeout') || lookupFault !== null ? 1 : 0;
}

async function runBatches(options: MatrixOptions, jobs: readonly Job<Cell>[], done: Done): Promise<void> {
  const { cli, codePath, lanes } = options;
  if (jobs.length === 0) return;
  const namespaces = Array.from({ length: Math.min(lanes, jobs.length) }, (_, index) => `lane-${index + 1}`);
  const server = await TemporalServer.start({ cli, namespaces });
  const open = [...jobs];
  try {
    await Promise.all(
      namespaces.map(async (namespace) => {
        const policy = shortPolicy();
        const lane = await Lane.open({ address: server.address, namespace, policy });
        try {
          await lane.work(policy, codePath);
          await workOff(open, async (job) => done(await tried(job, (each) => runBatch(lane, each))));
        } finally {
          await lane.close();
        }
      }),
    );
  } finally {
    await server.stop();
  }
}

async function runBatch(lane: Lane, { cells, seed }: Job<Cell>): Promise<Judged<CellResult>> {
  const batch = new Batch(lane, cells, seed);
  await batch.run();
  return judged(batch, []);
}

async function runKills(options: MatrixOptions, jobs: readonly Job<Cell>[], done: Done): Promise<void> {
  const { cli, codePath, lanes } = options;
  const open = [...jobs];
  await Promise.all(
    Array.from({ length: Math.min(lanes * KILL_LANES, jobs.length) }, async () => {
      const lane = await KillLane.open(cli, codePath);
      try {
        await workOff(open, async ({ cells, seed }) => {
          for (const cell of cells) done(await lane.run(cell, seed));
        });
      } finally {
        await lane.close();
      }
    }),
  );
}
