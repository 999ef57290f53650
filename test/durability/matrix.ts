import { Batch } from './batch';
import type { Cell } from './cells';
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
  const plain = cells.filter(({ fault }) => fault.hits === null).toSorted((a, b) => patience(a) - patience(b));
  const batches: Job[] = [];
  for (let from = 0; from < plain.length; from += inFlight) {
    batches.push({ cells: plain.slice(from, from + inFlight), seed: seed + batches.length });
  }
  await runBatches(options, batches, done);
  const kills = cells.filter(({ fault }) => fault.hits !== null);
  await runKills(
    options,
    kills.map((cell, index) => ({ cells: [cell], seed: seed + index })),
    done,
  );
  return all;
}

/** Cells that wait longest go together and last, so that they do not hold up the others. */
function patience({ mode, fault, lookupFault }: Cell): number {
  const isHanging = ['timeout', 'slow-beyond-deadline'].includes(lookupFault?.name ?? '');
  if (isHanging && mode !== 'once') return 3;
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
            const batch = new Batch(lane, job.cells, job.seed);
            await batch.run();
            done(await judged(batch, []));
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
