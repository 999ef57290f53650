import { FailureType } from '../../domain/failure-types';
import { VendorError } from '../../transport/vendor-error';
import { checksOf, type Finding, type System } from './finding';

/** What a reading call showed. */
export type Tried<T> =
  | { readonly answer: T }
  | {
      readonly failure: Finding;
      readonly isUnauthorised: boolean;
      /** Whatever is asked next would end the same: the login, the path or the server is wrong. */
      readonly isOver: boolean;
      /** The vendor's own word for it, or ours. */
      readonly code: string;
    };

/** How a vendor is reached: the variables to look at, in words. */
export interface Reached {
  readonly system: System;
  readonly endpoint: string;
  readonly credentials: string;
}

/** Makes one reading call; its failure is told under `check`. */
export async function tried<T>(reached: Reached, check: string, call: () => Promise<T>): Promise<Tried<T>> {
  try {
    return { answer: await call() };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    const { type, code } = error;
    const isUnauthorised = type === FailureType.VendorUnauthorized;
    const told = isUnauthorised ? 'credentials' : check;
    return {
      failure: checksOf(reached.system).bad(told, sentence(error, told), remedy(error, reached)),
      isUnauthorised,
      isOver: isUnauthorised || isElsewhere(error) || ENDS.has(type),
      code,
    };
  }
}

const ENDS: ReadonlySet<FailureType> = new Set([FailureType.VendorUnavailable, FailureType.OutcomeUnknown]);

/** There is a server, but at this path nothing of what we ask for. */
const isElsewhere = ({ code }: VendorError): boolean => /^(HTTP_(404|405|410)|ROUTE_NOT_FOUND)$/.test(code);

/** Without what the line says already: the vendor, and the check where that is the operation. */
export function sentence({ vendor, message }: VendorError, check: string): string {
  const known = [`${vendor} `, `${check}: `];
  return known.reduce((text, prefix) => (text.startsWith(prefix) ? text.slice(prefix.length) : text), message);
}

function remedy(error: VendorError, { endpoint, credentials }: Reached): string {
  const { type, retryAfterMs } = error;
  if (isElsewhere(error)) return `the server knows nothing at that path: mind ${endpoint}`;
  switch (type) {
    case FailureType.VendorUnauthorized:
      return `check ${credentials}, and that the vendor has opened the API to this user`;
    case FailureType.VendorThrottled:
      return `try again in ${Math.ceil((retryAfterMs ?? 60_000) / 1000)} s`;
    case FailureType.VendorRejected:
    case FailureType.DocumentNotFound:
      return 'ask the vendor what its words mean for this user';
    case FailureType.MalformedResponse:
      return `the answer is not what the vendor documents: does ${endpoint} lead to the API?`;
    default:
      return 'try again; where it stays so, ask the vendor';
  }
}

/** A client's reason for setting a record aside, in the words of a person. */
export const plainly = (reason: string): string =>
  reason
    .replaceAll(': Invalid input: expected string, received undefined', ' is missing')
    .replaceAll('Invalid input: ', '');
