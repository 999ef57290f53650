/** Some entries for one container of a tree: a list, or a record with `names`. */
export interface Piece {
  /** Containers are numbered as they were sent hollow, from 1; 0 is a list whose one entry is the whole tree. */
  readonly into: number;
  /** The names of the entries, where the container is a record. */
  readonly names: readonly string[] | undefined;
  readonly entries: readonly unknown[];
  /** Indices of the entries that are hollow: what they hold follows in later pieces. */
  readonly hollow: readonly number[];
}

type Container = readonly unknown[] | Readonly<Record<string, unknown>>;

/** Values in one piece, a hundred characters counting as one more: a few milliseconds of copying. Texts are not cut. */
const PIECE_WEIGHT = 10_000;

/**
 * Cuts a tree of records, lists and texts into pieces. Sent from thread to thread in one message, a large tree would
 * block the receiver nearly as long as parsing does.
 *
 * @param most what a piece may weigh
 */
export function* piecesOf(tree: unknown, most = PIECE_WEIGHT): Generator<Piece> {
  const open: Container[] = [[tree]];
  for (let into = 0; into < open.length; into += 1) {
    const container = open[into] ?? [];
    const names = Array.isArray(container) ? undefined : Object.keys(container);
    const entries: readonly unknown[] = Object.values(container);
    for (let from = 0; from < entries.length;) {
      const piece = pieceOf(entries, from, most, open);
      const to = from + piece.entries.length;
      yield { into, names: names?.slice(from, to), ...piece };
      from = to;
    }
    // What was sent is not needed here any more.
    open[into] = [];
  }
}

function pieceOf(
  all: readonly unknown[],
  from: number,
  most: number,
  open: Container[],
): { readonly entries: readonly unknown[]; readonly hollow: readonly number[] } {
  const entries: unknown[] = [];
  const hollow: number[] = [];
  for (let weight = 0, at = from; at < all.length && weight < most; at += 1) {
    const entry = all[at];
    const added = weigh(entry, most);
    if (isContainer(entry) && added >= most) {
      hollow.push(entries.length);
      entries.push(Array.isArray(entry) ? [] : {});
      open.push(entry);
      weight += 1;
    } else {
      entries.push(entry);
      weight += added;
    }
  }
  return { entries, hollow };
}

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

/** The weight of a value, or of as much of it as reaches the limit. */
function weigh(value: unknown, limit: number): number {
  if (typeof value === 'string') return 1 + value.length / 100;
  if (!isContainer(value)) return 1;
  let weight = 1;
  for (const entry of Object.values(value)) {
    weight += weigh(entry, limit - weight);
    if (weight >= limit) break;
  }
  return weight;
}

/** Puts the pieces of one tree together again, in the order in which {@link piecesOf} gave them. */
export class Assembly<T> {
  readonly #whole: T[] = [];
  readonly #open: object[] = [this.#whole];

  add({ into, names, entries, hollow }: Piece): void {
    const container = this.#open[into];
    if (container === undefined) throw new RangeError('a piece of another tree');
    for (const [index, value] of entries.entries()) {
      if (Array.isArray(container)) container.push(value);
      else define(container, names?.[index] ?? '', value);
    }
    for (const index of hollow) {
      const entry = entries[index];
      if (isContainer(entry)) this.#open.push(entry);
    }
  }

  /** @throws RangeError before the first piece */
  whole(): T {
    const [whole] = this.#whole;
    if (whole === undefined) throw new RangeError('no piece yet');
    return whole;
  }
}

/** Defined, not assigned: whatever its name, it must be a member like any other. */
const define = (record: object, name: string, value: unknown): object =>
  Object.defineProperty(record, name, { value, enumerable: true, writable: true, configurable: true });
