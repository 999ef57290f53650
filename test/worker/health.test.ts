import { hostname } from 'node:os';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { taskQueues } from '../../src/domain/case/names';
import { unpolledQueues } from '../../worker/health';
import { createWorkers, type WorkersInput } from '../../worker/workers';

const nothing = { async rest(): Promise<void> {} };
const all = Object.values(taskQueues);
const activities = Object.fromEntries(all.map((queue) => [queue, nothing])) as unknown as WorkersInput['activities'];

describe('the health of a worker', () => {
  let temporal: TestWorkflowEnvironment;

  beforeAll(async () => {
    temporal = await TestWorkflowEnvironment.createLocal({
      server: { executable: { type: 'existing-path', path: process.env['TEMPORAL_CLI'] ?? '' } },
    });
  }, 60_000);
  afterAll(() => temporal.teardown());

  it('is bad where nobody polls, good where all queues are polled, and counts only this machine', async () => {
    expect(await unpolledQueues(temporal.client, hostname())).toEqual(all);

    const workers = await createWorkers({
      connection: temporal.nativeConnection,
      namespace: temporal.namespace ?? 'default',
      activities,
      workflows: { workflowBundle: { codePath: process.env['WAYBILL_TEST_BUNDLE'] ?? '' } },
    });
    const running = workers.map((worker) => worker.run());
    try {
      const deadline = Date.now() + 20_000;
      let idle: readonly string[] = all;
      while (idle.length > 0 && Date.now() < deadline) idle = await unpolledQueues(temporal.client, hostname());
      expect(idle).toEqual([]);
      expect(await unpolledQueues(temporal.client, `not-${hostname()}.elsewhere`)).toEqual(all);
    } finally {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
    }
  }, 60_000);
});
