import type { Progress } from '../../src/domain/purchase-order/progress';
import { amendUpdate } from '../../workflows/purchase-order/messages';
import { cancelUpdate, decideUpdate } from '../../workflows/case/messages';
import type { PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import { cancelBefore } from './cancel-before';
import { taskQueues } from '../../src/domain/case/names';
import { orderPolicy } from '../../src/domain/case/policy';
import { recordGolden } from './golden';
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

const cancel = (story: Story, by = 'olga') =>
  world.order(story.orderRef).executeUpdate(cancelUpdate, { args: [{ by, reason: 'no longer needed' }] });

/** The order as the workflow was given it. */
async function given({ orderRef }: Story): Promise<PurchaseOrder> {
  const { events } = await world.order(orderRef).fetchHistory();
  const payload = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0]?.data;
  return (JSON.parse(Buffer.from(payload ?? new Uint8Array()).toString()) as { order: PurchaseOrder }).order;
}

const manexOrder = async ({ orderRef }: Story) => {
  const number = orderRef.replace(/\D/g, '').padStart(10, '0');
  return (await world.sandbox.ledger()).manex.salesOrders.find(({ SONO }) => SONO === number);
};

describe('cancelling', () => {
  it('before approval places nothing and marks the order at the very end', async () => {
    await open({ orders: 2 });
    const story = await Story.of(world, 1);
    await world.poll();
    await story.decision('approval');
    expect(await cancel(story)).toMatchObject({ status: 'accepted' });
    const result = await story.result();
    expect(result.stage).toBe('cancelled');
    expect(await manexOrder(story)).toBeUndefined();
    expect(result.documents.claritum.exported).toBe(true);
  });

  it('between ManEx calls undoes what was placed, last first', async () => {
    await open({ orders: 1 });
    const story = await Story.of(world, 0);
    await world.sandbox.fault({ vendor: 'manex', operation: 'SO/DueDateAdd', fault: 'refused-by-vendor', times: -1 });
    await world.poll();
    await story.decision('refused-call');
    expect(await cancel(story)).toMatchObject({ status: 'accepted' });
    const result = await story.result();
    expect(result.stage).toBe('cancelled');
    const order = await manexOrder(story);
    expect(order?.SODETAILList).toEqual([]);
    expect(JSON.stringify(order)).toContain('CANCELLED');
    const { calls, claritum } = await world.sandbox.ledger();
    const undone = calls
      .filter(({ operation }) => /Delete$|^SO\/Edit$/.test(operation))
      .map(({ operation }) => operation);
    expect(undone).toEqual(['SO/PriceDelete', 'SO/ItemDelete', 'SO/Edit']);
    const marked = calls.findIndex(({ operation }) => operation === 'markExported');
    expect(marked).toBeGreaterThan(calls.findIndex(({ operation }) => operation === 'SO/Edit'));
    expect(claritum.purchaseOrders[0]?.exported).toBe(true);
    await recordGolden(world, 'cancelled');
  });

  it('after the allocation undoes ManEx and lists what NorthScope offers no way for', async () => {
    await open({ orders: 1 });
    const story = await Story.of(world, 0);
    await world.poll();
    await story.allocated();
    expect(await cancel(story)).toMatchObject({ status: 'accepted' });
    const result = await story.result();
    expect(result.stage).toBe('cancelled');
    expect(result.tasks.map(({ task }) => task)).toEqual([
      expect.stringContaining('NorthScope: cancel order'),
      expect.stringContaining('tell the buyer'),
    ]);
    expect((await manexOrder(story))?.SODETAILList).toEqual([]);
  });

  it('after a partial despatch cancels only the rest, and twice is refused with the reason', async () => {
    await open({ orders: 3 });
    const story = await Story.of(world, 2);
    await world.poll();
    const { ledger } = await story.allocated();
    const [first] = ledger.deliveries;
    await story.despatch(0);
    const receipt = await cancel(story);
    expect(receipt).toMatchObject({ status: 'accepted', reason: expect.stringContaining('have left the warehouse') });
    await world.until(story.orderRef, ({ totals }) => totals.ordered === first?.ordered);
    expect(await cancel(story)).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining('have left the warehouse'),
    });

    await story.deliver(first?.ordered ?? '', first?.deliveryRef);
    await story.received(first?.ordered ?? '');
    const price = (await given(story)).unitPrice;
    await story.invoice('INV-REST', first?.ordered ?? '', (Number(first?.ordered) * Number(price)).toFixed(2));
    const result = await story.result();
    expect(result.stage).toBe('done');
    expect(result.totals.received).toBe(first?.ordered);
    const [line] = (await manexOrder(story))?.SODETAILList ?? [];
    expect(Number(line?.['ORD_QTY'])).toBe(Number(first?.ordered));
    expect(line?.DueDateList).toHaveLength(1);
    expect(result.tasks.map(({ task }) => task).join()).toContain('NorthScope: reduce');
  });

  it('by the Web UI’s own button means the same: nothing is torn apart, everything is undone', async () => {
    await open({ orders: 1 });
    const story = await Story.of(world, 0);
    await world.poll();
    await story.allocated();
    await world.order(story.orderRef).cancel();
    const result = await story.result();
    expect(result.stage).toBe('cancelled');
    expect((await manexOrder(story))?.SODETAILList).toEqual([]);
    expect(result.documents.claritum.exported).toBe(true);
  });

  it('before the order itself is remembered: the order is not started, but marked and told of', async () => {
    await open({ orders: 1 });
    const [orderRef = ''] = await world.orderRefs();
    const remembered = await cancelBefore(world, orderRef, 'olga');
    expect(remembered).toMatchObject({ status: 'accepted' });
    expect(await world.poll()).toMatchObject({ started: 0 });
    const result: Progress = await world.order(orderRef).result();
    expect(result).toMatchObject({ stage: 'cancelled', documents: { claritum: { exported: true } } });
    const { manex, claritum } = await world.sandbox.ledger();
    expect(manex.salesOrders).toEqual([]);
    expect(claritum.purchaseOrders[0]?.exported).toBe(true);
  });

  it('before the order itself is taken once; where it never reached the workflow, the order is fulfilled', async () => {
    await open({ orders: 1 });
    const [orderRef = ''] = await world.orderRefs();
    expect(await cancelBefore(world, 'CL-1', 'olga')).toMatchObject({ status: 'accepted' });
    expect(await cancelBefore(world, 'CL-1', 'oskar')).toEqual({
      status: 'refused',
      reason: 'it is already cancelled, by olga',
    });
    await world.temporal.client.workflow.start('fulfilPurchaseOrder', {
      workflowId: `purchase-order:${orderRef}`,
      taskQueue: taskQueues.fulfilment,
      args: [{ orderRef, policy: orderPolicy(world.policy) }],
    });
    expect(await world.poll()).toMatchObject({ started: 0, known: 1 });
    await (await Story.of(world, 0)).allocated();
    expect(await cancelBefore(world, orderRef, 'olga')).toMatchObject({ status: 'accepted' });
    expect((await world.order(orderRef).result()).stage).toBe('cancelled');
  });

  it('by the buyer, who withdraws the order in Claritum, is noticed by the poller', async () => {
    await open({ orders: 2 });
    const story = await Story.of(world, 1);
    await world.poll();
    await story.decision('approval');
    await world.sandbox.world({ cancel: { orderRef: story.orderRef } });
    const { steps, stage } = await world.pollUntil(story.orderRef, (progress) => progress.stage !== 'approval');
    expect(['compensating', 'cancelled']).toContain(stage);
    expect(steps.map(({ text }) => text).join()).toContain('withdrawn by the buyer');
  });
});

