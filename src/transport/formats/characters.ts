/**
 * One rule for characters in every reader: what XML 1.0 does not allow (control characters, U+FFFE, U+FFFF, halves of
 * surrogate pairs), written out or as a reference or an escape, becomes U+FFFD before a parser sees it. Parsers drop it
 * without a word, keep it, or refuse the whole document, each in its own way. What is read is judged after that: U+FFFD
 * in a text is a letter that was lost, and no identifier has one.
 */
const LOST = '\uFFFD';

/** Quick: a hit may be a whole surrogate pair, which is a good character. */
// eslint-disable-next-line no-control-regex -- these are what must go
const SUSPICIOUS = /[\0-\u0008\u000B\u000C\u000E-\u001F\uD800-\uDFFF\uFFFE\uFFFF]/;
// eslint-disable-next-line no-control-regex -- these are what must go
const FORBIDDEN = /[\0-\u0008\u000B\u000C\u000E-\u001F\p{Cs}\uFFFE\uFFFF]/gu;

/** A text with U+FFFD for each character that XML 1.0 does not allow. */
export const withoutForbidden = (text: string): string =>
  SUSPICIOUS.test(text) ? text.replaceAll(FORBIDDEN, LOST) : text;

/**
 * An XML text in which every numeric reference is one that all parsers read alike: those beyond ASCII are written out, a
 * pair of surrogate references as its one character, forbidden ones as U+FFFD; the others lose their leading zeros. CDATA
 * sections, where `&#` is text, stay as they are. One pass; a text without references costs a search.
 */
export function mendXml(given: string): string {
  const text = withoutForbidden(given);
  if (!text.includes('&#')) return text;
  if (!text.includes('<![CDATA[')) return withoutReferences(text);
  const parts: string[] = [];
  let taken = 0;
  for (let at = text.indexOf('<'); at !== -1;) {
    const isCdata = text.startsWith('<![CDATA[', at);
    const closing = isCdata
      ? ']]>'
      : text.startsWith('<!--', at)
        ? '-->'
        : text.startsWith('<?', at)
          ? '?>'
          : undefined;
    const end = closing === undefined ? endOfTag(text, at) : endBehind(text, closing, at);
    if (isCdata) {
      parts.push(withoutReferences(text.slice(taken, at)), text.slice(at, end));
      taken = end;
    }
    at = text.indexOf('<', end);
  }
  return parts.join('') + withoutReferences(text.slice(taken));
}

function endBehind(text: string, closing: string, from: number): number {
  const end = text.indexOf(closing, from);
  return end === -1 ? text.length : end + closing.length;
}

/** Quoted values of a tag may hold what looks like the beginning of a section, or its end. */
function endOfTag(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const character = text[at];
    if (character === '>') return at + 1;
    if (character === '"' || character === "'") {
      at = text.indexOf(character, at + 1);
      if (at === -1) break;
    }
  }
  return text.length;
}

const REFERENCE = /&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));/y;
/** More digits than any character has. */
const TOO_MANY_DIGITS = 8;

interface Reference {
  /** The code point, or half of one; beyond U+10FFFF where it is none. */
  readonly point: number;
  /** The index behind it. */
  readonly end: number;
}

function referenceAt(text: string, at: number): Reference | undefined {
  REFERENCE.lastIndex = at;
  const [all, hex, decimal = ''] = REFERENCE.exec(text) ?? [];
  if (all === undefined) return undefined;
  const digits = (hex ?? decimal).replace(/^0+/, '') || '0';
  const point = digits.length >= TOO_MANY_DIGITS ? Infinity : Number.parseInt(digits, hex === undefined ? 10 : 16);
  return { point, end: at + all.length };
}

function withoutReferences(text: string): string {
  const parts: string[] = [];
  let taken = 0;
  for (let at = text.indexOf('&#'); at !== -1;) {
    const first = referenceAt(text, at);
    const second = first !== undefined && isHigh(first.point) ? referenceAt(text, first.end) : undefined;
    const low = second !== undefined && isLow(second.point) ? second : undefined;
    if (first !== undefined) {
      parts.push(
        text.slice(taken, at),
        low === undefined ? one(first.point) : String.fromCharCode(first.point, low.point),
      );
      taken = (low ?? first).end;
    }
    at = text.indexOf('&#', Math.max(taken, at + 2));
  }
  return parts.join('') + text.slice(taken);
}

const isHigh = (point: number): boolean => point >= 0xd800 && point <= 0xdbff;
const isLow = (point: number): boolean => point >= 0xdc00 && point <= 0xdfff;

/** ASCII stays a reference: it may be markup, or a blank that would be lost. */
function one(point: number): string {
  if (point > 0x10ffff) return LOST;
  const character = String.fromCodePoint(point);
  if (withoutForbidden(character) === LOST) return LOST;
  return point < 0x7f ? `&#${point};` : character;
}
