import { ApplicationFailure, condition } from '@temporalio/workflow';
import {
  ANONYMOUS,
  judge,
  type Answer,
  type AuditEntry,
  type Decision,
  type DecisionKind,
  type Fact,
} from '../src/domain/decision';
import { milliseconds } from '../src/domain/duration';
import type { DecideReceipt, Verdict } from './messages';

/** What a workflow asks a human. */
export interface Question {
  readonly kind: DecisionKind;
  readonly question: string;
  readonly facts: readonly Fact[];
  readonly choices: readonly string[];
  readonly approvers?: readonly string[];
  readonly excluded?: readonly string[];
  /** How long until it is reminded of, or decided by itself. */
  readonly deadline?: string;
  /** The choice taken at the deadline; without it the question stays, reminded of. */
  readonly atDeadline?: string;
}

/** How it was answered. */
export interface Resolution {
  readonly id: string;
  readonly choice: string;
  readonly by: string;
  readonly reason: string | null;
}

/** Plain data, so that it can be carried when a workflow continues as new. */
export interface DecisionState {
  open: Decision[];
  readonly resolved: Resolution[];
  readonly audit: AuditEntry[];
  asked: number;
}

export const noDecisions = (): DecisionState => ({ open: [], resolved: [], audit: [], asked: 0 });

const LONGEST_AUDIT = 500;
const now = (): string => new Date().toISOString();

/** The open questions of one workflow, and the audit of every answer that came (design §5.5). */
export class DecisionDesk {
  constructor(
    readonly state: DecisionState,
    /** Called when a question opens or closes: search attributes, current details. */
    private readonly changed: () => void,
  ) {}

  /** Asks, and waits until it is answered or decides itself at its deadline. */
  async ask({ deadline, atDeadline, approvers = [], excluded = [], ...question }: Question): Promise<Resolution> {
    this.state.asked += 1;
    const id = `${question.kind}-${this.state.asked}`;
    const patience = deadline === undefined ? undefined : milliseconds(deadline);
    this.state.open.push({
      ...question,
      id,
      approvers,
      excluded,
      openedAt: now(),
      deadline: patience === undefined ? null : new Date(Date.now() + patience).toISOString(),
      atDeadline: atDeadline ?? null,
      reminders: 0,
    });
    this.changed();
    return this.#wait(id, patience);
  }

  async #wait(id: string, patience: number | undefined): Promise<Resolution> {
    for (;;) {
      const answered = () => this.state.resolved.some((resolution) => resolution.id === id);
      if (patience === undefined) await condition(answered);
      else if (!(await condition(answered, patience))) this.#fallDue(id, patience);
      const resolution = this.state.resolved.find((candidate) => candidate.id === id);
      if (resolution !== undefined) return resolution;
    }
  }

  #fallDue(id: string, patience: number): void {
    const decision = this.state.open.find((open) => open.id === id);
    if (decision === undefined) return;
    if (decision.atDeadline !== null) {
      this.#resolve({ id, choice: decision.atDeadline, by: 'deadline', reason: 'nobody answered in time' }, 'deadline');
      return;
    }
    const reminded = {
      ...decision,
      reminders: decision.reminders + 1,
      deadline: new Date(Date.now() + patience).toISOString(),
    };
    this.state.open = this.state.open.map((open) => (open.id === id ? reminded : open));
    this.changed();
  }

  #resolve(resolution: Resolution, result: 'accepted' | 'deadline'): void {
    const { id, choice, by, reason } = resolution;
    this.state.open = this.state.open.filter((open) => open.id !== id);
    this.state.resolved.push(resolution);
    this.#record({ at: now(), decision: id, choice, by, reason, result, because: null });
    this.changed();
  }

  #record(entry: AuditEntry): void {
    this.state.audit.push(entry);
    if (this.state.audit.length > LONGEST_AUDIT) this.state.audit.splice(0, 1);
  }

  /**
   * Takes an answer, or records why not.
   *
   * @throws ApplicationFailure `DecisionRefused` for a late, repeated, unknown or unauthorised answer.
   */
  answer(answer: Answer): DecideReceipt {
    const judgement = judge(
      answer,
      this.state.open,
      this.state.resolved.map(({ id }) => id),
    );
    const by = answer.by ?? ANONYMOUS;
    const reason = answer.reason ?? null;
    if (judgement.verdict === 'refused') {
      const { decision, because } = judgement;
      this.#record({ at: now(), decision, choice: answer.choice, by, reason, result: 'refused', because });
      throw ApplicationFailure.create({ type: 'DecisionRefused', message: because, nonRetryable: true });
    }
    this.#resolve({ id: judgement.decision.id, choice: answer.choice, by, reason }, 'accepted');
    return { status: 'accepted', id: judgement.decision.id, reason: null };
  }

  /** A signal has nobody to throw at: what is refused stands in the audit. */
  signalled(choice: 'approve' | 'reject', verdict: Verdict | undefined): void {
    try {
      this.answer({ ...textsOf(verdict), choice });
    } catch (error) {
      if (!(error instanceof ApplicationFailure)) throw error;
    }
  }
}

/** Only texts count: a signal from the Web UI may carry any JSON. */
function textsOf(verdict: unknown): Verdict {
  const given: Verdict = typeof verdict === 'object' && verdict !== null ? verdict : {};
  const { by, decision, reason } = given;
  return {
    ...(typeof by === 'string' ? { by } : {}),
    ...(typeof decision === 'string' ? { decision } : {}),
    ...(typeof reason === 'string' ? { reason } : {}),
  };
}

/** The Update's validator: shape only, because what it rejects leaves no trace in history (design §5.5). */
export function assertAnswer(answer: unknown): void {
  const given = typeof answer === 'object' && answer !== null ? answer : {};
  const text = (name: string): unknown => Reflect.get(given, name);
  const optional = ['decision', 'by', 'reason'].every(
    (name) => text(name) === undefined || typeof text(name) === 'string',
  );
  if (typeof text('choice') !== 'string' || !optional) {
    throw ApplicationFailure.create({
      type: 'MalformedAnswer',
      message: 'an answer is {"choice": "…", "decision"?: "…", "by"?: "…", "reason"?: "…"}, all texts',
      nonRetryable: true,
    });
  }
}
