import { multiply, round } from '../../src/domain/values/decimal';
import { approveSignal, decideUpdate, rejectSignal } from '../../workflows/case/messages';
import { recordGolden } from './golden';
import { Story } from './story';
import { World, type WorldOptions } from './world';

jest.setTimeout(60_000);

/** What no history may carry. */
const SECRETS = /supplier-secret|StrongPassword|1234567890\b/;

let world: World;
const open = async (options: WorldOptions): Promise<World> => {
  world = await World.open(options);
  return world;
};

afterEach(async () => {
  const histories = await world.replayed();
  expect(histories).toContain('fulfilment');
  expect(histories).not.toMatch(SECRETS);
  await world.close();
});

/** Delivers, invoices and ends an order whose goods have left. */
async function finish(story: Story): Promise<void> {
  const { totals } = await story.progress();
  const [order] = (await world.sandbox.ledger()).claritum.purchaseOrders.filter(
    ({ orderRef }) => orderRef === story.orderRef,
  );
  await story.received(totals.ordered);
  await story.invoice(
    `INV-${story.orderRef}`,
    totals.ordered,
    round(multiply(totals.ordered, String(order?.['unitPrice'])), 2),
  );
}

it('carries a purchase order from Claritum through ManEx and NorthScope to the receipt and the invoice', async () => {
  await open({ orders: 1, warehouseFeed: true });
  const story = await Story.of(world, 0);
  expect(await world.poll()).toMatchObject({ started: 1, setAside: [] });

  const { totals } = await story.allocated();
  await story.despatch();
  await story.deliver(totals.ordered);
  await finish(story);

  const result = await story.result();
  expect(result.stage).toBe('done');
  expect(result.tasks).toEqual([]);
  expect(result.documents.documents.length).toBeGreaterThanOrEqual(2);

  const { claritum, manex, northscope } = await world.sandbox.ledger();
  expect(claritum.purchaseOrders[0]).toMatchObject({ orderRef: story.orderRef, exported: true });
  expect(claritum.deliveries.map(({ exported }) => exported)).toEqual([true]);
  expect(claritum.goodsReceipts.map(({ quantity }) => quantity)).toEqual([totals.ordered]);
  expect(claritum.purchaseInvoices.map(({ exported }) => exported)).toEqual([true]);
  expect(manex.salesOrders).toHaveLength(1);
  const [line, ...more] = manex.salesOrders[0]?.SODETAILList ?? [];
  expect(more).toEqual([]);
  expect(line?.STATUS.trim().toUpperCase()).toBe('CLOSED');
  expect(line?.SOPRICESList).toHaveLength(1);
  expect(line?.DueDateList).toHaveLength(1);
  expect(northscope.salesOrders.map(({ OrderID }) => OrderID)).toEqual([`${result.documents.manex.soNo}-1`]);
  const described = await world.order(story.orderRef).describe();
  const { claritum: own, manex: placed } = result.documents;
  expect(described.searchAttributes['Keys']).toEqual(
    [own.orderRef, own.poNumber, own.uid, placed.soNo, `INV-${story.orderRef}`, `${placed.soNo}-1`].map((key) =>
      String(key).toUpperCase(),
    ),
  );
  await recordGolden(world, 'straight-through');
});

it('waits for approval over the limit, and takes the update the command line sends', async () => {
  await open({ orders: 2 });
  const story = await Story.of(world, 1);
  await world.poll();
  const approval = await story.decision('approval');
  expect(approval.question).toContain('over the limit of 10000.00');
  expect((await world.sandbox.ledger()).manex.salesOrders.filter(({ PONO }) => PONO.trim() === 'x')).toEqual([]);

  const receipt = await world.order(story.orderRef).executeUpdate(decideUpdate, {
    args: [{ decision: approval.id, choice: 'approve', by: 'alice', reason: 'within budget' }],
  });
  expect(receipt).toEqual({ status: 'accepted', id: approval.id, reason: null });
  const { audit } = await story.allocated();
  expect(audit).toEqual([
    expect.objectContaining({ decision: approval.id, choice: 'approve', by: 'alice', result: 'accepted' }),
  ]);
});

it('takes the bare signal of the Web UI as an approval, and refuses it where approvers are named', async () => {
  const named = ['bob'];
  await open({
    orders: 2,
    policy: (policy) => ({
      ...policy,
      approval: { ...policy.approval, limits: policy.approval.limits.map((limit) => ({ ...limit, approvers: named })) },
    }),
  });
  const story = await Story.of(world, 1);
  await world.poll();
  await story.decision('approval');
  await world.order(story.orderRef).signal(approveSignal);
  const { audit, decisions } = await world.until(story.orderRef, (progress) => progress.audit.length === 1);
  expect(audit[0]).toMatchObject({ by: 'web-ui', result: 'refused', because: expect.stringContaining('bob') });
  expect(decisions).toHaveLength(1);

  await expect(
    world.order(story.orderRef).executeUpdate(decideUpdate, { args: [{ choice: 'approve', by: 'mallory' }] }),
  ).rejects.toMatchObject({ cause: { type: 'DecisionRefused' } });

  await world.order(story.orderRef).signal(approveSignal, { by: 'bob' });
  await story.allocated();
});

