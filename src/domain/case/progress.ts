import type { AuditEntry, Decision } from './decision';
import type { Hang } from './hang';

/** A task only a person can do, listed where an API offers no way. */
export interface ListedTask {
  /** Unique within its workflow: `task-3`; what it is ticked off by. */
  readonly id: string;
  /** What it is found again by: what it is about in one word, and the record where there may be several, `surplus:10231-1`. */
  readonly key?: string;
  readonly at: string;
  readonly task: string;
  /** Who has done it, and when. */
  readonly done?: { readonly at: string; readonly by: string };
}

/** Something that was done. */
export interface Step {
  readonly at: string;
  readonly text: string;
}

/** What every process answers to the query `progress`, whatever else it says. */
export interface CaseProgress<S extends string = string> {
  /** Where it stands; also the search attribute `Stage`. */
  readonly stage: S;
  /** One sentence: what it is doing or waiting for. */
  readonly waitingFor: string | null;
  /** ISO instant since when it waits for that. */
  readonly waitingSince: string | null;
  /** The calls that vendors do not take at present, the longest first. */
  readonly hangs: readonly Hang[];
  readonly decisions: readonly Decision[];
  readonly audit: readonly AuditEntry[];
  readonly tasks: readonly ListedTask[];
  /** Steps done so far, oldest first, for the live view. */
  readonly steps: readonly Step[];
}
