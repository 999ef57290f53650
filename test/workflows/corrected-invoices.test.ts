import { Story } from './story';
import { World } from './world';

jest.setTimeout(90_000);

let world: World;

afterEach(async () => {
  await world.replayed();
  await world.close();
});

/** The supplier writes the invoice anew, under its uid. */
const correct = ({ orderRef }: Story, uid: string, number: string, quantity: string, net: string) =>
  world.sandbox.world({ invoice: { kind: 'purchase', orderRef, number, uid, quantity, net } });

/** An order of 100 at 0.85, all of it received. */
async function received(): Promise<Story> {
  world = await World.open({ orders: 1 });
  const story = await Story.of(world, 0);
  await world.sandbox.world({ amend: { orderRef: story.orderRef, set: { quantity: 100, net: '85.00' } } });
  await world.poll();
  await story.allocated();
  await story.despatch();
  await story.deliver('100');
  await story.received('100');
  // Its mark comes after the receipt: a fault that is set next must not fall on it.
  await world.untilLedger(({ claritum }) => claritum.deliveries.some(({ exported }) => exported));
  return story;
}

it('is matched anew where it is corrected while somebody is asked about it', async () => {
  const story = await received();
  const uid = await story.invoice('INV-1', '100', '99.00');
  await story.askedAbout(uid);
  await correct(story, uid, 'INV-1', '100', '85.00');
  await world.poll();
  expect(await story.result()).toMatchObject({
    stage: 'done',
    totals: { invoiced: '100' },
    audit: [{ by: 'claritum', reason: 'the invoice was changed' }],
  });
});

it('is not marked in a version that was not matched: it gives its goods back, and asks for what it says now', async () => {
  const story = await received();
  await world.sandbox.fault({
    vendor: 'claritum',
    operation: 'markExported',
    fault: '503',
    phase: 'before',
    times: 1,
  });
  const uid = await story.invoice('INV-2', '100', '85.00');
  await world.untilLedger(({ calls }) =>
    calls.some(({ operation, key, fault }) => operation === 'markExported' && key === uid && fault === '503'),
  );
  await correct(story, uid, 'INV-2', '60', '51.00');
  expect(await story.invoiceAt(uid, 'settled')).toMatchObject({ quantity: '60' });
  expect((await story.progress()).totals).toMatchObject({ received: '100', invoiced: '60' });
  await story.invoice('INV-3', '40', '34.00');
  expect(await story.result()).toMatchObject({ stage: 'done', totals: { invoiced: '100' } });
});

describe('an invoice that is listed after it was settled', () => {
  it('is a task where it says something else, and nothing more of it is booked', async () => {
    const story = await received();
    const uid = await story.invoice('INV-4', '60', '51.00');
    await story.invoiceAt(uid, 'settled');
    await correct(story, uid, 'INV-4', '70', '59.50');
    await world.poll();
    const { tasks, totals } = await world.until(story.orderRef, (now) => now.tasks.length > 0);
    expect(tasks).toMatchObject([
      { task: expect.stringContaining(`(${uid}) was settled with 60, and Claritum lists`) },
    ]);
    expect(totals.invoiced).toBe('60');
  });

  it('is looked at where it says the same, and not booked a second time', async () => {
    const story = await received();
    const uid = await story.invoice('INV-4', '60', '51.00');
    await story.invoiceAt(uid, 'settled');
    await world.order(story.orderRef).signal('invoiceReported', await toldOf(story));
    await story.invoice('INV-4B', '40', '34.00');
    const { steps, ...result } = await story.result();
    expect(result).toMatchObject({ stage: 'done', tasks: [], totals: { invoiced: '100' } });
    expect(steps.filter(({ text }) => text.includes('INV-4 ('))).toHaveLength(1);
    const { calls } = await world.sandbox.ledger();
    expect(calls.filter(({ operation, key }) => operation === 'markExported' && key === uid)).toHaveLength(1);
  });
});

/** What the poller told the order of its first invoice. */
async function toldOf({ orderRef }: Story): Promise<object> {
  const { events } = await world.order(orderRef).fetchHistory();
  const signals = (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: told }) => told ?? []);
  const data = signals.find(({ signalName }) => signalName === 'invoiceReported')?.input?.payloads?.[0]?.data;
  return JSON.parse(Buffer.from(data ?? '').toString()) as object;
}

describe('an invoice that is listed no longer and that Waybill has not marked', () => {
  async function vanished(): Promise<{ story: Story; uid: string }> {
    const story = await received();
    await world.sandbox.fault({
      vendor: 'claritum',
      operation: 'getPurchaseInvoices',
      fault: 'empty-list',
      after: 1,
      times: 2,
    });
    const uid = await story.invoice('INV-5', '100', '85.00');
    expect((await story.askedAbout(uid)).question).toContain('has not listed invoice INV-5');
    return { story, uid };
  }

  it('is a question, and marked where it is back', async () => {
    const { story, uid } = await vanished();
    await story.decide(uid, 'look again');
    expect(await story.result()).toMatchObject({ stage: 'done', totals: { invoiced: '100' } });
    expect((await world.sandbox.ledger()).claritum.purchaseInvoices).toMatchObject([{ uid, exported: true }]);
  });

  it('takes none of the goods where it was withdrawn', async () => {
    const { story, uid } = await vanished();
    await story.decide(uid, 'it was withdrawn');
    await story.invoiceAt(uid, 'disputed');
    const { tasks } = await story.progress();
    expect(tasks).toMatchObject([{ task: expect.stringContaining('withdrawn before it was settled') }]);
    await story.invoice('INV-6', '100', '85.00');
    expect(await story.result()).toMatchObject({ stage: 'done', totals: { invoiced: '100' } });
  });
});