it('places nothing when the approval is rejected, marks the order and lists the task to tell the buyer', async () => {
  await open({ orders: 2 });
  const story = await Story.of(world, 1);
  await world.poll();
  await story.decision('approval');
  await world.order(story.orderRef).signal(rejectSignal, { by: 'carol', reason: 'too dear' });

  const result = await story.result();
  expect(result.stage).toBe('refused');
  expect(result.tasks.map(({ task }) => task)).toEqual([expect.stringContaining('tell the buyer')]);
  const { claritum, calls } = await world.sandbox.ledger();
  expect(claritum.purchaseOrders.find(({ orderRef }) => orderRef === story.orderRef)?.exported).toBe(true);
  const number = story.orderRef.replace(/\D/g, '').padStart(10, '0');
  expect(calls.filter(({ vendor, key }) => vendor === 'manex' && key === number)).toEqual([]);
});

it('books two despatches to two addresses as they happen', async () => {
  await open({ orders: 3, warehouseFeed: true });
  const story = await Story.of(world, 2);
  await world.poll();
  const { ledger, documents } = await story.allocated();
  expect(ledger.deliveries).toHaveLength(2);
  expect(documents.northscope.orders).toHaveLength(2);
  for (const [index, { ordered, deliveryRef }] of ledger.deliveries.entries()) {
    await story.despatch(index);
    await story.deliver(ordered, deliveryRef);
  }
  await finish(story);
  const result = await story.result();
  expect(result.stage).toBe('done');
  expect(result.documents.claritum.receipts.map(({ quantity }) => quantity)).toEqual(
    ledger.deliveries.map(({ ordered }) => ordered),
  );
  await recordGolden(world, 'two-despatches');
});

it('asks a person about goods that left and never arrived, and closes the order short', async () => {
  await open({
    orders: 1,
    policy: (policy) => ({ ...policy, fulfilment: { ...policy.fulfilment, deliveryWithin: '1 second' } }),
  });
  const story = await Story.of(world, 0);
  await world.poll();
  const { totals } = await story.allocated();
  await story.despatch();
  const arrived = String(Number(totals.ordered) - 1);
  await story.deliver(arrived);
  await story.received(arrived);
  const short = await story.decision('short-delivery');
  expect(short.question).toContain('1 of this order');
  await world.order(story.orderRef).executeUpdate(decideUpdate, { args: [{ choice: 'close short', by: 'dora' }] });
  const [order] = (await world.sandbox.ledger()).claritum.purchaseOrders;
  await story.invoice('INV-SHORT', arrived, round(multiply(arrived, String(order?.['unitPrice'])), 2));

  const result = await story.result();
  expect(result.totals).toMatchObject({ received: arrived, invoiced: arrived });
  expect(result.tasks).toHaveLength(1);
});

it('asks for approval where the price differs from the agreed one', async () => {
  await open({ orders: 1 });
  const story = await Story.of(world, 0);
  await world.sandbox.world({ amend: { orderRef: story.orderRef, set: { unitPrice: '0.99' } } });
  await world.poll();
  expect((await story.decision('approval')).question).toContain('differs from the agreed');
  await world.order(story.orderRef).signal(rejectSignal, { by: 'alice' });
  expect((await story.result()).stage).toBe('refused');
});

it('holds an invoice whose net does not match, until a person accepts it', async () => {
  await open({ orders: 1 });
  const story = await Story.of(world, 0);
  await world.poll();
  const { totals } = await story.allocated();
  await story.despatch();
  await story.deliver(totals.ordered);
  await story.received(totals.ordered);
  const uid = await story.invoice('INV-DEAR', totals.ordered, '99999.00');
  expect((await story.askedAbout(uid)).question).toContain('differs by');
  expect((await world.sandbox.ledger()).claritum.purchaseInvoices[0]?.exported).toBe(false);
  await story.decide(uid, 'accept');

  const result = await story.result();
  expect(result.documents.claritum.invoices).toEqual([
    { uid, number: 'INV-DEAR', quantity: totals.ordered, outcome: 'settled' },
  ]);
  await recordGolden(world, 'asked');
});

it('starts one workflow per order, however often the poller meets it', async () => {
  await open({ orders: 3 });
  expect(await world.poll()).toMatchObject({ started: 3, known: 0 });
  const again = await world.poll();
  expect(again.started).toBe(0);
  const [straight] = await world.orderRefs();
  await new Story(world, straight ?? '').allocated();
  const { manex, northscope } = await world.sandbox.ledger();
  const numbers = manex.salesOrders.map(({ SONO }) => SONO);
  expect(new Set(numbers).size).toBe(numbers.length);
  const orders = northscope.salesOrders.map(({ OrderID }) => OrderID);
  expect(new Set(orders).size).toBe(orders.length);
});
