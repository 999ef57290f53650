import { jsonBytes } from '../values/bounds';

/** Bytes of JSON of all keys of one case: Temporal takes 2,048 in a search attribute. */
const MOST_BYTES = 1_800;

/** The form in which a number is kept and looked up: without blanks around it, in capitals. */
export const keyOf = (number: string): string => number.trim().toUpperCase();

/**
 * What a case is found by: each of its numbers in any system once, those that are missing left out. Where there are more than
 * Temporal takes, the first count, so the ones that name the whole come first.
 */
export function keysOf(numbers: readonly (string | null)[]): readonly string[] {
  const keys: string[] = [];
  let left = MOST_BYTES;
  for (const key of new Set(numbers.map((number) => keyOf(number ?? '')))) {
    left -= jsonBytes(key) + 1;
    if (left < 0) break;
    if (key !== '') keys.push(key);
  }
  return keys;
}
