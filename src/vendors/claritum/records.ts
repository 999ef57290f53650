import type { z } from 'zod';
import { clean } from '../../transport/clean';

/** A record that cannot be read: reported, so that the rest of the list goes on without it. */
interface UnreadableRecord {
  /** Null where even that is missing. */
  readonly uid: string | null;
  /** Names the members at fault by their path; holds no values. */
  readonly reason: string;
}

/** One whole list of the vendor's, in its order; a record that is listed twice stands here twice. */
export interface RecordList<T> {
  readonly records: readonly T[];
  readonly unreadable: readonly UnreadableRecord[];
}

/** Reads every entry by itself. */
export function readRecords<Wire, Domain>(
  entries: readonly unknown[],
  schema: z.ZodType<Wire>,
  toDomain: (record: Wire) => Domain,
): RecordList<Domain> {
  const records: Domain[] = [];
  const unreadable: UnreadableRecord[] = [];
  for (const entry of entries) {
    const read = schema.safeParse(entry);
    if (read.success) records.push(toDomain(read.data));
    else unreadable.push({ uid: uidOf(entry), reason: reasonOf(read.error) });
  }
  return { records, unreadable };
}

function uidOf(entry: unknown): string | null {
  if (typeof entry !== 'object' || entry === null || !('uid' in entry)) return null;
  return typeof entry.uid === 'string' && entry.uid !== '' ? clean(entry.uid, 100) : null;
}

/** The first faults of a record, as `deliveries.0.quantity: is no decimal number; …`. */
export const reasonOf = (error: z.ZodError): string =>
  clean(error.issues.map(({ path, message }) => `${path.join('.') || 'record'}: ${message}`).join('; '));
