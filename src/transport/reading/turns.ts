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

/** Values in one record: a thousand lines of a hundred members each. One record is read in one go, so it must have an end. */
export const MOST_VALUES = 100_000;

/** Whether a record has more than {@link MOST_VALUES} values, itself included; looks at no more than those. */
export const isTooLarge = (record: unknown): boolean => valuesIn(record, MOST_VALUES) > MOST_VALUES;

function valuesIn(value: unknown, most: number): number {
  if (typeof value !== 'object' || value === null) return 1;
  let values = 1;
  for (const each of Object.values(value)) {
    values += valuesIn(each, most - values);
    if (values > most) break;
  }
  return values;
}
