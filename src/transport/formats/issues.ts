import { bounds } from '../../domain/values/bounds';
import { printable } from '../../domain/values/printable';

/** What a schema found wrong with a value, and where in it: a zod error is one. */
export interface Issues {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
}

/** More than one message has room for, however short they are. */
const MOST_TOLD = 100;

/** How issues are told. */
export interface Telling {
  /** Where the value itself stands. @default it is called `record` */
  readonly at?: readonly PropertyKey[];
  /** What stands between a path and its fault. @default ': ' */
  readonly between?: ': ' | ' ';
}

/** A schema's own words are for programmers: what is not there is said in ours. */
const MISSING = /^Invalid input: expected \w{1,20}, received (?:undefined|null)$/;

const sentence = (at: string, between: string, message: string): string =>
  MISSING.test(message) ? `${at} is missing` : `${at}${between}${message.replace(/^Invalid input: /, '')}`;

/** What is wrong, for a message of ours: `lines.0.units: is no decimal number; …`. Names members and rules, never values. */
export const issuesAsText = ({ issues }: Issues, { at = [], between = ': ' }: Telling = {}): string =>
  printable(
    issues
      .slice(0, MOST_TOLD)
      .map(({ path, message }) => sentence([...at, ...path].map(String).join('.') || 'record', between, message))
      .join('; '),
    bounds.message,
  );
