import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { DefaultLogger, type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { failureInterceptor } from '../activities/failure';
import { taskQueues, vendorNames, type VendorName } from '../src/domain/case/names';
import { dataConverter } from '../src/payloads/data-converter';
import { bundleWorkflows } from './bundle';
import type { Activities } from './vendors';

/**
 * A killed worker's cached workflows wait this long before another takes them. Shorter than the default of 10 s, and no
 * shorter than a busy worker may need to come round: what it does not take in time is replayed from its history.
 */
const STICKY = '5 seconds';

/** How long running calls may finish after SIGTERM. */
const GRACE = '20 seconds' as const;

export interface WorkersInput {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly activities: Record<VendorName | 'fulfilment', Activities>;
  /** Overrides for tests (an already made bundle, what is done when a workflow logs). */
  readonly workflows?: Pick<WorkerOptions, 'workflowBundle' | 'sinks'>;
}

/** One worker per task queue, all in this process: a vendor that hangs uses up only its own slots. */
export async function createWorkers({ connection, namespace, activities, workflows }: WorkersInput): Promise<Worker[]> {
  const interceptors = { activity: [() => ({ inbound: failureInterceptor })] };
  const shared = { connection, namespace, dataConverter, interceptors, shutdownGraceTime: GRACE };
  const fulfilment = await Worker.create({
    ...shared,
    ...(workflows ?? (await workflowSource())),
    taskQueue: taskQueues.fulfilment,
    activities: activities.fulfilment,
    stickyQueueScheduleToStartTimeout: STICKY,
  });
  const workers = await Promise.all(
    vendorNames.map((vendor) =>
      Worker.create({ ...shared, taskQueue: taskQueues[vendor], activities: activities[vendor] }),
    ),
  );
  return [fulfilment, ...workers];
}

/** The bundle that `npm run build` made beside this file, or one made now of the sources, without the bundler's chatter. */
async function workflowSource(): Promise<Pick<WorkerOptions, 'workflowBundle'>> {
  const codePath = resolve(__dirname, 'workflow-bundle.js');
  if (existsSync(codePath)) return { workflowBundle: { codePath } };
  return { workflowBundle: { code: await bundleWorkflows(new DefaultLogger('ERROR')) } };
}
