import { MAX_DEPTH, MAX_VALUES } from './document-bounds';
import { UnreadableText } from './unreadable-text';

/** Written out, a document may be so many times as large as it came … */
const MOST_TIMES = 4;
/** … or as large as this, where that is more: values, and characters. */
const SMALL_VALUES = 100_000;
const SMALL_LENGTH = 2 << 20;
/** No answer that is written out at once may be longer. */
const MOST_LENGTH = 64 << 20;

/** An element that can be referred to, or a child of the body: what stands in it, references not followed. */
interface Part {
  readonly depth: number;
  /** Counted from the beginning of the document until the element ends; its own from then on. */
  values: number;
  length: number;
  /** The ids that its elements refer to, but for those within. */
  readonly references: string[];
  readonly within: Part[];
  /** What it refers to, written out; undefined while that is being found out. */
  added?: Size | undefined;
}

interface Size {
  readonly values: number;
  readonly length: number;
}

/** The depth of what stands in the body of a SOAP envelope. */
const IN_BODY = 3;

/**
 * What references (SOAP 1.1 §5.4.1: `href="#r1"`, `id="r1"`) make of a document, counted without making it. A parser puts
 * the object in the place of each reference to it: 14,000 references to 10,000 members are 140 million of them.
 */
export class SharedReferences {
  readonly #byId = new Map<string, Part | 'several'>();
  readonly #parts: Part[] = [];
  readonly #open: Part[] = [];
  readonly #hrefs: string[] = [];

  /** An element begins, `so far` into the document. */
  opened(depth: number, { id, href }: { readonly id?: string; readonly href?: string }, soFar: Size): void {
    if (id !== undefined || depth === IN_BODY) {
      const part: Part = { depth, ...soFar, references: [], within: [] };
      this.#parts.push(part);
      this.#open.at(-1)?.within.push(part);
      this.#open.push(part);
      if (id !== undefined) this.#byId.set(id, this.#byId.has(id) ? 'several' : part);
    }
    if (href === undefined) return;
    this.#hrefs.push(href);
    this.#open.at(-1)?.references.push(href);
  }

  /** The element of this depth ends. */
  closed(depth: number, soFar: Size): void {
    const part = this.#open.at(-1);
    if (part?.depth !== depth) return;
    this.#open.pop();
    part.values = soFar.values - part.values;
    part.length = soFar.length - part.length;
  }

  /**
   * Once the document has been looked through.
   *
   * @throws UnreadableText for what would be too large, leads round, or may mean several
   */
  assertBounded(written: Size): void {
    if (this.#hrefs.length === 0) return;
    const values = Math.min(MAX_VALUES, Math.max(SMALL_VALUES, MOST_TIMES * written.values));
    const length = Math.max(written.length, Math.min(MOST_LENGTH, Math.max(SMALL_LENGTH, MOST_TIMES * written.length)));
    // What the parser copies, reference by reference, whether or not anybody looks at it.
    let copied = 0;
    for (const id of this.#hrefs) copied += this.#target(id)?.values ?? 0;
    if (copied > values) throw new UnreadableText('TOO_MANY_VALUES');
    for (const part of this.#parts) {
      const added = this.#addedTo(part, 0);
      if (part.values + added.values > values) throw new UnreadableText('TOO_MANY_VALUES');
      if (part.length + added.length > length) throw new UnreadableText('TOO_LONG_WRITTEN_OUT');
    }
  }

  /** Undefined where nothing has the id: that is told where it is missed. */
  #target(id: string): Part | undefined {
    const found = this.#byId.get(id);
    if (found === 'several') throw new UnreadableText('AMBIGUOUS_REFERENCE');
    return found;
  }

  #addedTo(part: Part, depth: number): Size {
    if ('added' in part) {
      if (part.added === undefined) throw new UnreadableText('CIRCULAR_REFERENCE');
      return part.added;
    }
    if (depth > MAX_DEPTH) throw new UnreadableText('TOO_DEEP');
    part.added = undefined;
    let [values, length] = [0, 0];
    for (const each of part.within) {
      const added = this.#addedTo(each, depth + 1);
      values += added.values;
      length += added.length;
    }
    for (const id of part.references) {
      const target = this.#target(id);
      if (target === undefined) continue;
      const added = this.#addedTo(target, depth + 1);
      values += target.values + added.values;
      length += target.length + added.length;
    }
    part.added = { values, length };
    return part.added;
  }
}
