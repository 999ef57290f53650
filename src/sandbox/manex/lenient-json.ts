/**
 * Reads the JSON that Json.NET forgives and the vendor's own samples are written in: single and curly quotes, unquoted
 * names, trailing commas, comments, an opening brace or a closing quote at the end of a line forgotten
 * (docs/vendors/manex.md#jsonnet). Numbers keep their digits as text, so an unquoted `0000000789` stays what it is.
 *
 * @throws SyntaxError when even that does not make sense of it.
 */
export function readLenientJson(source: string): unknown {
  const reader = new LenientReader(isUnopened.test(source) ? `{${source}` : source);
  const value = reader.value(0);
  reader.end();
  return value;
}

const notBlank = /\S/g;
const isUnopened = /^\s*["'“‘]?\w+["'”’]?\s*:/;
/** What closes a text, by what opens it. */
const closings: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['“', '“”'],
  ['”', '“”'],
  ['‘', '‘’'],
  ['’', '‘’'],
]);
const bareWord = /[\w$.+-]+/y;
const maximumDepth = 32;
const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const words = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['undefined', null],
]);

class LenientReader {
  private at = 0;

  constructor(private readonly source: string) {}

  value(depth: number): unknown {
    if (depth > maximumDepth) this.fail();
    this.skipBlanks();
    const next = this.source[this.at];
    if (next === '{') return this.object(depth);
    if (next === '[') return this.array(depth);
    if (next !== undefined && closings.has(next)) return this.string();
    const word = this.word();
    return words.has(word) ? words.get(word) : word;
  }

  end(): void {
    this.skipBlanks();
    if (this.at < this.source.length) this.fail();
  }

  private object(depth: number): unknown {
    this.at += 1;
    const members: [string, unknown][] = [];
    while (!this.takes('}')) {
      const name = this.name();
      if (!this.takes(':')) this.fail();
      members.push([name, this.value(depth + 1)]);
      if (!this.takes(',') && !this.sees('}')) this.fail();
    }
    return Object.fromEntries(members);
  }

  private array(depth: number): unknown[] {
    this.at += 1;
    const items: unknown[] = [];
    while (!this.takes(']')) {
      items.push(this.value(depth + 1));
      if (!this.takes(',') && !this.sees(']')) this.fail();
    }
    return items;
  }

  private name(): string {
    this.skipBlanks();
    const next = this.source[this.at];
    return next !== undefined && closings.has(next) ? this.string() : this.word();
  }

  private word(): string {
    bareWord.lastIndex = this.at;
    const word = bareWord.exec(this.source)?.[0];
    if (word === undefined) return this.fail();
    this.at += word.length;
    return word;
  }

  private string(): string {
    const start = this.at;
    return this.closed(closings.get(this.source.charAt(start)) ?? '') ?? this.unclosed(start + 1);
  }

  /** Text up to one of the closing marks; undefined where none comes any more. */
  private closed(marks: string): string | undefined {
    let text = '';
    for (this.at += 1; this.at < this.source.length; this.at += 1) {
      const next = this.source.charAt(this.at);
      if (marks.includes(next)) {
        this.at += 1;
        return text;
      }
      text += next === '\\' ? this.escaped() : next;
    }
    return undefined;
  }

  /** The rest of the line, or of a body on one line up to the brace that ends it. */
  private unclosed(start: number): string {
    const [line = '', ...others] = this.source.slice(start).split(/[\r\n]/, 2);
    const text = others.length > 0 ? line : line.replace(/\}$/, '');
    if (text.length === this.source.length - start || /["'{}\\]/.test(text)) this.fail();
    this.at = start + text.length;
    return text.trimEnd();
  }

  private escaped(): string {
    this.at += 1;
    const letter = this.source.charAt(this.at);
    if (letter !== 'u') return escapes[letter] ?? letter;
    const code = this.source.slice(this.at + 1, this.at + 5);
    if (!/^[0-9a-f]{4}$/i.test(code)) this.fail();
    this.at += 4;
    return String.fromCharCode(Number.parseInt(code, 16));
  }

  private sees(mark: string): boolean {
    this.skipBlanks();
    return this.source[this.at] === mark;
  }

  private takes(mark: string): boolean {
    if (!this.sees(mark)) return false;
    this.at += 1;
    return true;
  }

  private skipBlanks(): void {
    for (let from = -1; from !== this.at;) {
      notBlank.lastIndex = this.at;
      this.at = notBlank.exec(this.source)?.index ?? this.source.length;
      from = this.at;
      if (this.source.startsWith('/*', this.at)) this.skipPast('*/', from);
      else if (this.source.startsWith('//', this.at)) this.skipPast('\n', this.source.length);
    }
  }

  private skipPast(end: string, otherwise: number): void {
    const found = this.source.indexOf(end, this.at + 2);
    this.at = found < 0 ? otherwise : found + end.length;
  }

  private fail(): never {
    throw new SyntaxError(`unreadable at character ${this.at}`);
  }
}
