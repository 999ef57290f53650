/** Scheduled: reads what is new in Claritum and starts or signals the workflow that owns it. */
import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { OrderActivities, TakeOverResult } from '../../activities/orders';
import { taskQueues } from '../../src/domain/case/names';
import { type KeptWatermark, nothingSeen } from '../../src/domain/feed/watermark';

export type PollClaritumResult = TakeOverResult;

const { takeOverFromClaritum } = proxyActivities<OrderActivities>({
  taskQueue: taskQueues.claritum,
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute', maximumAttempts: 5 },
  summary: 'Claritum: take over orders, deliveries and invoices',
});

/**
 * The last successful run's result is the watermark; a run triggered by hand gets none and simply looks at everything again,
 * which changes nothing.
 */
export async function pollClaritum(): Promise<PollClaritumResult> {
  const { lastResult } = workflowInfo();
  return takeOverFromClaritum({ watermark: watermarkOf(lastResult) ?? nothingSeen });
}

function watermarkOf(result: unknown): KeptWatermark | undefined {
  return typeof result === 'object' && result !== null ? (result as Partial<PollClaritumResult>).watermark : undefined;
}
