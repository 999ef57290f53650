/** Some entries for one container of a tree: a list, or a record with `names`; or the next part of a text. */
export interface Piece {
  /** What is sent hollow is numbered as it was sent, from 1; 0 is a list whose one entry is the whole tree. */
  readonly into: number;
  /** The names of the entries, where the container is a record. */
  readonly names: readonly string[] | undefined;
  readonly entries: readonly unknown[];
  /** Indices of the entries that are hollow: what they hold follows in later pieces. */
  readonly hollow: readonly number[];
}

type Container = readonly unknown[] | Readonly<Record<string, unknown>>;

/** Values in one piece, a hundred characters counting as one more: a few milliseconds of copying. */
const PIECE_WEIGHT = 10_000;
const CHARACTERS = 100;

/**
 * Cuts a tree of records, lists and texts into pieces. Sent from thread to thread in one message, a large tree would
 * block the receiver nearly as long as parsing does, and a text of 64 MB longer than anybody may wait.
 *
 * @param most what a piece may weigh
 */
export function* piecesOf(tree: unknown, most = PIECE_WEIGHT): Generator<Piece> {
  const open: (Container | string)[] = [[tree]];
  for (let into = 0; into < open.length; into += 1) {
    const opened = open[into] ?? [];
    const entries: readonly unknown[] = typeof opened === 'string' ? slicesOf(opened, most) : Object.values(opened);
    const names = typeof opened === 'string' || Array.isArray(opened) ? undefined : Object.keys(opened);
    for (let from = 0; from < entries.length;) {
      const piece = pieceOf(entries, from, most, typeof opened === 'string' ? undefined : open);
      const to = from + piece.entries.length;
      yield { into, names: names?.slice(from, to), ...piece };
      from = to;
    }
    // What was sent is not needed here any more.
    open[into] = [];
  }
}

/** So that one of them fills a piece. */
function slicesOf(text: string, most: number): readonly string[] {
  const length = most * CHARACTERS;
  return Array.from({ length: Math.ceil(text.length / length) }, (_, index) =>
    text.slice(index * length, (index + 1) * length),
  );
}

/** @param open where what is too heavy is kept for later; undefined where nothing is cut any more */
function pieceOf(
  all: readonly unknown[],
  from: number,
  most: number,
  open: (Container | string)[] | undefined,
): { readonly entries: readonly unknown[]; readonly hollow: readonly number[] } {
  const entries: unknown[] = [];
  const hollow: number[] = [];
  for (let weight = 0, at = from; at < all.length && weight < most; at += 1) {
    const entry = all[at];
    const added = weigh(entry, most);
    const isHeavy = added >= most && (typeof entry === 'string' || isContainer(entry));
    if (open !== undefined && isHeavy) {
      hollow.push(entries.length);
      entries.push(typeof entry === 'string' ? '' : Array.isArray(entry) ? [] : {});
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
  if (typeof value === 'string') return 1 + value.length / CHARACTERS;
  if (!isContainer(value)) return 1;
  let weight = 1;
  for (const entry of Object.values(value)) {
    weight += weigh(entry, limit - weight);
    if (weight >= limit) break;
  }
  return weight;
}

/** A text whose parts are still coming, and where it belongs. */
class CutText {
  readonly #container: object;
  readonly #name: string | number;
  #text = '';

  constructor(container: object, name: string | number) {
    this.#container = container;
    this.#name = name;
  }

  add(part: string): void {
    this.#text += part;
    define(this.#container, this.#name, this.#text);
  }
}

/** Puts the pieces of one tree together again, in the order in which {@link piecesOf} gave them. */
export class Assembly<T> {
  readonly #whole: T[] = [];
  readonly #open: object[] = [this.#whole];

  add({ into, names, entries, hollow }: Piece): void {
    const container = this.#open[into];
    if (container === undefined) throw new RangeError('a piece of another tree');
    if (container instanceof CutText) return container.add(entries.join(''));
    const before = Array.isArray(container) ? container.length : 0;
    for (const [index, value] of entries.entries()) {
      if (Array.isArray(container)) container.push(value);
      else define(container, names?.[index] ?? '', value);
    }
    for (const index of hollow) {
      const entry = entries[index];
      if (isContainer(entry)) this.#open.push(entry);
      else this.#open.push(new CutText(container, names?.[index] ?? before + index));
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
const define = (record: object, name: string | number, value: unknown): object =>
  Object.defineProperty(record, name, { value, enumerable: true, writable: true, configurable: true });
