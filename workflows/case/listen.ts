import { CancellationScope, setHandler } from '@temporalio/workflow';
import type { DecisionDesk } from './decisions';
import {
  approveSignal,
  cancelUpdate,
  decideUpdate,
  doneUpdate,
  rejectSignal,
  type ChangeReceipt,
  type DoneRequest,
} from './messages';
import { assertAnswer, assertCancelRequest, assertDoneRequest } from './shapes';

interface Answerable {
  readonly desk: DecisionDesk;
  tickOff(request: DoneRequest): ChangeReceipt;
}

/** Hears what people say to every case: answers to its questions, and what they have done by hand. */
export function listenToPeople(answerable: Answerable): void {
  const { desk } = answerable;
  setHandler(approveSignal, (verdict) => desk.signalled('approve', verdict));
  setHandler(rejectSignal, (verdict) => desk.signalled('reject', verdict));
  setHandler(decideUpdate, (answer) => desk.answer(answer), { validator: assertAnswer });
  setHandler(doneUpdate, (request) => answerable.tickOff(request), { validator: assertDoneRequest });
}

/**
 * Takes a cancellation, by `cancel` or by the Web UI's 'Request Cancellation'. The second must not interrupt a call
 * whose outcome would then stay unknown, so the workflow runs in a scope of its own.
 *
 * @param cancel takes the cancellation, and says truthfully what becomes of it
 */
export function listenToCancellation(
  noting: { note(text: string): void },
  cancel: (by?: string, reason?: string) => ChangeReceipt,
): void {
  setHandler(cancelUpdate, (request) => cancel(request?.by, request?.reason), { validator: assertCancelRequest });
  CancellationScope.current().cancelRequested.catch(() => {
    const { status, reason } = cancel("Temporal's own cancellation");
    noting.note(`cancellation ${status}: ${reason}`);
  });
}
