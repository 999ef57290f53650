import type { Policy } from '../../src/domain/case/policy';
import type { PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import { amendUpdate, orderQuery } from '../../workflows/purchase-order/messages';
import { approveSignal, decideUpdate } from '../../workflows/case/messages';
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

const decide = (story: Story, choice: string, by: string) =>
  world.order(story.orderRef).executeUpdate(decideUpdate, { args: [{ choice, by }] });
const pounds = (quantity: number): string => (quantity * 0.85).toFixed(2);

it('asks about an order over the limit whose net says 1.00, and takes no answer of its buyer under any spelling', async () => {
  await open({ orders: 2 });
  const story = await Story.of(world, 1);
  await world.sandbox.world({
    amend: { orderRef: story.orderRef, set: { net: '1.00', tax: '0.20', gross: '1.20' } },
  });
  await world.poll();
  const { question } = await story.decision('approval');
  expect(question).toMatch(
    /quantity × price of 1\d{4}\.00 GBP is over the limit of 10000\.00; net 1\.00 GBP is .* below/,
  );

  const refused = [
    'web-ui ',
    'WEB-UI',
    'tomos  rees & co',
    'Тomos Rees & Co',
    'Tomos\u200b Rees & Co',
    'tomos.rees@Example.com',
  ];
  for (const by of refused) await world.order(story.orderRef).signal(approveSignal, { by });
  await world.order(story.orderRef).signal(approveSignal);
  const { audit, decisions } = await world.until(story.orderRef, (progress) => progress.audit.length > refused.length);
  expect(decisions).toHaveLength(1);
  expect(audit.map(({ by, result }) => [by, result])).toEqual([...refused, 'web-ui'].map((by) => [by, 'refused']));
  expect(audit.map(({ because }) => because)).toEqual(
    [...refused, 'web-ui'].map((by) =>
      expect.stringMatching(/web-ui/i.test(by) ? /needs a name/ : /may not decide on an order of their own/),
    ),
  );
  await decide(story, 'approve', 'alice');
  await story.allocated();
});

it('lets in nobody who only looks like the approver', async () => {
  await open({
    orders: 2,
    policy: (policy) => ({
      ...policy,
      approval: {
        ...policy.approval,
        limits: policy.approval.limits.map((limit) => ({ ...limit, approvers: ['anna'] })),
      },
    }),
  });
  const story = await Story.of(world, 1);
  await world.poll();
  await story.decision('approval');
  for (const by of ['\u0430nna', 'an\u200bna', 'web-ui ']) {
    await expect(decide(story, 'approve', by)).rejects.toMatchObject({ cause: { type: 'DecisionRefused' } });
  }
  await decide(story, 'approve', ' Anna');
  await story.allocated();
});

it('asks about an amendment to far more whose amounts were left as they were, by the buyer and by hand', async () => {
  await open({ orders: 1 });
  const story = await Story.of(world, 0);
  await world.poll();
  await story.allocated();
  const order: PurchaseOrder = await world.order(story.orderRef).query(orderQuery);
  const { net, tax, gross } = order;
  await world.sandbox.world({
    amend: { orderRef: story.orderRef, set: { quantity: '20000', net, tax, gross } },
  });
  await world.poll();
  const { question } = await story.decision('approval');
  expect(question).toContain('quantity × price of 17000.00 GBP is over the limit of 10000.00');
  await decide(story, 'reject', 'alice');
  await world.until(story.orderRef, ({ tasks }) => tasks.some(({ task }) => task.includes('not carried out')));

  const byHand = {
    ...order,
    quantity: '30000',
    deliveries: order.deliveries.map((each) => ({ ...each, quantity: '30000' })),
  };
  await world.order(story.orderRef).executeUpdate(amendUpdate, { args: [{ order: byHand, by: 'olga' }] });
  expect((await story.decision('approval')).question).toContain('quantity × price of 25500.00 GBP is over the limit');
  await expect(decide(story, 'approve', 'OLGA ')).rejects.toMatchObject({ cause: { type: 'DecisionRefused' } });
  await decide(story, 'reject', 'alice');
  const { totals } = await world.until(story.orderRef, ({ decisions }) => decisions.length === 0);
  expect(totals.ordered).toBe(order.quantity);
});

it.each(['named', 'unnamed'])(
  'asks about single units at the price of a box (its unit %s in the policy)',
  async (naming) => {
    const unnamed = (policy: Policy): Policy => ({
      ...policy,
      products: policy.products.map((product) => ({ ...product, agreedUnit: undefined })),
    });
    await open({ orders: 3, policy: naming === 'named' ? (policy) => policy : unnamed });
    const story = await Story.of(world, 2);
    const boxes = await Story.of(world, 0);
    await world.sandbox.world({ amend: { orderRef: story.orderRef, set: { unitOfMeasure: 'single units' } } });
    await world.poll();
    expect((await story.decision('approval')).question).toContain(
      "the price of 42.50 GBP per unit 'single units', which is 637.50 GBP per unit 'boxes of 15', differs from the agreed 42.50 GBP per unit 'boxes of 15'",
    );
    await boxes.allocated();
  },
);

describe('an invoice with carriage', () => {
  type Line = readonly [description: string, quantity: number, net: string];

  /** Everything has come; the policy accepts as much of other charges. */
  async function received(upTo: string): Promise<{ story: Story; half: number; rest: number }> {
    await open({
      orders: 1,
      policy: (policy) => ({
        ...policy,
        fulfilment: { ...policy.fulfilment, invoiceCharges: [{ currency: 'GBP', upTo }] },
      }),
    });
    const story = await Story.of(world, 0);
    await world.poll();
    const { totals } = await story.allocated();
    await story.despatch();
    await story.deliver(totals.ordered);
    await story.received(totals.ordered);
    const half = Math.floor(Number(totals.ordered) / 2);
    return { story, half, rest: Number(totals.ordered) - half };
  }

  /** An invoice that comes in, with lines of its own. @returns its uid */
  async function invoiced({ orderRef }: Story, number: string, ...lines: readonly Line[]): Promise<string> {
    await world.sandbox.world({
      invoice: {
        kind: 'purchase',
        orderRef,
        number,
        lines: lines.map(([description, quantity, net]) => ({ description, quantity, net })),
      },
    });
    await world.poll();
    const { purchaseInvoices } = (await world.sandbox.ledger()).claritum;
    return purchaseInvoices.find(({ invoiceNumber }) => invoiceNumber === number)?.uid ?? '';
  }

  it('books the goods only, asks about the carriage, and takes the next right one', async () => {
    const { story, half, rest } = await received('0');
    const uid = await invoiced(story, 'INV-C', ['Brochures', half, pounds(half)], ['Carriage', 1, '12.00']);
    const decision = await story.askedAbout(uid);
    expect(decision.question).toContain(
      `other charges of 12.00 GBP: 'Carriage' 12.00. Accepting marks it exported in Claritum and books ${half} as`,
    );
    expect(decision.facts).toContainEqual({ label: 'line 2 (charge)', value: "'Carriage', 1, net 12.00 GBP" });
    await story.decide(uid, 'accept');
    await story.invoiceAt(uid, 'settled');
    await story.invoice('INV-D', String(rest), pounds(rest));
    const result = await story.result();
    expect(result).toMatchObject({ stage: 'done', totals: { invoiced: String(half + rest) } });
    expect(result.steps.map(({ text }) => text)).toContain(
      `invoice INV-C (${half}) settled, with other charges of 12.00 GBP`,
    );
  });

  it('is settled by itself up to what the policy accepts, and asks about a line that may be either', async () => {
    const { story, half, rest } = await received('12.00');
    const first = await invoiced(story, 'INV-E', ['Brochures', half, pounds(half)], ['Carriage', 1, '12.00']);
    await story.invoiceAt(first, 'settled');
    expect((await story.progress()).audit).toEqual([]);
    const second = await invoiced(
      story,
      'INV-F',
      ['Brochures', rest, pounds(rest)],
      ['Carriage of BRO-A4-16', 1, '0.85'],
    );
    expect((await story.askedAbout(second)).question).toContain(
      "Line 2 of invoice INV-F ('Carriage of BRO-A4-16', 1, net 0.85 GBP) may be goods",
    );
    await story.decide(second, 'other charge');
    expect(await story.result()).toMatchObject({ stage: 'done', totals: { invoiced: String(half + rest) } });
  });
});
