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

it('is not stopped by messages without their content', async () => {
  await open({ orders: 2 });
  const story = await Story.of(world, 1);
  await world.poll();
  await story.decision('approval');
  const order = world.order(story.orderRef);
  for (const signal of ['deliveryReported', 'invoiceReported', 'orderReported']) await order.signal(signal);
  await expect(order.executeUpdate('amend', { args: [{}] })).rejects.toMatchObject({
    cause: { type: 'MalformedAnswer' },
  });
  await expect(order.executeUpdate('decide', { args: [] })).rejects.toMatchObject({
    cause: { type: 'MalformedAnswer' },
  });
  expect(await order.executeUpdate('cancel', { args: [] })).toMatchObject({ status: 'accepted' });
  const { steps } = await story.progress();
  expect(steps.filter(({ text }) => text.includes('was ignored'))).toHaveLength(3);
});

it('asks a person when Claritum lists the order no longer just before the mark', async () => {
  await open({ orders: 1 });
  const story = await Story.of(world, 0);
  await world.sandbox.fault({ vendor: 'manex', operation: 'SO/PriceAdd', fault: 'refused-by-vendor', times: 1 });
  await world.poll();
  const refused = await story.decision('refused-call');
  await world.sandbox.world({ cancel: { orderRef: story.orderRef } });
  await world
    .order(story.orderRef)
    .executeUpdate(decideUpdate, { args: [{ decision: refused.id, choice: 'try again', by: 'olga' }] });
  const vanished = await story.decision('mismatch');
  expect(vanished.question).toContain('has not listed purchase order');
  await world
    .order(story.orderRef)
    .executeUpdate(decideUpdate, { args: [{ decision: vanished.id, choice: 'withdrawn: undo it', by: 'olga' }] });
  expect((await story.result()).stage).toBe('cancelled');
  const { manex } = await world.sandbox.ledger();
  expect(manex.salesOrders[0]?.SODETAILList).toEqual([]);
  expect(JSON.stringify(manex.salesOrders[0])).toContain('CANCELLED');
});

it('hands an invoice over whose order is cancelled', async () => {
  await open({ orders: 1 });
  const story = await Story.of(world, 0);
  await world.poll();
  const { totals } = await story.allocated();
  const uid = await story.invoice('INV-LOST', totals.ordered, (Number(totals.ordered) * 0.85).toFixed(2));
  await story.invoiceAt(uid, 'awaiting-goods');
  await world.order(story.orderRef).executeUpdate(cancelUpdate, { args: [{ by: 'olga' }] });
  expect((await story.result()).stage).toBe('cancelled');
  const { decisions } = await world.untilInvoice(uid, (progress) => progress.decisions.length === 1);
  expect(decisions[0]?.question).toContain('has ended: cancelled');
});

it('needs no new approval to cut an order that was approved, and allocates no more than is ordered after a cut', async () => {
  await open({
    orders: 1,
    policy: (policy) => ({
      ...policy,
      approval: { ...policy.approval, limits: [{ currency: 'GBP', above: '1.00', approvers: [] }] },
    }),
  });
  for (const lot of ['L-2601', 'L-2602']) {
    await world.sandbox.world({
      stock: { vendor: 'northscope', lot, item: 'BRO-A4-16', site: 'SEATTLE', onHand: lot === 'L-2601' ? '40' : '0' },
    });
  }
  const story = await Story.of(world, 0);
  await world.poll();
  await story.decision('approval');
  await world.order(story.orderRef).executeUpdate(decideUpdate, { args: [{ choice: 'approve', by: 'alice' }] });
  await world.until(story.orderRef, ({ totals }) => totals.allocated === '40');
  await story.despatch();
  await world.order(story.orderRef).executeUpdate(cancelUpdate, { args: [{ by: 'olga' }] });
  const cut = await world.until(story.orderRef, ({ totals }) => totals.ordered === '40');
  expect(cut.decisions).toEqual([]);
  await world.sandbox.world({
    stock: { vendor: 'northscope', lot: 'L-2602', item: 'BRO-A4-16', site: 'SEATTLE', onHand: '1000' },
  });
  await story.deliver('40');
  await story.received('40');
  const { northscope } = await world.sandbox.ledger();
  expect(JSON.stringify(northscope.salesOrders)).toContain('"AllocatedUnits":"40.00000"');
});

