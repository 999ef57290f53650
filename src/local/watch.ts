import { join } from 'node:path';
import { CliError } from '../terminal/cli-error';
import { block, note, say, type Printable } from '../terminal/output';
import { lastLines } from './log-tail';
import type { Part } from './parts';
import type { Stack } from './stack';

const FIRST_RESTART_MS = 1_000;
const LONGEST_RESTART_MS = 30_000;
/** What a process writes about its own end it writes just before. */
const LAST_WORDS_MS = 5_000;

/**
 * Brings a fallen worker back, ever more slowly, until the user stops or Temporal or the sandbox falls.
 *
 * @param logs the folder with `temporal.log` and so on
 * @throws CliError where Temporal or the sandbox falls: what happened, what becomes of the rest, what its log says of it
 */
export async function watch(stack: Stack, logs: string, isStopping: () => boolean): Promise<never> {
  const over = new AbortController();
  const fallen = (name: string, part: Part): Promise<never> =>
    part.ended.then(({ reason }) => {
      over.abort();
      throw new CliError(fall(part.name, reason, join(logs, `${name}.log`)));
    });
  return Promise.race([
    fallen('temporal', stack.temporal.part),
    fallen('sandbox', stack.sandbox.part),
    keepWorker(stack, logs, () => isStopping() || over.signal.aborted),
  ]);
}

/** Without the log's older lines: they tell of other things, and read as if they were the cause. */
const fall = (name: string, reason: string, log: string): Printable =>
  say`The ${name} ${reason}. Everything else was stopped too. The orders are kept; start again to go on.\n${lastLines(log, new Date(Date.now() - LAST_WORDS_MS))}`;

async function keepWorker(stack: Stack, logs: string, isOver: () => boolean): Promise<never> {
  let worker = stack.worker;
  for (let pause = FIRST_RESTART_MS; ;) {
    const begun = Date.now();
    const { reason } = await worker.ended;
    // Asked after the pause too: a worker ended because all ends must not come back.
    if (isOver()) return new Promise<never>(() => undefined);
    if (Date.now() - begun > LONGEST_RESTART_MS) pause = FIRST_RESTART_MS;
    note(say`The worker ${reason}; starting it again in ${pause / 1000} s (log: ${join(logs, 'worker.log')}).`);
    await new Promise((done) => setTimeout(done, pause));
    if (isOver()) return new Promise<never>(() => undefined);
    pause = Math.min(pause * 2, LONGEST_RESTART_MS);
    try {
      worker = await stack.startWorker();
      note(say`The worker is back.`);
    } catch (error) {
      if (!isOver()) note(block(error instanceof Error ? error.message : String(error)));
    }
  }
}
