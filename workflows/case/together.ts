import { carryOut } from './carry-out';
import type { Caller, Write } from './write';

/** A write, and what its caller keeps once it has come to a certain end. */
export interface KeptWrite<T> {
  readonly write: Write<T>;
  readonly keep: (value: T) => void;
}

/**
 * Carries out writes of which none depends on another: their first attempts are sent side by side. Only when all of these have
 * ended is each carried out by itself, with its first attempt behind it, so that nothing is under way beside a question, an
 * undoing or a new history. What succeeded at once is saved before anything is waited for.
 *
 * @throws as {@link carryOut}.
 */
export async function carryOutTogether<T>(caller: Caller, writes: readonly KeptWrite<T>[]): Promise<void> {
  const isSentAtOnce = caller.interruption === null && writes.every(({ write }) => write.lookFirst !== true);
  const scheduledAt = new Date().toISOString();
  const firsts = isSentAtOnce ? writes.map(({ write }) => write.send()) : [];
  const ends = await Promise.allSettled(firsts);
  const attempted = writes.map(({ write, keep }, at) => ({
    write: { ...write, ...begun(write, firsts[at], scheduledAt) },
    keep,
    hasComeOff: ends[at]?.status === 'fulfilled',
  }));
  for (const { write, keep } of [
    ...attempted.filter(({ hasComeOff }) => hasComeOff),
    ...attempted.filter(({ hasComeOff }) => !hasComeOff),
  ])
    keep(await carryOut(caller, write));
}

/** The write with its first attempt behind it. */
function begun<T>(write: Write<T>, first: Promise<T> | undefined, scheduledAt: string): Partial<Write<T>> {
  if (first === undefined) return {};
  let isFirst = true;
  return {
    scheduledAt,
    send: () => {
      const attempt = isFirst ? first : write.send();
      isFirst = false;
      return attempt;
    },
  };
}
