import type { WorkerOptions } from '@temporalio/worker';
import { cancelUpdate } from '../../workflows/case/messages';
import { Story } from './story';
import { World } from './world';

jest.setTimeout(90_000);

let world: World;
afterEach(async () => {
  await world.replayed();
  await world.close();
});

const COMPLETED = 'Workflow completed';

/**
 * Does something in the moment in which a workflow has said its last word and the server does not know it yet: the SDK logs
 * that it has completed, and its task is answered when what the log is written by has returned.
 */
function inTheLastMoment(workflowId: () => string, then: () => Promise<void>): NonNullable<WorkerOptions['sinks']> {
  let isDone = false;
  const silent = { fn: () => undefined };
  const debug = async (info: { readonly workflowId: string }, message: string): Promise<void> => {
    if (isDone || info.workflowId !== workflowId() || message !== COMPLETED) return;
    isDone = true;
    await then();
  };
  return { defaultWorkerLogger: { trace: silent, debug: { fn: debug }, info: silent, warn: silent, error: silent } };
}

const failures = async (orderRef: string): Promise<readonly unknown[]> => {
  const { events } = await world.order(orderRef).fetchHistory();
  return (events ?? []).flatMap(({ workflowTaskFailedEventAttributes: failed }) => (failed ? [failed.cause] : []));
};
const UNHANDLED_COMMAND = 1;

it('is handed over: an invoice that reaches its order when that has said its last word', async () => {
  let orderRef = '';
  let uid = '';
  world = await World.open({
    orders: 1,
    sinks: inTheLastMoment(
      () => `purchase-order:${orderRef}`,
      async () => {
        uid = await story.invoice('INV-LAST', '1', '0.85');
      },
    ),
  });
  const story = await Story.of(world, 0);
  ({ orderRef } = story);
  await world.poll();
  await story.allocated();
  await world.order(orderRef).executeUpdate(cancelUpdate, { args: [{ by: 'oskar' }] });
  const result = await story.result();
  expect(await failures(orderRef)).toEqual([UNHANDLED_COMMAND]);
  expect(result.steps.at(-1)?.text).toContain(`invoice INV-LAST goes on as purchase-invoice:${uid}`);
  const { decisions } = await world.untilInvoice(uid, (now) => now.decisions.length > 0);
  expect(decisions).toMatchObject([{ question: expect.stringContaining('cancelled at') }]);
});

it('is marked again and asks nobody: a settled invoice that is told once more when its order has said its last word', async () => {
  let orderRef = '';
  world = await World.open({
    orders: 1,
    sinks: inTheLastMoment(
      () => `purchase-order:${orderRef}`,
      // As a poll tells it whose list is older than the mark.
      async () => {
        const { events } = await world.order(orderRef).fetchHistory();
        const signals = (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => signal ?? []);
        const [payload] = signals.find(({ signalName }) => signalName === 'invoiceReported')?.input?.payloads ?? [];
        await world.order(orderRef).signal('invoiceReported', JSON.parse(Buffer.from(payload?.data ?? []).toString()));
      },
    ),
  });
  const story = await Story.of(world, 0);
  ({ orderRef } = story);
  const { quantity, net } = await story.placed();
  await story.despatch();
  await story.deliver(quantity);
  await story.received(quantity);
  await story.invoice('INV-TWICE', quantity, net);
  const result = await story.result();
  expect(await failures(orderRef)).toEqual([UNHANDLED_COMMAND]);
  expect(result.stage).toBe('done');
  expect(result.documents.claritum.invoices).toMatchObject([{ outcome: 'settled', quantity }]);
  expect(result.steps.map(({ text }) => text).join()).not.toContain('goes on as');
});

it('is not lost with an order that is terminated: an invoice that it had taken in is asked about', async () => {
  world = await World.open({ orders: 1 });
  const story = await Story.of(world, 0);
  await world.poll();
  await story.allocated();
  await world.sandbox.world({
    invoice: { kind: 'purchase', orderRef: story.orderRef, number: 'INV-LEFT', quantity: 1, net: '0.85' },
  });
  await world.poll();
  const { uid } = (await world.untilLedger(({ claritum }) => claritum.purchaseInvoices.length > 0)).claritum
    .purchaseInvoices[0] ?? { uid: '' };
  await story.invoiceAt(uid, 'awaiting-goods');
  await world.order(story.orderRef).terminate('by mistake');
  await world.poll();
  const { decisions } = await world.untilInvoice(uid, (now) => now.decisions.length > 0);
  expect(decisions).toMatchObject([{ question: expect.stringContaining('which has ended: terminated') }]);
});
