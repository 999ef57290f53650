import { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { pollClaritumScheduleId, searchAttributeNames } from '../../src/domain/case/names';
import type { Policy } from '../../src/domain/case/policy';
import { log } from '../../worker/logger';
import { setUp } from '../../worker/setup';
import { policy } from '../domain/examples';

const DAY = 24 * 60 * 60;
/** Rarely enough that no run of the schedule falls into the test. */
const hourly: Policy = policy({ polling: { claritum: '1 hour' } });

// A new server starts what answers for its schedules only when the first one is made; a busy machine needs seconds.
jest.setTimeout(30_000);

let temporal: TestWorkflowEnvironment;
let client: Client;
beforeAll(async () => {
  log.level = 'silent';
  temporal = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'existing-path', path: process.env['TEMPORAL_CLI'] ?? '' } },
  });
  client = temporal.client;
}, 60_000);
afterAll(() => temporal.teardown());

const retentionDays = async (namespace: string): Promise<number> => {
  const { config } = await client.connection.workflowService.describeNamespace({ namespace });
  return Number(config?.workflowExecutionRetentionTtl?.seconds) / DAY;
};
const attributes = async (namespace: string): Promise<Record<string, number>> => {
  const { customAttributes } = await client.connection.operatorService.listSearchAttributes({ namespace });
  return customAttributes;
};
const schedule = () => client.schedule.getHandle(pollClaritumScheduleId);

describe('the set-up of Temporal', () => {
  it('brings retention, search attributes and the schedule to what Waybill needs', async () => {
    expect(await retentionDays('default')).toBeLessThan(30);
    await setUp(client, 'default', hourly);
    expect(await retentionDays('default')).toBe(30);
    const found = await attributes('default');
    const [KEYWORD, KEYWORD_LIST] = [2, 7];
    expect(searchAttributeNames.map((name) => [name, Number(found[name])])).toEqual(
      searchAttributeNames.map((name) => [name, name === 'Keys' ? KEYWORD_LIST : KEYWORD]),
    );
    expect(await schedule().describe()).toMatchObject({
      spec: { intervals: [{ every: 3_600_000 }] },
      policies: { overlap: 'SKIP', catchupWindow: 60_000 },
      action: { workflowType: 'pollClaritum', taskQueue: 'fulfilment' },
    });
  });

  it('changes nothing that is right already, and keeps what an operator did to the schedule', async () => {
    await setUp(client, 'default', hourly);
    await schedule().pause('the vendor is being mended');
    const { info } = await schedule().describe();
    await setUp(client, 'default', hourly);
    const after = await schedule().describe();
    expect(after.state).toMatchObject({ paused: true, note: 'the vendor is being mended' });
    expect(after.info.createdAt).toEqual(info.createdAt);
    await schedule().unpause();
  });

  it('takes over a changed interval without making the schedule anew', async () => {
    await setUp(client, 'default', hourly);
    const { info } = await schedule().describe();
    await setUp(client, 'default', policy({ polling: { claritum: '2 hours' } }));
    const after = await schedule().describe();
    expect(after.spec.intervals).toMatchObject([{ every: 7_200_000 }]);
    expect(after.info.createdAt).toEqual(info.createdAt);
  });

  it('leaves a longer retention alone: the operator wants it so', async () => {
    await client.connection.workflowService.updateNamespace({
      namespace: 'default',
      config: { workflowExecutionRetentionTtl: { seconds: (90 * DAY) as never } },
    });
    await setUp(client, 'default', hourly);
    expect(await retentionDays('default')).toBe(90);
  });

  it('may be done by several workers in the same moment', async () => {
    await schedule().delete();
    await Promise.all([1, 2, 3].map(() => setUp(client, 'default', hourly)));
    expect(await schedule().describe()).toMatchObject({ state: { paused: false } });
  });

  it('registers a namespace that is not there yet, with all that belongs into it', async () => {
    const namespace = 'orders';
    const there = new Client({ connection: client.connection, namespace });
    await Promise.all([setUp(there, namespace, hourly), setUp(there, namespace, hourly)]);
    expect(await retentionDays(namespace)).toBe(30);
    expect(Object.keys(await attributes(namespace))).toEqual(expect.arrayContaining([...searchAttributeNames]));
    await expect(there.schedule.getHandle(pollClaritumScheduleId).describe()).resolves.toMatchObject({
      state: { paused: false },
    });
  });
});
