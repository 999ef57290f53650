import { createHash } from 'node:crypto';
import { Batch } from './batch';
import type { Cell } from './cells';
import { isHanging } from './faults';
import { judged, type Judged } from './judged';
import { KillLane } from './kills';
import { Lane } from './lane';
import { shortPolicy } from './profile';
import { TemporalServer } from './temporal-server';

export interface MatrixOptions {
  readonly cells: readonly Cell[];
  readonly cli: string;
  /** The workflow bundle. */
  readonly codePath: string;
  readonly seed: number;
  /** How many worlds run beside each other, and how many orders are in flight in each. */
  readonly lanes: number;
  readonly inFlight: number;
  /** Told of every batch that has ended. */
  readonly onJudged: (judged: Judged, left: number) => void;
}

/** Kills mostly wait for time-outs, so more of them fit beside each other. */
const KILL_LANES = 2;

/** Seeds of second tries lie far from those of batches: an order number is used once. */
const AGAIN = 10_000;

interface Job {
  readonly cells: readonly Cell[];
  readonly seed: number;
}

/** Runs every cell; kills one at a time in worlds of their own, everything else many at once. */
export async function runMatrix(options: MatrixOptions): Promise<readonly Judged[]> {
  const { cells, seed, inFlight, onJudged } = options;
  const all: Judged[] = [];
  let left = cells.length;
  const done = (result: Judged): void => {
    all.push(result);
    left -= result.results.length;
    onJudged(result, left);
  };
  const plain = mixed(
    cells.filter(({ fault }) => fault.hits === null),
    seed,
  ).toSorted((a, b) => patience(a) - patience(b));
  const own = plain.filter((each) => !isSharedByAll(each));
  const isWaiting = (each: Cell): boolean => patience(each) >= WAITING;
  const working = own.filter((each) => !isWaiting(each));
  const batches: Job[] = [
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

/** Cut into so many at a time, in their order. */
export function inBatches<C>(cells: readonly C[], size: number): readonly (readonly C[])[] {
  const starts = Array.from({ length: Math.ceil(cells.length / size) }, (_, index) => index * size);
  return starts.map((from) => cells.slice(from, from + size));
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

async function runBatches(options: MatrixOptions, jobs: readonly Job[], done: (judged: Judged) => void): Promise<void> {
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
          for (let job = open.shift(); job !== undefined; job = open.shift()) {
            done(await runJob(lane, job));
          }
        } finally {
          await lane.close();
        }
      }),
    );
  } finally {
    await server.stop();
  }
}

/**
 * Runs a batch. A gathered call can be hit by one fault only, so some may never have met theirs: these are tried once
 * more, each alone, and only then count as never fallen.
 */
async function runJob(lane: Lane, { cells, seed }: Job): Promise<Judged> {
  const batch = new Batch(lane, cells, seed);
  await batch.run();
  const first = await judged(batch, []);
  const again: Judged[] = [];
  for (const [index, cell] of cells.entries()) {
    if (first.results[index]?.isIdle !== true) continue;
    const alone = new Batch(lane, [cell], AGAIN + seed * 100 + index);
    await alone.run();
    again.push(await judged(alone, []));
  }
  const repeated = new Set(again.flatMap(({ results }) => results.map(({ name }) => name)));
  return {
    results: [...first.results.filter(({ name }) => !repeated.has(name)), ...again.flatMap(({ results }) => results)],
    ofRun: [
      ...first.ofRun.filter(({ invariant }) => repeated.size === 0 || invariant !== 'faults fired'),
      ...again.flatMap(({ ofRun }) => ofRun),
    ],
  };
}

async function runKills(options: MatrixOptions, jobs: readonly Job[], done: (judged: Judged) => void): Promise<void> {
  const { cli, codePath, lanes } = options;
  const open = [...jobs];
  await Promise.all(
    Array.from({ length: Math.min(lanes * KILL_LANES, jobs.length) }, async () => {
      const lane = await KillLane.open(cli, codePath);
      try {
        for (let job = open.shift(); job !== undefined; job = open.shift()) {
          for (const cell of job.cells) done(await lane.run(cell, job.seed));
        }
      } finally {
        await lane.close();
      }
    }),
  );
}
