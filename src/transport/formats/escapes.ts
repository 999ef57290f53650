import { rewritten, type Traced } from './traced';

/** The names that HTML has for characters of ASCII and Latin-1, each with its code; small letters do for capitals. */
const NAMES: ReadonlyMap<string, number> = new Map([
  ...named(33, 'excl quot num dollar percnt amp apos lpar rpar ast plus comma'),
  ...named(46, 'period sol'),
  ...named(58, 'colon semi lt equals gt quest commat'),
  ...named(91, 'lsqb bsol rsqb hat lowbar grave'),
  ...named(123, 'lcub verbar rcub'),
  ...named(160, 'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2'),
  ...named(179, 'sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest'),
  ...named(215, 'times'),
  ...named(
    223,
    'szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc',
  ),
  ...named(239, 'iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn'),
  ...named(255, 'yuml'),
  ...named(8364, 'euro'),
]);

function named(first: number, names: string): [string, number][] {
  return names.split(' ').map((name, index) => [name, first + index]);
}

const kinds = {
  /** `%41` `%u0041` */
  percent: /%u[\da-f]{4}|%[\da-f]{2}/gi,
  /** `&#x41;` `&#65;` `&amp;` */
  reference: /&#x[\da-f]{1,12};?|&#\d{1,12};?|&[a-z]{2,6}\d{0,2};/gi,
  /** `\u0041` `\u{41}` `\x41` `\"` */
  backslash: /\\u[\da-f]{4}|\\u\{[\da-f]{1,8}\}|\\x[\da-f]{2}|\\[^]/gi,
  /** As SQL has them. */
  doubled: /''|""/g,
};
/** All of them at once. */
const ANY =
  /%u[\da-f]{4}|%[\da-f]{2}|&#x[\da-f]{1,12};?|&#\d{1,12};?|&[a-z]{2,6}\d{0,2};|\\u[\da-f]{4}|\\u\{[\da-f]{1,8}\}|\\x[\da-f]{2}|\\[^]|''|""/gi;

/** Ways of decoding a text once: each kind of escape by itself, and all at once. */
export const ways: readonly ((text: Traced) => Traced)[] = [...Object.values(kinds), ANY].map(
  (escapes) => (text) => rewritten(text, escapes, decoded),
);

/*
 * A text without escapes comes back as the same object. A percent-encoded byte becomes the character of that number, so that
 * UTF-8 comes out as Latin-1 would show it.
 */

function decoded(escape: string): string {
  const [, hex] = /^(?:%u?|&#x|\\[ux]\{?)([\da-f]+)/i.exec(escape) ?? [];
  if (hex !== undefined) return characterOf(Number.parseInt(hex, 16), escape);
  const [, digits] = /^&#(\d+)/.exec(escape) ?? [];
  if (digits !== undefined) return characterOf(Number(digits), escape);
  if (escape.startsWith('&')) return characterOf(NAMES.get(escape.slice(1, -1).toLowerCase()) ?? -1, escape);
  return /^\\[nrtfv]$/.test(escape) ? ' ' : escape.slice(1);
}

const characterOf = (code: number, escape: string): string =>
  code >= 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : escape;
