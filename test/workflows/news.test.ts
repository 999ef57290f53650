import type { Policy } from '../../src/domain/case/policy';
import { cancelUpdate, decideUpdate } from '../../workflows/case/messages';
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

const decide = (story: Story, choice: string) =>
  world.order(story.orderRef).executeUpdate(decideUpdate, { args: [{ choice, by: 'olga' }] });

const recordOf = async ({ orderRef }: Story) =>
  (await world.sandbox.ledger()).claritum.purchaseOrders.find((order) => order.orderRef === orderRef);

const manexQuantity = async ({ orderRef }: Story): Promise<number> => {
  const number = orderRef.replace(/\D/g, '').padStart(10, '0');
  const { manex } = await world.sandbox.ledger();
  return Number(manex.salesOrders.find(({ SONO }) => SONO === number)?.SODETAILList[0]?.['ORD_QTY']);
};

const marks = async (): Promise<number> =>
  (await world.sandbox.ledger()).calls.filter(({ operation, effects }) => operation === 'markExported' && effects > 0)
    .length;

const amend = (story: Story, set: object, how: object = {}) =>
  world.sandbox.world({ amend: { orderRef: story.orderRef, set, ...how } });

describe('the mark', () => {
  it.each([
    ['503', 'a refused mark'],
    ['refuse', 'a mark whose end nobody knows'],
  ])('that failed (%s) is not repeated over what the buyer changed meanwhile', async (fault) => {
    await open({ orders: 1 });
    const story = await Story.of(world, 0);
    await world.sandbox.fault({ vendor: 'claritum', operation: 'markExported', fault, phase: 'before', times: 1 });
    await world.poll();
    await world.untilLedger(({ calls }) => calls.some(({ operation }) => operation === 'markExported'));
    await amend(story, { quantity: 9 });
    const { totals } = await story.allocated();
    expect(totals.ordered).toBe('9');
    expect(await manexQuantity(story)).toBe(9);
    expect((await recordOf(story))?.exported).toBe(true);
    expect(await marks()).toBe(1);
  });

  it('is made once the order is listed again, where one list was empty', async () => {
    await open({ orders: 1 });
    const story = await Story.of(world, 0);
    await world.sandbox.fault({ vendor: 'claritum', operation: 'getPurchaseOrders', fault: 'empty-list', after: 1 });
    await world.poll();
    const { decisions } = await story.allocated();
    expect(decisions).toEqual([]);
    expect((await recordOf(story))?.exported).toBe(true);
  });

  it('is made in the end where it was taken as made, and no look of the feed saw the order away meanwhile', async () => {
    await open({ orders: 1 });
    const story = await Story.of(world, 0);
    const away = { vendor: 'claritum', operation: 'getPurchaseOrders', fault: 'empty-list', times: 2 };
    const unmarked = { vendor: 'claritum', operation: 'markExported', fault: '503', phase: 'before', then: [away] };
    await world.sandbox.fault(unmarked);
    await world.poll();
    const { documents } = await story.allocated();
    expect([documents.claritum.exported, (await recordOf(story))?.exported]).toEqual([true, false]);
    await world.order(story.orderRef).executeUpdate(cancelUpdate, { args: [{ by: 'olga' }] });
    expect((await story.result()).stage).toBe('cancelled');
    expect((await recordOf(story))?.exported).toBe(true);
  });

  it('of an order that stays away is a question, which can be looked at again', async () => {
    await open({ orders: 1 });
    const story = await Story.of(world, 0);
    await world.sandbox.fault({ vendor: 'manex', operation: 'SO/Add', fault: 'slow', ms: 600 });
    await world.poll();
    await world.sandbox.world({ remove: { orderRef: story.orderRef } });
    expect((await story.decision('mismatch')).question).toContain('Did the buyer withdraw it');
    await world.sandbox.world({ restore: { orderRef: story.orderRef } });
    await decide(story, 'look again');
    await story.allocated();
    expect((await recordOf(story))?.exported).toBe(true);
  });
});

describe('an absence', () => {
  it('that is told, and is none when the order looks itself, cancels nothing', async () => {
    await open({ orders: 2 });
    const story = await Story.of(world, 1);
    await world.poll();
    await story.decision('approval');
    await world.order(story.orderRef).signal('orderWithdrawn');
    await decide(story, 'approve');
    await story.allocated();
    expect((await recordOf(story))?.exported).toBe(true);
  });
});

