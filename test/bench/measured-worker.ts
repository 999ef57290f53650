import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Part } from '../../src/local/parts';
import { workerProcess } from '../../src/local/processes';
import type { Environment } from '../../src/config';
import { logOf, type Stand, startReady } from './stand';
import { eventually, pause } from './watch';

export interface MeasuredWorker {
  readonly part: Part;
  /** What it holds after all of its threads have collected their garbage. */
  settled(): Promise<Memory>;
}

/** In bytes. */
export interface Memory {
  /** Of the process, as the operating system sees it. */
  readonly residentBytes: number;
  /** The same without the room that stands empty on the heaps. */
  readonly heldBytes: number;
  /** In use on the JavaScript heaps of all its threads. */
  readonly heapBytes: number;
}

const COLLECTED_WITHIN_MS = 60_000;
/** What is let go by timers and finalisers (the bundler's caches, closed connections) takes more than one turn. */
const MOST_TURNS = 20;
const BETWEEN_TURNS_MS = 1_000;
const STILL_BYTES = 512 * 1024;

/**
 * Starts a worker process as users run it, with nothing added but the preload that collects garbage when told to.
 *
 * @param script the worker's program where it is not the product's own.
 */
export async function startMeasuredWorker(stand: Stand, env: Environment, script?: string): Promise<MeasuredWorker> {
  const answer = join(stand.folder, 'memory.json');
  const log = logOf(stand.folder, 'worker');
  const spec = workerProcess({ ...env, WAYBILL_BENCH_MEMORY: answer }, log);
  const preload = ['--require', join(__dirname, 'collect-garbage.cjs')];
  const own = spec.args.slice(-1);
  const [part] = await startReady(stand, {
    ...spec,
    log,
    args: [...spec.args.slice(0, -1), ...preload, ...(script === undefined ? own : [script])],
  });
  async function collected(): Promise<Memory> {
    rmSync(answer, { force: true });
    process.kill(part.pid, 'SIGUSR2');
    await eventually(async () => existsSync(answer), { withinMs: COLLECTED_WITHIN_MS, what: 'collected garbage' });
    return JSON.parse(readFileSync(answer, 'utf8')) as Memory;
  }
  return {
    part,
    async settled() {
      let memory = await collected();
      for (let turn = 1; turn < MOST_TURNS; turn += 1) {
        await pause(BETWEEN_TURNS_MS);
        const before = memory;
        memory = await collected();
        if (isStill(before, memory)) break;
      }
      return memory;
    },
  };
}

const isStill = (before: Memory, now: Memory): boolean =>
  (['heapBytes', 'heldBytes', 'residentBytes'] as const).every(
    (what) => Math.abs(before[what] - now[what]) < STILL_BYTES,
  );
