import type { ScheduleHandle } from '@temporalio/client';
import { taskQueues } from '../../src/domain/case/names';
import type { MeasuredWorker } from './measured-worker';
import type { Stand } from './stand';
import { countWorkflows, eventually } from './watch';

/** One of the two that are compared. */
export interface Side {
  readonly name: 'ours' | 'floor';
  /** Workflow types. */
  readonly orderType: string;
  readonly pollType: string;
  readonly scheduleId: string;
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

/** A side's scheduled poller. */
export class Poller {
  readonly #handle: ScheduleHandle;

  constructor(
    private readonly stand: Stand,
    private readonly side: Pick<Side, 'scheduleId' | 'pollType'>,
  ) {
    this.#handle = stand.client.schedule.getHandle(side.scheduleId);
  }

  /** Pauses it and waits until no poll runs. */
  async pause(): Promise<void> {
    await this.#handle.pause();
    const running = `WorkflowType = '${this.side.pollType}' AND ExecutionStatus = 'Running'`;
    await eventually(async () => (await countWorkflows(this.stand.client, running)) === 0, {
      withinMs: 120_000,
      what: 'through with polling',
    });
  }

  /** Polls at once, and from now on by its interval. */
  async resume(): Promise<void> {
    await this.#handle.trigger();
    await this.#handle.unpause();
  }
}

/**
 * Polls once, beside the schedule: such a poll knows of no other before it, so it takes nothing for withdrawn that was
 * listed then.
 */
export async function pollOnce({ client, nextSeed }: Stand, { pollType }: Pick<Side, 'pollType'>): Promise<void> {
  const workflowId = `${pollType}-by-hand-${nextSeed()}`;
  await client.workflow.execute(pollType, { taskQueue: taskQueues.fulfilment, workflowId, args: [] });
}
