import { feedWorkflowId, purchaseOrderWorkflowId } from '../../src/domain/case/names';
import { feedStateOf } from '../../src/domain/feed/feed-state';
import { keepFeeds } from '../../worker/feeds';
import { log } from '../../worker/logger';
import { feedProgressQuery, goOnSignal, lookUpdate, pauseSignal } from '../../workflows/feed/messages';
import { eventually } from '../sandbox/http-caller';
import { recordGolden } from './golden';
import { World } from './world';

jest.setTimeout(90_000);
beforeAll(() => {
  log.level = 'silent';
});

let world: World;
afterEach(() => world.close());

const handle = () => world.temporal.client.workflow.getHandle(feedWorkflowId('claritum'));
const look = () => handle().executeUpdate(lookUpdate, { args: [undefined] });
const every = (claritum: string) => (policy: World['policy']) => ({
  ...policy,
  polling: { ...policy.polling, claritum },
});
const calls = async () =>
  (await world.sandbox.ledger()).calls.filter(({ operation }) => operation === 'getDeliveries').length;

it('looks by itself and costs next to no events while nothing is new', async () => {
  world = await World.open({ orders: 1, policy: every('1 second') });
  await keepFeeds(world.temporal.client);
  await eventually(async () => ((await calls()) >= 4 ? true : undefined));
  const settled = (await handle().describe()).historyLength;
  const before = await calls();
  await eventually(async () => ((await calls()) >= before + 4 ? true : undefined));
  // Orders are marked meanwhile; a look with news costs seven events, one without none.
  expect((await handle().describe()).historyLength - settled).toBeLessThanOrEqual(14);
});

it('looks at once where it waits for its interval, and one look answers all that were asked for by then', async () => {
  world = await World.open({ orders: 3, policy: every('1 hour') });
  await keepFeeds(world.temporal.client);
  await eventually(async () => ((await handle().query(feedProgressQuery)).readAt !== null ? true : undefined));
  const before = await calls();
  const [first, second] = await Promise.all([look(), look()]);
  expect([first.counts['started'], second.counts['started']]).toEqual([0, 0]);
  expect((await calls()) - before).toBeLessThanOrEqual(2);
});

it('is paused and goes on, and looks while it is paused where it is asked to', async () => {
  world = await World.open({ orders: 1, policy: every('1 second') });
  await keepFeeds(world.temporal.client);
  await handle().signal(pauseSignal);
  await eventually(async () => ((await handle().query(feedProgressQuery)).stage === 'paused' ? true : undefined));
  const before = await calls();
  await look();
  const paused = await calls();
  expect(paused).toBeGreaterThan(before);
  await handle().signal(goOnSignal);
  await eventually(async () => ((await calls()) > paused ? true : undefined));
});

it('knows after a termination what it had set aside, and since when', async () => {
  world = await World.open({ orders: 1 });
  await world.sandbox.world({ add: { purchaseOrder: { orderRef: 'CL-1;touch x', poNumber: 'PO-1' } } });
  const { setAside } = await world.poll();
  expect(setAside).not.toHaveLength(0);
  await handle().terminate('a test');
  await Promise.all([keepFeeds(world.temporal.client), keepFeeds(world.temporal.client)]);
  expect((await handle().query(feedProgressQuery)).setAside.listed).toEqual(setAside);
  expect((await look()).setAside).toEqual(setAside);
});

it('tells of an order that was terminated while it is listed, until it goes on again', async () => {
  world = await World.open({ orders: 2 });
  await world.poll();
  const [, orderRef = ''] = await world.orderRefs();
  await world.until(orderRef, ({ stage, decisions }) => stage === 'approval' && decisions.length === 1);
  await world.order(orderRef).terminate('a test');
  const told = await eventually(async () => {
    const { setAside } = await world.poll();
    return setAside.length > 0 ? setAside : undefined;
  });
  expect(told).toMatchObject([
    {
      kind: 'purchase order',
      reason: expect.stringContaining(`its workflow purchase-order:${orderRef} was terminated before`),
    },
  ]);
  expect(await world.poll()).toMatchObject({ started: 0, setAside: told });
  await takenUp(orderRef);
  await eventually(async () => ((await world.poll()).setAside.length === 0 ? true : undefined));
  expect(await world.until(orderRef, ({ decisions }) => decisions.length === 1)).toMatchObject({ stage: 'approval' });
});

/** As a person does by `temporal workflow reset`: it goes on where its last workflow task ended. */
async function takenUp(orderRef: string): Promise<void> {
  const { connection, options } = world.temporal.client;
  const { events } = await world.order(orderRef).fetchHistory();
  const last = events?.findLast(
    ({ workflowTaskCompletedEventAttributes: task }) => task !== null && task !== undefined,
  );
  await connection.workflowService.resetWorkflowExecution({
    namespace: options.namespace,
    workflowExecution: { workflowId: purchaseOrderWorkflowId(orderRef) },
    reason: 'a test',
    requestId: orderRef,
    workflowTaskFinishEventId: last?.eventId ?? null,
  });
}

it('carries everything where it continues as new', async () => {
  world = await World.open({ orders: 1 });
  await world.sandbox.world({ add: { purchaseOrder: { orderRef: 'CL-1;touch x', poNumber: 'PO-1' } } });
  const { setAside } = await world.poll();
  const { runId } = await handle().describe();
  await eventually(async () => {
    await Promise.all([look(), look(), look(), look()]);
    return (await handle().describe()).runId === runId ? undefined : true;
  });
  const { memo, searchAttributes } = await handle().describe();
  expect(feedStateOf(memo)?.setAside.listed).toEqual(setAside);
  expect(searchAttributes).toMatchObject({ Stage: ['paused'], Vendor: ['claritum'] });
  expect(await look()).toMatchObject({ counts: { started: 0 }, setAside });
  await world.replayed();
  await recordGolden(world, 'continued');
});
