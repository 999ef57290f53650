import { WorkflowUpdateFailedError } from '@temporalio/client';
import type { Decision } from '../../src/domain/case/decision';
import type { Progress } from '../../src/domain/purchase-order/progress';
import { cancelUpdate, decideUpdate } from '../../workflows/case/messages';
import { doByHand } from '../durability/hands';
import { SandboxClient } from '../durability/sandbox-client';
import { Story } from './story';
import { World } from './world';

jest.setTimeout(180_000);

let world: World;
afterEach(async () => {
  await world.replayed();
  await world.close();
});

/** How often each choice of one question may be taken before it is plain that the question only repeats itself. */
const ROUNDS = 3;

/** A person without a plan: takes every choice of every question in turn, whoever asks it. */
class Wanderer {
  readonly #asked = new Map<string, number>();
  readonly #answered = new Set<string>();

  /** @param trouble what the vendor does; lifted for what a person does in its own screens */
  constructor(private readonly trouble: object) {}

  async look(): Promise<void> {
    const { workflow } = world.temporal.client;
    const asking = workflow.list({ query: `ExecutionStatus = 'Running' AND WaitingFor = 'decision'` });
    for await (const { workflowId } of asking) {
      const { decisions } = await workflow.getHandle(workflowId).query<Pick<Progress, 'decisions'>>('progress');
      for (const decision of decisions) await this.#answer(workflowId, decision);
    }
  }

  async #answer(workflowId: string, decision: Decision): Promise<void> {
    const { id, question, choices } = decision;
    if (this.#answered.has(`${workflowId}/${id}`)) return;
    const asked = `${workflowId}: ${question}`;
    const times = this.#asked.get(asked) ?? 0;
    if (times >= ROUNDS * choices.length) throw new Error(`this question only repeats itself: ${asked}`);
    this.#asked.set(asked, times + 1);
    this.#answered.add(`${workflowId}/${id}`);
    const choice = choices[times % choices.length] ?? '';
    // Said and not done, the record would be listed again, and asked about again.
    if (choice === 'done by hand' && /exported in Claritum/.test(question)) await this.#byHand(decision);
    try {
      const handle = world.temporal.client.workflow.getHandle(workflowId);
      await handle.executeUpdate(decideUpdate, { args: [{ decision: id, choice, by: 'olga' }] });
    } catch (error) {
      // Taken back while it was being answered.
      if (!(error instanceof WorkflowUpdateFailedError)) throw error;
    }
  }

  async #byHand(decision: Decision): Promise<void> {
    const { origin } = world.sandbox;
    await world.sandbox.clearFaults();
    await doByHand(origin, decision, await new SandboxClient(origin).ledger());
    await world.sandbox.fault(this.trouble);
  }
}

/** Polls as the schedule would, and answers, until all these orders have ended. */
async function wanderedThrough(stories: readonly Story[], trouble: object): Promise<readonly Progress[]> {
  const wanderer = new Wanderer(trouble);
  const results: Progress[] = [];
  const over = Promise.all(stories.map(async (story) => results.push(await story.result())));
  over.catch(() => undefined);
  while (results.length < stories.length) {
    await world.poll();
    await wanderer.look();
  }
  await over;
  return results;
}

it.each([
  ['manex', '*', 'refused-by-vendor'],
  ['manex', '*', '503'],
  ['northscope', '*', 'refused-by-vendor'],
  ['northscope', '*', '503'],
  ['claritum', 'markExported', 'refused-by-vendor'],
  ['claritum', 'setGoodsReceipts', 'refused-by-vendor'],
  ['claritum', 'getSpecification', 'refused-by-vendor'],
])('leads on from every question, while %s answers %s with %s for ever', async (vendor, operation, fault) => {
  world = await World.open({
    orders: 4,
    people: true,
    policy: (policy) => ({
      ...policy,
      approval: { ...policy.approval, limits: [{ currency: 'GBP', above: '1000000', approvers: [] }] },
      fulfilment: {
        ...policy.fulfilment,
        settle: '50 milliseconds',
        longestPause: '100 milliseconds',
        askAfter: '300 milliseconds',
        inboundWithin: '1 second',
        deliveryWithin: '2 seconds',
        goodsWithin: '2 seconds',
        aheadWithin: '2 seconds',
      },
    }),
  });
  const stories = await Promise.all([0, 1, 2, 3].map((index) => Story.of(world, index)));
  const [cancelled, amended, , late] = stories.map(({ orderRef }) => orderRef);
  await world.sandbox.world({ remove: { orderRef: late } });
  await world.poll();
  await Promise.all(stories.slice(0, 3).map((story) => story.allocated()));
  const trouble = { vendor, operation, fault, times: -1, phase: 'before' };
  await world.sandbox.fault(trouble);
  await world.sandbox.world({ restore: { orderRef: late } });
  await world.sandbox.world({ amend: { orderRef: amended, set: { quantity: 9 } } });
  await world.poll();
  await world.order(cancelled ?? '').executeUpdate(cancelUpdate, { args: [{ by: 'olga' }] });
  const results = await wanderedThrough(stories, trouble);
  expect(results.flatMap(({ decisions }) => decisions)).toEqual([]);
  // What is not done as ordered is said.
  const silent = results.filter(({ stage, tasks }) => stage !== 'done' && tasks.length === 0);
  expect(silent.map(({ orderRef }) => orderRef)).toEqual([]);
});
