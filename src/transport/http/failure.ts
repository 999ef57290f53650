import { FailureType } from '../../domain/case/failure-types';
import { classify, failureTypeOf, type Effect, type Evidence, type Verdict } from './outcome';
import { VendorError } from './vendor-error';

/** Which call it was; enough to name it, nothing that must not be shown. */
export interface CallName {
  readonly vendor: string;
  /** As the vendor's page in docs/vendors names it. */
  readonly operation: string;
  readonly effect: Effect;
}

/** What may be told about the end of a call besides its {@link Evidence}. */
export interface FailureDetail {
  /** A machine word of ours (`DEADLINE`, `HTTP_503`, `NOT_SOAP`) or the vendor's own error code, cleaned. */
  readonly code: string;
  /** Half a sentence without a full stop; vendor text in it is cleaned by the caller (`clean.ts`). */
  readonly reason: string;
  readonly requestId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
}

/**
 * The error for a call that did not succeed: {@link classify} decides its type. Evidence that says *done* is a
 * contradiction here and counts as an unreadable answer.
 */
export function callError(call: CallName, evidence: Omit<Evidence, 'effect'>, detail: FailureDetail): VendorError {
  const outcome = classify({ ...evidence, effect: call.effect });
  const known = outcome === 'done' ? classify({ ...evidence, verdict: 'unreadable', effect: call.effect }) : outcome;
  const type = failureTypeOf[known === 'done' ? 'unknown' : known];
  const hedge =
    known === 'not-sent'
      ? 'nothing was sent: '
      : known === 'unknown' && call.effect === 'write'
        ? 'it may or may not have taken effect: '
        : '';
  return new VendorError({
    type,
    vendor: call.vendor,
    operation: call.operation,
    code: detail.code,
    message: `${call.vendor} ${call.operation}: ${hedge}${detail.reason}`,
    ...(evidence.status === undefined ? {} : { status: evidence.status }),
    ...(detail.requestId === undefined ? {} : { requestId: detail.requestId }),
    ...(detail.retryAfterMs === undefined ? {} : { retryAfterMs: detail.retryAfterMs }),
  });
}

/** What an answer's head tells of it. */
interface Answered {
  readonly status: number;
  readonly requestId?: string | undefined;
}

/** The error that a whole answer turned out to mean, once somebody has looked into it. */
export const answerError = (
  call: CallName,
  verdict: Verdict,
  code: string,
  reason: string,
  { status, requestId }: Answered = { status: 200 },
): VendorError => callError(call, { phase: 'sent', ending: 'answered', status, verdict }, { code, reason, requestId });

/** The error for what must not be sent: nothing was, and trying it again would not help. */
export const unsentError = (
  { vendor, operation }: Pick<CallName, 'vendor' | 'operation'>,
  code: string,
  reason: string,
  type: FailureType = FailureType.VendorRejected,
): VendorError =>
  new VendorError({ type, vendor, operation, code, message: `${vendor} ${operation}: nothing was sent: ${reason}` });
