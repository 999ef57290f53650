/**
 * The feed of one source, which never ends. It reads the source, hands news to the workflows that own it, and remembers
 * what it saw and what was set aside. Looking and handing over are one activity, which returns only with news. So no
 * record passes through this history, and while nothing happens it hardly grows.
 */
import { allHandlersFinished, condition, makeContinueAsNewFunc, workflowInfo } from '@temporalio/workflow';
import type { FeedName } from '../../src/domain/case/names';
import type { FeedState } from '../../src/domain/feed/feed-state';
import { FeedCase } from './feed-case';

export interface FeedInput {
  readonly source: FeedName;
  /** What the feed knew before: of the history before, or of the run that was terminated. */
  readonly state: FeedState;
}

/** Events of a history: some hours of a busy feed, half a day of an idle one. */
const LONGEST_HISTORY = 1_000;
/** Its bytes: what is set aside travels with every look. */
const LARGEST_HISTORY = 1_000_000;

export async function feed({ source, state }: FeedInput): Promise<never> {
  const kept = new FeedCase(source, state);
  kept.listen();
  do {
    await condition(() => kept.isWanted);
    await kept.look();
    if (isLong()) await condition(() => allHandlersFinished() || kept.isAsked);
  } while (kept.isAsked || !isLong());
  return makeContinueAsNewFunc<typeof feed>({ memo: { ...kept.state } })({ source, state: kept.state });
}

const isLong = (): boolean => {
  const { historyLength, historySize } = workflowInfo();
  return historyLength >= LONGEST_HISTORY || historySize >= LARGEST_HISTORY;
};
