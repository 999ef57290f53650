import { setMaxListeners } from 'node:events';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Decision } from '../../src/domain/case/decision';
import { purchaseOrderWorkflowId } from '../../src/domain/case/names';
import type { Progress } from '../../src/domain/purchase-order/progress';
import { Buyer } from './buyer';
import { callOf } from './facts';
import type { Lane } from './lane';
import { LATER, Operator } from './operator';
import { isOutage, pause, Play, type Stage, type Victim } from './play';
import { Polls } from './polls';
import type { SequenceCell } from './sequence-cells';
import { ListOutage } from './trouble';
import { isTrue } from './truth';

/** How long a cell may take before it counts as stuck. */
const PATIENCE_MS = 150_000;
/** Between two looks at what is asked, and at what the poller has seen. */
const LOOK_MS = 250;
/** Order numbers of seeds do not meet. */
const NUMBERS_PER_SEED = 1_000;
const FIRST_NUMBER = 700_000_000;

/** Many orders in one sandbox, each with its own change of mind. */
export class SequenceBatch {
  readonly plays: readonly Play[];
  readonly operator: Operator;
  readonly buyer: Buyer;
  readonly polls: Polls;
  /** Questions that did not say what was so. */
  readonly untrue: { readonly orderRef: string; readonly what: string }[] = [];

  constructor(
    readonly lane: Lane,
    readonly cells: readonly SequenceCell[],
    private readonly seed: number,
    victim?: Victim,
  ) {
    this.buyer = new Buyer(lane.sandbox);
    this.polls = new Polls(lane.client);
    const lists = new ListOutage(lane.sandbox);
    const stage: Stage = { lane, buyer: this.buyer, polls: this.polls, lists, victim };
    this.plays = cells.map(
      (cell, index) => new Play(cell, stage, String(FIRST_NUMBER + seed * NUMBERS_PER_SEED + index)),
    );
    this.operator = new Operator(lane.client, () => lane.sandbox.ledgerNow(), {
      givesUp: () => false,
      choose: (decision, workflowId) => this.#choose(decision, workflowId),
      answering: (decision, workflowId) => this.#check(decision, workflowId),
    });
  }

  /** Runs until every order has ended, or the longest patience is over. */
  async run(): Promise<void> {
    await this.lane.sandbox.reset(this.seed, 0);
    await this.polls.start();
    const patience = new AbortController();
    // The client adds a listener at every long poll, and leaves it there.
    setMaxListeners(0, patience.signal);
    const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
    const ends = this.plays.map((play) => this.#await(play, patience.signal));
    const played = this.plays.map((play) => play.run(patience.signal));
    const isOver = async (): Promise<boolean> =>
      patience.signal.aborted || (this.plays.every((play) => play.isOver) && (await this.#isQuiet()));
    await Promise.all([this.#again(() => this.operator.look(), isOver), this.#again(() => this.polls.look(), isOver)]);
    await Promise.all(played);
    clearTimeout(timer);
    patience.abort();
    await Promise.all(ends);
    await this.polls.stop();
  }

  /** Looks again and again, as long as there is something to see. */
  async #again(look: () => Promise<void>, isOver: () => Promise<boolean>): Promise<void> {
    for (let isLast = false; !isLast; await pause(LOOK_MS)) {
      try {
        isLast = await isOver();
        await look();
      } catch (error) {
        // A worker that is being replaced answers nobody, and an order may end under a question; the next turn asks again.
        if (!isOutage(error) && !(error instanceof WorkflowNotFoundError)) throw error;
        isLast = false;
      }
    }
  }

  /** Invoices may outlive their order by a moment. */
  async #isQuiet(): Promise<boolean> {
    const running = `ExecutionStatus = 'Running' AND WorkflowType != 'feed'`;
    return (await this.lane.client.workflow.count(running)).count === 0;
  }

  async #await(play: Play, patience: AbortSignal): Promise<void> {
    const { client } = this.lane;
    const handle = client.workflow.getHandle(purchaseOrderWorkflowId(play.orderRef));
    while (play.endedAt === undefined && !patience.aborted) {
      try {
        const result: Progress = await client.withAbortSignal(patience, () => handle.result());
        play.result = result;
        play.endedAt = Date.now();
      } catch (error) {
        if (patience.aborted) return;
        if (isOutage(error) || error instanceof WorkflowNotFoundError) {
          await pause(LOOK_MS);
          continue;
        }
        play.failure = error instanceof Error ? `${error.message}: ${String(error.cause)}` : String(error);
        play.endedAt = Date.now();
      }
    }
  }

  #playOf(workflowId: string): Play | undefined {
    return this.plays.find(
      ({ keys }) => workflowId.endsWith(`:${keys.orderRef}`) || workflowId.endsWith(keys.invoiceUid),
    );
  }

  /** What the vendors' own records and people say to a question that no look-up answers. */
  async #choose({ kind, topic, choices }: Decision, workflowId: string): Promise<string | undefined | typeof LATER> {
    const play = this.#playOf(workflowId);
    const first = (...wanted: string[]): string | undefined => wanted.find((choice) => choices.includes(choice));
    if (kind === 'approval') return (await play?.mayBeApproved()) === true ? 'approve' : LATER;
    // No goods follow what the buyer wrote back, nor what the warehouse took back.
    const endsShort = play?.cell.change === 'cancelled-in-list' || play?.cell.change === 'corrected-down';
    if (kind === 'short-delivery') return endsShort ? 'close short' : 'wait longer';
    if (kind !== 'mismatch') return undefined;
    if (topic === 'vanished-order') {
      if (play?.cell.change === 'cancel') return 'withdrawn: undo it';
      return play?.mind.isAway === true ? LATER : 'look again';
    }
    return first('keep it as it was', 'balance it by hand', 'wait for NorthScope', 'dispute');
  }

  async #check(decision: Decision, workflowId: string): Promise<void> {
    const play = this.#playOf(workflowId);
    if (play === undefined) return;
    // Told that its amendment came too late, the buyer writes back what was delivered: a receipt of more is refused.
    if (decision.kind === 'refused-call' && callOf(decision) === 'Claritum setGoodsReceipts')
      await play.mind.takeBack();
    const fault = isTrue(decision, await this.lane.sandbox.ledgerNow(), play);
    if (fault !== null) this.untrue.push({ orderRef: play.orderRef, what: `${fault}: ${decision.question}` });
  }
}
