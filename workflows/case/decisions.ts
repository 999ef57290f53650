import { ApplicationFailure, condition, log } from '@temporalio/workflow';
import {
  judge,
  WITHDRAWN,
  type Answer,
  type AuditEntry,
  type Decision,
  type Fact,
  type Judgement,
} from '../../src/domain/case/decision';
import {
  choicesOf,
  fill,
  isChoiceOf,
  type CataloguedQuestion,
  type ChoiceOf,
  type Names,
} from '../../src/domain/case/question';
import { milliseconds } from '../../src/domain/values/duration';
import { cut, bounds, newest, bounded } from '../../src/domain/values/bounds';
import { ANONYMOUS } from '../../src/domain/case/person-names';
import { withdrawn } from './leaving';
import type { DecideReceipt, Approval } from './messages';

/** What a workflow asks a person. */
export interface Question<Q extends CataloguedQuestion = CataloguedQuestion> {
  readonly of: Q;
  /** What is filled into the text of the question. */
  readonly values: Readonly<Record<Names<Q['question']>, string>>;
  /** The key of the record it is about, where the question may be open for several. */
  readonly about?: string;
  readonly facts: readonly Fact[];
  /** @default all of the question's */
  readonly choices?: readonly ChoiceOf<Q>[];
  readonly approvers?: readonly string[];
  readonly excluded?: readonly string[];
  readonly needsName?: boolean;
  /** After how long these may answer too. */
  readonly escalation?: { readonly after: string; readonly approvers: readonly string[] } | null;
  /** How long until it is decided by itself, or reminded of for good. */
  readonly deadline?: string;
  /** The choice taken at the deadline; without it the question stays open. */
  readonly atDeadline?: ChoiceOf<Q>;
  /** Takes the question back as soon as it is over. */
  readonly overtaken?: { isOver(): boolean; readonly because: string };
}

/** How it was answered. */
export interface Resolution<C extends string = string> {
  readonly id: string;
  readonly choice: C;
  readonly by: string;
  readonly reason: string | null;
}

/** Plain data, so that it can be carried when a workflow continues as new. */
export interface DecisionState {
  open: Decision[];
  readonly audit: AuditEntry[];
  asked: number;
}

export const noDecisions = (): DecisionState => ({ open: [], audit: [], asked: 0 });

/** Bytes of JSON: the newest eighty ordinary answers, or sixteen of the longest kind. */
const LONGEST_AUDIT = 20_480;
const LONGEST_QUESTION = 2_000;
const MOST_FACTS = 30;
const now = (): string => new Date().toISOString();

/** The open questions of one workflow, and the audit of every answer that came. */
export class DecisionDesk {
  /** How questions ended whose asker has not gone on yet; what became of the others stands in the audit. */
  readonly #ended = new Map<string, Resolution>();
  /** Of an earlier history, about single records; until the same is asked again. */
  readonly #standing: Decision[];

  constructor(
    readonly state: DecisionState,
    /** Called when a question opens or closes: search attributes, current details. */
    private readonly changed: () => void,
    /** How often any open question is reminded of (`approval.remindEvery`). */
    private readonly remindEvery: string | null,
  ) {
    this.#standing = state.open.filter(({ about }) => about !== null);
  }

  /**
   * Asks, and waits until it is answered or decides itself at its deadline; takes up what an earlier history asked of a record.
   *
   * @throws ApplicationFailure `Withdrawn` when the question was taken back.
   */
  async ask<Q extends CataloguedQuestion>(asked: Question<Q>): Promise<Resolution<ChoiceOf<Q>>> {
    const { overtaken } = asked;
    const standing = this.#takeUp(asked);
    const openedAt = standing === undefined ? Date.now() : Date.parse(standing.openedAt);
    const id = standing?.id ?? this.#open(asked, openedAt, fill(asked.of.question, asked.values));
    for (let after = standing === undefined ? openedAt : Date.now(); ;) {
      const due = nextDue({ ...asked, remindEvery: this.remindEvery }, openedAt, after);
      const isAnswered = () => this.#ended.has(id) || overtaken?.isOver() === true;
      if (due === undefined) await condition(isAnswered);
      else if (!(await condition(isAnswered, Math.max(1, due.at - Date.now())))) this.#fallDue(id, due.what, asked);
      if (overtaken?.isOver() === true) this.withdrawWhere((open) => open.id === id, 'waybill', overtaken.because);
      const resolution = this.#ended.get(id);
      if (resolution !== undefined) {
        this.#ended.delete(id);
        return answered(asked.of, resolution);
      }
      after = due?.at ?? after;
    }
  }

