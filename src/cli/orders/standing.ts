import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { isLasting, vendorTitles } from '../../domain/case/hang';
import { feedNames, feedWorkflowId, type FeedName } from '../../domain/case/names';
import { waybill } from '../../domain/values/command-line';
import { feedStateOf, feedWork, newFeed, type FeedState } from '../../domain/feed/feed-state';
import { say, type Printable } from '../../terminal/output';
import { silentSentence, silentVendors } from './silent-vendors';

/** One feed as Temporal knows it, with or without a worker. */
export interface FeedHealth {
  readonly source: FeedName;
  /** Temporal's: running, terminated …; null where there has been none. */
  readonly status: string | null;
  /** As it was at the last news. */
  readonly state: FeedState;
  /** ISO instant of its last sign of life, where that was too long ago; null otherwise. */
  readonly silentSince: string | null;
}

/** It beats every second while it looks. */
const SILENT_MS = 60_000;

/** How every feed stands. @param now epoch milliseconds */
export const feedHealth = (client: Client, now: number = Date.now()): Promise<readonly FeedHealth[]> =>
  Promise.all(feedNames.map((source) => healthOf(client, source, now)));

async function healthOf(client: Client, source: FeedName, now: number): Promise<FeedHealth> {
  try {
    const { status, memo, raw } = await client.workflow.getHandle(feedWorkflowId(source)).describe();
    const [look] = raw.pendingActivities ?? [];
    const sign = look?.lastHeartbeatTime ?? look?.lastStartedTime ?? look?.scheduledTime;
    const at = Number((sign ?? raw.pendingWorkflowTask?.scheduledTime)?.seconds ?? 0) * 1_000;
    const silentSince = at > 0 && now - at >= SILENT_MS ? new Date(at).toISOString() : null;
    return { source, status: status.name.toLowerCase(), state: feedStateOf(memo) ?? newFeed, silentSince };
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    return { source, status: null, state: newFeed, silentSince: null };
  }
}

/** Why nothing new is taken over from a source; undefined where it is, or soon will be. */
export function stillSentence({ source, status, state, silentSince }: FeedHealth): Printable | undefined {
  const { unread, readAt, pausedSince } = state;
  const title = vendorTitles[source];
  const { heldUp } = feedWork[source];
  if (status !== null && status !== 'running')
    return say`${feedWorkflowId(source)} was ended (${status}): ${heldUp} until a worker starts it again.`;
  if (silentSince !== null)
    return say`${feedWorkflowId(source)} has shown no sign of life since ${silentSince}: ${heldUp} until a worker goes on with it.`;
  if (pausedSince !== null)
    return say`${feedWorkflowId(source)} is paused since ${pausedSince}: ${heldUp} until it goes on.`;
  if (unread !== null && isLasting(unread, Date.now()))
    return say`${title} ${readAt === null ? 'was never read' : say`has not been read since ${unread.since}`}; Waybill keeps retrying: ${unread.because}. Until it answers, ${heldUp}.`;
  return undefined;
}

/** How much is set aside; undefined where nothing is. */
export function setAsideSentence({ source, state: { setAside } }: FeedHealth): Printable | undefined {
  const { count } = setAside;
  if (count === 0) return undefined;
  const records = count === 1 ? 'record' : 'records';
  return say`${count} ${records} of ${vendorTitles[source]} ${count === 1 ? 'is' : 'are'} set aside and not taken over (${waybill('show', [feedWorkflowId(source)])} says why).`;
}

/** Something an operator has to know besides the questions. */
export interface Standing {
  /** The same for the same thing, whatever is counted in it meanwhile. */
  readonly about: string;
  /** The count that is news by itself. */
  readonly count?: number;
  readonly says: Printable;
}

/** What is true of the feeds and should not be. */
export async function standingOfFeeds(client: Client): Promise<readonly Standing[]> {
  const feeds = await feedHealth(client);
  return feeds.flatMap((feed) => {
    const about = feedWorkflowId(feed.source);
    const [still, aside] = [stillSentence(feed), setAsideSentence(feed)];
    return [
      ...(still === undefined ? [] : [{ about, says: still }]),
      ...(aside === undefined
        ? []
        : [{ about: `set aside by ${about}`, count: feed.state.setAside.count, says: aside }]),
    ];
  });
}

/** What an operator has to know besides the questions; nothing where all is well. */
export async function standing(client: Client): Promise<readonly Standing[]> {
  const [silent, feeds] = await Promise.all([silentVendors(client), standingOfFeeds(client)]);
  return [...feeds, ...silent.map((vendor) => ({ about: vendor.vendor, says: silentSentence(vendor) }))];
}
