import { salesOrderNumber } from '../../src/domain/purchase-order/sales-order-number';
import { ManExClient } from '../../src/vendors/manex/client';
import { decideUpdate } from '../../workflows/case/messages';
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

const decide = (story: Story, choice: string, decision?: string) =>
  world.order(story.orderRef).executeUpdate(decideUpdate, {
    args: [{ choice, by: 'olga', ...(decision === undefined ? {} : { decision }) }],
  });

const net = (quantity: string, price = '0.85'): string => (Number(quantity) * Number(price)).toFixed(2);

it('books what is due of an over-delivery, and lists what came beyond it', async () => {
  await open({ orders: 1 });
  const story = await Story.of(world, 0);
  await world.poll();
  const { totals } = await story.allocated();
  await story.despatch();
  await story.deliver(String(Number(totals.ordered) + 5));
  expect((await story.decision('mismatch')).question).toContain('is still due');
  await decide(story, 'book what is due');
  const { tasks } = await story.received(totals.ordered);
  expect(tasks[0]?.task).toContain('5 delivered beyond what was due');
  const { claritum } = await world.sandbox.ledger();
  expect(claritum.goodsReceipts.map(({ quantity }) => quantity)).toEqual([totals.ordered]);
});

it('lets an invoice that comes before its goods wait for them', async () => {
  await open({ orders: 1 });
  const story = await Story.of(world, 0);
  await world.poll();
  const { totals } = await story.allocated();
  const uid = await story.invoice('INV-EARLY', totals.ordered, net(totals.ordered));
  await story.invoiceAt(uid, 'awaiting-goods');
  await story.despatch();
  await story.deliver(totals.ordered);
  const result = await story.result();
  expect(result.documents.claritum.invoices).toMatchObject([{ number: 'INV-EARLY', outcome: 'settled' }]);
});

it('asks about a second invoice for the same goods, and never settles both by itself', async () => {
  await open({ orders: 1 });
  const story = await Story.of(world, 0);
  await world.poll();
  const { totals } = await story.allocated();
  await story.despatch();
  await story.deliver(totals.ordered);
  await story.received(totals.ordered);
  const both = await Promise.all(
    ['INV-A', 'INV-B'].map((number) =>
      world.sandbox.world({
        invoice: {
          kind: 'purchase',
          orderRef: story.orderRef,
          number,
          quantity: Number(totals.ordered),
          net: net(totals.ordered),
        },
      }),
    ),
  );
  expect(both).toHaveLength(2);
  await world.poll();
  const { purchaseInvoices } = (
    await world.untilLedger(({ claritum }) => claritum.purchaseInvoices.some(({ exported }) => exported))
  ).claritum;
  expect(purchaseInvoices.filter(({ exported }) => exported)).toHaveLength(1);
  const second = purchaseInvoices.find(({ exported }) => !exported);
  const uid = second?.uid ?? '';
  expect(await story.askedAbout(uid)).toMatchObject({ kind: 'mismatch', choices: ['accept', 'dispute'] });
  await story.decide(uid, 'dispute');
  const result = await story.result();
  expect(result.totals.invoiced).toBe(totals.ordered);
  expect(result.documents.claritum.invoices.map(({ outcome }) => outcome)).toEqual(['settled', 'disputed']);
  expect(result.tasks).toMatchObject([{ task: expect.stringContaining('it is disputed') }]);
});

it('waits for stock that is missing, and allocates it when it comes', async () => {
  await open({ orders: 1 });
  for (const lot of ['L-2601', 'L-2602']) {
    await world.sandbox.world({
      stock: { vendor: 'northscope', lot, item: 'BRO-A4-16', site: 'SEATTLE', onHand: '20' },
    });
  }
  const story = await Story.of(world, 0);
  await world.poll();
  const { totals } = await world.until(story.orderRef, (progress) => progress.totals.allocated === '40');
  expect(Number(totals.ordered)).toBeGreaterThan(40);
  await world.sandbox.world({
    stock: { vendor: 'northscope', lot: 'L-2601', item: 'BRO-A4-16', site: 'SEATTLE', onHand: '100000' },
  });
  await story.allocated();
});

