import type { FeedName } from '../case/names';
import type { CaseProgress } from '../case/progress';
import type { Kept } from './kept';
import { nothingSetAside, type SetAsideIndex } from './set-aside';

/** Since when a source cannot be read. */
export interface Unread {
  /** ISO instant of the first look that failed. */
  readonly since: string;
  /** How many looks have failed since, as far as the feed was told. */
  readonly tries: number;
  /** What came back last. */
  readonly because: string;
}

/** What one look took over, by what it is: `started`, `known` … */
export type Counts = Readonly<Record<string, number>>;

/**
 * All that a feed knows. Plain data: it is carried from history to history, and stands in the memo of the workflow, where it
 * outlives a termination and can be read without a worker.
 */
export interface FeedState {
  /** Of what the last look listed; null where everything is to be looked at anew. Only the source knows what is in it. */
  readonly watermark: Kept<object> | null;
  readonly setAside: SetAsideIndex;
  /** ISO instant at which the last look began; null before the first. */
  readonly lookedAt: string | null;
  /** The same of the last look that read the source. */
  readonly readAt: string | null;
  readonly unread: Unread | null;
  /** ISO instant since when it looks by itself no longer; null while it does. */
  readonly pausedSince: string | null;
}

export const newFeed: FeedState = {
  watermark: null,
  setAside: nothingSetAside,
  lookedAt: null,
  readAt: null,
  unread: null,
  pausedSince: null,
};

/** What a feed does, and what is so while it does not: sentences without their end. */
export const feedWork: Readonly<Record<FeedName, { readonly does: string; readonly heldUp: string }>> = {
  claritum: { does: 'what is new is taken over', heldUp: 'nothing new is taken over from Claritum' },
  northscope: {
    does: 'orders that wait for the warehouse are told what changes there',
    heldUp: 'orders are not told what changes in NorthScope, and look there by themselves now and then',
  },
};

export type FeedStage = 'looking' | 'paused';

/** What a feed answers to the query `progress`. */
export interface FeedProgress extends CaseProgress<FeedStage>, FeedState {
  readonly orderRef: null;
  readonly source: FeedName;
}

/** The state in the memo of a feed, where each member is one of its own; undefined where there is none. */
export function feedStateOf(memo: Readonly<Record<string, unknown>> | undefined): FeedState | undefined {
  // What is null may be missing in a memo.
  const state: unknown = { ...newFeed, ...memo };
  return memo !== undefined && 'setAside' in memo && isFeedState(state) ? state : undefined;
}

const isFeedState = (value: unknown): value is FeedState =>
  typeof value === 'object' && value !== null && 'setAside' in value && typeof value.setAside === 'object';
