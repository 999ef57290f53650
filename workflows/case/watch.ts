import { sleep } from '@temporalio/workflow';
import { milliseconds } from '../../src/domain/values/duration';

/** What is looked at until it is as wanted. */
export interface Watched<T> {
  readonly look: () => Promise<T>;
  readonly isAsWanted: (found: T) => boolean;
  /** Called after each look that found it otherwise. What it throws ends the watching. */
  readonly notYet: (found: T, looks: number) => void;
  /** As an ms-formatted string: how long. */
  readonly within: string;
}

const FIRST_MS = 250;
const LONGEST_MS = 15_000;

/**
 * Looks at something with growing pauses, from a quarter of a second to 15 seconds.
 *
 * @returns what the last look found, and whether that is as wanted; otherwise the time is up
 */
export async function watch<T>({ look, isAsWanted, notYet, within }: Watched<T>) {
  const since = Date.now();
  for (let pause = FIRST_MS, looks = 1; ; pause = Math.min(pause * 2, LONGEST_MS), looks += 1) {
    const found = await look();
    if (isAsWanted(found)) return { found, isAsWanted: true };
    notYet(found, looks);
    if (Date.now() - since >= milliseconds(within)) return { found, isAsWanted: false };
    await sleep(pause);
  }
}
