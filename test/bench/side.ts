import type { MeasuredWorker } from './measured-worker';
import type { Stand } from './stand';

/** One of the two that are compared. */
export interface Side {
  readonly name: 'ours' | 'floor';
  /** Workflow type. */
  readonly orderType: string;
  poller(stand: Stand): Poller;
  /** Starts its processes, with its poller paused. */
  start(stand: Stand): Promise<RunningSide>;
}

export interface RunningSide {
  readonly worker: MeasuredWorker;
  /** The processes that work for it, by name; processor time is counted in each. */
  readonly pids: Readonly<Record<string, number>>;
  /** Puts so many new orders where the next poll finds them. */
  offer(orders: number): Promise<void>;
  stop(): Promise<void>;
}

/** What looks for new orders. */
export interface Poller {
  /** Pauses it and waits until it looks no longer. */
  pause(): Promise<void>;
  /** Looks at once, and from now on by its interval. */
  resume(): Promise<void>;
  /** Looks once, and knows of no look before: so it takes nothing for withdrawn that was listed then. */
  once(): Promise<void>;
}