it('takes an amendment that comes while ManEx is being asked, and places the order as amended', async () => {
  await open({ orders: 1 });
  const story = await Story.of(world, 0);
  await world.sandbox.fault({ vendor: 'manex', operation: 'SO/Add', fault: 'refused-by-vendor', times: 1 });
  await world.poll();
  const refused = await story.decision('refused-call');
  await world.sandbox.world({ amend: { orderRef: story.orderRef, set: { quantity: 60 } } });
  await world.poll();
  await world.until(story.orderRef, ({ steps }) =>
    steps.some(({ text }) => text.includes('amendment by claritum taken in')),
  );
  await world
    .order(story.orderRef)
    .executeUpdate(decideUpdate, { args: [{ decision: refused.id, choice: 'try again', by: 'olga' }] });
  const { totals, documents, tasks } = await world.until(story.orderRef, (now) => now.totals.allocated === '60');
  expect(totals.ordered).toBe('60');
  expect(documents.northscope.orders).toHaveLength(1);
  expect(tasks).toEqual([]);
});

it('marks nothing when reference and uid are of two orders', async () => {
  await open({ orders: 2 });
  const [first = '', second = ''] = await world.orderRefs();
  await world.poll();
  const story = new Story(world, second);
  await story.decision('approval');
  const { events } = await world.order(first).fetchHistory();
  const payload = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0]?.data;
  const { order } = JSON.parse(Buffer.from(payload ?? new Uint8Array()).toString()) as { order: { uid: string } };
  const stranger = await world.start({
    ...order,
    orderRef: 'CL-90001',
    poNumber: 'PO-90001',
    uid: await world.uidOf(second),
  });
  const refused = await world.until('CL-90001', ({ decisions }) => decisions.length === 1);
  await stranger.executeUpdate(decideUpdate, {
    args: [{ decision: refused.decisions[0]?.id ?? '', choice: 'give up', by: 'olga' }],
  });
  const { tasks } = (await stranger.result()) as { tasks: { task: string }[] };
  expect(tasks.map(({ task }) => task).join()).toContain('is not its own there');
  const { claritum } = await world.sandbox.ledger();
  expect(claritum.purchaseOrders.find(({ orderRef }) => orderRef === second)?.exported).toBe(false);
});

it('takes no approval from nobody', async () => {
  await open({ orders: 2 });
  const story = await Story.of(world, 1);
  await world.poll();
  await story.decision('approval');
  await expect(
    world.order(story.orderRef).executeUpdate(decideUpdate, { args: [{ choice: 'approve', by: ' ' }] }),
  ).rejects.toMatchObject({ cause: { type: 'DecisionRefused' } });
  await world.order(story.orderRef).signal('approve', 'garbage');
  const { audit, decisions } = await world.until(story.orderRef, (progress) => progress.audit.length === 2);
  expect(audit.map(({ result }) => result)).toEqual(['refused', 'refused']);
  expect(decisions).toHaveLength(1);
});

it('shows a read that fails again and again, and goes on when it succeeds', async () => {
  await open({ orders: 1 });
  const story = await Story.of(world, 0);
  await world.sandbox.fault({ vendor: 'claritum', operation: 'getSpecification', fault: '503', times: 3 });
  await world.poll();
  const { waitingFor } = await world.until(story.orderRef, (progress) => progress.waitingFor !== null);
  expect(waitingFor).toContain('Claritum: store specification');
  await story.allocated();
});
