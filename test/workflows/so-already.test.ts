import type { PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import { amendUpdate, orderQuery } from '../../workflows/purchase-order/messages';
import { cancelUpdate, decideUpdate } from '../../workflows/case/messages';
import { Story } from './story';
import { World, type WorldOptions } from './world';

jest.setTimeout(90_000);

let world: World;
afterEach(async () => {
  await world.replayed();
  await world.close();
});

async function opened(index = 0, { poll = true, ...options }: WorldOptions & { poll?: boolean } = {}): Promise<Story> {
  world = await World.open({ orders: index + 1, ...options });
  const story = await Story.of(world, index);
  if (poll) await world.poll();
  return story;
}

const amend = async (story: Story, changes: Partial<PurchaseOrder>) => {
  const order = await world.order(story.orderRef).query(orderQuery);
  await world
    .order(story.orderRef)
    .executeUpdate(amendUpdate, { args: [{ order: { ...order, ...changes }, by: 'olga' }] });
};

/** Everything of it arrives and is invoiced. */
async function received(story: Story): Promise<void> {
  const { totals } = await story.progress();
  await story.deliver(totals.ordered);
  await story.received(totals.ordered);
  await story.invoice('INV-1', totals.ordered, (Number(totals.ordered) * 0.85).toFixed(2));
}

const lineInManEx = async () => (await world.sandbox.ledger()).manex.salesOrders[0]?.SODETAILList[0];
const tasksOf = async (story: Story): Promise<string[]> => (await story.progress()).tasks.map(({ task }) => task);
const stepsOf = async (story: Story): Promise<string> =>
  (await story.progress()).steps.map(({ text }) => text).join('\n');

const manex = (operation: string, fault: string, more: object = {}) => ({ vendor: 'manex', operation, fault, ...more });

describe('a line that ManEx has shipped itself', () => {
  it('is complete, so that the order ends without a question', async () => {
    const story = await opened();
    await story.allocated();
    const { documents } = await story.progress();
    await world.sandbox.world({ despatch: { order: documents.northscope.orders[0]?.orderId, in: 'both' } });
    await received(story);
    const { stage, audit, steps, tasks } = await story.result();
    expect([stage, audit, tasks]).toEqual(['done', [], []]);
    expect(steps.map(({ text }) => text).join('\n')).toMatch(/complete already: .*nothing of it is left to ship/);
    expect(await lineInManEx()).toMatchObject({ STATUS: 'STANDARD', BALANCE: '0' });
    const { calls } = await world.sandbox.ledger();
    expect(calls.filter(({ operation }) => operation === 'SO/ItemEdit')).toEqual([]);
  });

  it('is looked at when its closing is refused, and asked about only while it is open', async () => {
    const story = await opened();
    await story.allocated();
    await story.despatch();
    await world.sandbox.fault(manex('SO/ItemEdit', 'refused-by-vendor'));
    await received(story);
    const { question } = await story.decision('refused-call');
    expect(question).toContain('close the line of sales order');
    const { documents } = await story.progress();
    await world.sandbox.world({ despatch: { order: documents.northscope.orders[0]?.orderId, in: 'manex' } });
    await world.order(story.orderRef).executeUpdate(decideUpdate, { args: [{ choice: 'try again', by: 'olga' }] });
    const { stage, steps } = await story.result();
    expect(stage).toBe('done');
    expect(steps.map(({ text }) => text).join('\n')).toContain('refused, and so already: close the line');
  });
});

describe('what an amendment would change in ManEx', () => {
  it('is not asked about where it is refused and stands all the same', async () => {
    const story = await opened();
    await story.allocated();
    // It takes effect, its answer is lost, and its repetition is refused.
    const twice = (operation: string) => manex(operation, 'drop', { then: [manex(operation, 'refused-by-vendor')] });
    await world.sandbox.fault(twice('SO/Edit'));
    await amend(story, { poNumber: 'PO-NEW' });
    await world.until(story.orderRef, ({ steps }) => steps.some(({ text }) => text.startsWith('amended by olga')));
    const { decisions, tasks } = await story.progress();
    expect([decisions, tasks.filter(({ task }) => task.startsWith('ManEx'))]).toEqual([[], []]);
  });
});

describe('what is refused after an end that nobody knew', () => {
  it('is looked for once more: it came to pass after the look-up', async () => {
    const story = await opened(0, { poll: false });
    const hidden = manex('SO/Get', 'empty-list', { times: 3 });
    const refused = manex('SO/ItemADD', 'refused-by-vendor', { times: -1 });
    await world.sandbox.fault(manex('SO/ItemADD', 'drop', { then: [hidden, refused] }));
    await world.poll();
    const { decisions } = await story.allocated();
    expect(decisions).toEqual([]);
    expect(await stepsOf(story)).toMatch(/not found, tried again: add .*\n.*refused, and so already: add /);
    const { manex: shown, calls } = await world.sandbox.ledger();
    expect(shown.salesOrders[0]?.SODETAILList).toHaveLength(1);
    expect(calls.filter(({ operation }) => operation === 'SO/ItemADD')).toHaveLength(2);
  });
});

describe('an order that NorthScope has voided', () => {
  it('is what a cancellation wants: nothing is asked, and nothing of it is to be cancelled by hand', async () => {
    const story = await opened();
    await story.allocated();
    const { documents } = await story.progress();
    const orderId = documents.northscope.orders[0]?.orderId;
    await world.sandbox.world({ void: { order: orderId } });
    await world.order(story.orderRef).executeUpdate(cancelUpdate, { args: [{ by: 'olga' }] });
    const { stage, tasks, audit, steps } = await story.result();
    expect([stage, audit]).toEqual(['cancelled', []]);
    expect(tasks.map(({ task }) => task)).toEqual([expect.stringContaining('tell the buyer')]);
    expect(steps.map(({ text }) => text)).toContain(`NorthScope has cancelled ${orderId} already`);
  });
});

describe('lists that one answer leaves empty', () => {
  const quantity = '30';
  const fewer = async (story: Story) => {
    const order = await world.order(story.orderRef).query(orderQuery);
    await amend(story, {
      quantity,
      net: (Number(quantity) * Number(order.unitPrice)).toFixed(2),
      deliveries: order.deliveries.map((delivery) => ({ ...delivery, quantity })),
    });
    await world.until(story.orderRef, ({ totals }) => totals.ordered === quantity);
  };
  const inManEx = (await_: Promise<string[]>) =>
    await_.then((tasks) => tasks.filter((task) => task.startsWith('ManEx')));

  it.each([1, 2])('are looked at again: %i empty, and nothing is to be done by hand', async (times) => {
    const story = await opened();
    await story.allocated();
    await world.sandbox.fault(manex('SO/Get', 'empty-sublists', { times }));
    await fewer(story);
    expect(await inManEx(tasksOf(story))).toEqual([]);
    expect(Number((await lineInManEx())?.['ORD_QTY'])).toBe(30);
    expect((await lineInManEx())?.DueDateList.map(({ QTY }) => Number(QTY))).toEqual([30]);
  });

  it('are a task where they stay empty', async () => {
    const story = await opened();
    await story.allocated();
    await world.sandbox.fault(manex('SO/Get', 'empty-sublists', { times: -1 }));
    await fewer(story);
    expect(await inManEx(tasksOf(story))).toEqual([expect.stringContaining('it does not show its line and due dates')]);
  });

  it('are the fault of the answer where the same server has filled them before', async () => {
    const story = await opened();
    await story.allocated();
    await amend(story, { poNumber: 'PO-NEW' });
    await world.until(story.orderRef, ({ steps }) => steps.some(({ text }) => text.startsWith('amended by olga')));
    await world.sandbox.fault(manex('SO/Get', 'empty-sublists', { times: 6 }));
    await fewer(story);
    expect(await inManEx(tasksOf(story))).toEqual([]);
    expect((await lineInManEx())?.DueDateList.map(({ QTY }) => Number(QTY))).toEqual([30]);
  });

  it('put no second due date beside one whose answer was lost', async () => {
    world = await World.open({ orders: 1 });
    const story = await Story.of(world, 0);
    await world.sandbox.fault(
      manex('SO/DueDateAdd', 'drop', { then: [manex('SO/Get', 'empty-sublists', { times: 2 })] }),
    );
    await world.poll();
    await story.allocated();
    expect(await stepsOf(story)).toContain('found, adopted: add the due date');
    expect((await lineInManEx())?.DueDateList).toHaveLength(1);
  });
});

describe('an answer to a question that is over', () => {
  const late = (story: Story, decision: string) =>
    world
      .order(story.orderRef)
      .executeUpdate(decideUpdate, { args: [{ decision, choice: 'approve', by: 'alice' }] })
      .then(
        () => 'taken',
        (error: Error) => (error.cause instanceof Error ? error.cause.message : error.message),
      );

  it('is told that an amendment took it back, and what is asked now', async () => {
    const story = await opened(1);
    const { id } = await story.decision('approval');
    await amend(story, { poNumber: 'PO-CORRECTED' });
    await world.until(story.orderRef, ({ decisions }) => decisions.some((open) => open.id !== id));
    const { decisions } = await story.progress();
    expect(await late(story, id)).toMatch(
      /^approval-1 was taken back by olga at \S+: the order was amended: .*; asked now: approval-2$/,
    );
    expect(decisions.map((open) => open.id)).toEqual(['approval-2']);
    expect(await late(story, 'approval-2')).toBe('taken');
    expect(await late(story, 'approval-2')).toMatch(
      /^approval-2 was answered by alice at \S+: 'approve'; nothing is asked now$/,
    );
    expect(await late(story, 'approval-3')).toBe('there is no decision approval-3; nothing is asked now');
  });
});

it('asks nothing about what nobody can look up where the vendors hang up behind the answer before it', async () => {
  world = await World.open({ orders: 1 });
  const hangUp = (vendor: string, operation: string) => ({ vendor, operation, fault: 'hang-up', ms: 60_000 });
  await world.sandbox.fault([hangUp('manex', 'SO/PriceAdd'), hangUp('northscope', 'ListSalesOrders')]);
  await world.poll();
  const story = await Story.of(world, 0);
  await story.allocated();
  await story.despatch();
  const { totals } = await story.progress();
  await world.sandbox.fault(hangUp('claritum', 'getPurchaseInvoices'));
  await story.deliver(totals.ordered);
  const { decisions, steps } = await story.received(totals.ordered);
  expect(decisions).toEqual([]);
  expect(steps.map(({ text }) => text).filter((text) => text.startsWith('outcome unknown'))).toEqual([]);
  const { calls } = await world.sandbox.ledger();
  expect(calls.filter(({ fault }) => fault === 'hang-up')).toHaveLength(3);
});
