import type { Policy } from '../../src/domain/case/policy';
import type { Progress } from '../../src/domain/purchase-order/progress';
import { cancelUpdate } from '../../workflows/case/messages';
import { Story } from './story';
import { World } from './world';

jest.setTimeout(90_000);

let world: World;

afterEach(async () => {
  await world.replayed();
  await world.close();
});

/** On hold is waited for, and a vendor that takes nothing is tried often. */
const policy = (now: Policy): Policy => ({
  ...now,
  approval: { ...now.approval, limits: [{ currency: 'GBP', above: '1000000', approvers: [] }] },
  claritum: { ...now.claritum, orderStatuses: { go: [], wait: ['on hold'] } },
  fulfilment: { ...now.fulfilment, longestPause: '300 milliseconds' },
});

async function opened(index = 0): Promise<Story> {
  world = await World.open({ orders: index + 1, policy });
  return Story.of(world, index);
}

/** A call that does not get through, again and again, or after so many that do. */
const deaf = (vendor: string, operation: string, how: object = {}) =>
  world.sandbox.fault({ vendor, operation, fault: '429', retryAfter: '0', phase: 'before', times: -1, ...how });

const hanging = ({ orderRef }: Story, what: string): Promise<Progress> =>
  world.until(orderRef, ({ hangs }) => hangs.some((hang) => hang.what.startsWith(what) && hang.tries > 1));

async function amend({ orderRef }: Story, set: object): Promise<void> {
  await world.sandbox.world({ amend: { orderRef, set } });
  await world.poll();
}

async function give({ orderRef }: Story, status: string): Promise<void> {
  await world.sandbox.world({ status: { orderRef, status } });
  await world.poll();
}

const step = ({ orderRef }: Story, text: string): Promise<Progress> =>
  world.until(orderRef, ({ steps }) => steps.some((told) => told.text.includes(text)));

/** An allocated order is amended to 500, and NorthScope does not take what that adds. */
async function addition(): Promise<{ readonly story: Story; readonly ordered: string }> {
  const story = await opened();
  const { quantity: ordered } = await story.placed();
  await deaf('northscope', 'InsertInboundIntegration');
  await amend(story, { quantity: 500 });
  await hanging(story, 'queue order');
  return { story, ordered };
}

