import type { Policy } from '../../src/domain/case/policy';
import { purchaseOrderWorkflowId } from '../../src/domain/case/names';
import type { DeliveryReport } from '../../src/domain/purchase-order/purchase-order';
import { decideUpdate } from '../../workflows/case/messages';
import { deliveryReportedSignal } from '../../workflows/purchase-order/messages';
import { Story } from './story';
import { World, type WorldOptions } from './world';

jest.setTimeout(90_000);

let world: World;

afterEach(async () => {
  await world.replayed();
  await world.close();
});

async function opened(index: number, options: WorldOptions = {}): Promise<Story> {
  world = await World.open({ orders: index + 1, ...options });
  return Story.of(world, index);
}

const amend = ({ orderRef }: Story, set: object, how: object = {}) =>
  world.sandbox.world({ amend: { orderRef, set, ...how } });

/** An order of 100 that is placed and allocated. */
async function allocated(
  options: WorldOptions = {},
  poll: () => Promise<unknown> = () => world.poll(),
): Promise<Story> {
  const story = await opened(0, options);
  await amend(story, { quantity: 100, net: '85.00' });
  await poll();
  await story.allocated();
  return story;
}

const decide = ({ orderRef }: Story, choice: string) =>
  world.order(orderRef).executeUpdate(decideUpdate, { args: [{ choice, by: 'olga' }] });

const manexQuantity = async (): Promise<number> => {
  const { manex } = await world.sandbox.ledger();
  return Number(manex.salesOrders[0]?.SODETAILList[0]?.['ORD_QTY']);
};

const deliveryMarked = () => world.untilLedger(({ claritum }) => claritum.deliveries.some(({ exported }) => exported));

const receipts = async (): Promise<string[]> =>
  (await world.sandbox.ledger()).claritum.goodsReceipts.map(({ quantity }) => quantity);

const reopen = async (quantity: number): Promise<void> => {
  await world.sandbox.world({ reopen: { deliveryRef: '10231-1', quantity } });
  await world.poll();
};

const aheadWithin = (policy: Policy): Policy => ({
  ...policy,
  fulfilment: { ...policy.fulfilment, aheadWithin: '500 milliseconds' },
});

describe('an order that is withdrawn while its approval is open', () => {
  it('is not amended before somebody has said what became of it, where it was placed', async () => {
    const story = await allocated({}, () => world.pollOnSchedule());
    await amend(story, { quantity: 20_000 });
    await world.pollOnSchedule();
    await story.decision('approval');
    await world.sandbox.world({ cancel: { orderRef: story.orderRef } });
    await world.pollOnSchedule();
    await decide(story, 'approve');
    const { question, choices } = await story.decision('mismatch');
    expect(question).toContain(`Claritum has not listed purchase order ${story.orderRef} for`);
    expect(question).toContain('Waybill has not marked its last version');
    expect(choices).toContain('withdrawn: undo it');
    expect(await manexQuantity()).toBe(100);
    await decide(story, 'withdrawn: undo it');
    expect((await story.result()).stage).toBe('cancelled');
  });

  it('and is made anew under another uid is cancelled', async () => {
    const story = await opened(1);
    const { orderRef } = story;
    await world.pollOnSchedule();
    await story.decision('approval');
    const { runId } = await world.order(orderRef).describe();
    await world.sandbox.world({ cancel: { orderRef } });
    await world.sandbox.world({ add: { purchaseOrder: { orderRef, quantity: 200, uid: 'PO-ANEW' } } });
    await world.pollOnSchedule();
    await world.pollOnSchedule();
    const handle = world.temporal.client.workflow.getHandle(purchaseOrderWorkflowId(orderRef), runId);
    expect(await handle.result()).toMatchObject({ stage: 'cancelled', documents: { manex: { soNo: null } } });
  });
});

