import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationFailure, Context } from '@temporalio/activity';
import type { DocumentStore } from '../../src/documents/store';
import { isLasting, LASTING_MS } from '../../src/domain/case/hang';
import { isSameContent } from '../../src/domain/case/news';
import type { FeedName } from '../../src/domain/case/names';
import type { Counts, FeedState, Unread } from '../../src/domain/feed/feed-state';
import type { Kept } from '../../src/domain/feed/kept';
import { setAsideNow, type KeptAside, type SetAside, type SetAsideIndex } from '../../src/domain/feed/set-aside';
import { milliseconds } from '../../src/domain/values/duration';
import type { CallOptions } from '../../src/transport/http/call';
import { VendorError } from '../../src/transport/http/vendor-error';
import { Keeper } from './keeper';

/** A source: how it is read, and whom its records are handed to. All else every feed does alike. */
export interface Source<L, W extends object> {
  /** How often it is looked at, as the policy says it. */
  readonly every: string;
  readonly nothingSeen: W;
  /** @throws VendorError */
  fetch(options: CallOptions): Promise<L>;
  /** Starts and tells the owners of what is new; may be repeated, from the same watermark too. */
  handOver(lists: L, look: HandOver<W>): Promise<HandedOver<W>>;
}

export interface HandOver<W extends object> {
  /** Of what the look before listed. */
  readonly watermark: W;
  /** Somebody wants everything to be offered, also what was listed before with the same content. */
  readonly isAnew: boolean;
  /** When the source was asked. */
  readonly readAt: Date;
}

export interface HandedOver<W extends object> {
  readonly counts: Counts;
  /** All that nobody takes at present, not only what is new. */
  readonly setAside: readonly SetAside[];
  readonly watermark: W;
}

export interface LookInput extends Omit<FeedState, 'pausedSince'> {
  readonly source: FeedName;
  /** A caller waits for a look. It is made at once, offers everything again, and is answered in any case. */
  readonly isAsked: boolean;
}

/** What came of looking; texts and counts, and no record. */
export interface Looked extends Pick<FeedState, 'lookedAt' | 'readAt' | 'unread'> {
  /** Null where the last look found everything as it was. */
  readonly news: FeedNews | null;
}

export interface FeedNews {
  readonly counts: Counts;
  readonly watermark: Kept<object>;
  /** Null where it is as it was. */
  readonly setAside: SetAsideIndex | null;
}

export type Look = (input: LookInput) => Promise<Looked>;

/** What the last look with news left. */
interface Remembered<W extends object> {
  readonly watermark: W;
  readonly aside: readonly KeptAside[];
}

/** How long a source without news is looked at in one activity. */
const LONGEST_MS = 5 * 60_000;
/** How long the answer of a source may take. */
const FETCH_MS = 2 * 60_000;
const LONGEST_PAUSE_MS = 60_000;
const BEAT_MS = 1_000;

/**
 * Looks at a source at its interval until there is something to tell: news, a source that cannot be read any more or can
 * again, or the time is up. Where it is told to end (the feed is asked to look at once, the worker stops) it ends with
 * what it has, and never in the middle of handing over.
 *
 * @param stopping aborted when the worker begins to stop, long before it cancels what still runs
 */