/** Units of the rows that NorthScope was sent. */
async function queued({ orderRef }: Story): Promise<unknown[]> {
  const { northscope } = await world.sandbox.ledger();
  const ours = northscope.salesOrders.filter((order) => JSON.stringify(order).includes(orderRef.replace(/\D/g, '')));
  return ours.map((order) => /"OrderUnits":"(\d+)/.exec(JSON.stringify(order))?.[1]);
}

const tasksOf = ({ tasks }: Progress): string[] => tasks.map(({ task }) => task);

const isOnHold = ({ waitingFor }: Progress): boolean => waitingFor?.includes('the order is on hold') === true;

/** What lists show as waited for. */
async function listed({ orderRef }: Story): Promise<unknown> {
  const { searchAttributes } = await world.order(orderRef).describe();
  return searchAttributes['WaitingFor'];
}

describe('while ManEx takes a call of a new sales order again and again', () => {
  it.each([
    ['instead, where nothing stands yet', 'SO/Add', 'create sales order', 'the order begins anew'],
    ['in place, where a header stands', 'SO/PriceAdd', 'add the price', 'quantity 150 → 40'],
  ])('an amendment is placed %s', async (_where, operation, what, told) => {
    const story = await opened();
    await deaf('manex', operation);
    await world.poll();
    await hanging(story, what);
    await amend(story, { quantity: 40 });
    await step(story, told);
    await hanging(story, what);
    await world.sandbox.clearFaults();
    const placed = await story.allocated();
    expect(placed.totals).toMatchObject({ ordered: '40', allocated: '40' });
    expect([placed.tasks, placed.decisions]).toEqual([[], []]);
    const { manex } = await world.sandbox.ledger();
    expect(manex.salesOrders).toMatchObject([{ SODETAILList: [{ ORD_QTY: '40' }] }]);
  });

  it.each([
    ['SO/Add', 'create sales order'],
    ['SO/DueDateAdd', 'add the due date'],
  ])('%s is not sent for an order on hold, and goes on where it was when that is lifted', async (operation, what) => {
    const story = await opened();
    await deaf('manex', operation);
    await world.poll();
    await hanging(story, what);
    await give(story, 'on hold');
    const { steps } = await world.until(story.orderRef, isOnHold);
    expect(steps.map(({ text }) => text)).toContain("amendment by claritum taken in: status 'authorised' → 'on hold'");
    expect(await listed(story)).toEqual(['buyer']);
    await world.sandbox.clearFaults();
    await give(story, 'authorised');
    const { tasks } = await story.allocated();
    expect(tasks).toEqual([]);
    const { calls } = await world.sandbox.ledger();
    const effects = calls.filter((call) => call.operation.startsWith('SO/') && call.effects > 0);
    expect(effects.map((call) => call.operation)).toEqual(['SO/Add', 'SO/ItemADD', 'SO/PriceAdd', 'SO/DueDateAdd']);
  });
});

describe('while NorthScope takes no order', () => {
  it('less is queued where the buyer wants less by then', async () => {
    const story = await opened();
    await deaf('northscope', 'InsertInboundIntegration');
    await world.poll();
    await hanging(story, 'queue order');
    await amend(story, { quantity: 40 });
    await step(story, 'amended by claritum: quantity');
    await world.sandbox.clearFaults();
    const placed = await story.allocated();
    expect(placed.totals).toMatchObject({ ordered: '40', allocated: '40' });
    expect([tasksOf(placed), await queued(story)]).toEqual([[], ['40']]);
  });

  it('what is queued stays, and only the rest is queued as amended', async () => {
    const story = await opened(2);
    for (const key of ['0000010233-2', '0000010233-1.2']) await deaf('northscope', 'InsertInboundIntegration', { key });
    await world.poll();
    const { ledger } = await hanging(story, 'queue order');
    const [first = '', second = ''] = ledger.deliveries.map(({ deliveryRef }) => deliveryRef);
    await amend(story, {
      quantity: '110',
      deliveries: [
        { deliveryRef: first, quantity: '90' },
        { deliveryRef: second, quantity: '20' },
      ],
    });
    // What is added to the first one hangs as well by now.
    await hanging(story, 'queue order 0000010233-1.2');
    await world.sandbox.clearFaults();
    const placed = await story.allocated();
    expect([tasksOf(placed), placed.totals.ordered]).toEqual([[], '110']);
    // Boxes of 15: the 3 that were queued, the 87 that are added to them, and the 20 of the other address.
    expect(new Set(await queued(story))).toEqual(new Set(['45', '1305', '300']));
  });

  it('nothing is queued for an order on hold, and the order is placed when that is lifted', async () => {
    const story = await opened();
    await deaf('northscope', 'InsertInboundIntegration');
    await world.poll();
    await hanging(story, 'queue order');
    await give(story, 'on hold');
    await world.until(story.orderRef, isOnHold);
    expect(await listed(story)).toEqual(['buyer']);
    await world.sandbox.clearFaults();
    await give(story, 'authorised');
    const { tasks, totals } = await story.allocated();
    expect([tasks, await queued(story)]).toEqual([[], [totals.ordered]]);
  });

  it('nothing is added where the buyer takes back what he added', async () => {
    const { story, ordered } = await addition();
    await amend(story, { quantity: Number(ordered) });
    const amended = await step(story, `amended by claritum: quantity 500 → ${ordered}`);
    expect([amended.totals.ordered, tasksOf(amended)]).toEqual([ordered, []]);
    await world.sandbox.clearFaults();
    await world.until(story.orderRef, ({ hangs }) => hangs.length === 0);
    const { manex } = await world.sandbox.ledger();
    expect(manex.salesOrders).toMatchObject([{ SODETAILList: [{ ORD_QTY: ordered }] }]);
    expect(await queued(story)).toEqual([ordered]);
  });

  it('what was added is queued after an amendment of another kind that came meanwhile', async () => {
    const { story, ordered } = await addition();
    await amend(story, { projectTitle: 'Another title' });
    await step(story, "→ 'Another title'");
    await world.sandbox.clearFaults();
    const placed = await world.until(story.orderRef, (now) => now.totals.allocated === '500');
    expect(tasksOf(placed)).toEqual([]);
    expect((await queued(story)).map(Number)).toEqual([Number(ordered), 500 - Number(ordered)]);
  });
});

it('books what a delivery says by the time Claritum takes a receipt', async () => {
  const story = await opened();
  await world.poll();
  const { totals } = await story.allocated();
  await story.despatch();
  await deaf('claritum', 'setGoodsReceipts');
  await story.deliver(totals.ordered);
  await hanging(story, 'book the goods receipt');
  await world.sandbox.world({ reopen: { deliveryRef: '10231-1', quantity: 40 } });
  await world.poll();
  await step(story, 'no longer wanted so');
  await world.sandbox.clearFaults();
  await story.received('40');
  const { claritum } = await world.untilLedger((now) => now.claritum.deliveries.some(({ exported }) => exported));
  expect(claritum.goodsReceipts.map(({ quantity }) => quantity)).toEqual(['40']);
});

it('waits for no vendor that only planning needs, where an order is cancelled', async () => {
  const story = await opened();
  await deaf('northscope', '*');
  await world.poll();
  await world.until(story.orderRef, ({ hangs }) => hangs.some(({ vendor }) => vendor === 'northscope'));
  await world.order(story.orderRef).executeUpdate(cancelUpdate, { args: [{ by: 'olga' }] });
  expect(await story.result()).toMatchObject({ stage: 'cancelled', documents: { claritum: { exported: true } } });
});

it.each([
  ['manex', 'SO/Add', 'create sales order'],
  ['manex', 'SO/PriceAdd', 'add the price'],
  ['claritum', 'markExported', 'mark purchase order'],
  ['northscope', 'InsertInboundIntegration', 'queue order'],
  ['northscope', 'AllocateSalesOrders', 'allocate'],
])('%s %s is not sent for an order that is cancelled meanwhile', async (vendor, operation, what) => {
  const story = await opened();
  await deaf(vendor, operation);
  await world.poll();
  await hanging(story, what);
  const { status } = await world.order(story.orderRef).executeUpdate(cancelUpdate, { args: [{ by: 'olga' }] });
  expect(status).toBe('accepted');
  await world.until(story.orderRef, ({ stage }) => stage === 'compensating' || stage === 'cancelled');
  await world.sandbox.clearFaults();
  expect(await story.result()).toMatchObject({ stage: 'cancelled', documents: { claritum: { exported: true } } });
  const { calls, manex } = await world.sandbox.ledger();
  const sent = calls.filter((call) => call.operation === operation && call.effects > 0);
  expect(sent).toHaveLength(operation === 'markExported' ? 1 : 0);
  expect(manex.salesOrders.flatMap(({ SODETAILList }) => SODETAILList)).toEqual([]);
});
