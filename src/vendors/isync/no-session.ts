import { FailureType } from '../../domain/case/failure-types';
import type { CallName } from '../../transport/http/failure';
import { VendorError } from '../../transport/http/vendor-error';
import { ended } from './answer';
import { loginCall } from './operations';

// The failures of calls that got no session. Nothing of theirs was carried out.

/** Undocumented is how a login is refused. */
export const loginRefused = (): VendorError =>
  ended(loginCall, 'credentials-refusal', 'INVALID_LOGIN', 'iSync gave no session key for this login');

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
