import { FailureType } from '../../domain/case/failure-types';
import { failure, type CallName } from './failure';
import type { GaveUp } from './time-left';
import { VendorError } from './vendor-error';

/** A caller that may not wait for a session any longer; nothing of its own was sent. */
export const gaveUp = (call: CallName, why: GaveUp): VendorError =>
  failure(
    call,
    { phase: 'not-sent', ending: why, verdict: 'unread' },
    why === 'aborted'
      ? { code: 'ABORTED', reason: 'the call was cancelled while it waited for a session' }
      : { code: 'DEADLINE', reason: 'no session within the deadline' },
  );

/**
 * A failed login as the failure of the request that needed it: final where credentials are, else to be tried again.
 *
 * @param nothing what is certain of the request: it was not sent, or it was refused and so not carried out
 */
export function notLoggedIn(call: CallName, error: VendorError, nothing: 'sent' | 'carried out'): VendorError {
  if (error.operation === call.operation) return error;
  const isFinal = error.type === FailureType.VendorUnauthorized || error.type === FailureType.VendorRejected;
  const type = isFinal || error.type === FailureType.VendorThrottled ? error.type : FailureType.VendorUnavailable;
  const { code, status, requestId, retryAfterMs } = error;
  return new VendorError({
    type,
    vendor: call.vendor,
    operation: call.operation,
    code,
    message: `${call.vendor} ${call.operation}: nothing was ${nothing}: no session: ${error.message}`,
    ...(status === undefined ? {} : { status }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}
