/** A worker for the activities alone, to be killed in the middle of its calls. */
import { NativeConnection } from '@temporalio/worker';
import { createSmallWorker } from './small-worker';

async function main(): Promise<void> {
  const [address = '', namespace = '', queue = '', origin = ''] = process.argv.slice(2);
  const connection = await NativeConnection.connect({ address });
  const worker = await createSmallWorker({ connection, namespace, queue, origin });
  // It must not outlive a test that crashed.
  process.once('disconnect', () => process.exit(1));
  await worker.run();
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
