import { MAX_DEPTH, MAX_NAMES, MAX_VALUES } from './document-bounds';
import { TagScreen } from './screen-tag';
import { SharedReferences } from './shared-references';
import { UnreadableText } from './unreadable-text';

const MAX_TAG_LENGTH = 65_536;
/** Characters of attributes that count as one value. */
const ATTRIBUTE_LENGTH = 32;

/** Called for every element in document order, with its name as written and the index of its tag; depth 1 is the root. */
export type OnElement = (depth: number, name: string, at: number) => void;

/** A name without its prefix. */
export const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Looks an XML text through before any parser sees it, in one pass without backtracking: one root, every element
 * closed by its own name, no DOCTYPE, no name that touches JavaScript's prototypes, bounded depth, prefixes, tags, names
 * and values, those that references would make of it counted as well: a tree that a parser makes of it fits into memory.
 * Text, comments and CDATA may hold anything.
 *
 * @throws UnreadableText
 */
export function screenXml(text: string, onElement: OnElement = () => undefined): void {
  const open: string[] = [];
  const tags = new TagScreen();
  const references = new SharedReferences();
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
      references.closed(open.length + 1, { values, length: at });
      continue;
    }
    if (kind === '!' || kind === '?') {
      at = afterNonElement(text, next, open.length);
      continue;
    }
    if (open.length === 0 && hasRoot) throw new UnreadableText('NOT_XML');
    hasRoot = true;
    const end = endOfTag(text, next);
    const tag = tags.read(text.slice(next + 1, end));
    const { name } = tag;
    references.opened(open.length + 1, tag, { values, length: next });
    values += 1 + Math.ceil((end - next - 1 - name.length) / ATTRIBUTE_LENGTH);
    if (values > MAX_VALUES) throw new UnreadableText('TOO_MANY_VALUES');
    names.add(name);
    if (names.size > MAX_NAMES) throw new UnreadableText('TOO_MANY_NAMES');
    onElement(open.length + 1, name, next);
    if (text[end - 1] !== '/') open.push(name);
    else references.closed(open.length + 1, { values, length: end + 1 });
    if (open.length > MAX_DEPTH) throw new UnreadableText('TOO_DEEP');
    at = end + 1;
  }
  if (open.length > 0 || !hasRoot) throw new UnreadableText('TRUNCATED');
  references.assertBounded({ values, length: text.length });
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
