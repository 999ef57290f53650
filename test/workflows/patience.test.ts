import { decideUpdate } from '../../workflows/case/messages';
import { salesOrderNumber } from '../../src/domain/purchase-order/sales-order-number';
import { Story } from './story';
import { World } from './world';

jest.setTimeout(240_000);

let world: World;
afterEach(async () => {
  await world.replayed();
  await world.close();
});

/** Half an hour takes this long here. */
const HALF_HOUR_MS = 20;

const MINUTE_MS = 60_000;
/** How often a write is tried within thirty days by the pauses that a policy has by default: half an hour, and four hours. */
function triesInThirtyDays(): number {
  let tries = 0;
  for (let passed = 0, pause = 1_000; passed < 30 * 24 * 60 * MINUTE_MS; tries += 1) {
    passed += pause;
    pause = Math.min(pause * 2, passed < 4 * 60 * MINUTE_MS ? 30 * MINUTE_MS : 60 * MINUTE_MS);
  }
  return tries;
}

const ms = (count: number): string => `${count} milliseconds`;
const price = (quantity: string): string => (Number(quantity) * 0.85).toFixed(2);

/** Events of all histories of an order. */
async function events(orderRef: string): Promise<{ histories: number; events: number }> {
  const { workflow } = world.temporal.client;
  const lengths: number[] = [];
  for await (const { workflowId, runId } of workflow.list({ query: `WorkflowId = 'purchase-order:${orderRef}'` }))
    lengths.push((await workflow.getHandle(workflowId, runId).describe()).historyLength);
  return { histories: lengths.length, events: lengths.reduce((total, length) => total + length, 0) };
}

/** Everything but the invoice: the next thing the order does is to close its line in ManEx. */
async function invoiced(story: Story): Promise<void> {
  const { totals } = await story.allocated();
  await story.despatch();
  await story.deliver(totals.ordered);
  await story.received(totals.ordered);
}

it('outlasts a vendor that is dead for thirty days, with few events, and loses nothing', async () => {
  world = await World.open({
    orders: 3,
    policy: (policy) => ({
      ...policy,
      approval: {
        ...policy.approval,
        limits: [{ currency: 'GBP', above: '1000000', approvers: [] }],
        remindEvery: null,
      },
      fulfilment: {
        ...policy.fulfilment,
        settle: ms(HALF_HOUR_MS),
        longestPause: ms(HALF_HOUR_MS),
        askAfter: ms(8 * HALF_HOUR_MS),
        longestHistory: 200,
      },
    }),
  });
  const refs = await world.orderRefs();
  const [dead, deaf, young] = await Promise.all([0, 1, 2].map((index) => Story.of(world, index)));
  if (dead === undefined || deaf === undefined || young === undefined)
    throw new Error(`too few orders: ${refs.join()}`);
  const soNo = ({ orderRef }: Story): string => salesOrderNumber(orderRef, 0);
  const faultAt = (story: Story, operation: string) => ({
    ...{ vendor: 'manex', operation, key: soNo(story), fault: '503', times: -1, phase: 'before' },
  });
  // One does not get beyond its price, as long as all the others take.
  await world.sandbox.fault(faultAt(young, 'SO/PriceAdd'));
  await world.poll();
  await Promise.all([invoiced(dead), invoiced(deaf)]);
  // Nothing of ManEx answers for the one, and it takes no change of the other.
  await world.sandbox.fault([faultAt(dead, '*'), faultAt(deaf, 'SO/ItemEdit')]);
  for (const story of [dead, deaf]) {
    const { totals } = await story.progress();
    await story.invoice(`INV-${story.orderRef}`, totals.ordered, price(totals.ordered));
  }
  for (const story of [dead, deaf, young]) {
    const { question, choices, facts } = await story.decision('silent-vendor');
    expect(question).toMatch(/^ManEx has not done this for a long time: /);
    expect(choices[0]).toBe('keep trying');
    expect(facts.map(({ label }) => label)).toContain('since');
  }
  const tried = (story: Story, times: number) =>
    world.until(story.orderRef, ({ hangs: [hang] }) => hang !== undefined && hang.tries >= times, 60_000);
  for (const story of [deaf, young]) {
    const { hangs } = await tried(story, 24);
    const { events: all } = await events(story.orderRef);
    // All that the order cost so far counts as the cost of these tries.
    expect((all / (hangs[0]?.tries ?? 1)) * triesInThirtyDays()).toBeLessThan(15_000);
  }
  // In a new history it is asked anew.
  const { hangs, waitingFor } = await world.until(young.orderRef, ({ decisions }) => decisions.length === 1);
  expect(hangs).toMatchObject([{ vendor: 'manex' }]);
  expect(waitingFor).toMatch(/^a decision: silent-vendor-\d+; and ManEx has not done this since .*: add the price /);

  await world.sandbox.clearFaults();
  const results = await Promise.all([dead.result(), deaf.result(), young.allocated()]);
  for (const { decisions: open, audit, tasks } of results) {
    expect(open).toEqual([]);
    expect(audit.filter(({ choice }) => choice !== 'withdrawn')).toEqual([]);
    expect(tasks).toEqual([]);
  }
  // What cannot be reached at all is repeated by Temporal, for next to nothing.
  expect((await events(dead.orderRef)).events).toBeLessThan(400);
  for (const story of [deaf, young]) expect((await events(story.orderRef)).histories).toBeGreaterThan(1);
  const { manex, calls } = await world.sandbox.ledger();
  expect(manex.salesOrders.map(({ SODETAILList }) => SODETAILList.map((line) => line.SOPRICESList.length))).toEqual([
    [1],
    [1],
    [1],
  ]);
  expect(calls.filter(({ operation, effects }) => operation === 'SO/Add' && effects > 0)).toHaveLength(3);
});

it('is kept up, or left by the other way out, where a person says so', async () => {
  world = await World.open({
    orders: 1,
    policy: (policy) => ({
      ...policy,
      fulfilment: { ...policy.fulfilment, settle: ms(20), longestPause: ms(50), askAfter: ms(300) },
    }),
  });
  const story = await Story.of(world, 0);
  const decide = (choice: string, decision: string) =>
    world.order(story.orderRef).executeUpdate(decideUpdate, { args: [{ choice, decision, by: 'olga' }] });
  await world.sandbox.fault({ vendor: 'manex', operation: '*', fault: '503', times: -1, phase: 'before' });
  await world.poll();
  const first = await story.decision('silent-vendor');
  expect(first.choices).toEqual(['keep trying', 'give up']);
  await decide('keep trying', first.id);
  const { decisions } = await world.until(story.orderRef, ({ decisions: open }) =>
    open.some(({ kind, id }) => kind === 'silent-vendor' && id !== first.id),
  );
  await decide('give up', decisions[0]?.id ?? '');
  // What may stand in ManEx is to be withdrawn there, which ManEx does not take either.
  await world.until(story.orderRef, ({ stage }) => stage === 'compensating');
  await world.sandbox.clearFaults();
  expect((await story.result()).stage).toBe('cancelled');
});
