import { PATIENT_WRITE_MS, changingPolicy, WRITE_MS } from './profile';
import { inBatches } from './matrix';
import { Lane } from './lane';
import type { Victim } from './play';
import { SequenceBatch } from './sequence-batch';
import { vendorStates, type SequenceCell } from './sequence-cells';
import { judgedSequences, type JudgedSequences } from './sequence-verdict';
import { TemporalServer } from './temporal-server';
import { WorkerProcess } from './worker-process';

export interface SequenceOptions {
  readonly cells: readonly SequenceCell[];
  readonly cli: string;
  /** The workflow bundle. */
  readonly codePath: string;
  readonly seed: number;
  /** How many worlds run beside each other, and how many orders are in flight in each. */
  readonly lanes: number;
  readonly inFlight: number;
  /** Told of every batch that has ended. */
  readonly onJudged: (judged: JudgedSequences, left: number) => void;
}

/** Kills mostly wait for time-outs, so many of them fit beside each other. */
const KILL_LANES = 4;

/** Seeds of second tries lie far from those of batches: an order number is used once. */
const AGAIN = 1_000;

interface Job {
  readonly cells: readonly SequenceCell[];
  readonly seed: number;
}

/** Runs every sequence: kills one at a time in worlds of their own, everything else many at once. */
export async function runSequences(options: SequenceOptions): Promise<readonly JudgedSequences[]> {
  const { cells, seed, inFlight, lanes, onJudged } = options;
  const all: JudgedSequences[] = [];
  if (cells.length === 0) return all;
  let left = cells.length;
  const done = (result: JudgedSequences): void => {
    all.push(result);
    left -= result.results.length;
    onJudged(result, left);
  };
  const batches = vendorStates.flatMap((vendor) => {
    const some = cells.filter((cell) => cell.vendor === vendor);
    return inBatches(some, vendor === 'killed' ? 1 : inFlight);
  });
  const jobs: Job[] = batches.map((some, index) => ({ cells: some, seed: seed * 100 + index }));
  const isKill = ({ cells: [cell] }: Job): boolean => cell?.vendor === 'killed';
  const [kills, others] = [jobs.filter(isKill), jobs.filter((job) => !isKill(job))];
  const [killLanes, workLanes] = [Math.min(lanes * KILL_LANES, kills.length), Math.min(lanes, others.length)];
  const namespaces = Array.from({ length: killLanes + workLanes }, (_, index) => `sequences-${index + 1}`);
  const server = await TemporalServer.start({ cli: options.cli, namespaces });
  try {
    await Promise.all(
      namespaces.map(async (namespace, index) => {
        const open = index < killLanes ? kills : others;
        const world = { address: server.address, namespace, codePath: options.codePath };
        const lane = index < killLanes ? await killLane(world) : await workLane(world);
        try {
          for (let job = open.shift(); job !== undefined; job = open.shift()) done(await runJob(lane, job));
        } finally {
          await lane.close();
        }
      }),
    );
  } finally {
    await server.stop();
  }
  return all;
}

/** A world with whoever works there. */
interface Working {
  readonly lane: Lane;
  readonly victim: Victim | undefined;
  readonly logs: () => readonly string[];
  close(): Promise<void>;
}

interface Place {
  readonly address: string;
  readonly namespace: string;
  readonly codePath: string;
}

async function workLane({ address, namespace, codePath }: Place): Promise<Working> {
  const policy = changingPolicy(PATIENT_WRITE_MS);
  const lane = await Lane.open({ address, namespace, policy, people: false });
  await lane.work(policy, codePath);
  return { lane, victim: undefined, logs: () => [], close: () => lane.close() };
}

async function killLane({ address, namespace, codePath }: Place): Promise<Working> {
  const lane = await Lane.open({ address, namespace, policy: changingPolicy(WRITE_MS), people: false });
  const start = (): Promise<WorkerProcess> =>
    WorkerProcess.start({ ...lane.environment, WAYBILL_TEST_BUNDLE: codePath });
  let worker = await start();
  const logs = [worker.output];
  const victim: Victim = {
    get pid() {
      return worker.pid;
    },
    kill: () => worker.kill(),
    replace: async () => {
      await worker.kill();
      worker = await start();
      logs.push(worker.output);
    },
  };
  return {
    ...{ lane, victim },
    logs: () => logs.flat(),
    close: async () => {
      await worker.kill();
      await lane.close();
    },
  };
}

/** Whoever missed its moment or its fault is tried once more, alone, and only then counts as never having met it. */
async function runJob(working: Working, { cells, seed }: Job): Promise<JudgedSequences> {
  const first = await runBatch(working, { cells, seed });
  const idle = cells.filter(({ name }) => first.results.some((result) => result.name === name && result.isIdle));
  const again: JudgedSequences[] = [];
  for (const [index, cell] of idle.entries())
    again.push(await runBatch(working, { cells: [cell], seed: AGAIN + seed * 10 + index }));
  const repeated = new Set(idle.map(({ name }) => name));
  return {
    results: [...first.results.filter(({ name }) => !repeated.has(name)), ...again.flatMap(({ results }) => results)],
    ofRun: [
      ...first.ofRun.filter(({ invariant }) => repeated.size === 0 || invariant !== 'faults fired'),
      ...again.flatMap(({ ofRun }) => ofRun),
    ],
  };
}

async function runBatch({ lane, victim, logs }: Working, { cells, seed }: Job): Promise<JudgedSequences> {
  const batch = new SequenceBatch(lane, cells, seed, victim);
  await batch.run();
  const judged = await judgedSequences(batch, logs());
  await batch.close();
  return judged;
}
