import { setImmediate } from 'node:timers/promises';

/** Milliseconds of work after which others are let in. */
const TURN_MS = 10;

/**
 * Does the work for one item after the other, and lets whatever else waits in this process run in between: ten
 * thousand records would hold it up for seconds.
 */
export async function inTurns<T>(items: readonly T[], work: (item: T, index: number) => void): Promise<void> {
  let since = performance.now();
  for (const [index, item] of items.entries()) {
    if (performance.now() - since > TURN_MS) {
      await setImmediate();
      since = performance.now();
    }
    work(item, index);
  }
}
