import { feedHealth, standing, stillSentence } from '../../src/cli/orders/standing';
import { feedWorkflowId } from '../../src/domain/case/names';
import { newFeed } from '../../src/domain/feed/feed-state';
import { startFeed } from '../../workflows/feed/start';
import { World } from '../workflows/world';

jest.setTimeout(60_000);

let world: World;
afterEach(() => world.close());

const told = async (): Promise<string[]> => (await standing(world.temporal.client)).map(({ says }) => says.toString());

it('tells how much is set aside, and that the feed is paused or ended', async () => {
  world = await World.open({ orders: 1 });
  await world.sandbox.world({ add: { purchaseOrder: { orderRef: 'CL-1;touch x', poNumber: 'PO-1' } } });
  const { setAside } = await world.poll();
  expect(setAside[0]?.reason).toContain("orderRef 'CL-1;touch x'");
  const aside = `${setAside.length} records of Claritum are set aside and not taken over (npx waybill show feed:claritum says why).`;
  expect(await told()).toEqual([
    'feed:claritum is paused since 2026-01-01T00:00:00.000Z: nothing new is taken over from Claritum until it goes on.',
    aside,
  ]);
  await world.temporal.client.workflow.getHandle(feedWorkflowId('claritum')).terminate('a test');
  expect(await told()).toEqual([
    'feed:claritum was ended (terminated): nothing new is taken over from Claritum until a worker starts it again.',
    aside,
  ]);
});

it('tells since when Claritum cannot be read, once that lasts', async () => {
  world = await World.open({
    orders: 1,
    policy: (policy) => ({ ...policy, polling: { ...policy.polling, claritum: '1 second' } }),
  });
  await world.sandbox.fault({ vendor: 'claritum', operation: '*', fault: '503', times: -1, phase: 'before' });
  const unread = { since: '2026-01-01T00:00:00.000Z', tries: 3, because: 'no answer' };
  const state = { ...newFeed, readAt: '2025-12-31T00:00:00.000Z', unread };
  await startFeed(world.temporal.client, { source: 'claritum', state });
  expect(await told()).toEqual([
    'Claritum has not been read since 2026-01-01T00:00:00.000Z; Waybill keeps retrying: no answer. Until it answers, nothing new is taken over from Claritum.',
  ]);
});

it('tells that the feed shows no sign of life, where no worker goes on with it', async () => {
  world = await World.open({ orders: 1, worker: false });
  await startFeed(world.temporal.client, { source: 'claritum', state: newFeed });
  const [now] = await feedHealth(world.temporal.client);
  expect(now).toMatchObject({ status: 'running', silentSince: null });
  const [later] = await feedHealth(world.temporal.client, Date.now() + 120_000);
  if (later === undefined) throw new Error('there is no feed');
  expect(String(stillSentence(later))).toMatch(
    /^feed:claritum has shown no sign of life since 20\S+Z: nothing new is taken/,
  );
});