describe('other content', () => {
  it('of the same instant is taken in, before anything is placed', async () => {
    await open({ orders: 2 });
    const story = await Story.of(world, 1);
    await world.poll();
    await story.decision('approval');
    await amend(story, { quantity: 9, net: '7.65' }, { sameInstant: true });
    await world.poll();
    const { totals } = await story.allocated();
    expect(totals.ordered).toBe('9');
    expect(await manexQuantity(story)).toBe(9);
  });

  it('of the same instant is taken in, after the mark', async () => {
    await open({ orders: 1 });
    const story = await Story.of(world, 0);
    await world.poll();
    await story.allocated();
    await amend(story, { quantity: 9 }, { sameInstant: true });
    await world.poll();
    await world.until(story.orderRef, (now) => now.totals.ordered === '9');
    expect(await manexQuantity(story)).toBe(9);
    await world.untilLedger(({ claritum }) => claritum.purchaseOrders[0]?.exported === true);
  });

  it.each([
    ['take the older version in', '9'],
    ['keep it as it was', undefined],
  ])('of an earlier time is a question: %s', async (choice, quantity) => {
    await open({ orders: 1 });
    const story = await Story.of(world, 0);
    await world.poll();
    const { totals: before } = await story.allocated();
    await amend(story, { quantity: 9 }, { lastModified: '2020-01-05T09:00:00Z' });
    await world.poll();
    const { question, facts } = await story.decision('mismatch');
    expect(question).toContain('as it was at an earlier time');
    expect(facts).toContainEqual({ label: 'last changed, as listed now', value: '2020-01-05T09:00:00Z' });
    await decide(story, choice);
    await world.untilLedger(({ claritum }) => claritum.purchaseOrders[0]?.exported === true);
    const { totals } = await world.until(
      story.orderRef,
      (now) => now.totals.ordered === (quantity ?? before.ordered) && now.decisions.length === 0,
    );
    expect(totals.ordered).toBe(quantity ?? before.ordered);
  });

  it('that is none, listed again after the mark, is only marked again', async () => {
    await open({ orders: 1 });
    const story = await Story.of(world, 0);
    await world.poll();
    const before = await story.allocated();
    await world.sandbox.world({ status: { orderRef: story.orderRef, status: 'authorised' } });
    expect((await recordOf(story))?.exported).toBe(false);
    await world.poll();
    await world.untilLedger(({ claritum }) => claritum.purchaseOrders[0]?.exported === true);
    const after = await story.progress();
    expect([after.totals, after.decisions, after.tasks]).toEqual([before.totals, [], []]);
  });
});

describe('the status of an order', () => {
  const withStatus = (status: string) =>
    world.sandbox.world({ add: { purchaseOrder: { orderRef: 'CL-77001', status } } });
  const added = (): Story => new Story(world, 'CL-77001');
  const waiting = (policy: Policy): Policy => ({
    ...policy,
    claritum: { ...policy.claritum, orderStatuses: { go: ['Released'], wait: ['on hold'] } },
  });

  it('that says cancelled, still listed, calls the order off and is marked in the end', async () => {
    await open({ orders: 1 });
    const story = await Story.of(world, 0);
    await world.poll();
    await story.allocated();
    await world.sandbox.world({ cancel: { orderRef: story.orderRef, listed: true } });
    await world.poll();
    const { stage, steps } = await story.result();
    expect(stage).toBe('cancelled');
    expect(steps.map(({ text }) => text).join()).toContain("its status in Claritum is 'cancelled'");
    expect((await recordOf(story))?.exported).toBe(true);
  });

  it('of a new order that says cancelled places nothing', async () => {
    await open({ orders: 1 });
    await withStatus('Cancelled');
    await world.poll();
    expect((await added().result()).stage).toBe('cancelled');
    const { manex } = await world.sandbox.ledger();
    expect(manex.salesOrders.map(({ SONO }) => SONO)).not.toContain('0000077001');
  });

  it.each(['draft', 'on hold'])(
    'that nobody has explained (%s) is asked about before anything is placed',
    async (status) => {
      await open({ orders: 1 });
      await withStatus(status);
      await world.poll();
      const story = added();
      expect((await story.decision('mismatch')).question).toContain(`with the status '${status}'`);
      const { manex } = await world.sandbox.ledger();
      expect(manex.salesOrders.map(({ SONO }) => SONO)).not.toContain('0000077001');
      await decide(story, 'fulfil it all the same');
      await story.allocated();
    },
  );

  it('that the policy knows lets it go, or waits until it changes', async () => {
    await open({ orders: 1, policy: waiting });
    await withStatus('On  hold');
    await world.poll();
    const story = added();
    await world.until('CL-77001', ({ waitingFor }) => waitingFor?.includes("the status 'On  hold'") === true);
    await world.sandbox.world({ status: { orderRef: 'CL-77001', status: 'released' } });
    await world.poll();
    await story.allocated();
  });
});