it('reminds, escalates and refuses an approval at its deadline', async () => {
  await open({
    orders: 2,
    policy: (policy) => ({
      ...policy,
      approval: {
        ...policy.approval,
        limits: policy.approval.limits.map((limit) => ({ ...limit, approvers: ['alice'] })),
        remindEvery: '1 second',
        escalation: { after: '2 seconds', approvers: ['boss'] },
        deadline: '6 seconds',
        atDeadline: 'reject',
      },
    }),
  });
  const story = await Story.of(world, 1);
  await world.poll();
  await story.decision('approval');
  const escalated = await world.until(
    story.orderRef,
    ({ decisions }) => decisions[0]?.approvers.includes('boss') === true,
  );
  expect(escalated.decisions[0]?.reminders).toBeGreaterThanOrEqual(2);
  const result = await story.result();
  expect(result.stage).toBe('refused');
  expect(result.audit).toMatchObject([{ choice: 'reject', by: 'deadline', result: 'deadline' }]);
});

it('asks what a product is called elsewhere when nobody said, and tries again when told to', async () => {
  await open({ orders: 1 });
  const story = await Story.of(world, 0);
  await world.sandbox.world({ amend: { orderRef: story.orderRef, set: { productCode: 'NOBODY-KNOWS' } } });
  await world.poll();
  const unmapped = await story.decision('unmapped-record');
  expect(unmapped.facts.map(({ value }) => value).join()).toContain('NOBODY-KNOWS');
  await decide(story, 'try again', unmapped.id);
  const again = await world.until(
    story.orderRef,
    ({ decisions }) => decisions[0] !== undefined && decisions[0].id !== unmapped.id,
  );
  await decide(story, 'give up', again.decisions[0]?.id);
  expect((await story.result()).stage).toBe('cancelled');
});

it('asks a person about a receipt whose answer was lost, saying what was sent, when and with which reference', async () => {
  await open({ orders: 1 });
  const story = await Story.of(world, 0);
  await world.sandbox.fault({ vendor: 'claritum', operation: 'setGoodsReceipts', fault: 'drop', times: 1 });
  await world.poll();
  const { totals } = await story.allocated();
  await story.despatch();
  await story.deliver(totals.ordered);
  const unknown = await story.decision('unknown-outcome');
  const facts = Object.fromEntries(unknown.facts.map(({ label, value }) => [label, value]));
  const { claritum } = await world.sandbox.ledger();
  expect(facts).toMatchObject({ receiptRef: claritum.goodsReceipts[0]?.receiptRef, quantity: totals.ordered });
  expect(Date.parse(facts['scheduled at'] ?? '')).not.toBeNaN();
  await decide(story, 'it happened');
  await story.received(totals.ordered);
  expect((await world.sandbox.ledger()).claritum.goodsReceipts).toHaveLength(1);
});

it('asks before it gives up an order whose numbers in ManEx are all taken', async () => {
  await open({ orders: 1 });
  const story = await Story.of(world, 0);
  const manex = new ManExClient({ endpoint: world.sandbox.origin, apiKey: '1234567890' });
  const numbers = Array.from({ length: 20 }, (_, attempt) => salesOrderNumber(story.orderRef, attempt));
  for (const soNo of numbers) await manex.soAdd({ soNo, custNo: '0000000008', poNo: 'THEIRS', note: 'their own' });
  await world.poll();
  const taken = await story.decision('refused-call');
  expect(taken).toMatchObject({ choices: ['try again', 'give up'], facts: [{ label: 'SoNo', value: numbers[0] }] });
  await decide(story, 'give up');
  expect((await story.result()).stage).toBe('cancelled');
  const ledger = await world.sandbox.ledger();
  expect(ledger.manex.salesOrders.map(({ PONO }) => PONO)).toEqual(numbers.map(() => 'THEIRS'));
});