describe('amending', () => {
  const amend = (story: Story, order: PurchaseOrder) =>
    world.order(story.orderRef).executeUpdate(amendUpdate, { args: [{ order, by: 'olga' }] });

  it('before anything is placed replaces the order', async () => {
    await open({ orders: 2 });
    const story = await Story.of(world, 1);
    await world.poll();
    await story.decision('approval');
    const order = await given(story);
    const [delivery] = order.deliveries;
    if (delivery === undefined) throw new Error('no delivery');
    const smaller = { ...order, quantity: '100', net: '85.00', deliveries: [{ ...delivery, quantity: '100' }] };
    expect(await amend(story, smaller)).toMatchObject({ status: 'accepted' });
    const { totals } = await story.allocated();
    expect(totals.ordered).toBe('100');
    const [line] = (await manexOrder(story))?.SODETAILList ?? [];
    expect(Number(line?.['ORD_QTY'])).toBe(100);
  });

  it('after the allocation carries the difference into ManEx and orders more in NorthScope', async () => {
    await open({ orders: 1 });
    const story = await Story.of(world, 0);
    await world.poll();
    await story.allocated();
    const order = await given(story);
    const quantity = String(Number(order.quantity) + 30);
    await world.sandbox.world({ amend: { orderRef: story.orderRef, set: { quantity: Number(quantity) } } });
    await world.poll();
    const { documents, totals } = await world.until(story.orderRef, (now) => now.totals.allocated === quantity);
    expect(totals.ordered).toBe(quantity);
    expect(documents.northscope.orders).toHaveLength(2);
    const [line] = (await manexOrder(story))?.SODETAILList ?? [];
    expect(Number(line?.['ORD_QTY'])).toBe(Number(quantity));
    expect(line?.DueDateList.map(({ QTY }) => Number(QTY))).toEqual([Number(quantity)]);
    const { claritum } = await world.untilLedger((ledger) => ledger.claritum.purchaseOrders[0]?.exported === true);
    expect(claritum.purchaseOrders[0]?.exported).toBe(true);
    await recordGolden(world, 'amended');
  });

  it('below what has been despatched is refused with the reason', async () => {
    await open({ orders: 1 });
    const story = await Story.of(world, 0);
    await world.poll();
    await story.allocated();
    await story.despatch();
    const order = await given(story);
    const [delivery] = order.deliveries;
    if (delivery === undefined) throw new Error('no delivery');
    const receipt = await amend(story, { ...order, quantity: '1', deliveries: [{ ...delivery, quantity: '1' }] });
    expect(receipt).toMatchObject({ status: 'refused', reason: expect.stringContaining('already been despatched') });
    const { totals } = await story.progress();
    expect(totals.ordered).toBe(order.quantity);
  });

  it('by the buyer into something that cannot be done asks a person, and keeps the order as it was', async () => {
    await open({ orders: 1 });
    const story = await Story.of(world, 0);
    await world.poll();
    await story.allocated();
    await world.sandbox.world({ amend: { orderRef: story.orderRef, set: { productCode: 'LBL-0071' } } });
    await world.poll();
    expect((await story.decision('mismatch')).question).toContain('that is another order');
    await world
      .order(story.orderRef)
      .executeUpdate(decideUpdate, { args: [{ choice: 'keep it as it was', by: 'olga' }] });
    const { tasks } = await world.until(story.orderRef, (progress) => progress.tasks.length > 0);
    expect(tasks[0]?.task).toContain('tell the buyer');
    await world.untilLedger((ledger) => ledger.claritum.purchaseOrders[0]?.exported === true);
  });
});
