import type { Policy } from '../../src/domain/case/policy';
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

const NEW_CODE = 'ZZ1 1ZZ';
/** One post code is another ship-to. */
const withEast = (policy: Policy): Policy => ({
  ...policy,
  customers: policy.customers.map((customer) => ({
    ...customer,
    addresses: { ...customer.addresses, [NEW_CODE]: 'EAST' },
  })),
});

const present = (story: Story): Promise<PurchaseOrder> => world.order(story.orderRef).query(orderQuery);
const amend = (story: Story, order: PurchaseOrder, by = 'olga') =>
  world.order(story.orderRef).executeUpdate(amendUpdate, { args: [{ order, by }] });
const decide = (story: Story, choice: string, by: string) =>
  world.order(story.orderRef).executeUpdate(decideUpdate, { args: [{ choice, by }] });
const cancel = (story: Story, by: string) =>
  world.order(story.orderRef).executeUpdate(cancelUpdate, { args: [{ by }] });

const moved = (order: PurchaseOrder): PurchaseOrder => ({
  ...order,
  deliveries: order.deliveries.map((delivery) => ({
    ...delivery,
    address: { ...delivery.address, postCode: NEW_CODE },
  })),
});

const resized = (order: PurchaseOrder, quantity: string): PurchaseOrder => ({
  ...order,
  quantity,
  net: (Number(quantity) * Number(order.unitPrice)).toFixed(2),
  deliveries: order.deliveries.map((delivery) => ({ ...delivery, quantity })),
});

/** The buyer changes the order in Claritum; back once that is acknowledged there. */
async function buyerSets({ orderRef }: Story, set: object): Promise<void> {
  await world.sandbox.world({ amend: { orderRef, set } });
  await world.poll();
  await world.untilLedger(
    ({ claritum }) => claritum.purchaseOrders.find((order) => order.orderRef === orderRef)?.exported === true,
  );
}

const manexQuantity = async ({ orderRef }: Story): Promise<number> => {
  const number = orderRef.replace(/\D/g, '').padStart(10, '0');
  const { manex } = await world.sandbox.ledger();
  return Number(manex.salesOrders.find(({ SONO }) => SONO === number)?.SODETAILList[0]?.['ORD_QTY']);
};

const tasksOf = async (story: Story): Promise<string> =>
  (await story.progress()).tasks.map(({ task }) => task).join('\n');

describe('the buyer’s next change', () => {
  it('orders nothing again that an operator amended and the buyer did not touch', async () => {
    await open({ orders: 1 });
    const story = await Story.of(world, 0);
    await world.poll();
    await story.allocated();
    await amend(story, resized(await present(story), '100'));
    await world.until(story.orderRef, ({ tasks }) => tasks.some(({ task }) => task.includes('tell the buyer')));
    expect(await tasksOf(story)).toContain('is amended, by olga: quantity');

    await buyerSets(story, { projectTitle: 'Only the title' });
    const { totals, documents, decisions } = await story.progress();
    expect(totals.ordered).toBe('100');
    expect(documents.northscope.orders).toHaveLength(1);
    expect(decisions).toEqual([]);
    expect(await manexQuantity(story)).toBe(100);

    // Asked for by the buyer now, in a record that is compared with the one before.
    await buyerSets(story, { quantity: 120 });
    await world.until(story.orderRef, (now) => now.totals.ordered === '120');
    expect(await manexQuantity(story)).toBe(120);
  });

  it('does not order again what a cancellation cut off, and the next cancellation names who did', async () => {
    await open({ orders: 3 });
    const story = await Story.of(world, 2);
    await world.poll();
    const { ledger } = await story.allocated();
    const first = ledger.deliveries[0]?.ordered;
    await story.despatch(0);
    await cancel(story, 'olga');
    await world.until(story.orderRef, ({ totals }) => totals.ordered === first);
    await buyerSets(story, { projectTitle: 'Only the title' });
    const { totals, documents } = await story.progress();
    expect(totals.ordered).toBe(first);
    expect(documents.northscope.orders).toHaveLength(2);
    expect(await manexQuantity(story)).toBe(Number(first));
    expect(await tasksOf(story)).toContain('is cut to what has left, by olga');
    expect(await cancel(story, 'ben')).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining('already cancelled, by olga'),
    });
  });
});

