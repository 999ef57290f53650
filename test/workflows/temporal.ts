/** The Temporal server of a test, and the workers on it. */
import { closeSync, openSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, type WorkerOptions } from '@temporalio/worker';
import { dataConverter } from '../../src/payloads/data-converter';
import type { createActivities } from '../../worker/vendors';
import { createWorkers } from '../../worker/workers';

/** The bundle `test/environment/global-setup.ts` made. */
export const bundle = () => ({ workflowBundle: { codePath: process.env['WAYBILL_TEST_BUNDLE'] ?? '' } });

let isQuiet = false;
/** Once per test file, before any worker: the SDK's own chatter below errors is left out. */
export function installQuietRuntime(): void {
  if (isQuiet) return;
  isQuiet = true;
  Runtime.install({ logger: new DefaultLogger('ERROR') });
}

/** A namespace of its own on the server of the run, with the search attributes that an installation has. */
export const openTemporal = (): Promise<TestWorkflowEnvironment> =>
  TestWorkflowEnvironment.createFromExistingServer({
    address: process.env['WAYBILL_TEST_TEMPORAL'] ?? '',
    namespace: freeNamespace(),
    client: { dataConverter },
  });

/** The first that no other world has taken: who makes its file has it. */
function freeNamespace(): string {
  const taken = dirname(process.env['WAYBILL_TEST_BUNDLE'] ?? '');
  for (let index = readdirSync(taken).length - 1; ; index += 1) {
    const namespace = `test-${index}`;
    try {
      closeSync(openSync(join(taken, namespace), 'wx'));
      return namespace;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

/** @returns what stops them */
export async function runWorkers(
  temporal: TestWorkflowEnvironment,
  activities: ReturnType<typeof createActivities>,
  { stopping, sinks }: { readonly stopping: AbortController; readonly sinks: NonNullable<WorkerOptions['sinks']> },
) {
  const workers = await createWorkers({
    connection: temporal.nativeConnection,
    namespace: temporal.namespace ?? 'default',
    activities,
    workflows: { ...bundle(), sinks },
  });
  const running = Promise.all(workers.map((worker) => worker.run()));
  return async () => {
    stopping.abort();
    for (const worker of workers) worker.shutdown();
    await running;
  };
}
