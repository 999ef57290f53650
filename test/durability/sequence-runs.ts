import { PATIENT_WRITE_MS, changingPolicy, WRITE_MS } from './profile';
import { inBatches, tally, tried, workOff, type Job, type RunOptions } from './jobs';
import type { Judged } from './judged';
import { Lane } from './lane';
import type { Victim } from './play';
import { SequenceBatch } from './sequence-batch';
import { vendorStates, type SequenceCell } from './sequence-cells';
import { judgedSequences, type SequenceResult } from './sequence-verdict';
import { TemporalServer } from './temporal-server';
import { WorkerProcess } from './worker-process';

/** Kills mostly wait for time-outs, so many of them fit beside each other. */
const KILL_LANES = 4;

/** Runs every sequence: kills one at a time in worlds of their own, everything else many at once. */
export async function runSequences(
  options: RunOptions<SequenceCell, SequenceResult>,
): Promise<readonly Judged<SequenceResult>[]> {
  const { cells, seed, inFlight, lanes } = options;
  const { all, done } = tally(options);
  if (cells.length === 0) return all;
  const batches = vendorStates.flatMap((vendor) => {
    const some = cells.filter((cell) => cell.vendor === vendor);
    return inBatches(some, vendor === 'killed' ? 1 : inFlight);
  });
  const jobs: Job<SequenceCell>[] = batches.map((some, index) => ({ cells: some, seed: seed + index }));
  const isKill = ({ cells: [cell] }: Job<SequenceCell>): boolean => cell?.vendor === 'killed';
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
          await workOff(open, async (job) => done(await tried(job, (each) => runBatch(lane, each))));
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

async function runBatch(
  { lane, victim, logs }: Working,
  { cells, seed }: Job<SequenceCell>,
): Promise<Judged<SequenceResult>> {
  const batch = new SequenceBatch(lane, cells, seed, victim);
  await batch.run();
  const judged = await judgedSequences(batch, logs());
  await lane.terminateAll();
  return judged;
}
