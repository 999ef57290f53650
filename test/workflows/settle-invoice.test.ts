import { taskQueues } from '../../src/domain/case/names';
import type { Invoice } from '../../src/domain/invoice/invoice';
import { orderPolicy } from '../../src/domain/case/policy';
import { cancelUpdate, decideUpdate } from '../../workflows/case/messages';
import { cancelBefore } from './cancel-before';
import { recordGolden } from './golden';
import { Story } from './story';
import { World } from './world';

jest.setTimeout(90_000);

let world: World;

async function allocated() {
  world = await World.open({ orders: 1 });
  const story = await Story.of(world, 0);
  return { story, ...(await story.placed()) };
}

afterEach(async () => {
  await world.replayed();
  await world.close();
});

const invoiceOf = (orderRef: string): Invoice => ({
  ...{ kind: 'purchase', uid: 'PI-1', invoiceNumber: 'INV-1', invoiceDate: null, orderRef, poNumber: null },
  ...{ currency: 'GBP', net: '1', tax: '0', gross: '1', lines: [] },
});
const settlement = (uid: string) => world.temporal.client.workflow.getHandle(`purchase-invoice:${uid}`);
const decide = (uid: string, choice: string) =>
  settlement(uid).executeUpdate(decideUpdate, { args: [{ choice, by: 'olga' }] });
const asked = async (uid: string, id: string) => {
  const { decisions } = await world.untilInvoice(uid, (progress) => progress.decisions.some((open) => open.id === id));
  return decisions[0]?.question ?? '';
};

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

it('is handed over where its order ends while it waits for its goods', async () => {
  const { story, quantity, net } = await allocated();
  const uid = await story.invoice('INV-LOST', quantity, net);
  await story.invoiceAt(uid, 'awaiting-goods');
  await world.order(story.orderRef).executeUpdate(cancelUpdate, { args: [{ by: 'oskar' }] });
  expect(await asked(uid, 'mismatch-1')).toMatch(/has ended: cancelled .* asked for by oskar.*touches no order/);
  await decide(uid, 'accept');
  expect(await settlement(uid).result()).toMatchObject({ stage: 'settled' });
});

it('is asked about where its order was cancelled before it came', async () => {
  world = await World.open({ orders: 1 });
  await cancelBefore(world, 'CL-1', 'oskar');
  await world.temporal.client.workflow
    .getHandle('purchase-order:CL-1')
    .signal('invoiceReported', { invoice: invoiceOf('CL-1') });
  expect(await asked('PI-1', 'mismatch-1')).toContain('cancelled by oskar before it came');
  await decide('PI-1', 'dispute');
  expect(await settlement('PI-1').result()).toMatchObject({ stage: 'disputed' });
  await recordGolden(world, 'cancelled');
});

/** An order that has received and invoiced all, and cannot close its line in ManEx. */
async function closing() {
  const { story, quantity, net } = await allocated();
  await story.despatch();
  await story.deliver(quantity);
  await story.received(quantity);
  await world.sandbox.fault({ vendor: 'manex', operation: 'SO/ItemEdit', fault: 'refused-by-vendor', times: 1 });
  const first = await story.invoice('INV-FIRST', quantity, net);
  const { id } = await story.decision('refused-call');
  expect((await story.progress()).stage).toBe('closing');
  const close = () =>
    world
      .order(story.orderRef)
      .executeUpdate(decideUpdate, { args: [{ decision: id, choice: 'try again', by: 'olga' }] });
  return { story, first, quantity, net, close };
}

it('is handed over once where it comes while its order is about to end', async () => {
  const { story, quantity, net, close } = await closing();
  const uid = await story.invoice('INV-SECOND', quantity, net);
  expect(await story.invoiceAt(uid, 'matching')).toMatchObject({ quantity: '0' });
  // Told twice, as by two polls.
  await world.poll();
  await close();
  const result = await story.result();
  expect(result.documents.claritum.invoices.map(({ number }) => number)).toEqual(['INV-FIRST']);
  expect(result.steps.at(-1)?.text).toContain(`invoice INV-SECOND goes on as purchase-invoice:${uid}`);
  expect(await asked(uid, 'mismatch-1')).toMatch(/has ended: done at 20\S+Z; invoiced with INV-FIRST \(\d+\)/);
  // Listed still, it is told to its own workflow.
  expect(await world.poll()).toMatchObject({ invoices: 0, setAside: [] });
  await decide(uid, 'dispute');
  expect(await settlement(uid).result()).toMatchObject({ stage: 'disputed' });
  expect((await world.poll()).setAside).toMatchObject([{ kind: 'invoice', uid }]);
  await recordGolden(world, 'handed-over');
});

it('is told where it has a workflow of its own already, and not handed over a second time', async () => {
  const { story, quantity, net } = await allocated();
  const uid = await story.invoice('INV-OWN', quantity, net);
  await story.invoiceAt(uid, 'awaiting-goods');
  const own = await world.temporal.client.workflow.start('settleInvoice', {
    taskQueue: taskQueues.fulfilment,
    workflowId: `purchase-invoice:${uid}`,
    args: [{ invoice: { ...invoiceOf(story.orderRef), uid }, policy: orderPolicy(world.policy) }],
  });
  const before = await asked(uid, 'mismatch-1');
  await world.order(story.orderRef).executeUpdate(cancelUpdate, { args: [{ by: 'oskar' }] });
  expect((await story.result()).stage).toBe('cancelled');
  // The same workflow, which asks anew about what the order knew of the invoice.
  const after = await asked(uid, 'mismatch-2');
  expect([before, after]).toEqual([expect.stringContaining('INV-1'), expect.stringContaining('INV-OWN')]);
  expect((await settlement(uid).describe()).runId).toBe(own.firstExecutionRunId);
});
