import type { RecordKind } from './watermark';

/** A record that nobody takes over, with the reason. */
export interface SetAside {
  readonly kind: RecordKind;
  /** Null where not even the uid could be read. */
  readonly uid: string | null;
  readonly reason: string;
}

/** As many as a person reads through; a list of thousands would not fit into an answer of Temporal's. */
const MOST_LISTED = 50;

/** A list that is shown as far as people read it, and how much longer it is. */
export interface Bounded<T> {
  /** The first ones, in their order. */
  readonly listed: readonly T[];
  /** How many there are beyond them. */
  readonly more: number;
}

/** The first fifty of a list, and how many more there are: what is shown stays small however much is set aside. */
export const bounded = <T>(list: readonly T[], most = MOST_LISTED): Bounded<T> => ({
  listed: list.slice(0, most),
  more: Math.max(0, list.length - most),
});
