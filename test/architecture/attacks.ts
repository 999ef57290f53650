import * as fc from 'fast-check';
import type { Pattern } from './patterns';

/** What a text is made of that makes a slow pattern slow: a beginning, one piece very often, an end that fits nothing. */
export interface Attack {
  readonly prefix: string;
  readonly pump: string;
  readonly suffix: string;
}

/** About `size` characters. */
export const attackOf =
  ({ prefix, pump, suffix }: Attack) =>
  (size: number): string =>
    prefix + pump.repeat(Math.ceil(size / pump.length)) + suffix;

/** Blanks, digits, brackets, quotes, the beginnings of what readers look for, halves of pairs, accents in no order. */
const PIECES: readonly string[] = [
  ' |\t|\r\n|\u00a0|\u3000|\u200b|0|1|-1|1.|0.0|1e|a|Z|_|__|-|--|.|,|;|:|/|//|/*|*/|#|%|%2|+|=|?|&|&#|&#0|&#x|&amp;|&lt;',
  '<|</|<a|<a |<a>|<!--|-->|<![CDATA[|]]>|<?|?>|<a x="|<a x=\'| xmlns:a="|>|{|}|[|]|(|)|((|{"a":|["|"|\'|\\|\\"|\\u|null,',
  '\\ud800|\\u0000|\ud800|\udc00|\ud83d\ude00|\u0301|\u0323\u0301|e\u0301|\u1100\u1161|\ufdfa|\u0130|\ufb03|\u0000|\ufffe',
  '\u001b[|\u009b|\ufffd[|2026-01-05|T09:00|T09:00:00.|+02:00|http://|charset=',
].flatMap((pieces) => pieces.split('|'));

/** Runs of plain letters in the patterns themselves: `establish`, `Sales Order Item with uniqueLn`. */
export const wordsIn = (patterns: readonly Pattern[]): readonly string[] => [
  ...new Set(
    patterns.flatMap(({ source }) => source.replaceAll(/\\[a-z]/gi, '').match(/[A-Za-z][A-Za-z ]{2,}/g) ?? []),
  ),
];

/** Attacks of pieces; a prefix is also the beginning of what a reader takes, so that it comes as far as the pieces. */
export function attacks(beginnings: readonly string[], words: readonly string[]): fc.Arbitrary<Attack> {
  const piece = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...PIECES) }, fc.constantFrom(...words));
  return fc.record({
    prefix: fc.oneof(fc.constantFrom('', ...beginnings), piece),
    pump: fc.array(piece, { minLength: 1, maxLength: 2 }).map((parts) => parts.join('')),
    suffix: fc.oneof(fc.constantFrom('', 'x', '!', '\u0000'), piece),
  });
}
