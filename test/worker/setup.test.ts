import { Client, ScheduleNotFoundError } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { feedNames, feedWorkflowId, searchAttributeNames } from '../../src/domain/case/names';
import { feedStateOf, newFeed } from '../../src/domain/feed/feed-state';
import { log } from '../../worker/logger';
import { setUp } from '../../worker/setup';
import { pauseSignal } from '../../workflows/feed/messages';
import { startFeed } from '../../workflows/feed/start';

const DAY = 24 * 60 * 60;

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
const feed = () => client.workflow.getHandle(feedWorkflowId('claritum'));

describe('the set-up of Temporal', () => {
  it('brings retention, search attributes and the feeds to what Waybill needs', async () => {
    expect(await retentionDays('default')).toBeLessThan(30);
    await setUp(client, 'default');
    expect(await retentionDays('default')).toBe(30);
    const found = await attributes('default');
    const [KEYWORD, KEYWORD_LIST] = [2, 7];
    expect(searchAttributeNames.map((name) => [name, Number(found[name])])).toEqual(
      searchAttributeNames.map((name) => [name, name === 'Keys' ? KEYWORD_LIST : KEYWORD]),
    );
    for (const source of feedNames) {
      const { type, taskQueue, status, memo } = await client.workflow.getHandle(feedWorkflowId(source)).describe();
      expect([type, taskQueue, status.name, feedStateOf(memo)]).toEqual(['feed', 'fulfilment', 'RUNNING', newFeed]);
    }
  });

  it('changes nothing that is right already, and leaves a feed as an operator left it', async () => {
    await setUp(client, 'default');
    await feed().signal(pauseSignal);
    const { runId } = await feed().describe();
    await setUp(client, 'default');
    expect((await feed().describe()).runId).toBe(runId);
  });

  it('starts a feed that was terminated with what it knew', async () => {
    const state = { ...newFeed, watermark: { ref: 'a.json' }, pausedSince: '2026-01-01T00:00:00.000Z' };
    await feed().terminate('a test');
    await startFeed(client, { source: 'claritum', state });
    await feed().terminate('a test');
    await setUp(client, 'default');
    const { memo, status } = await feed().describe();
    expect([status.name, feedStateOf(memo)]).toEqual(['RUNNING', state]);
  });

  it('deletes the schedule that looked before there were feeds', async () => {
    await client.schedule.create({
      scheduleId: 'poll-claritum',
      spec: { intervals: [{ every: '1 hour' }] },
      action: { type: 'startWorkflow', workflowType: 'pollClaritum', taskQueue: 'fulfilment', args: [] },
    });
    await setUp(client, 'default');
    await expect(client.schedule.getHandle('poll-claritum').describe()).rejects.toThrow(ScheduleNotFoundError);
  });

  it('leaves a longer retention alone: the operator wants it so', async () => {
    await client.connection.workflowService.updateNamespace({
      namespace: 'default',
      config: { workflowExecutionRetentionTtl: { seconds: (90 * DAY) as never } },
    });
    await setUp(client, 'default');
    expect(await retentionDays('default')).toBe(90);
  });

  it('may be done by several workers in the same moment', async () => {
    await feed().terminate('a test');
    await Promise.all([1, 2, 3].map(() => setUp(client, 'default')));
    expect((await feed().describe()).status.name).toBe('RUNNING');
  });

  it('registers a namespace that is not there yet, with all that belongs into it', async () => {
    const namespace = 'orders';
    const there = new Client({ connection: client.connection, namespace });
    await Promise.all([setUp(there, namespace), setUp(there, namespace)]);
    expect(await retentionDays(namespace)).toBe(30);
    expect(Object.keys(await attributes(namespace))).toEqual(expect.arrayContaining([...searchAttributeNames]));
    expect((await there.workflow.getHandle(feedWorkflowId('claritum')).describe()).status.name).toBe('RUNNING');
  });
});
