import {
  ActivityCancellationType,
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  condition,
  isCancellation,
  proxyActivities,
  setHandler,
  upsertMemo,
} from '@temporalio/workflow';
import type { FeedActivities, Looked } from '../../activities/feeds/feed';
import { isLasting, vendorTitles } from '../../src/domain/case/hang';
import { isSameContent } from '../../src/domain/case/news';
import { feedQueues, type FeedName } from '../../src/domain/case/names';
import type { FeedProgress, FeedState, Unread } from '../../src/domain/feed/feed-state';
import { bounded } from '../../src/domain/values/bounds';
import { showAttributes } from '../case/attributes';
import { showDetails } from '../case/details';
import { feedDetails, waitsFor } from './details';
import { feedProgressQuery, goOnSignal, lookUpdate, pauseSignal, type LookAnswer } from './messages';

/** What a look that was asked for came to. */
type Answer = LookAnswer | { readonly notRead: string };

/** One feed: what it knows, what it is told, and what people see of it. */
export class FeedCase {
  /** How many looks were asked for, and how many of those have been answered. */
  #asked = 0;
  #answered = 0;
  #answer: Answer | undefined;
  /** The look that nobody asked for, while it waits for its interval or for news. */
  #own: CancellationScope | undefined;
  #shown = '';
  /** What the memo holds. */
  #kept: FeedState;

  constructor(
    readonly source: FeedName,
    public state: FeedState,
  ) {
    this.#kept = state;
  }

  get isAsked(): boolean {
    return this.#asked > this.#answered;
  }

  get isWanted(): boolean {
    return this.isAsked || this.state.pausedSince === null;
  }

  listen(): void {
    setHandler(feedProgressQuery, () => this.progress());
    setHandler(lookUpdate, () => this.#lookAtOnce());
    setHandler(pauseSignal, () => {
      if (this.state.pausedSince !== null) return;
      this.#set({ pausedSince: new Date().toISOString() });
      this.#own?.cancel();
    });
    setHandler(goOnSignal, () => this.#set({ pausedSince: null }));
    this.#show();
  }

  /** Waits for a look that began after this. @throws ApplicationFailure `NotRead` where the source could not be read */
  async #lookAtOnce(): Promise<LookAnswer> {
    this.#asked += 1;
    const mine = this.#asked;
    this.#own?.cancel();
    await condition(() => this.#answered >= mine);
    const answer = this.#answer;
    if (answer === undefined || 'notRead' in answer)
      throw ApplicationFailure.create({ type: 'NotRead', message: answer?.notRead ?? '', nonRetryable: true });
    return answer;
  }

  /** Looks until there is news; once, and for all who have asked by now, where somebody has. */
  async look(): Promise<void> {
    const { isAsked } = this;
    const asked = this.#asked;
    const scope = new CancellationScope();
    this.#own = isAsked ? undefined : scope;
    const looked = await scope.run(() => this.#looked(isAsked));
    this.#own = undefined;
    if (looked === undefined) return;
    const { news, lookedAt, readAt, unread } = looked;
    const { watermark, setAside } = this.state;
    this.#set({
      lookedAt,
      readAt,
      unread,
      watermark: news?.watermark ?? watermark,
      setAside: news?.setAside ?? setAside,
    });
    if (!isAsked) return;
    this.#answer = news === null ? { notRead: unread?.because ?? '' } : this.#told(news.counts);
    this.#answered = asked;
  }

  /** Undefined where it ended before it began. */
  async #looked(isAsked: boolean): Promise<Looked | undefined> {
    const { pausedSince: _, setAside, ...known } = this.state;
    const { lookForNews } = proxyActivities<FeedActivities>({
      taskQueue: feedQueues[this.source],
      summary: `${vendorTitles[this.source]}: ${isAsked ? 'look at once' : 'look for news'}`,
      startToCloseTimeout: '30 minutes',
      heartbeatTimeout: '15 seconds',
      // What was handed over by a look that is told to end must be remembered.
      cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
      retry: { initialInterval: '1 second', maximumInterval: '1 minute', maximumAttempts: 5 },
    });
    try {
      // Where a document holds it, it need not travel with every look.
      const aside = setAside.stored === null ? setAside : { ...setAside, listed: [] };
      return await lookForNews({ ...known, setAside: aside, source: this.source, isAsked });
    } catch (error) {
      if (isCancellation(error)) return undefined;
      if (!(error instanceof ActivityFailure)) throw error;
      const at = new Date().toISOString();
      const { unread, readAt } = known;
      const because = error.cause?.message ?? error.message;
      const failed: Unread = { since: unread?.since ?? at, tries: (unread?.tries ?? 0) + 1, because };
      return { lookedAt: at, readAt, unread: failed, news: null };
    }
  }

  #told(counts: LookAnswer['counts']): LookAnswer {
    const { listed } = bounded(this.state.setAside.listed);
    return { counts, setAside: listed, moreSetAside: this.state.setAside.count - listed.length };
  }

  progress(): FeedProgress {
    const { state, source } = this;
    return {
      ...state,
      source,
      orderRef: null,
      stage: state.pausedSince === null ? 'looking' : 'paused',
      waitingFor: waitsFor(source, state),
      waitingSince: state.unread?.since ?? state.pausedSince,
      hangs: [],
      decisions: [],
      audit: [],
      tasks: [],
      steps: [],
    };
  }

  #set(change: Partial<FeedState>): void {
    this.state = { ...this.state, ...change };
    this.#show();
  }

  /** Search attributes and memo cost an event each, and are written only where they change. */
  #show(): void {
    const { state, source } = this;
    const attributes = {
      Stage: state.pausedSince === null ? 'looking' : 'paused',
      WaitingFor: state.unread !== null && isLasting(state.unread, Date.now()) ? source : '',
      Vendor: source,
      Customer: '',
    };
    const shown = JSON.stringify(attributes);
    if (shown !== this.#shown) showAttributes(attributes);
    this.#shown = shown;
    const { lookedAt, readAt, ...others } = state;
    const before: Readonly<Record<string, unknown>> = { ...this.#kept };
    const changed = Object.entries(others).filter(([name, value]) => !isSameContent(value, before[name]));
    // The time of the last look is not worth an event.
    if (changed.length > 0) {
      upsertMemo({ lookedAt, readAt, ...Object.fromEntries(changed) });
      this.#kept = state;
    }
    showDetails(feedDetails(source, state));
  }
}
