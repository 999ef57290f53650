import { taskQueues } from '../../src/domain/case/names';
import { orderPolicy } from '../../src/domain/case/policy';
import { cancelUpdate, decideUpdate } from '../../workflows/case/messages';
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
  await world.poll();
  const { totals } = await story.allocated();
  return { story, quantity: totals.ordered, net: (Number(totals.ordered) * 0.85).toFixed(2) };
}

afterEach(async () => {
  await world.replayed();
  await world.close();
});

const settlement = (uid: string) => world.temporal.client.workflow.getHandle(`purchase-invoice:${uid}`);
const decide = (uid: string, choice: string) =>
  settlement(uid).executeUpdate(decideUpdate, { args: [{ choice, by: 'olga' }] });
const asked = async (uid: string, id: string) => {
  const { decisions } = await world.untilInvoice(uid, (progress) => progress.decisions.some((open) => open.id === id));
  return decisions[0]?.question ?? '';
};

describe('an invoice that comes before its goods', () => {
  it('is booked when they are received, where a human accepted it ahead of them', async () => {
    const { story, quantity, net } = await allocated();
    const uid = await story.invoice('INV-AHEAD', quantity, net);
    expect(await asked(uid, 'mismatch-1')).toContain(
      `books ${quantity} as invoiced: 0 received already, ${quantity} as soon as they are received`,
    );
    await decide(uid, 'accept');
    expect(await settlement(uid).result()).toMatchObject({ stage: 'settled' });
    const { totals } = await world.until(story.orderRef, ({ steps }) =>
      steps.some(({ text }) => text.startsWith(`invoice INV-AHEAD (${quantity}) settled, ${quantity} of it before`)),
    );
    expect(totals).toMatchObject({ received: '0', invoiced: '0' });
    await story.despatch();
    await story.deliver(quantity);
    const result = await story.result();
    expect(result).toMatchObject({ stage: 'done', tasks: [], totals: { received: quantity, invoiced: quantity } });
  });

  it('waits longer where a human says so, and is settled by itself when they come', async () => {
    const { story, quantity, net } = await allocated();
    const uid = await story.invoice('INV-EARLY', quantity, net);
    await asked(uid, 'mismatch-1');
    await decide(uid, 'wait longer');
    await asked(uid, 'mismatch-2');
    await story.despatch();
    await story.deliver(quantity);
    expect(await story.result()).toMatchObject({ stage: 'done', totals: { invoiced: quantity } });
    expect(await settlement(uid).result()).toMatchObject({ stage: 'settled', decisions: [] });
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

  it('are closed without one where a human says so, after a dispute for instance', async () => {
    const { story, quantity } = await received();
    const uid = await story.invoice('INV-WRONG', quantity, '0.01');
    await asked(uid, 'mismatch-1');
    await decide(uid, 'dispute');
    const { question } = await story.decision('mismatch');
    expect(question).toContain(`${quantity} of this order was received and no invoice has come for it`);
    await world
      .order(story.orderRef)
      .executeUpdate(decideUpdate, { args: [{ choice: 'close without an invoice', by: 'olga' }] });
    const result = await story.result();
    expect(result).toMatchObject({ stage: 'done', totals: { received: quantity, invoiced: '0' } });
    expect(result.tasks.map(({ task }) => task)).toEqual([
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

it('says that the order of an invoice was cancelled, and by whom', async () => {
  const { story, quantity, net } = await allocated();
  await world.order(story.orderRef).executeUpdate(cancelUpdate, { args: [{ by: 'oskar', reason: 'ordered twice' }] });
  expect((await story.result()).stage).toBe('cancelled');
  const uid = await story.invoice('INV-GONE', quantity, net);
  expect(await asked(uid, 'mismatch-1')).toMatch(
    /which has ended: cancelled at 20\S+Z; cancellation asked for by oskar: ordered twice\. Accepting .* touches no order/,
  );
  await decide(uid, 'accept');
  expect(await settlement(uid).result()).toMatchObject({ stage: 'settled', tasks: [] });
});

it('is accepted once, also where the order ended with the claim still open', async () => {
  const { story, quantity, net } = await allocated((policy) => policy);
  const uid = await story.invoice('INV-LOST', quantity, net);
  await world.untilInvoice(uid, ({ stage }) => stage === 'awaiting-goods');
  await world.order(story.orderRef).executeUpdate(cancelUpdate, { args: [{ by: 'oskar' }] });
  expect(await asked(uid, 'mismatch-1')).toMatch(/has ended: cancelled .* asked for by oskar.*books nothing/);
  await decide(uid, 'accept');
  expect(await settlement(uid).result()).toMatchObject({ stage: 'settled' });
});

it('is asked about where its order was cancelled before it came', async () => {
  world = await World.open({ orders: 1 });
  const policy = orderPolicy(world.policy);
  const start = (workflow: string, workflowId: string, input: object) =>
    world.temporal.client.workflow.start(workflow, {
      taskQueue: taskQueues.fulfilment,
      workflowId,
      args: [{ ...input, policy }],
    });
  await start('rememberCancellation', 'purchase-order:CL-1', { orderRef: 'CL-1', by: 'oskar' });
  const invoice = {
    ...{ kind: 'purchase', uid: 'PI-1', invoiceNumber: 'INV-1', invoiceDate: null, orderRef: 'CL-1', poNumber: null },
    ...{ currency: 'GBP', net: '1', tax: '0', gross: '1', lines: [] },
  };
  await start('settleInvoice', 'purchase-invoice:PI-1', { invoice });
  expect(await asked('PI-1', 'mismatch-1')).toContain('cancelled by oskar before it came');
  await decide('PI-1', 'dispute');
  expect(await settlement('PI-1').result()).toMatchObject({ stage: 'disputed' });
});

it('asks about a second invoice with the number of the first, though its figures match', async () => {
  const { story, quantity } = await allocated();
  await story.despatch();
  await story.deliver(quantity);
  await story.received(quantity);
  const half = String(Number(quantity) / 2);
  const net = (Number(half) * 0.85).toFixed(2);
  const first = await story.invoice('INV-TWIN', half, net);
  await settlement(first).result();
  await story.invoice('INV-TWIN', half, net);
  const { purchaseInvoices } = (await world.sandbox.ledger()).claritum;
  const second = purchaseInvoices.find(({ invoiceNumber, uid }) => invoiceNumber === 'INV-TWIN' && uid !== first);
  expect(await asked(second?.uid ?? '', 'mismatch-1')).toContain(
    `an invoice with the same number (${first}) was settled already`,
  );
  await decide(second?.uid ?? '', 'accept');
  expect(await story.result()).toMatchObject({ stage: 'done', totals: { invoiced: quantity } });
});
