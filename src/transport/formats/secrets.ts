import { bounds } from '../../domain/values/bounds';
import { printable } from '../../domain/values/printable';
import { ways } from './escapes';
import { copied, rewritten, textOf, type Traced } from './traced';

/** Takes secrets out of a text from outside, however they are written in it. */
export type Hide = (text: string) => string;

/** Of a text from outside so much is looked at, and the first half of it told at most: vendor texts may be megabytes. */
const LOOKED_AT = 8_192;
/** Escapes within escapes: JSON in a URL in XML. */
const DEEPEST = 3;
/** Bytes; what base64 makes of fewer stands in too many words by chance. */
const LEAST_ENCODED = 4;
/** Characters; fewer of them, broken by blanks, stand in too many sentences by chance. */
const LEAST_BROKEN = 8;

/**
 * Masks these secrets as `***`: as they are, in capitals or small letters, without their accents, and escaped for a URL, XML, HTML,
 * JSON or SQL, up to three times over; of four bytes or more also in hexadecimal and in base64, with what stands
 * before and after them (`user:password`), in either alphabet and broken into lines. Not masked: a part of a secret, and what is
 * encrypted, hashed or compressed.
 *
 * The cost grows with the text up to 8,192 characters; of a longer one only the first half of these is told.
 */
export function hiding(secrets: readonly string[]): Hide {
  const known = secrets.filter((secret) => secret.trim() !== '');
  const needles = known.map(needlesOf);
  const plain = [...new Set(needles.flatMap((of) => of.plain))];
  const tight = [...new Map(needles.flatMap((of) => of.tight).map((needle) => [needle.text, needle])).values()];
  return (text) => {
    const told = text.length > LOOKED_AT ? text.slice(0, LOOKED_AT / 2) : text;
    if (plain.length === 0) return told;
    const hidden = new Uint8Array(Math.min(text.length, LOOKED_AT));
    for (const layer of layersOf(copied(text.slice(0, LOOKED_AT)))) {
      const folded = rewritten(layer, FOLDABLE, fold);
      mark(asWords(folded), plain.map(whole), hidden);
      mark(tightened(folded), tight, hidden);
    }
    return masked(told, hidden);
  };
}

/** What a vendor says, fit for a message of ours: these secrets masked, on one line, cut where it is long. */
export const quote = (text: string, secrets: readonly string[]): string =>
  printable(hiding(secrets)(text), bounds.message);

/** What is looked for, and whether characters beside it hold bits of it too (base64). */
interface Needle {
  readonly text: string;
  readonly before: number;
  readonly after: number;
}

const whole = (text: string): Needle => ({ text, before: 0, after: 0 });

/** The text as it came, and with its escapes taken away once, twice and so on, of each kind and of all kinds. */
const layersOf = (text: Traced): readonly Traced[] => [
  text,
  ...ways.flatMap((decoded) => layersBy(decoded, text, DEEPEST)),
];

function layersBy(decoded: (text: Traced) => Traced, text: Traced, deepest: number): readonly Traced[] {
  const next = decoded(text);
  return next === text || deepest === 0 ? [] : [next, ...layersBy(decoded, next, deepest - 1)];
}

/** Small letters and signs of ASCII are folded already. */
const FOLDABLE = /[A-Z]|[^\p{ASCII}]/gu;
const ACCENTS = /\p{M}/gu;
const NOT_ASCII = /[^\p{ASCII}]/gu;

/** One character without what another writer may change of it: its case, its accents, its width. */
const fold = (character: string): string =>
  character.normalize('NFKD').replaceAll(ACCENTS, '').toUpperCase().toLowerCase();

/** A form writes its blanks as `+`; what cannot be seen does not count. */
const asWords = (text: Traced): Traced => rewritten(text, /\+|\p{Cf}/gu, (found) => (found === '+' ? ' ' : ''));

const OTHER_ALPHABET: Readonly<Record<string, string>> = { '-': '+', _: '/' };
/** Without blanks and line breaks, and in the first alphabet of base64. */
const tightened = (text: Traced): Traced => rewritten(text, /[-_]|[\s\p{C}]/gu, (found) => OTHER_ALPHABET[found] ?? '');

function needlesOf(secret: string): { readonly plain: readonly string[]; readonly tight: readonly Needle[] } {
  const bytes = Buffer.from(secret, 'utf8');
  const written = [
    secret,
    // UTF-8 taken for Latin-1, as percent-encoding is decoded here; and what a narrower charset leaves of it.
    bytes.toString('latin1'),
    ...['?', '\uFFFD'].map((lost) => secret.replaceAll(NOT_ASCII, lost)),
  ];
  // What is no escape in the secret itself is taken for one in a text that is decoded.
  const decoded = layersOf(copied(secret)).map(textOf).slice(1);
  const plain = [...written, ...decoded.filter((text) => text.length >= LEAST_ENCODED)]
    .map((text) => rewritten(copied(text), FOLDABLE, fold))
    .filter((text) => textOf(text).trim() !== '');
  const broken = plain.map((text) => textOf(tightened(text))).filter((text) => text.length >= LEAST_BROKEN);
  return {
    plain: plain.map((text) => textOf(asWords(text))),
    tight: [...broken.map(whole), ...(bytes.length < LEAST_ENCODED ? [] : encoded(secret))],
  };
}

const encoded = (secret: string): readonly Needle[] =>
  [...new Set([secret, secret.toLowerCase(), secret.toUpperCase()])].flatMap((text) =>
    (['utf8', 'latin1', 'utf16le'] as const)
      .map((charset) => Buffer.from(text, charset))
      .flatMap((bytes) => [whole(bytes.toString('hex')), ...[0, 1, 2].map((offset) => inBase64(bytes, offset))]),
  );

/** The characters that these bytes alone decide, where `offset` others stand before them in their group of three. */
function inBase64(bytes: Buffer, offset: number): Needle {
  const bits = { from: offset * 8, to: (offset + bytes.length) * 8 };
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  return {
    text: text.slice(Math.ceil(bits.from / 6), Math.floor(bits.to / 6)).toLowerCase(),
    before: bits.from % 6 === 0 ? 0 : 1,
    after: bits.to % 6 === 0 ? 0 : 1,
  };
}

/** Notes where in the original text the needles stand. */
function mark(view: Traced, needles: readonly Needle[], hidden: Uint8Array): void {
  const text = textOf(view);
  for (const { text: needle, before, after } of needles) {
    for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + 1)) {
      const first = view[Math.max(at - before, 0)];
      const last = view[Math.min(at + needle.length + after, view.length) - 1];
      hidden.fill(1, first?.from, last?.to);
    }
  }
}

function masked(text: string, hidden: Uint8Array): string {
  let shown = '';
  for (let index = 0; index < text.length; index += 1) {
    if (hidden[index] !== 1) shown += text.charAt(index);
    else if (hidden[index - 1] !== 1) shown += '***';
  }
  return shown;
}
