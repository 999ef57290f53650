import { defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Answer } from '../../src/domain/case/decision';

/** What the two signals carry; everything may be left out ({@link approveSignal}). */
export interface Approval {
  readonly by?: string;
  readonly decision?: string;
  readonly reason?: string;
}

/** What `decide` answers at once; how it ends shows in `progress`. */
export interface DecideReceipt {
  readonly status: 'accepted' | 'refused';
  readonly id: string | null;
  readonly reason: string | null;
}

/** An Update by its one argument and what it answers. */
export type UpdateOf<A, T> = ReturnType<typeof defineUpdate<T, [A]>>;

/** Approves the open approval (or the decision named). The payload is optional, so that the Web UI's button is enough. */
export const approveSignal = defineSignal<[Approval?]>('approve');
export const rejectSignal = defineSignal<[Approval?]>('reject');
/** Answers any decision. A refused answer is audited and thrown as `DecisionRefused`. */
export const decideUpdate = defineUpdate<DecideReceipt, [Answer]>('decide');

/** What `cancel` and `amend` answer at once, truthfully; how it ends shows in `progress`. */
export interface ChangeReceipt {
  readonly status: 'accepted' | 'done' | 'refused';
  readonly reason: string;
}

export interface CancelRequest {
  readonly by?: string;
  readonly reason?: string;
}

export interface DoneRequest {
  /** Its id: `task-3`. */
  readonly task: string;
  readonly by?: string;
}

/** Ticks a listed task off. */
export const doneUpdate = defineUpdate<ChangeReceipt, [DoneRequest]>('done');

/** Legal at every moment: undoes what can be undone, says what cannot and why. */
export const cancelUpdate = defineUpdate<ChangeReceipt, [CancelRequest]>('cancel');
