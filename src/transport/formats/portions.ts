/** A list of elements of one name within one element, and where its document may be cut: each time before one of them. */
export interface CutList {
  /** Names as they are written, from the root on; the last is that of the list's elements. */
  readonly path: readonly string[];
  /** Indices in the text, ascending. */
  readonly cuts: readonly number[];
}

/**
 * Looks for the list that makes a document large, while its elements go by: siblings of one name. A list within a list is
 * not cut, nor is one that begins when another has been cut.
 */
export class CutFinder {
  readonly #least: number;
  readonly #open: string[] = [];
  #path: readonly string[] = [];
  #cuts: number[] = [];
  #last = 0;
  #isOver = false;

  /** @param least characters between two cuts, at least */
  constructor(least: number) {
    this.#least = least;
  }

  /** The next element in document order; depth 1 is the root. */
  element(depth: number, name: string, at: number): void {
    const isRepeated = this.#open[depth - 1] === name;
    this.#open.length = depth - 1;
    this.#open.push(name);
    if (this.#isOver) return;
    if (depth < this.#path.length) {
      this.#isOver = this.#cuts.length > 0;
      if (!this.#isOver) this.#path = [];
    }
    if (this.#path.length === 0) {
      if (isRepeated) this.#path = [...this.#open];
      this.#last = at;
    } else if (depth === this.#path.length && name === this.#path.at(-1) && at - this.#last >= this.#least) {
      this.#cuts.push(at);
      this.#last = at;
    }
  }

  /** Undefined where nothing is to be cut. */
  found(): CutList | undefined {
    return this.#cuts.length === 0 ? undefined : { path: this.#path, cuts: this.#cuts };
  }
}

/** The documents that a text is cut into: each has the elements around the list, the first one with their attributes. */
export function* portionsOf(text: string, { path, cuts }: CutList): Generator<string> {
  const around = path.slice(0, -1);
  const opening = around.map((name) => `<${name}>`).join('');
  const closing = around.toReversed().map((name) => `</${name}>`);
  const bounds = [0, ...cuts, text.length];
  for (const [index, from] of bounds.slice(0, -1).entries()) {
    const to = bounds[index + 1] ?? text.length;
    yield `${index === 0 ? '' : opening}${text.slice(from, to)}${to === text.length ? '' : closing.join('')}`;
  }
}

type Members = Record<string, unknown>;

/**
 * Adds what was read of a further portion to what was read before it.
 *
 * @param path local names within both, the last that of the list
 * @returns false where they cannot be told to be one: an element around the list is repeated, or one beside it stands in both
 */
export function joined(whole: unknown, portion: unknown, path: readonly string[]): boolean {
  const [name = '', ...rest] = path;
  if (!isRecord(whole) || !isRecord(portion)) return false;
  for (const [member, content] of Object.entries(portion)) {
    const known = whole[member];
    if (member !== name) {
      if (Object.hasOwn(whole, member)) return false;
      whole[member] = content;
    } else if (rest.length > 0) {
      if (!joined(known, content, rest)) return false;
    } else if (Array.isArray(known) && Array.isArray(content)) {
      for (const entry of content as readonly unknown[]) known.push(entry);
    } else return false;
  }
  return true;
}

const isRecord = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
