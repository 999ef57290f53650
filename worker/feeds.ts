import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { feedNames, feedWorkflowId, type FeedName } from '../src/domain/case/names';
import { feedStateOf, newFeed, type FeedState } from '../src/domain/feed/feed-state';
import { startFeed } from '../workflows/feed/start';
import { log } from './logger';

const LOOK_MS = 60_000;

/** Starts every feed that does not run; one that was terminated goes on with what it knew. */
export async function keepFeeds(client: Client): Promise<void> {
  await Promise.all(feedNames.map((source) => keepFeed(client, source)));
}

/** Keeps them until the signal: whoever wants a feed to stand still pauses it. */
export function keepFeedsAlive(client: Client, stopping: AbortSignal): void {
  const timer = setInterval(() => {
    // Temporal that does not answer now is asked again in a minute.
    keepFeeds(client).catch((error: unknown) => log.warn({ error: String(error) }, 'cannot check or start the feeds'));
  }, LOOK_MS);
  stopping.addEventListener('abort', () => clearInterval(timer));
}

async function keepFeed(client: Client, source: FeedName): Promise<void> {
  const state = await stateToStartWith(client, source);
  if (state === undefined) return;
  try {
    await startFeed(client, { source, state });
    log.info({ feed: feedWorkflowId(source) }, 'feed started');
  } catch (error) {
    // Another worker was quicker.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** Undefined where it runs. */
async function stateToStartWith(client: Client, source: FeedName): Promise<FeedState | undefined> {
  try {
    const { status, memo } = await client.workflow.getHandle(feedWorkflowId(source)).describe();
    return status.name === 'RUNNING' ? undefined : (feedStateOf(memo) ?? newFeed);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return newFeed;
    throw error;
  }
}
