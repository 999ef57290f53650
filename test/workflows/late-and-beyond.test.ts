import type { PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import { amendUpdate, orderQuery } from '../../workflows/purchase-order/messages';
import { cancelUpdate, decideUpdate } from '../../workflows/case/messages';
import { Story } from './story';
import { World, type WorldOptions } from './world';

jest.setTimeout(90_000);

let world: World;
const open = async (options: WorldOptions): Promise<World> => {
  world = await World.open(options);
  return world;
};

afterEach(async () => {
  await world.replayed();
  await world.close();
});

const soonShort: WorldOptions = {
  orders: 1,
  policy: (policy) => ({ ...policy, fulfilment: { ...policy.fulfilment, deliveryWithin: '1 second' } }),
};

const decide = (story: Story, choice: string, decision: string) =>
  world.order(story.orderRef).executeUpdate(decideUpdate, { args: [{ choice, by: 'olga', decision }] });

const asItIs = ({ orderRef }: Story): Promise<PurchaseOrder> => world.order(orderRef).query(orderQuery);

const net = (quantity: string, { unitPrice }: PurchaseOrder): string =>
  (Number(quantity) * Number(unitPrice)).toFixed(2);

const tasksOf = ({ tasks }: { readonly tasks: readonly { readonly task: string }[] }) => tasks.map(({ task }) => task);

/** Placed, allocated and despatched in whole. */
async function despatched(): Promise<{ story: Story; ordered: string }> {
  const story = await Story.of(world, 0);
  await world.poll();
  const { totals } = await story.allocated();
  await story.despatch();
  return { story, ordered: totals.ordered };
}

it('takes the question about a short delivery back when the delivery is reported, and books it', async () => {
  await open(soonShort);
  const { story, ordered } = await despatched();
  const { id } = await story.decision('short-delivery');
  await story.deliver(ordered);
  await story.received(ordered);
  await expect(decide(story, 'close short', id)).rejects.toMatchObject({ cause: { type: 'DecisionRefused' } });
  const { audit, decisions } = await story.progress();
  expect(decisions.map(({ kind }) => kind)).not.toContain('short-delivery');
  expect(audit[0]).toMatchObject({ decision: id, choice: 'withdrawn', by: 'claritum' });
  const { claritum } = await world.sandbox.ledger();
  expect(claritum.goodsReceipts.map(({ quantity }) => quantity)).toEqual([ordered]);
});

it('asks about a short delivery anew, with what is missing then, after a part of it was reported', async () => {
  await open(soonShort);
  const { story, ordered } = await despatched();
  const { id } = await story.decision('short-delivery');
  const most = String(Number(ordered) - 2);
  await story.deliver(most);
  await story.received(most);
  const anew = await story.decision('short-delivery');
  expect(anew.id).not.toBe(id);
  expect(anew.question).toMatch(/^2 of this order/);
});

it('books what was closed short and comes after all, and takes back what it said of it', async () => {
  await open(soonShort);
  const { story, ordered } = await despatched();
  const most = String(Number(ordered) - 2);
  await story.deliver(most);
  await story.received(most);
  await decide(story, 'close short', (await story.decision('short-delivery')).id);
  const { tasks } = await world.until(story.orderRef, (progress) => progress.tasks.length > 0);
  expect(tasksOf({ tasks })).toEqual([expect.stringMatching(/^2 despatched and never received/)]);

  await story.deliver('1');
  expect(tasksOf(await story.received(String(Number(ordered) - 1)))).toEqual([
    expect.stringMatching(/^1 despatched and never received/),
  ]);
  await story.deliver('1');
  const complete = await story.received(ordered);
  expect([complete.tasks, complete.decisions]).toEqual([[], []]);
  await story.invoice('INV-LATE', ordered, net(ordered, await asItIs(story)));
  const result = await story.result();
  expect(result).toMatchObject({ stage: 'done', totals: { received: ordered, invoiced: ordered }, tasks: [] });
});

it('takes the question about a missing invoice back when goods that were closed short come after all', async () => {
  await open({
    orders: 1,
    policy: (policy) => ({
      ...policy,
      fulfilment: { ...policy.fulfilment, deliveryWithin: '1 second', goodsWithin: '1 second' },
    }),
  });
  const { story, ordered } = await despatched();
  const most = String(Number(ordered) - 2);
  await story.deliver(most);
  await story.received(most);
  await decide(story, 'close short', (await story.decision('short-delivery')).id);
  const { id, question } = await story.decision('mismatch');
  expect(question).toContain(`${most} of this order was received and no invoice has come`);
  await story.deliver('2');
  await story.received(ordered);
  const anew = await world.until(story.orderRef, ({ decisions }) => decisions.some((asked) => asked.id !== id));
  expect(anew.decisions.map((asked) => asked.question)).toEqual([expect.stringContaining(`${ordered} of this order`)]);
});

it('counts what is due per delivery: goods of a dropped one never take what is due to another', async () => {
  await open({ orders: 3 });
  const story = await Story.of(world, 2);
  await world.poll();
  await story.allocated();
  const order = await asItIs(story);
  const [dropped, kept] = order.deliveries;
  if (dropped === undefined || kept === undefined) throw new Error('no two deliveries');
  await world.order(story.orderRef).executeUpdate(amendUpdate, {
    args: [
      { order: { ...order, quantity: kept.quantity, net: net(kept.quantity, order), deliveries: [kept] }, by: 'olga' },
    ],
  });
  await world.until(story.orderRef, ({ totals }) => totals.ordered === kept.quantity);

  // The order that NorthScope cannot be told to cancel leaves all the same, and so does the one that is still wanted.
  const { documents } = await story.progress();
  await world.sandbox.world({ despatch: { order: documents.northscope.orders[0]?.orderId } });
  const seen = await world.until(story.orderRef, ({ tasks }) => tasks.some(({ task }) => /although/.test(task)));
  expect(tasksOf(seen).filter((task) => /although/.test(task))).toEqual([
    expect.stringContaining(`(delivery ${dropped.deliveryRef}) left the warehouse although it was cancelled`),
  ]);
  await story.despatch(1);

  await story.deliver(dropped.quantity, dropped.deliveryRef);
  const beyond = await story.decision('mismatch');
  expect(beyond.question).toContain('nothing is due to it');
  expect(beyond.choices).toEqual(['book nothing', 'look again']);
  await story.deliver(kept.quantity, kept.deliveryRef);
  await decide(story, 'look again', beyond.id);
  // What is due to the other delivery is booked, whatever becomes of this one.
  await story.received(kept.quantity);
  const anew = await story.decision('mismatch');
  await decide(story, 'book nothing', anew.id);
  await world.untilLedger(({ claritum }) =>
    claritum.deliveries.filter(({ orderRef }) => orderRef === story.orderRef).every(({ exported }) => exported),
  );
  const { claritum } = await world.sandbox.ledger();
  expect(claritum.goodsReceipts).toMatchObject([
    { quantity: kept.quantity, receiptRef: expect.stringContaining(kept.deliveryRef) },
  ]);
});

it('sees what leaves the warehouse after the rest was cut off, whatever is asked, and lists it once', async () => {
  await open(soonShort);
  const story = await Story.of(world, 0);
  await world.poll();
  const { totals, documents } = await story.allocated();
  const orderId = documents.northscope.orders[0]?.orderId ?? '';
  await world.sandbox.world({ despatch: { order: orderId, units: '40' } });
  await world.until(story.orderRef, (progress) => progress.totals.despatched === '40');
  await world.order(story.orderRef).executeUpdate(cancelUpdate, { args: [{ by: 'olga' }] });
  await world.until(story.orderRef, (progress) => progress.totals.ordered === '40');
  const { id } = await story.decision('short-delivery');
  await world.sandbox.world({ despatch: { order: orderId, units: '10' } });
  const left = (quantity: string) => `NorthScope: ${quantity} Each of ${orderId}`;
  await world.until(story.orderRef, ({ tasks }) => tasks.some(({ task }) => task.startsWith(left('10'))));
  expect((await story.decision('short-delivery')).id).toBe(id);
  await story.deliver('40');
  await story.received('40');

  // What leaves at the very end is seen by the last look.
  await world.sandbox.world({ despatch: { order: orderId } });
  await story.invoice('INV-CUT', '40', net('40', await asItIs(story)));
  const result = await story.result();
  expect(result).toMatchObject({ stage: 'done', totals: { despatched: '40', received: '40' } });
  expect(tasksOf(result).filter((task) => /although/.test(task))).toEqual([
    expect.stringMatching(left(String(Number(totals.ordered) - 40))),
  ]);
});
