import { ApplicationFailure } from '@temporalio/activity';
import { FailureType, type FailureFacts } from '../src/domain/case/failure-types';
import { VendorError } from '../src/transport/http/vendor-error';

const retryable: ReadonlySet<FailureType> = new Set([
  FailureType.VendorUnavailable,
  FailureType.VendorThrottled,
  FailureType.OutcomeUnknown,
  FailureType.MalformedResponse,
]);

/**
 * Turns a {@link VendorError} of an activity into the failure that Temporal and the workflow understand; the only place that
 * says what is retryable. The error itself is not attached as a cause: its facts are, and nothing else. Inbound interceptor
 * of every worker.
 */
export const failureInterceptor = {
  async execute<I, O>(input: I, next: (input: I) => Promise<O>): Promise<O> {
    try {
      return await next(input);
    } catch (error) {
      if (!(error instanceof VendorError)) throw error;
      throw toFailure(error);
    }
  },
};

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
    // Temporal's server turns a retry delay of 0 into a time-out and does not retry.
    ...(error.retryAfterMs ? { nextRetryDelay: error.retryAfterMs } : {}),
  });
}