describe('a changed address', () => {
  it('of an order that stands in NorthScope is a task that names both ship-tos, whoever changed it', async () => {
    await open({ orders: 1, policy: withEast });
    const story = await Story.of(world, 0);
    await world.poll();
    await story.allocated();
    const { deliveries } = moved(await present(story));
    await buyerSets(story, { deliveries });
    const tasks = await tasksOf(story);
    const [placed] = (await story.progress()).documents.northscope.orders;
    expect(tasks).toContain(`change the ship-to of order ${placed?.orderId} from MAIN to EAST`);
    expect(tasks).toContain(`→ '${NEW_CODE}'`);
    const { steps } = await world.until(story.orderRef, (now) =>
      now.steps.some(({ text }) => text.startsWith('amended by claritum')),
    );
    expect(steps.map(({ text }) => text).join()).toMatch(new RegExp(`amended by claritum: .*${NEW_CODE}`));
  });

  it('and a changed date by an operator are answered as changes, and listed', async () => {
    await open({ orders: 1 });
    const story = await Story.of(world, 0);
    await world.poll();
    await story.allocated();
    const order = moved(await present(story));
    const dated = {
      ...order,
      deliveries: order.deliveries.map((at) => ({ ...at, requiredDate: '2099-03-02T12:00:00Z' })),
    };
    expect(await amend(story, dated)).toMatchObject({ status: 'accepted', reason: expect.stringContaining(NEW_CODE) });
    await world.until(story.orderRef, ({ tasks }) => tasks.some(({ task }) => task.includes('tell the buyer')));
    const tasks = await tasksOf(story);
    expect(tasks).toMatch(/change ShipByDate of order \S+ from 20\d\d-\d\d-\d\d to 2099-02-\d\d, by hand/);
    expect(tasks).toContain('the policy has ship-to MAIN for the old and the new');
  });

  it('takes an open approval back, is placed as amended, and is not approved by who amended', async () => {
    await open({ orders: 2, policy: withEast });
    const story = await Story.of(world, 1);
    await world.poll();
    const asked = await story.decision('approval');
    expect(await amend(story, moved(await present(story)), 'anna')).toMatchObject({ status: 'accepted' });
    const { decisions } = await world.until(story.orderRef, (now) =>
      now.decisions.some((decision) => decision.kind === 'approval' && decision.id !== asked.id),
    );
    expect(decisions).toHaveLength(1);
    await expect(decide(story, 'approve', 'anna')).rejects.toMatchObject({
      cause: { message: expect.stringContaining('their own') },
    });
    await decide(story, 'approve', 'ben');
    await story.allocated();
    const { northscope } = await world.sandbox.ledger();
    expect(JSON.stringify(northscope.inbound)).toContain('EAST');
  });
});

it('an amendment that needs approval is not approved by who asked for it', async () => {
  await open({ orders: 1 });
  const story = await Story.of(world, 0);
  await world.poll();
  await story.allocated();
  expect(await amend(story, resized(await present(story), '100.5'))).toMatchObject({
    status: 'refused',
    reason: expect.stringContaining('whole numbers'),
  });
  await amend(story, resized(await present(story), '20000'), 'anna');
  await story.decision('approval');
  await expect(decide(story, 'approve', 'anna')).rejects.toMatchObject({
    cause: { message: expect.stringContaining('their own') },
  });
  await decide(story, 'reject', 'ben');
  const { tasks } = await world.until(story.orderRef, (now) => now.tasks.length > 0);
  expect(tasks[0]?.task).toMatch(/^tell anna that the amendment of \S+ is not carried out/);
  const { totals } = await world.until(story.orderRef, ({ decisions }) => decisions.length === 0);
  expect(Number(totals.ordered)).toBeLessThan(20_000);
});

it('an impossible amendment after goods have left offers only what there is', async () => {
  await open({ orders: 1 });
  const story = await Story.of(world, 0);
  await world.poll();
  await story.allocated();
  await story.despatch();
  await world.sandbox.world({ amend: { orderRef: story.orderRef, set: { productCode: 'LBL-0071' } } });
  await world.poll();
  const { question, choices } = await story.decision('mismatch');
  expect(choices).toEqual(['keep it as it was']);
  expect(question).not.toContain('give it up');
});

it('a malformed cancellation is refused and cancels nothing; one before anything was placed says so', async () => {
  await open({ orders: 2 });
  const story = await Story.of(world, 1);
  await world.poll();
  await story.decision('approval');
  const order = world.order(story.orderRef);
  for (const wrong of ['x', ['x'], { by: 7 }]) {
    await expect(order.executeUpdate('cancel', { args: [wrong] })).rejects.toMatchObject({
      cause: { type: 'MalformedAnswer' },
    });
  }
  expect((await story.progress()).stage).toBe('approval');
  const receipt: unknown = await order.executeUpdate('cancel', { args: [] });
  expect(receipt).toMatchObject({ status: 'accepted', reason: expect.stringContaining('nothing has been placed') });
});
