import { FailureType } from '../../domain/case/failure-types';
import { VendorError } from '../../transport/http/vendor-error';
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

/**
 * Makes one reading call, and makes it again where the first try brought no readable answer: an answer that was lost once
 * is only worth knowing. Its failure is told under `check`, with what happened both times.
 */
export async function* tryCall<T>(
  reached: Reached,
  check: string,
  call: () => Promise<T>,
): AsyncGenerator<Finding, Tried<T>, undefined> {
  const made = await tryTwice(call);
  if ('error' in made) return failed(reached, check, made);
  if (made.lost !== undefined) yield secondTry(reached.system, check, made.lost);
  return made;
}

/** How two tries of a reading call ended; `lost` is how the first did, where there was a second. */
export type Twice<T> = ({ readonly answer: T } | { readonly error: VendorError }) & {
  readonly lost?: VendorError;
};

/** Makes a reading call, and once more where that may help. */
export async function tryTwice<T>(call: () => Promise<T>): Promise<Twice<T>> {
  const first = await attempt(call);
  if ('answer' in first || !isPassing(first.error)) return first;
  return { ...(await attempt(call)), lost: first.error };
}

export const secondTry = (system: System, check: string, lost: VendorError): Finding =>
  checksOf(system).notice(check, `answered only at the second try; the first time: ${sentence(lost, check)}`);

async function attempt<T>(call: () => Promise<T>): Promise<{ readonly answer: T } | { readonly error: VendorError }> {
  try {
    return { answer: await call() };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return { error };
  }
}

/** Nothing was answered, or nothing that can be read: the next answer may come. */
const isPassing = (error: VendorError): boolean =>
  !isElsewhere(error) && (ENDS.has(error.type) || error.type === FailureType.MalformedResponse);

function failed(
  reached: Reached,
  check: string,
  { error, lost }: { readonly error: VendorError; readonly lost?: VendorError },
): Extract<Tried<never>, { readonly code: string }> {
  const { type, code } = error;
  const isUnauthorised = type === FailureType.VendorUnauthorized;
  const told = isUnauthorised ? 'credentials' : check;
  const says = bothTimes(sentence(error, told), lost && sentence(lost, told));
  return {
    failure: checksOf(reached.system).bad(told, says, remedy(error, reached)),
    isUnauthorised,
    isOver: isUnauthorised || isElsewhere(error) || ENDS.has(type),
    code,
  };
}

/** What happened at the last try and, where there was one, at the one before. */
export function bothTimes(last: string, first: string | undefined): string {
  if (first === undefined) return last;
  return first === last ? `${last} (tried twice)` : `${last} (tried twice; the first time: ${first})`;
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
  if (isElsewhere(error)) return `not found at that path: check ${endpoint}`;
  switch (type) {
    case FailureType.VendorUnauthorized:
      return `check ${credentials}, and ask the vendor whether this user may use the API`;
    case FailureType.VendorThrottled:
      return `try again in ${Math.ceil((retryAfterMs ?? 60_000) / 1000)} s`;
    case FailureType.VendorRejected:
    case FailureType.DocumentNotFound:
      return 'ask the vendor what this answer means';
    case FailureType.MalformedResponse:
      return `check whether ${endpoint} is the address of the API`;
    default:
      return 'try again; if it fails again, ask the vendor';
  }
}
