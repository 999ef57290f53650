import type { Policy } from '../../src/domain/case/policy';
import { decideUpdate } from '../../workflows/case/messages';
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

/** The buyer gives the order a status, and the next poll tells it. */
async function given({ orderRef }: Story, status: string): Promise<void> {
  await world.sandbox.world({ status: { orderRef, status } });
  await world.poll();
}

const decide = ({ orderRef }: Story, choice: string) =>
  world.order(orderRef).executeUpdate(decideUpdate, { args: [{ choice, by: 'olga' }] });

/** The approval that is asked for after the one of this id. */
async function approvalAfter({ orderRef }: Story, id: string): Promise<string> {
  const isNext = (open: { readonly kind: string; readonly id: string }) => open.kind === 'approval' && open.id !== id;
  const { decisions } = await world.until(orderRef, (now) => now.decisions.some(isNext));
  return decisions.find(isNext)?.id ?? '';
}

describe('a hold', () => {
  it('that is lifted and set again is asked about again', async () => {
    const story = await opened(1);
    await world.poll();
    const { id: first } = await story.decision('approval');
    await given(story, 'on hold');
    expect((await story.decision('mismatch')).question).toContain("with the status 'on hold'");
    await decide(story, 'fulfil it all the same');
    const second = await approvalAfter(story, first);
    await given(story, 'authorised');
    await approvalAfter(story, second);
    await given(story, 'on hold');
    const { question, choices } = await story.decision('mismatch');
    expect(question).toContain("with the status 'on hold'");
    expect(choices).toContain('fulfil it all the same');
    const { manex } = await world.sandbox.ledger();
    expect(manex.salesOrders.map(({ SONO }) => SONO)).not.toContain('0000010232');
  });

  it('of a placed order is a task, and goods that leave meanwhile are seen', async () => {
    const policy = (now: Policy): Policy => ({
      ...now,
      claritum: { ...now.claritum, orderStatuses: { go: [], wait: ['on hold'] } },
    });
    const story = await opened(0, { policy });
    await world.poll();
    const { totals } = await story.allocated();
    await given(story, 'on hold');
    const { tasks, decisions } = await world.until(story.orderRef, (now) => now.tasks.length > 0);
    expect(tasks.map(({ task }) => task).join()).toContain(
      `Claritum says 'on hold' of purchase order ${story.orderRef}, which is in the warehouse already (0 have left)`,
    );
    expect(decisions).toEqual([]);
    await story.despatch();
    await story.deliver(totals.ordered);
    expect((await story.received(totals.ordered)).totals.despatched).toBe(totals.ordered);
  });

  it('of a placed order that a person lets wait is a task too, and goods that leave are seen', async () => {
    const story = await opened(0);
    await world.poll();
    const { totals } = await story.allocated();
    await given(story, 'awaiting artwork');
    await story.decision('mismatch');
    await decide(story, 'wait until it changes');
    const { tasks } = await world.until(story.orderRef, (now) => now.tasks.length > 0);
    expect(tasks.map(({ task }) => task).join()).toContain('have the rest held there by hand');
    await story.despatch();
    await story.deliver(totals.ordered);
    expect((await story.received(totals.ordered)).totals.despatched).toBe(totals.ordered);
  });
});

it('allocates what is ordered now, where the buyer wants less while NorthScope takes no allocation', async () => {
  const story = await opened(0);
  const fault = { vendor: 'northscope', operation: 'AllocateSalesOrders', fault: '503', phase: 'before', times: -1 };
  await world.sandbox.fault(fault);
  await world.poll();
  await world.until(story.orderRef, ({ hangs }) => hangs.some(({ vendor }) => vendor === 'northscope'));
  await world.sandbox.world({ amend: { orderRef: story.orderRef, set: { quantity: '40' } } });
  await world.poll();
  await world.until(story.orderRef, ({ totals }) => totals.ordered === '40');
  await world.sandbox.clearFaults();
  const { totals } = await world.until(story.orderRef, (now) => now.totals.allocated === '40');
  expect(totals).toMatchObject({ ordered: '40', allocated: '40' });
  const { northscope } = await world.sandbox.ledger();
  expect(JSON.stringify(northscope.salesOrders)).toContain('"AllocatedUnits":"40.00000"');
});
