import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { lines, say, type Printable } from '../terminal/output';
import { standing } from './orders/standing';

/** Milliseconds between two looks; what is silent for less than a minute is not told anyway. */
const LOOK_MS = 15_000;

const clock = (): string => new Date().toISOString().slice(11, 19);

/**
 * Says which vendors are silent and what is set aside, as often as that changes, until the signal.
 *
 * @param tell prints for a person
 */
export async function tellSilence(client: Client, tell: (line: Printable) => void, signal: AbortSignal): Promise<void> {
  let told: readonly string[] = [];
  while (!signal.aborted) {
    const sentences = await standing(client).catch(() => undefined);
    // Temporal does not answer: the watch over its process tells that.
    if (sentences !== undefined) {
      const known = new Set(told);
      const news = sentences.filter((sentence) => !known.has(sentence.toString()));
      const kinds = new Set(sentences.map((sentence) => kindOf(sentence.toString())));
      const over = told.filter((sentence) => !kinds.has(kindOf(sentence)));
      if (news.length > 0) tell(lines(news.map((sentence) => say`${clock()}  ${sentence}`)));
      if (over.length > 0 && sentences.length > 0)
        tell(lines(over.map((sentence) => say`${clock()}  No longer so: ${sentence}`)));
      if (told.length > 0 && sentences.length === 0)
        tell(say`${clock()}  Every vendor answers, and no record is set aside.`);
      told = sentences.map(String);
    }
    await sleep(LOOK_MS, undefined, { signal, ref: false }).catch(ended);
  }
}

/** A sentence without its counts and instants: with others it says the same of the same. */
const kindOf = (sentence: string): string => sentence.replaceAll(/\d+/g, '#');

/** The end of the pause by its signal is no failure. */
function ended(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}