describe('a question is taken back', () => {
  it('about an older version, when one of the latest time is listed, which is taken in as such', async () => {
    const story = await allocated();
    await amend(story, { quantity: 12 }, { lastModified: '2020-11-29T10:00:00Z' });
    await world.poll();
    expect((await story.decision('mismatch')).question).toContain('as it was at an earlier time');
    await amend(story, { quantity: 15 });
    await world.poll();
    const { decisions } = await world.until(story.orderRef, ({ totals }) => totals.ordered === '15');
    expect(decisions).toEqual([]);
    expect(await manexQuantity()).toBe(15);
    await world.untilLedger(({ claritum }) => claritum.purchaseOrders[0]?.exported === true);
    const { tasks } = await story.progress();
    expect(tasks.map(({ task }) => task).join()).not.toContain('older version');
  });

  it('whether an order was withdrawn, when it is listed again', async () => {
    const story = await opened(0);
    await world.sandbox.fault({ vendor: 'manex', operation: 'SO/Add', fault: 'slow', ms: 600 });
    await world.poll();
    await world.sandbox.world({ remove: { orderRef: story.orderRef } });
    expect((await story.decision('mismatch')).question).toContain('Did the buyer withdraw it');
    await world.sandbox.world({ restore: { orderRef: story.orderRef } });
    await world.poll();
    const { decisions, tasks } = await story.allocated();
    expect([decisions, tasks]).toEqual([[], []]);
    await world.untilLedger(({ claritum }) => claritum.purchaseOrders[0]?.exported === true);
  });

  it('about goods that NorthScope has not shipped, when it ships them, and they are booked', async () => {
    const story = await allocated({ policy: aheadWithin });
    await story.deliver('100');
    expect((await story.decision('mismatch')).question).toContain('NorthScope has shipped only 0');
    await story.despatch();
    const { decisions, tasks } = await story.received('100');
    expect([decisions, tasks]).toEqual([[], []]);
    expect(await receipts()).toEqual(['100']);
  });
});

describe('a delivery', () => {
  it('that was balanced by hand counts as received no more, and is booked when it comes after all', async () => {
    const story = await allocated();
    await story.despatch();
    await story.deliver('40');
    await story.received('40');
    await deliveryMarked();
    await reopen(0);
    await story.decision('mismatch');
    await decide(story, 'balance it by hand');
    await story.received('0');
    const uid = await story.invoice('INV-40', '40', '34.00');
    await story.invoiceAt(uid, 'awaiting-goods');
    expect((await story.progress()).totals.invoiced).toBe('0');
    await reopen(40);
    await world.until(story.orderRef, ({ totals }) => totals.received === '40' && totals.invoiced === '40');
    expect(await receipts()).toEqual(['40', '40']);
  });

  it('that was reported ahead of its goods and is listed no longer is not booked when they leave', async () => {
    const policy = (now: Policy): Policy => ({ ...now, claritum: { ...now.claritum, absentFor: '1 millisecond' } });
    const story = await allocated({ policy });
    await story.deliver('100');
    await world.sandbox.fault({ vendor: 'claritum', operation: 'getDeliveries', fault: 'empty-list', times: -1 });
    await story.despatch();
    const { tasks, totals } = await world.until(story.orderRef, (now) => now.tasks.length > 0);
    expect(tasks.map(({ task }) => task).join()).toMatch(/delivery 10231-1 of 100 .* is listed no longer, unmarked/);
    expect([totals.received, await receipts()]).toEqual(['0', []]);
  });

  it('that moves to another address under its uid is a task', async () => {
    const story = await opened(2);
    await world.poll();
    const { ledger } = await story.allocated();
    const [first, second] = ledger.deliveries.map(({ deliveryRef }) => deliveryRef);
    if (first === undefined || second === undefined) throw new Error('the order has fewer than two addresses');
    await story.despatch(0);
    await story.despatch(1);
    await story.deliver('3', first);
    await story.received('3');
    const { claritum } = await deliveryMarked();
    const uid = claritum.deliveries.find(({ exported }) => exported)?.uid ?? '';
    await world.order(story.orderRef).signal(deliveryReportedSignal, movedTo(story, uid, second));
    const { tasks, totals } = await world.until(story.orderRef, (now) => now.tasks.length > 0);
    expect(tasks.map(({ task }) => task)).toEqual([
      `Claritum reports delivery ${uid} for ${second} now; its 3 were booked for ${first}: find out which address has the goods`,
    ]);
    expect([totals.received, await receipts()]).toEqual(['3', ['3']]);
  });
});

const movedTo = ({ orderRef }: Story, uid: string, deliveryRef: string): { readonly delivery: DeliveryReport } => ({
  delivery: {
    uid,
    orderRef,
    deliveryRef,
    quantity: '3',
    deliveryDate: null,
    despatchedDate: null,
    carrier: null,
    consignmentNumber: null,
    status: 'delivered',
  },
});
