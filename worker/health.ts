/**
 * Whether the worker of this machine (this container) is at work: exit code 0 where Temporal has lately been asked for
 * tasks from here on every task queue. That a process runs would prove nothing.
 */
import { hostname } from 'node:os';
import type { Client } from '@temporalio/client';
import { readEnvironment } from '../src/config';
import { taskQueues } from '../src/domain/case/names';
import { printableLines } from '../src/domain/values/printable';
import { connect } from './connect';
import { installRuntime } from './runtime';

/** A poll is held open for a minute; two of them without a new one mean that nobody polls. */
const LATELY_MS = 130_000;

/** Numbers of the API's TaskQueueType, whose enum stands in a package only the tests have. */
const WORKFLOW_QUEUE = 1;
const ACTIVITY_QUEUE = 2;

/**
 * The task queues that no worker of `host` polls.
 *
 * @param host as the SDK puts it behind the process id in a worker's identity: `7@0f3c…`.
 */
export async function unpolledQueues({ connection, options }: Client, host: string): Promise<string[]> {
  const polled = await Promise.all(
    Object.values(taskQueues).map(async (name) => {
      const { pollers } = await connection.workflowService.describeTaskQueue({
        namespace: options.namespace,
        taskQueue: { name },
        // oxlint-disable-next-line typescript/no-unsafe-enum-assignment
        taskQueueType: name === taskQueues.fulfilment ? WORKFLOW_QUEUE : ACTIVITY_QUEUE,
      });
      const isPolled = pollers.some(
        ({ identity, lastAccessTime }) =>
          identity?.endsWith(`@${host}`) === true &&
          Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1000 < LATELY_MS,
      );
      return { name, isPolled };
    }),
  );
  return polled.filter(({ isPolled }) => !isPolled).map(({ name }) => name);
}

async function main(): Promise<void> {
  installRuntime('error');
  const temporal = await connect(readEnvironment());
  try {
    const idle = await unpolledQueues(temporal.client, hostname());
    if (idle.length === 0) return;
    process.stderr.write(`${printableLines(`no worker on this machine polls ${idle.join(', ')}`)}\n`);
    process.exitCode = 1;
  } finally {
    await temporal.close();
  }
}

if (require.main === module) {
  main().catch((error: unknown) => {
    process.stderr.write(`${printableLines(error instanceof Error ? error.message : String(error))}\n`);
    process.exit(1);
  });
}