  #takeUp({ of: { topic }, about }: Question): Decision | undefined {
    const at = this.#standing.findIndex((open) => open.topic === topic && open.about === about);
    return at < 0 ? undefined : this.#standing.splice(at, 1)[0];
  }

  /** @returns the id it is answered by */
  #open<Q extends CataloguedQuestion>(asked: Question<Q>, openedAt: number, question: string): string {
    const { of, facts, deadline, atDeadline, approvers = [], excluded = [], needsName = false } = asked;
    const { topic, kind } = of;
    const choices = asked.choices ?? choicesOf(of);
    this.state.asked += 1;
    const id = `${kind}-${this.state.asked}`;
    this.state.open.push({
      id,
      kind,
      topic,
      about: asked.about ?? null,
      question: cut(question, LONGEST_QUESTION),
      facts: shown(facts),
      choices,
      approvers,
      excluded,
      needsName,
      openedAt: new Date(openedAt).toISOString(),
      deadline: deadline === undefined ? null : new Date(openedAt + milliseconds(deadline)).toISOString(),
      atDeadline: atDeadline ?? null,
      reminders: 0,
    });
    this.changed();
    return id;
  }

  /** Takes every open question back: what it asks about is no longer to be done. */
  withdrawAll(by: string, reason: string): void {
    this.withdrawWhere(() => true, by, reason);
  }

  /** Takes back the questions that are meant: what happened meanwhile has answered them. */
  withdrawWhere(isMeant: (open: Decision) => boolean, by: string, reason: string): void {
    for (const { id } of this.state.open.filter(isMeant))
      this.#resolve({ id, choice: WITHDRAWN, by, reason }, 'accepted');
  }

  #fallDue(
    id: string,
    what: Due['what'],
    { atDeadline, escalation }: Pick<Question, 'escalation'> & { readonly atDeadline?: string },
  ): void {
    if (what === 'deadline' && atDeadline !== undefined) {
      this.#resolve({ id, choice: atDeadline, by: 'deadline', reason: 'nobody answered in time' }, 'deadline');
      return;
    }
    this.state.open = this.state.open.map((open) => {
      if (open.id !== id) return open;
      const approvers = what === 'escalation' ? escalated(open.approvers, escalation?.approvers ?? []) : open.approvers;
      return { ...open, approvers, reminders: open.reminders + 1 };
    });
    log.warn('decision still open', { decision: id, because: what });
    this.changed();
  }

  #resolve({ id, choice, by, reason: given }: Resolution, result: 'accepted' | 'deadline'): void {
    const reason = given === null ? null : cut(given);
    this.state.open = this.state.open.filter((open) => open.id !== id);
    this.#ended.set(id, { id, choice, by, reason });
    this.#record({ at: now(), decision: id, choice, by, reason, result, because: null });
    this.changed();
  }

  /** Notes in the audit what somebody said that no question asked. */
  record({ decision, choice, by }: Pick<AuditEntry, 'decision' | 'choice' | 'by'>): void {
    this.#record({ at: now(), decision, choice, by, reason: null, result: 'accepted', because: null });
  }

  /** What came is kept as far as people read it: an answer may be of any length. */
  #record({ at, decision, choice, by, reason, result, because }: AuditEntry): void {
    this.state.audit.push({
      at,
      decision: decision === null ? null : cut(decision),
      choice: cut(choice),
      by: cut(by),
      reason: reason === null ? null : cut(reason),
      result,
      because: because === null ? null : cut(because),
    });
    const kept = newest(this.state.audit, LONGEST_AUDIT);
    this.state.audit.splice(0, this.state.audit.length - kept.length);
  }

  /**
   * Takes an answer, or records why not.
   *
   * @throws ApplicationFailure `DecisionRefused` for a late, repeated, unknown or unauthorised answer.
   */
  answer(answer: Answer): DecideReceipt {
    const judgement = tooLong(answer) ?? judge(answer, this.state.open, this.state);
    const by = answer.by ?? ANONYMOUS;
    const reason = answer.reason ?? null;
    if (judgement.verdict === 'refused') {
      const { decision, because } = judgement;
      this.#record({ at: now(), decision, choice: answer.choice, by, reason, result: 'refused', because });
      throw ApplicationFailure.create({ type: 'DecisionRefused', message: cut(because), nonRetryable: true });
    }
    this.#resolve({ id: judgement.decision.id, choice: answer.choice, by, reason }, 'accepted');
    return { status: 'accepted', id: judgement.decision.id, reason: null };
  }

  /** A signal has nobody to throw at: what is refused stands in the audit. */
  signalled(choice: 'approve' | 'reject', verdict: Approval | undefined): void {
    if (!isVerdict(verdict)) {
      const because = 'what came with the signal is no answer: leave it empty, or write {"by": "…", "reason": "…"}';
      this.#record({ at: now(), decision: null, choice, by: ANONYMOUS, reason: null, result: 'refused', because });
      return;
    }
    try {
      this.answer({ ...textsOf(verdict), choice });
    } catch (error) {
      if (!(error instanceof ApplicationFailure)) throw error;
    }
  }
}