export function feedOf<L, W extends object>(
  source: Source<L, W>,
  documents: DocumentStore,
  stopping: AbortSignal,
): Look {
  const keeper = new Keeper(documents);
  const remembered = async ({ watermark, setAside }: LookInput): Promise<Remembered<W>> => ({
    watermark: await keeper.watermark(watermark, source.nothingSeen),
    aside: await keeper.setAside(setAside),
  });

  /** Undefined where all is as it was, and nobody asked. */
  async function newsOf(
    lists: L,
    { watermark, aside }: Remembered<W>,
    last: LookInput,
    lookedAt: string,
  ): Promise<FeedNews | undefined> {
    const handedOver = await source.handOver(lists, { watermark, isAnew: last.isAsked, readAt: new Date(lookedAt) });
    const setAside = setAsideNow(handedOver.setAside, aside, lookedAt);
    const unchanged = isSameContent(handedOver.watermark, watermark) ? last.watermark : null;
    // What the index counts may be more than what could be read of it.
    const isAsideSame = isSameContent(setAside, aside) && last.setAside.count === setAside.length;
    if (unchanged !== null && isAsideSame && !last.isAsked) return undefined;
    return {
      counts: handedOver.counts,
      watermark: unchanged ?? (await keeper.keepWatermark(handedOver.watermark, last.watermark)),
      setAside: isAsideSame ? null : await keeper.keepSetAside(setAside, last.setAside),
    };
  }

  return async (input) =>
    beating(async () => {
      const ended = AbortSignal.any([Context.current().cancellationSignal, stopping]);
      const until = Date.now() + patienceWith(input.unread);
      const before = await remembered(input);
      let { lookedAt, readAt, unread } = input;
      for (;;) {
        const due = input.isAsked ? 0 : dueAt(lookedAt, milliseconds(source.every), unread);
        if (!(await isDue(due, until, ended, input))) return { lookedAt, readAt, unread, news: null };
        const startedAt = new Date().toISOString();
        const read = await attempted(() => source.fetch({ signal: ended, deadlineMs: FETCH_MS }));
        if (ended.aborted) continue;
        lookedAt = startedAt;
        if ('because' in read) {
          const wasRead = unread === null;
          unread = { since: unread?.since ?? startedAt, tries: (unread?.tries ?? 0) + 1, because: read.because };
          if (wasRead || input.isAsked) return { lookedAt, readAt, unread, news: null };
          continue;
        }
        readAt = startedAt;
        const news = await newsOf(read.lists, before, input, startedAt);
        if (news !== undefined || unread !== null) return { lookedAt, readAt, unread: null, news: news ?? null };
      }
    });
}

/** A source that cannot be read is told of as soon as lists show it. */
const patienceWith = (unread: Unread | null): number =>
  unread !== null && !isLasting(unread, Date.now()) ? LASTING_MS : LONGEST_MS;

/** When to look again: at the interval; ever more rarely, up to once a minute, while the source cannot be read. */
function dueAt(lookedAt: string | null, everyMs: number, unread: Unread | null): number {
  if (lookedAt === null) return 0;
  const pause = everyMs * 2 ** Math.min(unread?.tries ?? 0, 10);
  // A clock that was set back, or another worker's, must not put the next look off.
  const from = Math.min(Date.parse(lookedAt), Date.now());
  return from + (unread === null ? everyMs : Math.min(pause, Math.max(everyMs, LONGEST_PAUSE_MS)));
}

/**
 * Waits until it is time to look; false where the activity is to end before.
 *
 * @throws ApplicationFailure where somebody waits for this look and the worker stops: another makes it
 */
async function isDue(due: number, until: number, ended: AbortSignal, { isAsked }: LookInput): Promise<boolean> {
  const wait = Math.min(due, until) - Date.now();
  if (!ended.aborted && wait > 0) {
    try {
      await sleep(wait, undefined, { signal: ended });
    } catch (error) {
      if (!ended.aborted) throw error;
    }
  }
  if (ended.aborted && isAsked) throw ApplicationFailure.retryable('the worker stops before it has looked');
  return !ended.aborted && due <= until;
}

/** What the source answered, or why it could not be read. */
async function attempted<L>(fetch: () => Promise<L>): Promise<{ readonly lists: L } | { readonly because: string }> {
  try {
    return { lists: await fetch() };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return { because: error.message };
  }
}

/** Sends heartbeats, so that Temporal notices a killed worker and can cancel this. */
async function beating<T>(work: () => Promise<T>): Promise<T> {
  const context = Context.current();
  const timer = setInterval(() => context.heartbeat(), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** The activities of the feeds that look on one queue. */
export function createFeedActivities(feeds: Readonly<Partial<Record<FeedName, Look>>>) {
  return {
    /**
     * Looks at a source at its interval, and starts or signals the workflow that owns each record that is new. Fetch and
     * hand-over are one heartbeating activity, so that the records pass through no history but their own.
     *
     * Safe to repeat: yes, a workflow that exists is not started again, and its owner compares what it is told by content.
     * Looks up first: nothing; the workflow id is the lock.
     * Undone by: nothing.
     * Fails for good with: nothing; a source that cannot be read is told of, and looked at again.
     */
    async lookForNews(input: LookInput): Promise<Looked> {
      const look = feeds[input.source];
      if (look === undefined) throw ApplicationFailure.retryable(`no feed ${input.source} looks on this queue`);
      return look(input);
    },
  };
}
export type FeedActivities = ReturnType<typeof createFeedActivities>;
