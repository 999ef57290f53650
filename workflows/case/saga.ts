import { ActivityFailure, CancellationScope } from '@temporalio/workflow';
import type { VendorName } from '../../src/domain/case/names';
import { DONE_BY_HAND } from './leaving';
import { Patience } from './patience';
import type { Caller } from './write';
import { failedCompensation } from '../../src/domain/case/questions';

/** An activity that undoes a step, with its input; as plain data, so that it survives continuing as new. */
export interface Undoing {
  readonly undo: string;
  readonly vendor: VendorName;
  readonly what: string;
}

/** What undoes a step, or a task for a person where no API offers a way. */
export type Compensation<U extends Undoing> = U | { readonly task: string };

/** Where the compensations of one workflow are kept, and what carries them out. */
export interface SagaHost<U extends Undoing> extends Caller {
  readonly compensations: Compensation<U>[];
  /** Calls the activity; it finds first, and may be repeated. */
  undo(undoing: U): Promise<void>;
}

/** Register before the step it undoes: a step that timed out may still have taken effect. */
export function onFailure<U extends Undoing>({ compensations }: SagaHost<U>, compensation: Compensation<U>): void {
  // A workflow that continues in a new history passes the same step again.
  const key = keyOf(compensation);
  if (compensations.some((registered) => keyOf(registered) === key)) return;
  compensations.push(compensation);
}

/** An order of a thousand deliveries registers a thousand tasks: nothing is written out to compare them. */
const keyOf = (compensation: Compensation<Undoing>): string =>
  'task' in compensation ? compensation.task : JSON.stringify(compensation);

/**
 * Undoes what was registered, last first, even when the workflow was cancelled. Each finds first and then undoes, and is
 * repeated without limit; one that the vendor refuses for good becomes a decision, and what is left to do a listed task.
 */
export async function compensate<U extends Undoing>(host: SagaHost<U>): Promise<void> {
  await CancellationScope.nonCancellable(async () => {
    for (;;) {
      const compensation = host.compensations.at(-1);
      if (compensation === undefined) return;
      if ('task' in compensation) host.task(compensation.task);
      else await carryUndoingOut(host, compensation);
      host.compensations.pop();
    }
  });
}

async function carryUndoingOut<U extends Undoing>(host: SagaHost<U>, undoing: U): Promise<void> {
  const { what, vendor } = undoing;
  const patience = new Patience(host, { vendor, what: `undo: ${what}`, waysOut: [DONE_BY_HAND] });
  for (;;) {
    try {
      host.waiting(`undoing: ${what}`);
      const ended = await patience.unlessSlow(() => host.undo(undoing));
      if (ended === undefined) host.task(`undone by hand (${patience.wayOut?.by ?? ''}): ${what}`);
      else host.note(`undone: ${what}`);
      host.waiting(null);
      return;
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      const { choice, by } = await host.desk.ask({
        of: failedCompensation,
        values: { what },
        facts: [{ label: 'reason', value: error.cause?.message ?? error.message }],
      });
      if (choice === DONE_BY_HAND) {
        host.task(`undone by hand (${by}): ${what}`);
        return;
      }
    } finally {
      await patience.end();
    }
  }
}
