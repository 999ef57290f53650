import { issuesAsText, type Issues } from '../formats/issues';
import { isTooLarge, MOST_VALUES } from './turns';

/** What a record must be: a zod schema is one. */
export interface RecordSchema<T> {
  safeParse(
    value: unknown,
  ): { readonly success: true; readonly data: T } | { readonly success: false; readonly error: Issues };
}

/** A record, or what is wrong with it: members by their paths, no values. */
export type RecordRead<T> = { readonly record: T } | { readonly fault: string };

/**
 * Reads one record of an answer, in one go: one with more than {@link MOST_VALUES} values is refused unread.
 *
 * @param at where it stands, for the fault; by default it is called `record`
 */
export function readRecord<T>(schema: RecordSchema<T>, value: unknown, ...at: readonly PropertyKey[]): RecordRead<T> {
  if (isTooLarge(value)) {
    return { fault: issuesAsText({ issues: [{ path: at, message: `has more than ${MOST_VALUES} values` }] }) };
  }
  const read = schema.safeParse(value);
  return read.success ? { record: read.data } : { fault: issuesAsText(read.error, ...at) };
}
