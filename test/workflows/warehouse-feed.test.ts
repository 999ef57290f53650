import { feedWorkflowId } from '../../src/domain/case/names';
import type { PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import { keepFeeds } from '../../worker/feeds';
import { log } from '../../worker/logger';
import { lookUpdate, pauseSignal } from '../../workflows/feed/messages';
import { amendUpdate, orderQuery } from '../../workflows/purchase-order/messages';
import { Story } from './story';
import { World, type WorldOptions } from './world';

jest.setTimeout(90_000);
beforeAll(() => {
  log.level = 'silent';
});

let world: World;
const open = async (options: WorldOptions = {}): Promise<Story> => {
  world = await World.open({ orders: 1, warehouseFeed: true, ...options });
  return Story.of(world, 0);
};
afterEach(async () => {
  await world.replayed();
  await world.close();
});

const feed = () => world.temporal.client.workflow.getHandle(feedWorkflowId('northscope'));
const look = () => feed().executeUpdate(lookUpdate, { args: [undefined] });
const stock = (lot: string, onHand: string) =>
  world.sandbox.world({ stock: { vendor: 'northscope', lot, item: 'BRO-A4-16', site: 'SEATTLE', onHand } });
const waitingFor = async ({ orderRef }: Story): Promise<unknown> =>
  (await world.order(orderRef).describe()).searchAttributes['WaitingFor']?.[0];

it('has orders allocate what comes, and book what leaves, which they do not look for themselves', async () => {
  const story = await open();
  await Promise.all(['L-2601', 'L-2602'].map((lot) => stock(lot, '20')));
  await world.poll();
  await world.until(story.orderRef, ({ totals }) => totals.allocated === '40');
  await stock('L-2601', '100000');
  const { totals } = await story.allocated();
  await story.despatch();
  await story.deliver(totals.ordered);
  await story.received(totals.ordered);
});

it('allocates by itself, without its feed, what NorthScope has refused for a while', async () => {
  const story = await open();
  await feed().signal(pauseSignal);
  const refused = { vendor: 'northscope', operation: 'AllocateSalesOrders', fault: 'refused-by-vendor', times: 2 };
  await world.sandbox.fault(refused);
  await world.poll();
  expect((await story.allocated()).decisions).toEqual([]);
});

it('costs an order that nothing happens to no events', async () => {
  const story = await open();
  await world.poll();
  await story.allocated();
  await world.until(story.orderRef, ({ stage }) => stage === 'despatch');
  const isRead = ({ operation }: { readonly operation: string }): boolean => operation === 'ListSalesOrders';
  const looksLater = async (looks: number): Promise<number> => {
    const before = (await world.sandbox.ledger()).calls.filter(isRead).length;
    await world.untilLedger(({ calls }) => calls.filter(isRead).length >= before + looks);
    return (await world.order(story.orderRef).describe()).historyLength;
  };
  const settled = await looksLater(2);
  expect(await looksLater(4)).toBe(settled);
});

it('loses nothing of what happens while it is terminated or paused', async () => {
  const story = await open();
  await world.poll();
  await story.allocated();
  await world.until(story.orderRef, ({ stage }) => stage === 'despatch');
  await look();
  await feed().terminate('a test');
  const [placed] = (await story.progress()).documents.northscope.orders;
  await world.sandbox.world({ despatch: { order: placed?.orderId, units: 10 } });
  await keepFeeds(world.temporal.client);
  await world.until(story.orderRef, ({ totals }) => totals.despatched === '10');
  await feed().signal(pauseSignal);
  // It ends the look that was under way.
  await look();
  await world.sandbox.world({ despatch: { order: placed?.orderId } });
  expect(await look()).toMatchObject({ counts: { waiting: 1, told: 1 } });
  await world.until(story.orderRef, ({ totals }) => totals.despatched === totals.ordered);
});

it('ends a question about goods that have not left when they leave, and it is asked in time', async () => {
  const story = await open({
    policy: (policy) => ({ ...policy, fulfilment: { ...policy.fulfilment, aheadWithin: '2 seconds' } }),
  });
  await world.poll();
  const { totals } = await story.allocated();
  await story.deliver(totals.ordered);
  expect((await story.decision('mismatch')).question).toContain('NorthScope has shipped only 0');
  await story.despatch();
  expect((await story.received(totals.ordered)).decisions).toEqual([]);
});

it('tells of what leaves although it was cut off, whatever the order waits for by then', async () => {
  const story = await open();
  await world.poll();
  const { totals } = await story.allocated();
  const [placed] = (await story.progress()).documents.northscope.orders;
  const half = String(Math.floor(Number(totals.ordered) / 2));
  await world.sandbox.world({ despatch: { order: placed?.orderId, units: Number(half) } });
  await world.until(story.orderRef, ({ totals: { despatched } }) => despatched === half);
  const order: PurchaseOrder = await world.order(story.orderRef).query(orderQuery);
  const [delivery] = order.deliveries;
  if (delivery === undefined) throw new Error('no delivery');
  const net = (Number(half) * Number(order.unitPrice)).toFixed(2);
  const amended = { ...order, quantity: half, net, deliveries: [{ ...delivery, quantity: half }] };
  await world.order(story.orderRef).executeUpdate(amendUpdate, { args: [{ order: amended, by: 'olga' }] });
  await world.until(story.orderRef, ({ totals: { ordered }, waitingFor: text }) => ordered === half && text !== null);
  await look();
  expect(await waitingFor(story)).toBe('warehouse');
  await world.sandbox.world({ despatch: { order: placed?.orderId } });
  await world.until(story.orderRef, ({ tasks }) => tasks.some(({ task }) => /although it was cancelled/.test(task)));
});
