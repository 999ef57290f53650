import { decideUpdate } from '../../workflows/case/messages';
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

const receiptsOf = async ({ orderRef }: Story) =>
  (await world.sandbox.ledger()).claritum.goodsReceipts
    .filter((receipt) => receipt.orderRef === orderRef)
    .map(({ receiptRef, quantity }) => [receiptRef, quantity]);

const delivered = async ({ orderRef }: Story) => {
  const { deliveries } = (await world.sandbox.ledger()).claritum;
  const found = deliveries.find((delivery) => delivery.orderRef === orderRef && delivery['status'] === 'delivered');
  if (found === undefined) throw new Error(`no delivery of ${orderRef} is delivered`);
  return { uid: found.uid, deliveryRef: found.deliveryRef, exported: found.exported };
};

/** An order of 100 that has left the warehouse, of which 40 are received and marked. */
async function partlyReceived(): Promise<Story> {
  await open({ orders: 1 });
  const story = await Story.of(world, 0);
  await world.sandbox.world({ amend: { orderRef: story.orderRef, set: { quantity: 100, net: '85.00' } } });
  await world.poll();
  await story.allocated();
  await story.despatch();
  await story.deliver('40');
  await story.received('40');
  await world.untilLedger(({ claritum }) => claritum.deliveries.some(({ exported }) => exported));
  return story;
}

const corrected = async (story: Story, quantity: number): Promise<string> => {
  const { uid, deliveryRef } = await delivered(story);
  await world.sandbox.world({ reopen: { deliveryRef, quantity } });
  await world.poll();
  return uid;
};

describe('a delivery that was received, marked, and is listed again', () => {
  it('with more is booked for the rest, under a reference of its own, and marked again', async () => {
    const story = await partlyReceived();
    const uid = await corrected(story, 100);
    await story.received('100');
    await world.until(story.orderRef, ({ stage }) => stage === 'invoicing');
    expect(await receiptsOf(story)).toEqual([
      [`WB-${uid}`, '40'],
      [`WB-${uid}~2`, '60'],
    ]);
    expect((await delivered(story)).exported).toBe(true);
  });

  it('with less is a question, and nothing is booked or taken back', async () => {
    const story = await partlyReceived();
    const uid = await corrected(story, 30);
    const { question, facts } = await story.decision('mismatch');
    expect(question).toContain('booked with 40, and Claritum reports 30 of it now');
    expect(facts).toContainEqual({ label: 'delivery', value: uid });
    await decide(story, 'balance it by hand');
    await world.untilLedger(({ claritum }) => claritum.deliveries.some(({ exported }) => exported));
    const { tasks } = await story.progress();
    expect(tasks.map(({ task }) => task).join()).toContain('40 is booked and 30 was delivered');
    expect(await receiptsOf(story)).toEqual([[`WB-${uid}`, '40']]);
  });

  it('with less, corrected before anybody answered, is no question any more', async () => {
    const story = await partlyReceived();
    await corrected(story, 30);
    await story.decision('mismatch');
    await corrected(story, 40);
    const { decisions } = await world.until(story.orderRef, (now) => now.decisions.length === 0);
    expect(decisions).toEqual([]);
    await world.untilLedger(({ claritum }) => claritum.deliveries.some(({ exported }) => exported));
    expect((await receiptsOf(story)).map(([, quantity]) => quantity)).toEqual(['40']);
  });

  it('unchanged is only marked again', async () => {
    const story = await partlyReceived();
    await corrected(story, 40);
    await world.untilLedger(({ claritum }) => claritum.deliveries.some(({ exported }) => exported));
    expect((await receiptsOf(story)).map(([, quantity]) => quantity)).toEqual(['40']);
    expect((await story.progress()).decisions).toEqual([]);
  });
});

describe('a delivery that is reported and whose goods NorthScope has not shipped', () => {
  const allocated = async (): Promise<Story> => {
    await open({
      orders: 1,
      policy: (policy) => ({ ...policy, fulfilment: { ...policy.fulfilment, aheadWithin: '500 milliseconds' } }),
    });
    const story = await Story.of(world, 0);
    await world.sandbox.world({ amend: { orderRef: story.orderRef, set: { quantity: 100, net: '85.00' } } });
    await world.poll();
    await story.allocated();
    return story;
  };

  it('is put to a person after a while, with the words of both systems, and booked when they say so', async () => {
    const story = await allocated();
    await story.deliver('100');
    const { question, facts } = await story.decision('mismatch');
    expect(question).toContain("Claritum says 'delivered'");
    expect(facts.map(({ value }) => value).join('; ')).toMatch(/100 delivered; .*: 0(\.0+)? of 100(\.0+)? shipped/);
    await decide(story, 'they have left: book them');
    const { totals, tasks } = await story.received('100');
    expect(totals.despatched).toBe('100');
    expect(tasks.map(({ task }) => task).join()).toContain('or they leave twice');
  });

  it('is booked without a question where NorthScope ships in time after all', async () => {
    const story = await allocated();
    await story.deliver('100');
    await story.decision('mismatch');
    await decide(story, 'wait for NorthScope');
    await story.despatch();
    const { decisions } = await story.received('100');
    expect(decisions).toEqual([]);
  });
});

it('takes the goods that ManEx alone has shipped for not shipped by NorthScope', async () => {
  await open({
    orders: 1,
    policy: (policy) => ({ ...policy, fulfilment: { ...policy.fulfilment, aheadWithin: '500 milliseconds' } }),
  });
  const story = await Story.of(world, 0);
  await world.poll();
  const { totals } = await story.allocated();
  await world.sandbox.world({ despatch: { order: story.orderRef.replace('CL-', 'PO-'), in: 'manex' } });
  await story.deliver(totals.ordered);
  expect((await story.decision('mismatch')).question).toContain('NorthScope has shipped only 0');
});
