import { decideUpdate } from '../../workflows/case/messages';
import { Story } from './story';
import { World, type WorldOptions } from './world';

jest.setTimeout(90_000);

let world: World;

/** Invoice and goods wait for each other only shortly. */
const impatiently: NonNullable<WorldOptions['policy']> = (policy) => ({
  ...policy,
  fulfilment: { ...policy.fulfilment, goodsWithin: '1 second' },
});

async function allocated(policy: NonNullable<WorldOptions['policy']> = impatiently) {
  world = await World.open({ orders: 1, policy });
  const story = await Story.of(world, 0);
  return { story, ...(await story.placed()) };
}

afterEach(async () => {
  await world.replayed();
  await world.close();
});

describe('an invoice that comes before its goods', () => {
  it('is booked when they are received, where a person accepted it ahead of them', async () => {
    const { story, quantity, net } = await allocated();
    const uid = await story.invoice('INV-AHEAD', quantity, net);
    expect((await story.askedAbout(uid)).question).toContain(
      `books ${quantity} as invoiced: 0 received already, ${quantity} as soon as they are received`,
    );
    await story.decide(uid, 'accept');
    const { totals } = await world.until(story.orderRef, ({ steps }) =>
      steps.some(({ text }) => text.startsWith(`invoice INV-AHEAD (${quantity}) settled, ${quantity} of it before`)),
    );
    expect(totals).toMatchObject({ received: '0', invoiced: '0' });
    await story.despatch();
    await story.deliver(quantity);
    const result = await story.result();
    expect(result).toMatchObject({ stage: 'done', tasks: [], totals: { received: quantity, invoiced: quantity } });
  });

  it('waits longer where a person says so, and is settled by itself when they come', async () => {
    const { story, quantity, net } = await allocated();
    const uid = await story.invoice('INV-EARLY', quantity, net);
    const { id } = await story.askedAbout(uid);
    await story.decide(uid, 'wait longer');
    await story.askedAbout(uid, id);
    await story.despatch();
    await story.deliver(quantity);
    expect(await story.result()).toMatchObject({ stage: 'done', totals: { invoiced: quantity } });
    expect(await story.progress()).toMatchObject({ decisions: [], tasks: [] });
  });
});

describe('goods without an invoice', () => {
  const received = async () => {
    const known = await allocated();
    await known.story.despatch();
    await known.story.deliver(known.quantity);
    await known.story.received(known.quantity);
    return known;
  };

  it('are closed without one where a person says so, after a dispute for instance', async () => {
    const { story, quantity } = await received();
    const uid = await story.invoice('INV-WRONG', quantity, '0.01');
    await story.decide(uid, 'dispute');
    await story.invoiceAt(uid, 'disputed');
    const { question } = await story.decision('mismatch');
    expect(question).toContain(`${quantity} of this order was received and no invoice has come for it`);
    await world
      .order(story.orderRef)
      .executeUpdate(decideUpdate, { args: [{ choice: 'close without an invoice', by: 'olga' }] });
    const result = await story.result();
    expect(result).toMatchObject({ stage: 'done', totals: { received: quantity, invoiced: '0' } });
    expect(result.tasks.map(({ task }) => task)).toEqual([
      expect.stringContaining('clear invoice INV-WRONG with the supplier'),
      expect.stringContaining(`${quantity} received and not invoiced`),
    ]);
  });

  it('are asked about no longer when the invoice comes after all', async () => {
    const { story, quantity, net } = await received();
    await story.decision('mismatch');
    await story.invoice('INV-LATE', quantity, net);
    expect(await story.result()).toMatchObject({ stage: 'done', tasks: [], totals: { invoiced: quantity } });
  });
});

it('asks about a second invoice with the number of the first, though its figures match', async () => {
  const { story, quantity } = await allocated();
  await story.despatch();
  await story.deliver(quantity);
  await story.received(quantity);
  const half = String(Number(quantity) / 2);
  const net = (Number(half) * 0.85).toFixed(2);
  const first = await story.invoice('INV-TWIN', half, net);
  await story.invoiceAt(first, 'settled');
  await story.invoice('INV-TWIN', half, net);
  const { purchaseInvoices } = (await world.sandbox.ledger()).claritum;
  const second = purchaseInvoices.find(({ invoiceNumber, uid }) => invoiceNumber === 'INV-TWIN' && uid !== first);
  expect((await story.askedAbout(second?.uid ?? '')).question).toContain(
    `an invoice with the same number (${first}) was settled already`,
  );
  await story.decide(second?.uid ?? '', 'accept');
  expect(await story.result()).toMatchObject({ stage: 'done', totals: { invoiced: quantity } });
});

it('holds up nothing else while somebody is asked about it: goods, other invoices, a new history', async () => {
  const { story, quantity } = await allocated((policy) => ({
    ...policy,
    fulfilment: { ...policy.fulfilment, longestHistory: 100 },
  }));
  const uid = await story.invoice('INV-ODD', quantity, '0.01');
  const { id, openedAt } = await story.askedAbout(uid);
  await story.despatch();
  const half = String(Number(quantity) / 2);
  const net = (Number(half) * 0.85).toFixed(2);
  await story.deliver(half);
  await story.received(half);
  const other = await story.invoice('INV-HALF', half, net);
  await story.invoiceAt(other, 'settled');

  const handle = world.order(story.orderRef);
  const { runId } = await handle.describe();
  for (let sent = 0; sent < 60; sent += 1) await handle.signal('warehouseChanged');
  await world.until(story.orderRef, () => true);
  const runs = async () => (await handle.describe()).runId;
  for (let tries = 0; tries < 60 && (await runs()) === runId; tries += 1) await handle.signal('warehouseChanged');
  expect(await runs()).not.toBe(runId);

  expect((await story.progress()).decisions).toMatchObject([{ id, about: uid, openedAt }]);
  await story.decide(uid, 'dispute');
  await story.invoiceAt(uid, 'disputed');
  await story.deliver(half);
  await story.invoice('INV-REST', half, net);
  const result = await story.result();
  expect(result).toMatchObject({ stage: 'done', totals: { received: quantity, invoiced: quantity } });
  expect(result.audit).toMatchObject([{ decision: id, choice: 'dispute', by: 'olga' }]);
});
