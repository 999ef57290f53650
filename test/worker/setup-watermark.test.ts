import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { TakeOverInput, TakeOverResult } from '../../activities/orders';
import { taskQueues } from '../../src/domain/case/names';
import type { Policy } from '../../src/domain/case/policy';
import { nothingSeen } from '../../src/domain/feed/watermark';
import { log } from '../../worker/logger';
import { setUp } from '../../worker/setup';
import { createWorkers, type WorkersInput } from '../../worker/workers';
import { policy } from '../domain/examples';
import { eventually } from '../sandbox/http-caller';

jest.setTimeout(60_000);

const every = (claritum: string): Policy => policy({ polling: { claritum } });

/** Counts the polls: each hands its number on as the watermark, and notes the one it was handed. */
function countingPoll() {
  const handed: (string | null)[] = [];
  const takeOverFromClaritum = async ({ watermark }: TakeOverInput): Promise<TakeOverResult> => {
    const seen = 'ref' in watermark ? nothingSeen : watermark;
    handed.push(seen.invoices['poll']?.digest ?? null);
    const counts = { started: 0, known: 0, deliveries: 0, invoices: 0, setAside: [], moreSetAside: 0 };
    return { ...counts, watermark: { ...seen, invoices: { poll: { orderRef: '', digest: String(handed.length) } } } };
  };
  return { handed, takeOverFromClaritum };
}

it('keeps the watermark when the interval of the polls is changed under way', async () => {
  log.level = 'silent';
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const temporal = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'existing-path', path: process.env['TEMPORAL_CLI'] ?? '' } },
  });
  const { handed, takeOverFromClaritum } = countingPoll();
  const polls = { takeOverFromClaritum };
  const workers = await createWorkers({
    connection: temporal.nativeConnection,
    namespace: 'default',
    activities: Object.fromEntries(
      Object.keys(taskQueues).map((queue) => [queue, polls]),
    ) as unknown as WorkersInput['activities'],
    workflows: { workflowBundle: { codePath: process.env['WAYBILL_TEST_BUNDLE'] ?? '' } },
  });
  const running = Promise.all(workers.map((worker) => worker.run()));
  try {
    await setUp(temporal.client, 'default', every('2 seconds'));
    await eventually(() => (handed.length >= 1 ? true : undefined));
    await setUp(temporal.client, 'default', every('1 second'));
    await eventually(() => (handed.length >= 3 ? true : undefined));
    expect(handed.slice(0, 3)).toEqual([null, '1', '2']);
  } finally {
    for (const worker of workers) worker.shutdown();
    await running;
    await temporal.teardown();
  }
});
