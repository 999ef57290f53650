import { FailureType } from '../../domain/failure-types';
import { failure, type CallName } from '../../transport/failure';
import type { GaveUp } from '../../transport/time-left';
import { VendorError } from '../../transport/vendor-error';
import { ended } from './answer';
import { loginCall } from './operations';

// The failures of calls that got no session. Nothing of theirs was carried out.

/** Undocumented is how a login is refused. */
export const loginRefused = (): VendorError =>
  ended(loginCall, 'credentials-refusal', 'INVALID_LOGIN', 'iSync gave no session key for this login');

/** A caller that may not wait for a session any longer; nothing of its own was sent. */
export const gaveUp = (call: CallName, why: GaveUp): VendorError =>
  failure(
    call,
    { phase: 'not-sent', ending: why, verdict: 'unread' },
    why === 'aborted'
      ? { code: 'ABORTED', reason: 'the call was cancelled while it waited for a session' }
      : { code: 'DEADLINE', reason: 'no session within the deadline' },
  );

/** At once, everybody would meet again. */
const soon = (): number => 200 + Math.floor(Math.random() * 1_800);

/** Refused with a key that was good a moment ago: another process has logged in since. Nothing was carried out. */
export const contended = ({ vendor, operation }: CallName, { requestId }: VendorError): VendorError =>
  new VendorError({
    type: FailureType.VendorUnavailable,
    vendor,
    operation,
    code: 'SESSION_CONTENDED',
    message: `${vendor} ${operation}: nothing was carried out: the new session was refused too; somebody else logs in as the same user`,
    status: 200,
    retryAfterMs: soon(),
    ...(requestId === undefined ? {} : { requestId }),
  });

/** A failed login as the failure of the request that needed it: final where credentials are, else to be tried again. */
export function notLoggedIn(call: CallName, error: VendorError): VendorError {
  if (error.operation === call.operation) return error;
  const isFinal = error.type === FailureType.VendorUnauthorized || error.type === FailureType.VendorRejected;
  const type = isFinal || error.type === FailureType.VendorThrottled ? error.type : FailureType.VendorUnavailable;
  const { code, status, requestId, retryAfterMs } = error;
  return new VendorError({
    type,
    vendor: call.vendor,
    operation: call.operation,
    code,
    message: `${call.vendor} ${call.operation}: nothing was carried out: no session: ${error.message}`,
    ...(status === undefined ? {} : { status }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}
