import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { lines, say, type Printable } from '../output';
import { silentSentence, silentVendors } from '../orders/silent-vendors';

/** Milliseconds between two looks; what is silent for less than a minute is not told anyway. */
const LOOK_MS = 15_000;

/**
 * Says which vendors orders wait for, as often as that changes, until the signal.
 *
 * @param tell prints for a person
 */
export async function tellSilence(client: Client, tell: (line: Printable) => void, signal: AbortSignal): Promise<void> {
  let told = '';
  while (!signal.aborted) {
    const silent = await silentVendors(client).catch(() => undefined);
    // Temporal does not answer: whoever watches its process tells that.
    if (silent !== undefined) {
      const now = lines(silent.map(silentSentence));
      if (now.toString() !== told) tell(silent.length === 0 ? say`No order waits for a silent vendor any more.` : now);
      told = now.toString();
    }
    await sleep(LOOK_MS, undefined, { signal, ref: false }).catch(ended);
  }
}

/** The end of the pause by its signal is no failure. */
function ended(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}
