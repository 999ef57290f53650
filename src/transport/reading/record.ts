import { issuesAsText, type Issues, type Telling } from '../formats/issues';
import { isTooLarge, MOST_VALUES } from './turns';

/** What a record must be: a zod schema is one. */
export interface RecordSchema<T> {
  safeParse(
    value: unknown,
  ): { readonly success: true; readonly data: T } | { readonly success: false; readonly error: Issues };
}

/** A record, or what is wrong with it: members by their paths, no values. */
export type RecordRead<T> = { readonly record: T } | { readonly fault: string };

/** Reads one record of an answer, in one go: one with more than {@link MOST_VALUES} values is refused unread. */
export function readRecord<T>(schema: RecordSchema<T>, value: unknown, telling: Telling = {}): RecordRead<T> {
  if (isTooLarge(value)) {
    return { fault: issuesAsText({ issues: [{ path: [], message: `has more than ${MOST_VALUES} values` }] }, telling) };
  }
  const read = schema.safeParse(value);
  return read.success ? { record: read.data } : { fault: issuesAsText(read.error, telling) };
}
