import { ActivityFailure, CancellationScope } from '@temporalio/workflow';
import { DONE_BY_HAND } from './giving-up';
import { Patience } from './patience';
import type { Vendors } from './vendors';
import type { Caller } from './write';

type Undo = Vendors['manexUndo'];

/**
 * What undoes a step: an activity of the undo kind with its input, or a task for a human where no API offers a way.
 * Plain data, so that it survives continuing as new.
 */
export type Compensation =
  | {
      readonly [K in keyof Undo]: { readonly undo: K; readonly input: Parameters<Undo[K]>[0]; readonly what: string };
    }[keyof Undo]
  | { readonly task: string };

/** Where the compensations of one workflow are kept and what running them needs. */
export interface SagaHost extends Caller {
  readonly vendors: Vendors;
  readonly compensations: Compensation[];
  /** Lists what only a human can do. */
  task(text: string): void;
}

/** Register before the step it undoes: a step that timed out may still have taken effect. */
export function onFailure({ compensations }: SagaHost, compensation: Compensation): void {
  // A story that is taken up in a new history comes by the same step again.
  const key = keyOf(compensation);
  if (compensations.some((registered) => keyOf(registered) === key)) return;
  compensations.push(compensation);
}

/** An order of a thousand deliveries registers a thousand tasks: nothing is written out to compare them. */
const keyOf = (compensation: Compensation): string =>
  'task' in compensation ? compensation.task : JSON.stringify(compensation);

/**
 * Undoes what was registered, last first, even when the workflow was cancelled. Each finds first and then undoes, and is
 * repeated without limit; one that the vendor refuses for good becomes a decision, and what is left to do a listed task.
 */
export async function compensate(host: SagaHost): Promise<void> {
  await CancellationScope.nonCancellable(async () => {
    for (;;) {
      const compensation = host.compensations.at(-1);
      if (compensation === undefined) return;
      if ('task' in compensation) host.task(compensation.task);
      else await undone(host, compensation);
      host.compensations.pop();
    }
  });
}

async function undone(host: SagaHost, compensation: Exclude<Compensation, { task: string }>): Promise<void> {
  const { what } = compensation;
  const patience = new Patience(host, { vendor: 'manex', what: `undo: ${what}`, waysOut: [DONE_BY_HAND] });
  for (;;) {
    try {
      host.waiting(`undoing: ${what}`);
      const ended = await patience.unlessSlow(() => run(host.vendors.manexUndo, compensation));
      if (ended === undefined) host.task(`undone by hand (${patience.wayOut?.by ?? ''}): ${what}`);
      else host.note(`undone: ${what}`);
      host.waiting(null);
      return;
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      const { choice, by } = await host.desk.ask({
        kind: 'failed-compensation',
        question: `This could not be undone: ${what}. Put it right and try again, or undo it by hand.`,
        facts: [{ label: 'reason', value: error.cause?.message ?? error.message }],
        choices: ['try again', DONE_BY_HAND],
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

function run(undo: Undo, compensation: Exclude<Compensation, { task: string }>): Promise<void> {
  switch (compensation.undo) {
    case 'removeDueDates':
      return undo.removeDueDates(compensation.input);
    case 'removePrices':
      return undo.removePrices(compensation.input);
    case 'removeSalesOrderLine':
      return undo.removeSalesOrderLine(compensation.input);
    case 'withdrawSalesOrder':
      return undo.withdrawSalesOrder(compensation.input);
  }
}
