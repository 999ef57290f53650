import { ApplicationFailure } from '@temporalio/activity';
import { FailureType } from '../src/domain/case/failure-types';
import { VendorError } from '../src/transport/http/vendor-error';

const retryable: ReadonlySet<FailureType> = new Set([
  FailureType.VendorUnavailable,
  FailureType.VendorThrottled,
  FailureType.OutcomeUnknown,
  FailureType.MalformedResponse,
]);

/** What a failure says of the call, in `details[0]`: never a URL, a body or a credential. */
export interface FailureFacts {
  readonly vendor: string;
  readonly operation: string;
  readonly code: string;
  readonly status: number | null;
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;
}

/**
 * Runs vendor calls and turns a {@link VendorError} into the failure that Temporal and the workflow understand; the only
 * place that says what is retryable. The error itself is not attached as a cause: its facts are, and nothing else.
 */
export async function translating<T>(calls: () => Promise<T>): Promise<T> {
  try {
    return await calls();
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    throw toFailure(error);
  }
}

function toFailure(error: VendorError): ApplicationFailure {
  const facts: FailureFacts = {
    vendor: error.vendor,
    operation: error.operation,
    code: error.code,
    status: error.status ?? null,
    requestId: error.requestId ?? null,
    retryAfterMs: error.retryAfterMs ?? null,
  };
  return ApplicationFailure.create({
    type: error.type,
    message: error.message,
    nonRetryable: !retryable.has(error.type),
    details: [facts],
    ...(error.retryAfterMs === undefined ? {} : { nextRetryDelay: error.retryAfterMs }),
  });
}
