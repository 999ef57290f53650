import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { feedWorkflowId } from '../../src/domain/case/names';
import { feedStateOf, type FeedState, newFeed } from '../../src/domain/feed/feed-state';
import { isStored } from '../../src/domain/feed/kept';
import type { SetAside } from '../../src/domain/feed/set-aside';
import { type ClaritumWatermark, nothingSeen } from '../../src/domain/feed/watermark';
import { keepFeeds } from '../../worker/feeds';
import { startFeed } from '../../workflows/feed/start';

/** What the feed knew after a look with news. */
export interface Poll {
  readonly setAside: readonly SetAside[];
  /** What it remembers: in these worlds it is small, and travels with the state. */
  readonly watermark: ClaritumWatermark;
}

/** The feed at its interval, as in production: each look is handed what the one before it saw. */
export class Polls {
  readonly done: Poll[] = [];

  constructor(private readonly client: Client) {}

  async start(): Promise<void> {
    await startFeed(this.client, { source: 'claritum', state: newFeed });
  }

  get #feed() {
    return this.client.workflow.getHandle(feedWorkflowId('claritum'));
  }

  /** Takes over what the feed has seen since. */
  async look(): Promise<void> {
    const { memo } = await this.#feed.describe();
    const state = feedStateOf(memo);
    if (state !== undefined) this.done.push(pollOf(state));
  }

  /**
   * Ends the look that was lost with its worker: only its heartbeat would, a quarter of a minute later. The feed goes on with
   * what it knew, as after every termination.
   */
  async endLost(): Promise<void> {
    await this.stop();
    await keepFeeds(this.client);
  }

  async stop(): Promise<void> {
    try {
      await this.#feed.terminate('its worker was killed, or the batch is over');
    } catch (error) {
      // Ended already.
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  }
}

function pollOf({ watermark, setAside }: FeedState): Poll {
  if (watermark !== null && isStored(watermark)) throw new Error('the watermark of the feed is kept as a document');
  return { setAside: setAside.listed, watermark: { ...nothingSeen, ...watermark } };
}
