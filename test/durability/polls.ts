import { type Client, type ScheduleHandle, WorkflowNotFoundError } from '@temporalio/client';
import { taskQueues } from '../../src/domain/case/names';
import type { ClaritumWatermark } from '../../src/domain/feed/watermark';
import type { PollClaritumResult } from '../../workflows/feed/poll-claritum';

/** One look of the poller that came to its end. */
export interface Poll {
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly result: PollClaritumResult;
  /** What it remembers: in these worlds it is small, and travels with the result. */
  readonly watermark: ClaritumWatermark;
}

/** The poller on its schedule, as in production: each look is handed what the one before it saw. */
export class Polls {
  readonly done: Poll[] = [];
  readonly #seen = new Set<string>();
  #schedule: ScheduleHandle | undefined;

  constructor(
    private readonly client: Client,
    private readonly id: string,
    private readonly every: '1 second' | '2 seconds',
  ) {}

  async start(): Promise<void> {
    const { schedule } = this.client;
    this.#schedule = await schedule.create({
      scheduleId: this.id,
      spec: { intervals: [{ every: this.every }] },
      policies: { overlap: 'SKIP' },
      action: {
        type: 'startWorkflow',
        workflowType: 'pollClaritum',
        workflowId: this.id,
        taskQueue: taskQueues.fulfilment,
        args: [],
      },
    });
  }

  /** Takes over what has ended since. */
  async look(): Promise<void> {
    const ended = this.client.workflow.list({
      query: `WorkflowType = 'pollClaritum' AND ExecutionStatus = 'Completed' AND WorkflowId STARTS_WITH '${this.id}'`,
    });
    for await (const { workflowId, runId, startTime } of ended) {
      if (this.#seen.has(runId)) continue;
      const result: PollClaritumResult = await this.client.workflow.getHandle(workflowId, runId).result();
      this.#seen.add(runId);
      const { watermark } = result;
      if ('ref' in watermark) throw new Error('the watermark of a poll is kept as a document');
      this.done.push({ startedAt: startTime.getTime(), result, watermark });
    }
  }

  /** Ends the look that was lost with its worker: only its heartbeat would, a quarter of a minute later. */
  async endLost(): Promise<void> {
    const running = this.client.workflow.list({
      query: `WorkflowType = 'pollClaritum' AND ExecutionStatus = 'Running'`,
    });
    for await (const { workflowId, runId } of running) {
      try {
        await this.client.workflow.getHandle(workflowId, runId).terminate('its worker was killed');
      } catch (error) {
        // Ended meanwhile.
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    }
  }

  async stop(): Promise<void> {
    await this.#schedule?.delete();
  }
}
