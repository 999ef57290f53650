import { compareInstants } from '../values/instant';
import { sha256 } from '../values/sha256';

/**
 * The one rule for news (ADR 15): what a record says is compared by its content with what its owner last took in. A time
 * only says which of two contents is the later one; it never says that there is nothing new.
 */
export interface RecordVersion {
  /** Of the content, without the time of the last change: {@link contentDigest}. */
  readonly digest: string;
  /** Instant of the last change as the source states it; null where the source states none. */
  readonly modifiedAt: string | null;
}

/**
 * What a record is to whoever holds `known`.
 *
 * - `same`: the content that was taken in.
 * - `newer`: other content, changed later.
 * - `doubtful`: other content, and the times do not say that it is later: changed within one instant, a clock that was set
 *   back, a backup, or an answer that was under way for long. Only a look at the source now can tell.
 */
export type News = 'same' | 'newer' | 'doubtful';

export function newsOf(known: RecordVersion, seen: RecordVersion): News {
  if (known.digest === seen.digest) return 'same';
  if (known.modifiedAt === null || seen.modifiedAt === null) return 'newer';
  return isLater(seen.modifiedAt, known.modifiedAt) ? 'newer' : 'doubtful';
}

/** Whether a record that was just read at its source is an older one than what is known: then a person is asked. */
export const isOlder = (known: RecordVersion, seen: RecordVersion): boolean =>
  known.digest !== seen.digest &&
  known.modifiedAt !== null &&
  seen.modifiedAt !== null &&
  isLater(known.modifiedAt, seen.modifiedAt);

const isLater = (left: string, right: string): boolean => compareInstants(left, right) > 0;

/** The version of a record of Claritum's: `lastModified`, where it has one, is its time, everything else its content. */
export function versionOf(record: object): RecordVersion {
  const content = Object.entries(record).filter(([name]) => name !== 'lastModified');
  const modifiedAt: unknown = Reflect.get(record, 'lastModified');
  return {
    digest: contentDigest(Object.fromEntries(content)),
    modifiedAt: typeof modifiedAt === 'string' ? modifiedAt : null,
  };
}

const DIGEST_LENGTH = 32;

/** 16 bytes of SHA-256 in hexadecimal over the content; the order of members does not matter, that of lists does. */
export const contentDigest = (content: unknown): string => sha256(canonical(content)).slice(0, DIGEST_LENGTH);

/** Whether two contents are the same, whatever the order of their members. */
export const isSameContent = (left: unknown, right: unknown): boolean => canonical(left) === canonical(right);

/** JSON with sorted members; a member that is undefined is as good as missing. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}
