/** A worker process for the kills: the product's own parts, with a bundle that is already made. */
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Runtime } from '@temporalio/worker';
import { loadConfig, readEnvironment } from '../../src/config';
import { dataConverter } from '../../src/payloads/data-converter';
import { loadPolicy } from '../../src/policy/load';
import { log, temporalLogger } from '../../worker/logger';
import { createActivities } from '../../worker/vendors';
import { createWorkers } from '../../worker/workers';

async function main(): Promise<void> {
  const environment = readEnvironment();
  const address = environment['TEMPORAL_ADDRESS'] ?? '';
  const namespace = environment['TEMPORAL_NAMESPACE'] ?? 'default';
  Runtime.install({ logger: temporalLogger(), shutdownSignals: ['SIGTERM'] });
  const config = loadConfig(environment);
  const stopping = new AbortController();
  process.once('SIGTERM', () => stopping.abort());
  const [connection, client] = await Promise.all([
    NativeConnection.connect({ address }),
    Connection.connect({ address }),
  ]);
  const workers = await createWorkers({
    connection,
    namespace,
    activities: createActivities(
      config,
      loadPolicy(config.policy),
      new Client({ connection: client, namespace, dataConverter }),
      stopping.signal,
    ),
    workflows: { workflowBundle: { codePath: environment['WAYBILL_TEST_BUNDLE'] ?? '' } },
  });
  const running = Promise.all(workers.map((worker) => worker.run()));
  log.info('worker ready');
  await running;
}

main().catch((error: unknown) => {
  log.fatal({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }, 'worker failed');
  process.exit(1);
});
