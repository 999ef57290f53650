import type { FeedProgress } from '../../domain/feed/feed-state';
import { lines, say, type Printable } from '../../terminal/output';
import type { WorkflowFacts } from './pages';

/** One feed as a person reads it: whether it reads, and all that nobody takes over. */
export function feedPage({ workflowId, status }: WorkflowFacts, progress: FeedProgress): Printable {
  const { stage, waitingFor, readAt, setAside } = progress;
  const more = setAside.count - setAside.listed.length;
  const document = setAside.stored === null ? '' : say` (all of them in the document ${setAside.stored.ref})`;
  return lines([
    say`${workflowId}  ${stage}  ${status}`,
    say`  waiting for  ${waitingFor ?? '–'}`,
    say`  read at      ${readAt ?? '–'}`,
    say`  set aside    ${setAside.count}`,
    ...setAside.listed.map(
      ({ kind, uid, since, reason }) => say`  ${since}  ${kind} ${uid ?? 'without uid'}: ${reason}`,
    ),
    ...(more === 0 ? [] : [say`  and ${more} more${document}`]),
  ]);
}
