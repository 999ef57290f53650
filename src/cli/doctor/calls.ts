import { FailureType } from '../../domain/failure-types';
import { VendorError } from '../../transport/vendor-error';
import { checksOf, type Finding, type System } from './finding';

/** What a reading call showed, or the finding its failure is. @param credentials the variables to look at, in words */
export async function tried<T>(
  system: System,
  check: string,
  credentials: string,
  call: () => Promise<T>,
): Promise<{ readonly answer: T } | { readonly failure: Finding; readonly isUnauthorised: boolean }> {
  try {
    return { answer: await call() };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    const { bad } = checksOf(system);
    const isUnauthorised = error.type === FailureType.VendorUnauthorized;
    return { failure: bad(check, error.message, remedy(error, credentials)), isUnauthorised };
  }
}

function remedy({ type, code, retryAfterMs }: VendorError, credentials: string): string {
  switch (type) {
    case FailureType.VendorUnauthorized:
      return `check ${credentials}, and that the vendor has opened the API to this user`;
    case FailureType.VendorThrottled:
      return `try again in ${Math.ceil((retryAfterMs ?? 60_000) / 1000)} s`;
    case FailureType.VendorRejected:
    case FailureType.DocumentNotFound:
      return 'ask the vendor what its words mean for this user';
    case FailureType.MalformedResponse:
      return 'the answer is not what the vendor documents: is this the endpoint of the API?';
    default:
      return code === 'SESSION_CONTENDED'
        ? 'somebody else logs in as the same user: give Waybill a user of its own'
        : 'try again; where it stays so, ask the vendor';
  }
}
