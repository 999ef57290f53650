import { decideUpdate } from '../../workflows/case/messages';
import { Story } from './story';
import { World } from './world';

jest.setTimeout(90_000);

let world: World;

afterEach(async () => {
  await world.replayed();
  await world.close();
});

const settlement = (uid: string) => world.temporal.client.workflow.getHandle(`purchase-invoice:${uid}`);
const decide = (uid: string, choice: string) =>
  settlement(uid).executeUpdate(decideUpdate, { args: [{ choice, by: 'olga' }] });

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
  await world.untilInvoice(uid, ({ decisions }) => decisions.length === 1);
  await correct(story, uid, 'INV-1', '100', '85.00');
  await world.poll();
  expect(await settlement(uid).result()).toMatchObject({
    stage: 'settled',
    audit: [{ by: 'claritum', reason: 'the invoice was changed' }],
  });
  expect(await story.result()).toMatchObject({ stage: 'done', totals: { invoiced: '100' } });
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
  expect(await settlement(uid).result()).toMatchObject({ stage: 'settled' });
  const { totals } = await world.until(story.orderRef, (now) => now.totals.invoiced === '60');
  expect(totals).toMatchObject({ received: '100', invoiced: '60' });
  await story.invoice('INV-3', '40', '34.00');
  expect(await story.result()).toMatchObject({ stage: 'done', totals: { invoiced: '100' } });
});

it('is set aside where it is corrected after it was settled', async () => {
  const story = await received();
  const uid = await story.invoice('INV-4', '60', '51.00');
  expect(await settlement(uid).result()).toMatchObject({ stage: 'settled' });
  await correct(story, uid, 'INV-4', '70', '59.50');
  const { setAside } = await world.poll();
  expect(setAside).toMatchObject([{ kind: 'invoice', uid, reason: expect.stringContaining('settled or disputed') }]);
});

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
    const { decisions } = await world.untilInvoice(uid, (now) => now.decisions.length === 1);
    expect(decisions[0]?.question).toContain('has not listed invoice INV-5');
    return { story, uid };
  }

  it('is a question, and marked where it is back', async () => {
    const { uid } = await vanished();
    await decide(uid, 'look again');
    expect(await settlement(uid).result()).toMatchObject({ stage: 'settled' });
    expect((await world.sandbox.ledger()).claritum.purchaseInvoices).toMatchObject([{ uid, exported: true }]);
  });

  it('takes none of the goods where it was withdrawn', async () => {
    const { story, uid } = await vanished();
    await decide(uid, 'it was withdrawn');
    const { tasks } = await settlement(uid).result();
    expect(tasks).toMatchObject([{ task: expect.stringContaining('withdrawn before it was settled') }]);
    await story.invoice('INV-6', '100', '85.00');
    expect(await story.result()).toMatchObject({ stage: 'done', totals: { invoiced: '100' } });
  });
});
