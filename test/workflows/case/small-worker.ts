import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { failureInterceptor } from '../../../activities/failure';
import { dataConverter } from '../../../src/payloads/data-converter';
import { createSmallActivities } from './small-activities';

/** All cases of the proof are under way beside each other. */
const AT_ONCE = 1_000;

interface SmallWorkerInput {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly queue: string;
  /** Of the vendor. */
  readonly origin: string;
  /** Without them it carries out activities alone. */
  readonly workflows?: Pick<WorkerOptions, 'workflowBundle' | 'sinks'>;
}

/** A worker of the small case: failures are translated as in every worker. */
export const createSmallWorker = ({ queue, origin, workflows = {}, ...server }: SmallWorkerInput): Promise<Worker> =>
  Worker.create({
    ...workflows,
    ...server,
    dataConverter,
    taskQueue: queue,
    activities: createSmallActivities(origin),
    interceptors: { activity: [() => ({ inbound: failureInterceptor })] },
    maxConcurrentActivityTaskExecutions: AT_ONCE,
    maxConcurrentLocalActivityExecutions: AT_ONCE,
    maxCachedWorkflows: AT_ONCE,
  });
