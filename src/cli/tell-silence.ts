import { setTimeout as sleep } from 'node:timers/promises';
import { lines, say, type Printable } from '../terminal/output';
import type { Standing } from './orders/standing';

/** Milliseconds between two looks; what is silent for less than a minute is not told anyway. */
const LOOK_MS = 15_000;

/** How it is looked, told and waited. */
export interface Watching {
  /** What an operator has to know now. */
  readonly look: () => Promise<readonly Standing[]>;
  /** Prints for a person. */
  readonly tell: (line: Printable) => void;
  /** Ends with the time between two looks, or at once with the signal. */
  readonly pause: (signal: AbortSignal) => Promise<void>;
}

/**
 * Says what an operator has to know: once when it begins, and once when it is over, until the signal. What is counted in it
 * may change meanwhile; that is no news, but where it says so.
 */
export async function tellSilence({ look, tell, pause }: Watching, signal: AbortSignal): Promise<void> {
  let told: readonly Standing[] = [];
  while (!signal.aborted) {
    const now = await look().catch((error: unknown) => [
      ...told.filter(({ about }) => about !== UNSEEN),
      unseen(error),
    ]);
    if (signal.aborted) return;
    const begun = now.filter((one) => !told.some((other) => isSame(one, other) && one.count === other.count));
    const over = told.filter((one) => !now.some((other) => isSame(one, other)));
    const isWell = told.length > 0 && now.length === 0;
    const news = [
      ...begun.map(({ says }) => says),
      ...over.map(({ says }) => say`Over:  ${says}`),
      ...(isWell ? [say`Every vendor answers, and no record is set aside.`] : []),
    ];
    if (news.length > 0) tell(lines(news.map((sentence) => say`${clock()}  ${sentence}`)));
    told = now;
    await pause(signal);
  }
}

/** Fifteen seconds, or less where the signal comes. */
export const untilNextLook = (signal: AbortSignal): Promise<void> =>
  sleep(LOOK_MS, undefined, { signal, ref: false }).catch(ended);

const clock = (): string => new Date().toISOString().slice(11, 19);

const isSame = (one: Standing, other: Standing): boolean => one.about === other.about;

const UNSEEN = 'unseen';
/** A look that failed: what was told before is neither over nor still so. */
function unseen(failed: unknown): Standing {
  const error = failed instanceof Error && failed.cause instanceof Error ? failed.cause : failed;
  const reason = error instanceof Error ? error.message : String(error);
  return {
    about: UNSEEN,
    says: say`Temporal does not say whether vendors answer and records are set aside: ${reason}`,
  };
}

/** The end of the pause by its signal is no failure. */
function ended(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}
