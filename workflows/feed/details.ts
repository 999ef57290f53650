import { vendorTitles } from '../../src/domain/case/hang';
import type { FeedName } from '../../src/domain/case/names';
import { feedWork, type FeedState } from '../../src/domain/feed/feed-state';
import { bounded } from '../../src/domain/values/bounds';
import { asMarkdown, lines, paragraphs, type Markdown } from '../../src/domain/values/markdown';

/** One sentence: why nothing new is taken over; null where it is. */
export function waitsFor(source: FeedName, { unread, pausedSince }: FeedState): string | null {
  if (pausedSince !== null) return `paused since ${pausedSince}: ${feedWork[source].heldUp}`;
  return unread === null
    ? null
    : `${vendorTitles[source]} cannot be read since ${unread.since} (${unread.because}); tried again and again`;
}

/** What the Web UI shows of a feed. */
export function feedDetails(source: FeedName, state: FeedState): Markdown {
  const { readAt, setAside } = state;
  const { listed } = bounded(setAside.listed);
  const more = setAside.count - listed.length;
  const named = listed.map(
    ({ kind, uid, since, reason }) => asMarkdown`- ${kind} ${uid ?? 'without uid'}, since ${since}: ${reason}`,
  );
  return paragraphs([
    asMarkdown`### ${vendorTitles[source]}: ${waitsFor(source, state) ?? feedWork[source].does}`,
    readAt === null ? asMarkdown`It has not been read yet.` : asMarkdown`Read at ${readAt}, and at its interval since.`,
    asMarkdown`#### Set aside: ${String(setAside.count)}`,
    ...(named.length === 0 ? [] : [lines(named)]),
    ...(more === 0 ? [] : [asMarkdown`and ${String(more)} more`]),
  ]);
}
