import { WorkflowUpdateFailedError } from '@temporalio/client';
import type { Decision } from '../../src/domain/decision';
import type { Progress } from '../../src/domain/progress';
import { cancelUpdate, decideUpdate } from '../../workflows/messages';
import { Story } from './story';
import { World } from './world';

jest.setTimeout(240_000);

let world: World;
afterEach(async () => {
  await world.replayed();
  await world.close();
});

/** How often each choice of one question may be taken before it is plain that the question only repeats itself. */
const ROUNDS = 3;

/** A person without a plan: takes every choice of every question in turn, until the order has ended. */
class Wanderer {
  readonly #asked = new Map<string, number>();
  readonly #answered = new Set<string>();

  constructor(readonly story: Story) {}

  async walk(): Promise<Progress> {
    const handle = world.order(this.story.orderRef);
    const ended = handle.result();
    let result: Progress | undefined;
    void ended.then((progress) => (result = progress));
    while (result === undefined) {
      const now = await world.until(
        this.story.orderRef,
        ({ decisions }) => result !== undefined || decisions.some(({ id }) => !this.#answered.has(id)),
        60_000,
      );
      for (const decision of now.decisions) if (!this.#answered.has(decision.id)) await this.#answer(decision);
    }
    return ended;
  }

  async #answer({ id, question, choices }: Decision): Promise<void> {
    const times = this.#asked.get(question) ?? 0;
    if (times >= ROUNDS * choices.length) throw new Error(`this question only repeats itself: ${question}`);
    this.#asked.set(question, times + 1);
    this.#answered.add(id);
    const choice = choices[times % choices.length] ?? '';
    try {
      await world
        .order(this.story.orderRef)
        .executeUpdate(decideUpdate, { args: [{ decision: id, choice, by: 'olga' }] });
    } catch (error) {
      // Taken back while it was being answered.
      if (!(error instanceof WorkflowUpdateFailedError)) throw error;
    }
  }
}

const refusals = [
  ['manex', '*'],
  ['northscope', '*'],
  ['claritum', 'markExported'],
  ['claritum', 'setGoodsReceipts'],
  ['claritum', 'getSpecification'],
] as const;

it('has a way on from every question, whatever a vendor refuses or does not answer for ever', async () => {
  const scenarios = refusals.flatMap(([vendor, operation]) =>
    (['refused-by-vendor', '503'] as const).map((fault) => ({ vendor, operation, fault })),
  );
  world = await World.open({
    orders: scenarios.length * 3,
    policy: (policy) => ({
      ...policy,
      approval: { ...policy.approval, limits: [{ currency: 'GBP', above: '1000000', approvers: [] }] },
      fulfilment: {
        ...policy.fulfilment,
        settle: '50 milliseconds',
        longestPause: '100 milliseconds',
        askAfter: '300 milliseconds',
        inboundWithin: '500 milliseconds',
        deliveryWithin: '1 second',
        goodsWithin: '1 second',
        aheadWithin: '1 second',
      },
    }),
  });
  const refs = await world.orderRefs();
  await world.poll();
  for (const [index, { vendor, operation, fault }] of scenarios.entries()) {
    const stories = refs.slice(index * 3, index * 3 + 3).map((ref) => new Story(world, ref));
    const [cancelled, amended, despatched] = stories;
    if (cancelled === undefined || amended === undefined || despatched === undefined) throw new Error('too few orders');
    await Promise.all(stories.map((story) => story.allocated()));
    await despatched.despatch();
    await world.sandbox.fault({ vendor, operation, fault, times: -1, phase: 'before' });
    await world.order(cancelled.orderRef).executeUpdate(cancelUpdate, { args: [{ by: 'olga' }] });
    await world.sandbox.world({ amend: { orderRef: amended.orderRef, set: { projectTitle: 'Anders' } } });
    await despatched.deliver('5');
    const results = await Promise.all(stories.map((story) => new Wanderer(story).walk()));
    expect(
      results.map(({ stage }) => stage).filter((stage) => !['done', 'cancelled', 'refused'].includes(stage)),
    ).toEqual([]);
    expect(results.every(({ tasks }) => tasks.length > 0)).toBe(true);
    await world.sandbox.clearFaults();
  }
});