/** Facts as people read them: not thousands, and none without an end. */
function shown(facts: readonly Fact[]): readonly Fact[] {
  const { listed, more } = bounded(facts, MOST_FACTS);
  const rest = more === 0 ? [] : [{ label: 'and', value: `${more} more of these` }];
  return [...listed.map(({ label, value }) => ({ label: cut(label), value: cut(value) })), ...rest];
}

/** Names decide who may answer, so they are never cut: one that is no name is refused. */
const tooLong = ({ by = '' }: Answer): Judgement | undefined =>
  by.length <= bounds.line
    ? undefined
    : { verdict: 'refused', decision: null, because: `a name has at most ${bounds.line} characters: say who decides` };

/** @throws ApplicationFailure `Withdrawn` */
function answered<Q extends CataloguedQuestion>(
  question: Q,
  { id, choice, by, reason }: Resolution,
): Resolution<ChoiceOf<Q>> {
  if (choice === WITHDRAWN) throw withdrawn(id, reason ?? '');
  if (!isChoiceOf(question, choice)) throw new TypeError(`an answer that is no choice of ${question.topic}`);
  return { id, choice, by, reason };
}

interface Due {
  readonly at: number;
  readonly what: 'reminder' | 'escalation' | 'deadline';
}

/** What falls due next after `after` (epoch milliseconds), if anything does. */
function nextDue(
  {
    remindEvery,
    escalation,
    deadline,
  }: Pick<Question, 'escalation' | 'deadline'> & { readonly remindEvery: string | null },
  openedAt: number,
  after: number,
): Due | undefined {
  const dues: Due[] = [];
  if (escalation) dues.push({ at: openedAt + milliseconds(escalation.after), what: 'escalation' });
  if (deadline !== undefined) dues.push({ at: openedAt + milliseconds(deadline), what: 'deadline' });
  if (remindEvery) {
    const every = milliseconds(remindEvery);
    dues.push({ at: openedAt + (Math.floor((after - openedAt) / every) + 1) * every, what: 'reminder' });
  }
  return dues.filter(({ at }) => at > after).toSorted((left, right) => left.at - right.at)[0];
}

/** Where anyone may answer already, naming more people must not shut the others out. */
const escalated = (approvers: readonly string[], more: readonly string[]): readonly string[] =>
  approvers.length === 0 ? [] : [...new Set([...approvers, ...more])];

/** Nothing at all, or an object: anything else was meant for something else. */
const isVerdict = (verdict: unknown): boolean =>
  verdict === undefined || verdict === null || (typeof verdict === 'object' && !Array.isArray(verdict));

/** Only texts count: a signal from the Web UI may carry any JSON. */
function textsOf(verdict: unknown): Approval {
  const given: Approval = typeof verdict === 'object' && verdict !== null ? verdict : {};
  const { by, decision, reason } = given;
  return {
    ...(typeof by === 'string' ? { by } : {}),
    ...(typeof decision === 'string' ? { decision } : {}),
    ...(typeof reason === 'string' ? { reason } : {}),
  };
}
