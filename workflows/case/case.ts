import { cut, newest } from '../../src/domain/values/bounds';
import { keysOf } from '../../src/domain/case/keys';
import type { VendorName } from '../../src/domain/case/names';
import type { Hang } from '../../src/domain/case/hang';
import type { CasePolicy } from '../../src/domain/case/policy';
import type { CaseProgress, ListedTask, Step } from '../../src/domain/case/progress';
import type { Markdown } from '../../src/domain/values/markdown';
import { showAttributes, type Attributes } from './attributes';
import { DecisionDesk, noDecisions, type DecisionState } from './decisions';
import { showDetails } from './details';
import { Hangs } from './hangs';
import { givenUp } from './leaving';
import type { Reader, ReadWayOut } from './questions';
import { ANONYMOUS } from '../../src/domain/case/person-names';
import type { ChangeReceipt, DoneRequest } from './messages';
import { refused } from './receipts';

/** What every case keeps, in each of its processes. Plain data, so that it can be carried on in another history. */
export interface CaseState<S extends string = string, W extends string = string> {
  stage: S;
  /** What it waits for by itself, as lists show it. */
  waitsFor?: W | undefined;
  waitingFor: string | null;
  /** ISO instant since when it waits for that. */
  waitingSince: string | null;
  /** The calls that vendors do not take at present. */
  hangs: readonly Hang[];
  readonly decisions: DecisionState;
  readonly tasks: ListedTask[];
  /** How many tasks were ever listed: the number of the next id. */
  listed: number;
  readonly steps: Step[];
}

export const openCase = <S extends string>(stage: S): CaseState<S, never> => ({
  stage,
  waitingFor: null,
  waitingSince: null,
  hangs: [],
  decisions: noDecisions(),
  tasks: [],
  listed: 0,
  steps: [],
});

/** Bytes of JSON: the newest hundred ordinary steps. */
const LONGEST_STEPS = 12_288;
const EARLIER_STEPS = 'the steps up to here are no longer kept: read the history of this workflow for them';
/** Characters of a step or a task. */
const LONGEST_STEP = 500;
/** An order of a thousand deliveries that is given up lists more than a thousand. */
const MOST_TASKS = 1_500;
const MORE_TASKS = 'there are more tasks than can be listed: read the history of this workflow for the rest';

/** One running piece of business: its state, and what shows it to people. */
export abstract class Case<S extends CaseState, P extends CasePolicy = CasePolicy> implements Reader {
  readonly desk: DecisionDesk;
  readonly hangs: Hangs;
  #shown = '';

