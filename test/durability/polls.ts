import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { feedNames, feedWorkflowId, type FeedName } from '../../src/domain/case/names';
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

/** The feeds at their intervals, as in production: each look is handed what the one before it saw. */
export class Polls {
  readonly done: Poll[] = [];

  constructor(private readonly client: Client) {}

  async start(): Promise<void> {
    for (const source of feedNames) await startFeed(this.client, { source, state: newFeed });
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
   * Ends the looks that were lost with their worker: only their heartbeats would, a quarter of a minute later. The feeds go on
   * with what they knew, as after every termination.
   */
  async endLost(): Promise<void> {
    await this.stop();
    await keepFeeds(this.client);
  }

  async stop(): Promise<void> {
    for (const source of feedNames) await endFeed(this.client, source);
  }
}

/** As a killed worker leaves it, or one that is no longer wanted. */
export async function endFeed({ workflow }: Client, source: FeedName): Promise<void> {
  try {
    await workflow.getHandle(feedWorkflowId(source)).terminate('its worker was killed, or the batch is over');
  } catch (error) {
    // Ended already.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

function pollOf({ watermark, setAside }: FeedState): Poll {
  if (watermark !== null && isStored(watermark)) throw new Error('the watermark of the feed is kept as a document');
  return { setAside: setAside.listed, watermark: { ...nothingSeen, ...watermark } };
}
