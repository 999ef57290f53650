import { UnreadableText } from './unreadable-text';

/** Deeper nesting is no business document; later stages recurse. */
export const MAX_DEPTH = 64;
/** node-soap's work grows with prefixes times elements (soap.md N7: 8.6 s for 160 KB). */
const MAX_PREFIXES = 32;
const MAX_TAG_LENGTH = 65_536;
/** Values in a document, some attributes counting as one: 64 MB of records have four million at most. */
export const MAX_VALUES = 6_000_000;
/** Different names: no contract has more than a few hundred. Each costs more than an element does. */
export const MAX_NAMES = 10_000;

/** Characters of attributes that count as one value. */
const ATTRIBUTE_LENGTH = 32;

/** Called for every element in document order; depth 1 is the root. */
export type OnElement = (depth: number, localName: string) => void;

/**
 * Looks an XML text through before any parser sees it, in one pass without backtracking: one root, every element
 * closed by its own name, no DOCTYPE, no name that touches JavaScript's prototypes, bounded depth, prefixes, tags, names
 * and values: a tree that a parser makes of it fits into memory.
 * Text, comments and CDATA may hold anything.
 *
 * @throws UnreadableText
 */
export function screenXml(text: string, onElement: OnElement = () => undefined): void {
  const open: string[] = [];
  const prefixes = new Set<string>();
  const names = new Set<string>();
  let values = 0;
  let at = skipBlank(text, 0);
  let hasRoot = false;
  if (at === text.length) throw new UnreadableText('EMPTY');
  while (at < text.length) {
    const next = text.indexOf('<', at);
    if (open.length === 0 && skipBlank(text, at) !== (next === -1 ? text.length : next))
      throw new UnreadableText('NOT_XML');
    if (next === -1) break;
    const kind = text[next + 1];
    if (kind === '/') {
      at = afterEndTag(text, next, open.pop());
      continue;
    }
    if (kind === '!' || kind === '?') {
      at = afterNonElement(text, next, open.length);
      continue;
    }
    if (open.length === 0 && hasRoot) throw new UnreadableText('NOT_XML');
    hasRoot = true;
    const end = endOfTag(text, next);
    const name = screenTag(text.slice(next + 1, end), prefixes);
    values += 1 + Math.ceil((end - next - 1 - name.length) / ATTRIBUTE_LENGTH);
    if (values > MAX_VALUES) throw new UnreadableText('TOO_MANY_VALUES');
    names.add(name);
    if (names.size > MAX_NAMES) throw new UnreadableText('TOO_MANY_NAMES');
    onElement(open.length + 1, name.slice(name.indexOf(':') + 1));
    if (text[end - 1] !== '/') open.push(name);
    if (open.length > MAX_DEPTH) throw new UnreadableText('TOO_DEEP');
    at = end + 1;
  }
  if (open.length > 0 || !hasRoot) throw new UnreadableText('TRUNCATED');
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at += 1;
  return at;
}

/** The index after the end tag at `at`, which must close `name`. */
function afterEndTag(text: string, at: number, name: string | undefined): number {
  const end = skipBlank(text, at + 2 + (name?.length ?? 0));
  if (name !== undefined && text.startsWith(name, at + 2) && text[end] === '>') return end + 1;
  throw new UnreadableText(text.includes('>', at) ? 'NOT_XML' : 'TRUNCATED');
}

/** The index after the comment, CDATA section or processing instruction at `at`. */
function afterNonElement(text: string, at: number, depth: number): number {
  const past = (opening: string, closing: string): number => {
    const end = text.indexOf(closing, at + opening.length);
    if (end === -1) throw new UnreadableText('TRUNCATED');
    return end + closing.length;
  };
  if (text.startsWith('<?', at)) return past('<?', '?>');
  if (text.startsWith('<!--', at)) return past('<!--', '-->');
  if (depth > 0 && text.startsWith('<![CDATA[', at)) return past('<![CDATA[', ']]>');
  throw new UnreadableText(/^<!doctype/i.test(text.slice(at, at + 9)) ? 'DOCTYPE' : 'NOT_XML');
}

const [LESS, GREATER, DOUBLE_QUOTE, SINGLE_QUOTE] = [0x3c, 0x3e, 0x22, 0x27];

/** The index of the `>` that ends the tag at `at`; quoted attribute values may hold others. */
function endOfTag(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === GREATER) return i;
    if (code === LESS) throw new UnreadableText('NOT_XML');
    if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) {
      i = text.indexOf(code === DOUBLE_QUOTE ? '"' : "'", i + 1);
      if (i === -1) break;
    }
    if (i - at > MAX_TAG_LENGTH) throw new UnreadableText('TAG_TOO_LONG');
  }
  throw new UnreadableText('TRUNCATED');
}

/** What nearly every name is; the other expression costs several times as much. */
const PLAIN_NAME = /^[A-Za-z_][\w.:-]*/;
const LAST_PLAIN = 0x7f;
const NAME = /^[\p{L}_][\p{L}\p{N}_.:-]*/u;
/** Of any length: leading zeros change nothing. */
const NUMERIC_REFERENCE = /&#(?:x([0-9a-f]+)|(\d+));/gi;
/** The members every object has; hidden ones are written like `__this__`. */
const MEMBERS_OF_ALL = new Set(
  'constructor prototype toString toLocaleString valueOf hasOwnProperty isPrototypeOf propertyIsEnumerable'.split(' '),
);
const HIDDEN = /^__\w+__$/;
/** Quick: nearly every tag has none of these. */
const SUSPICIOUS = /__|constructor|ototype|String|valueOf|Property|Enumerable/;

/**
 * `__proto__` anywhere in a tag, and as a whole attribute value the members every object has: node-soap keeps the
 * documents' ids in a plain object (soap.md N1), also when they are written with character references.
 */
function isHostile(tag: string): boolean {
  if (!SUSPICIOUS.test(tag)) return false;
  if (tag.includes('__proto__')) return true;
  // Between two quotes, of whichever kind.
  const values = tag.split(/["']/).slice(1, -1);
  return values
    .map((value) => value.trim().replace(/^#/, ''))
    .some((value) => MEMBERS_OF_ALL.has(value) || HIDDEN.test(value));
}

/** The qualified name of a start tag, once nothing speaks against it. */
function screenTag(tag: string, prefixes: Set<string>): string {
  const plain = PLAIN_NAME.exec(tag)?.[0];
  const isWhole = plain !== undefined && !(tag.charCodeAt(plain.length) > LAST_PLAIN);
  const name = isWhole ? plain : NAME.exec(tag)?.[0];
  if (name === undefined) throw new UnreadableText('NOT_XML');
  if (name.includes('__proto__')) throw new UnreadableText('HOSTILE_NAME');
  if (tag.length <= name.length + 1) return name;
  if (isHostile(tag.includes('&#') ? tag.replaceAll(NUMERIC_REFERENCE, decoded) : tag)) {
    throw new UnreadableText('HOSTILE_NAME');
  }
  for (const part of tag.split('xmlns:').slice(1)) prefixes.add(part.slice(0, 32).split('=', 1)[0] ?? '');
  if (prefixes.size > MAX_PREFIXES) throw new UnreadableText('TOO_MANY_PREFIXES');
  return name;
}

function decoded(reference: string, hex: string | undefined, decimal: string | undefined): string {
  const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return point <= 0x10ffff ? String.fromCodePoint(point) : reference;
}
