/** The Temporal server of a test, and the workers on it. */
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, type WorkerOptions } from '@temporalio/worker';
import { searchAttributes } from '../../src/domain/case/names';
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

/** The types of search attributes, as the SDK names them. */
const TYPES = { Keyword: 'KEYWORD', KeywordList: 'KEYWORD_LIST' } as const;

/** A server of its own, with the search attributes that an installation has. */
export const openTemporal = (): Promise<TestWorkflowEnvironment> =>
  TestWorkflowEnvironment.createLocal({
    client: { dataConverter },
    server: {
      executable: { type: 'existing-path', path: process.env['TEMPORAL_CLI'] ?? 'temporal' },
      searchAttributes: Object.entries(searchAttributes).map(([name, type]) => ({ name, type: TYPES[type] })),
    },
  });

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
