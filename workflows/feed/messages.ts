import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { AuditEntry, Decision } from '../../src/domain/case/decision';
import type { Counts, FeedProgress } from '../../src/domain/feed/feed-state';
import type { KeptAside } from '../../src/domain/feed/set-aside';

/** What came of a look that was asked for. */
export interface LookAnswer {
  readonly counts: Counts;
  /** The first ones of all that is set aside at present, not only by this look; the rest is counted. */
  readonly setAside: readonly KeptAside[];
  readonly moreSetAside: number;
}

/**
 * Looks at the source at once, whatever its interval and also while the feed is paused, and offers everything that is listed
 * to its owners, new or not. It is answered by the first look that began after it came. A source that cannot be read is thrown as `NotRead`, with the reason.
 */
export const lookUpdate = defineUpdate<LookAnswer, [undefined]>('look');
/** From now on it looks only where it is asked to, by `look`. */
export const pauseSignal = defineSignal('pause');
/** It looks at its interval again. */
export const goOnSignal = defineSignal('goOn');
export const feedProgressQuery = defineQuery<FeedProgress>('progress');

export interface OrdersVanished {
  readonly orderRefs: readonly string[];
  /** How many are listed or absent together. */
  readonly listed: number;
}

/** Orders that Claritum lists no longer, too many at once to be believed. */
export const ordersVanishedSignal = defineSignal<[OrdersVanished]>('ordersVanished');
/** Orders that were asked about and are listed again, or have ended. */
export const ordersExplainedSignal = defineSignal<[{ readonly orderRefs: readonly string[] }]>('ordersExplained');

/** What the question about vanished orders answers to `progress`. */
export interface WithdrawalsProgress {
  readonly decisions: readonly Decision[];
  readonly audit: readonly AuditEntry[];
  readonly orderRef: null;
  /** References of the orders it is about. */
  readonly absent: readonly string[];
  /** References of the orders that were withdrawn, says a person; each has looked for itself. */
  readonly withdrawn: readonly string[];
}
export const withdrawalsProgressQuery = defineQuery<WithdrawalsProgress>('progress');
