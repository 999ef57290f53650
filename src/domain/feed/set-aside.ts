import { cut } from '../values/bounds';
import type { StoredDocument } from './kept';
import type { RecordKind } from './watermark';

/** A record that nobody takes over, with the reason. */
export interface SetAside {
  readonly kind: RecordKind | 'item';
  /** Null where not even the uid could be read. */
  readonly uid: string | null;
  readonly reason: string;
}

/** The same, as its feed keeps it. */
export interface KeptAside extends SetAside {
  /** ISO instant of the first look that set it aside. */
  readonly since: string;
}

/** Everything that is set aside at one source: nothing is dropped, however much it is. */
export interface SetAsideIndex {
  readonly count: number;
  /** All of it; the first fifty where it is more than a feed should carry. */
  readonly listed: readonly KeptAside[];
  /** The document that holds all of it as JSON; null where it is little. */
  readonly stored: StoredDocument | null;
}

export const nothingSetAside: SetAsideIndex = { count: 0, listed: [], stored: null };

/** So many records are listed by their feed; of more, only their document has all. */
export const MOST_LISTED = 500;

/** One record; where no uid could be read, it is told from others by its reason. */
const keyOf = ({ kind, uid, reason }: SetAside): string =>
  JSON.stringify(uid === null ? [kind, null, reason] : [kind, uid]);

/** What a look set aside, each since when; what was set aside before and is so no longer leaves. @param now ISO instant */
export function setAsideNow(
  found: readonly SetAside[],
  before: readonly KeptAside[],
  now: string,
): readonly KeptAside[] {
  const since = new Map(before.map((record) => [keyOf(record), record.since]));
  return found.map((record) => ({ ...record, reason: cut(record.reason), since: since.get(keyOf(record)) ?? now }));
}
