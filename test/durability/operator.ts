import { type Client, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Decision } from '../../src/domain/case/decision';
import type { Progress } from '../../src/domain/purchase-order/progress';
import { decideUpdate } from '../../workflows/case/messages';
import type { SandboxLedger, Question } from './auditor/evidence';
import { tellsOf } from './screens';

/** What an operator is told to do about refusals and about what stays unknown. */
export interface Instructions {
  /** Whether to give up on a question, once looking has shown that nothing happened. */
  givesUp(decision: Decision, workflowId: string): boolean;
  /** What is to be said, or that it is not yet time to say anything; undefined where looking tells. */
  choose?(decision: Decision, workflowId: string): Promise<string | undefined | typeof LATER>;
  /** Told before an answer goes out. */
  answering(decision: Decision, workflowId: string, choice: string): Promise<void>;
}

/** Not yet: the question stays open. */
export const LATER = Symbol('later');

/** One question as it was asked and answered. */
export interface Answered extends Question {
  readonly workflowId: string;
  /** What the operator saw in the vendors' screens; null where there was nothing to look for. */
  readonly seen: boolean | null;
}

/**
 * A careful person: looks into the vendors' own screens (the ledger) before saying that something happened, and says
 * what is there. Works only from what the question says; a question that does not tell what to look for is reported.
 */
export class Operator {
  readonly answered: Answered[] = [];
  /** Questions nobody can answer from what they say. */
  readonly unanswerable: { readonly workflowId: string; readonly decision: Decision }[] = [];
  readonly #seenIds = new Set<string>();

  constructor(
    private readonly client: Client,
    private readonly ledger: () => Promise<SandboxLedger>,
    private readonly instructions: Instructions,
  ) {}

  /** Answers every question that is open now. */
  async look(): Promise<void> {
    const asking = this.client.workflow.list({ query: `ExecutionStatus = 'Running' AND WaitingFor = 'decision'` });
    for await (const { workflowId } of asking) await this.#answerAll(workflowId);
  }

  async #answerAll(workflowId: string): Promise<void> {
    const handle = this.client.workflow.getHandle(workflowId);
    const { decisions } = await handle.query<Pick<Progress, 'decisions'>>('progress');
    for (const decision of decisions) {
      const id = `${workflowId}/${decision.id}`;
      if (this.#seenIds.has(id)) continue;
      const told = await this.instructions.choose?.(decision, workflowId);
      if (told === LATER) continue;
      const { choice, seen } =
        told === undefined ? await this.#choose(decision, workflowId) : { choice: told, seen: null };
      this.#seenIds.add(id);
      if (choice === null) {
        this.unanswerable.push({ workflowId, decision });
        continue;
      }
      await this.instructions.answering(decision, workflowId, choice);
      const answer = { ...asked(decision), workflowId, answeredAt: new Date().toISOString(), choice, seen };
      try {
        await handle.executeUpdate(decideUpdate, { args: [{ decision: decision.id, choice, by: 'operator' }] });
      } catch (error) {
        if (isOvertaken(error)) continue;
        // Whether it was taken, nobody knows: if the question is still open, it is answered again at the next look.
        this.#seenIds.delete(id);
        this.#record(answer);
        throw error;
      }
      this.#record(answer);
    }
  }

  #record(answer: Answered): void {
    const at = this.answered.findIndex(({ workflowId, id }) => workflowId === answer.workflowId && id === answer.id);
    if (at < 0) this.answered.push(answer);
    else this.answered[at] = answer;
  }

  async #choose(decision: Decision, workflowId: string): Promise<{ choice: string | null; seen: boolean | null }> {
    const offers = (choice: string): boolean => decision.choices.includes(choice);
    const first = (...choices: string[]): string | null => choices.find(offers) ?? null;
    switch (decision.kind) {
      case 'approval':
        return { choice: first('approve'), seen: null };
      case 'unknown-outcome': {
        if (offers('look again')) return { choice: 'look again', seen: null };
        const seen = tellsOf(decision, await this.ledger());
        if (seen === null) return { choice: null, seen };
        if (seen) return { choice: first('it happened'), seen };
        const givesUp = this.instructions.givesUp(decision, workflowId);
        return { choice: givesUp ? first('give up', 'send it again') : first('send it again'), seen };
      }
      case 'refused-call':
      case 'failed-compensation': {
        // What was refused may stand there from a call before, whose effect came late.
        const stands = decision.kind === 'refused-call' && tellsOf(decision, await this.ledger()) === true;
        if (stands && offers('done by hand')) return { choice: 'done by hand', seen: null };
        const givesUp = this.instructions.givesUp(decision, workflowId);
        return { choice: givesUp ? first('give up', 'done by hand') : first('try again'), seen: null };
      }
      case 'silent-vendor': {
        const givesUp = this.instructions.givesUp(decision, workflowId);
        return { choice: givesUp ? first('give up', 'keep trying') : first('keep trying'), seen: null };
      }
      case 'mismatch':
        return { choice: first('dispute', 'book nothing', 'keep it as it was'), seen: null };
      default:
        return { choice: null, seen: null };
    }
  }
}

/** The question was taken back while it was being answered. */
const isOvertaken = (error: unknown): boolean =>
  error instanceof WorkflowUpdateFailedError &&
  error.cause instanceof ApplicationFailure &&
  error.cause.type === 'DecisionRefused';

/** A decision as evidence. */
export const asked = ({ id, kind, topic, question, facts, openedAt }: Decision): Question => ({
  id,
  kind,
  topic,
  question,
  facts: facts.map(({ label, value }) => ({ label, value })),
  openedAt,
  answeredAt: null,
  choice: null,
});
