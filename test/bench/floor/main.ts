/** The floor's worker: set up by the same code as ours, with activities that do nothing. */
import { bundleWorkflowCode, Runtime } from '@temporalio/worker';
import { readEnvironment } from '../../../src/config';
import { taskQueues } from '../../../src/domain/case/names';
import { connect } from '../../../worker/connect';
import { log, temporalLogger } from '../../../worker/logger';
import { createWorkers, type WorkersInput } from '../../../worker/workers';
import { createFloorActivities } from './activities';

async function main(): Promise<void> {
  const environment = readEnvironment();
  Runtime.install({ logger: temporalLogger(), shutdownSignals: ['SIGINT', 'SIGTERM'] });
  const temporal = await connect(environment);
  try {
    const activities = createFloorActivities(temporal.client, environment['WAYBILL_BENCH_ORDERS'] ?? '');
    const workers = await createWorkers({
      connection: temporal.native,
      namespace: temporal.namespace,
      activities: Object.fromEntries(
        Object.keys(taskQueues).map((name) => [name, activities]),
      ) as WorkersInput['activities'],
      workflows: { workflowBundle: await bundle() },
    });
    const running = Promise.all(workers.map((worker) => worker.run()));
    log.info('worker ready');
    await running;
  } finally {
    await temporal.close();
  }
}

/** Loaded as ours are, once for all workflows and with the same depth of stacks: one weighs as little as can be. */
const bundle = () =>
  bundleWorkflowCode({
    workflowsPath: require.resolve('./workflows'),
    preloadModules: [require.resolve('../../../workflows/case/stack-depth'), require.resolve('./workflows')],
    logger: temporalLogger(),
  });

main().catch((error: unknown) => {
  log.fatal({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }, 'worker failed');
  process.exit(1);
});