  constructor(
    readonly state: S,
    readonly policy: P,
  ) {
    this.desk = new DecisionDesk(state.decisions, () => this.#questionsChanged(), policy.approval.remindEvery);
    this.hangs = new Hangs(state, this);
  }

  /** Why nothing more may be sent; null while it may. */
  abstract get interruption(): string | null;
  /** Whether everything can still be undone or listed. */
  abstract get mayGiveUp(): boolean;
  abstract get readWayOut(): ReadWayOut | null;
  /** Resolves when the vendor answers a read. */
  abstract reach(vendor: VendorName): Promise<void>;
  /** What lists show beside the stage and what is waited for. */
  protected abstract attributes(): Pick<Attributes, 'Vendor'> & Partial<Pick<Attributes, 'Customer'>>;
  /** Its numbers in any system, as far as they are known, those that name the whole first. */
  protected abstract numbers(): readonly (string | null)[];
  /** What the Web UI shows of it. */
  protected abstract details(): Markdown;

  /** Where the story may be left: between two steps. @throws ApplicationFailure `GivenUp` where nothing more may be sent */
  checkpoint(): void {
    if (this.interruption !== null) throw givenUp('what was still to be done', this.interruption);
  }

  /**
   * Moves to a stage. Lists show a stage only when the order waits in it, because search attributes cost an event. A
   * short stage is shown only when a question or a silent vendor holds it up, and the last one by {@link show}.
   */
  enter(stage: S['stage'], waitsFor?: S['waitsFor']): void {
    this.state.stage = stage;
    this.state.waitsFor = waitsFor;
    if (waitsFor === undefined) this.refresh();
    else this.show();
  }

  waiting(text: string | null): void {
    if (text !== this.state.waitingFor) this.state.waitingSince = text === null ? null : new Date().toISOString();
    this.state.waitingFor = text;
    this.refresh();
  }

  note(text: string): void {
    const { steps } = this.state;
    steps.push({ at: new Date().toISOString(), text: cut(text, LONGEST_STEP) });
    const [oldest, ...kept] = newest(steps, LONGEST_STEPS);
    if (oldest !== undefined && kept.length + 1 < steps.length)
      steps.splice(0, steps.length - kept.length, { at: oldest.at, text: EARLIER_STEPS });
    this.refresh();
  }

  /**
   * Lists what only a person can do. Where the list is full, its last entry says so instead, and is found by no key.
   *
   * @param key what it is found again by: listed under it already, it says this from now on
   */
  task(text: string, key?: string): void {
    const { tasks } = this.state;
    const said = cut(text, LONGEST_STEP);
    const listed = key === undefined ? undefined : tasks.find((task) => task.key === key);
    if (listed?.task === said) return;
    const at = new Date().toISOString();
    const keyed = key === undefined ? {} : { key };
    if (listed !== undefined) tasks[tasks.indexOf(listed)] = { id: listed.id, at, task: said, ...keyed };
    else if (tasks.length < MOST_TASKS - 1) tasks.push({ id: this.#nextTaskId(), at, task: said, ...keyed });
    else if (!tasks.some(({ task, done }) => task === MORE_TASKS && done === undefined))
      tasks.splice(MOST_TASKS - 1, 1, { id: this.#nextTaskId(), at, task: MORE_TASKS });
    this.refresh();
  }

  /** Takes a task back that has become untrue; false where it is not listed. */
  untask(key: string): boolean {
    const at = this.state.tasks.findIndex((task) => task.key === key);
    const [listed] = at < 0 ? [] : this.state.tasks.splice(at, 1);
    if (listed !== undefined) this.note(`no longer to be done: ${listed.task}`);
    return listed !== undefined;
  }

  /** Ticks a task off; who did it stands in the audit. */
  tickOff({ task: id, by = ANONYMOUS }: DoneRequest): ChangeReceipt {
    const at = this.state.tasks.findIndex((task) => task.id === id);
    const listed = this.state.tasks[at];
    if (listed === undefined) return refused(`there is no task ${id} here`);
    if (listed.done !== undefined)
      return { status: 'done', reason: `it was done by ${listed.done.by} at ${listed.done.at}` };
    this.state.tasks[at] = { ...listed, done: { at: new Date().toISOString(), by } };
    this.desk.record({ decision: id, choice: 'done', by });
    this.refresh();
    return { status: 'done', reason: listed.task };
  }

  /** Brings the search attributes up to date, all together, if any has changed. */
  show(): void {
    const silent = this.hangs.listed() ?? '';
    const waitsFor = this.state.decisions.open.length > 0 ? 'decision' : silent || (this.state.waitsFor ?? '');
    const values = {
      Stage: this.state.stage,
      WaitingFor: waitsFor,
      SilentVendor: silent,
      ...this.attributes(),
      Keys: keysOf(this.numbers()),
    };
    const shown = JSON.stringify(values);
    if (shown !== this.#shown) showAttributes(values);
    this.#shown = shown;
    this.refresh();
  }

  /** Brings the current details up to date. */
  refresh(): void {
    showDetails(this.details());
  }

  /** What every process says of itself. */
  protected caseProgress(): CaseProgress<S['stage']> {
    const { state } = this;
    return {
      stage: state.stage,
      ...this.#waits(),
      hangs: state.hangs,
      decisions: state.decisions.open,
      audit: state.decisions.audit,
      tasks: state.tasks,
      steps: state.steps,
    };
  }

  #nextTaskId(): string {
    this.state.listed += 1;
    return `task-${this.state.listed}`;
  }

  /** A new question shows at once; an answered one with the next stage or wait, so that it costs nothing of its own. */
  #questionsChanged(): void {
    if (this.state.decisions.open.length > 0) this.show();
    else this.refresh();
  }

  /** As lists say it: a person first, and beside that the vendor that is silent. */
  #waits(): Pick<CaseProgress, 'waitingFor' | 'waitingSince'> {
    const { hangs, decisions } = this.state;
    const waits = this.hangs.insteadOf(this.state);
    const [oldest] = decisions.open;
    if (oldest === undefined) return waits;
    const asked = cut(`a decision: ${decisions.open.map(({ id }) => id).join(', ')}`, LONGEST_STEP);
    return {
      waitingFor: hangs.length === 0 ? asked : `${asked}; and ${waits.waitingFor}`,
      waitingSince: oldest.openedAt,
    };
  }
}
