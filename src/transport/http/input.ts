import { z } from 'zod';
import { issuesAsText } from '../formats/issues';
import { unsentError, type CallName } from './failure';

/** What is wrong with an input that a schema refused; undefined for any other error. */
const issuesIn = (error: unknown): string | undefined =>
  error instanceof z.ZodError ? issuesAsText(error) : undefined;

/**
 * What `write` makes of an input.
 *
 * @param system the vendor, as people call it
 * @param faultOf what an error of `write` says is wrong; undefined for one that is none of the input
 * @throws VendorError VendorRejected, INVALID_INPUT: nothing was sent; names fields and rules, never values
 */
export function writeInput<T>(call: CallName, system: string, write: () => T, faultOf = issuesIn): T {
  try {
    return write();
  } catch (error) {
    const fault = faultOf(error);
    if (fault === undefined) throw error;
    throw unsentError(call, 'INVALID_INPUT', `${system} does not accept this input: ${fault}`);
  }
}
