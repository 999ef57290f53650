import { Context } from '@temporalio/activity';
import type { CallOptions } from '../src/transport/http/call';

const LONGEST_CALL_MS = 20_000;

/**
 * What the running attempt grants a writing call. Its deadline is a third of startToClose, and nothing is sent later
 * than startToClose less that deadline after the attempt was *scheduled* (which is never after it started): so when
 * Temporal declares the attempt lost, no byte of it can leave any more, even from a worker that was stopped and woke up
 * late.
 */
export function writing(): Required<CallOptions> {
  const { info, cancellationSignal } = Context.current();
  const deadlineMs = Math.min(LONGEST_CALL_MS, Math.floor(info.startToCloseTimeoutMs / 3));
  return {
    signal: cancellationSignal,
    deadlineMs,
    sendBy: info.currentAttemptScheduledTimestampMs + info.startToCloseTimeoutMs - deadlineMs,
  };
}

/** What it grants a read: nearly all of its time, and no instant after which it is pointless. */
export function reading(): CallOptions {
  const { info, cancellationSignal } = Context.current();
  return { signal: cancellationSignal, deadlineMs: Math.floor(info.startToCloseTimeoutMs * 0.9) };
}
