import { FailureType } from '../../domain/failure-types';
import { VendorError } from '../../transport/vendor-error';
import { checksOf, type Finding, type System } from './finding';

/** What a reading call showed. */
export type Tried<T> =
  | { readonly answer: T }
  | {
      readonly failure: Finding;
      readonly isUnauthorised: boolean;
      /** Nothing that could be read came back: to ask further would only take long. */
      readonly isSilent: boolean;
      /** The vendor's own word for it, or ours. */
      readonly code: string;
    };

/** Makes one reading call. @param credentials the variables to look at where they are refused, in words */
export async function tried<T>(
  system: System,
  check: string,
  credentials: string,
  call: () => Promise<T>,
): Promise<Tried<T>> {
  try {
    return { answer: await call() };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    const { type, code } = error;
    return {
      failure: checksOf(system).bad(check, sentence(error), remedy(error, credentials)),
      isUnauthorised: type === FailureType.VendorUnauthorized,
      isSilent: type === FailureType.VendorUnavailable || type === FailureType.OutcomeUnknown,
      code,
    };
  }
}

/** The vendor stands in the line already. */
export const sentence = ({ vendor, message }: VendorError): string =>
  message.startsWith(`${vendor} `) ? message.slice(vendor.length + 1) : message;

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
