/**
 * When two texts that people typed are the same. What nobody can see never counts: blanks around, doubled or of another
 * kind, and invisible characters. What can be seen counts in a name or a code, and not in a unit or a post code.
 */
const LONGEST = 1_000;
const INVISIBLE = /\p{Cf}+/gu;
const BLANKS = /[\p{Z}\p{Cc}]+/gu;

/**
 * Normalising puts the accents of a letter in order, which costs the square of their number: a text that is longer than any
 * name, unit or post code is not worked on, and is the same as itself only.
 */
const keyed =
  (key: (text: string) => string) =>
  (text: string): string =>
    text.length > LONGEST ? text : key(text);

const withoutUnseen = (text: string): string =>
  text.normalize('NFC').replace(INVISIBLE, '').replace(BLANKS, ' ').trim();

/** Of a customer's name or a product code: `A-1` and `a-1` may be two. */
export const nameKey = keyed(withoutUnseen);

/** Of a unit of measure, which is words: `Boxes of 15` is `boxes of 15`. */
export const unitKey = keyed((text) => withoutUnseen(text.normalize('NFKC')).toLowerCase());

/** Of a post code: `sw1a1aa` is `SW1A 1AA`, whatever blank or dash stands in it. */
export const postCodeKey = keyed((text) =>
  withoutUnseen(text.normalize('NFKC'))
    .replaceAll(' ', '')
    .replace(/\p{Pd}/gu, '-')
    .toLowerCase(),
);

/** All that could be one and the same, told to a person and decided by nobody else. */
export const looseKey = keyed((text) =>
  text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase(),
);

/** The entry for a text: the one written exactly so, else the only one that is the same by `key`. */
export function entryFor<T>(
  entries: readonly T[],
  nameOf: (entry: T) => string,
  key: (text: string) => string,
  text: string,
): T | undefined {
  const exact = entries.find((entry) => nameOf(entry) === text);
  if (exact !== undefined) return exact;
  const alike = entries.filter((entry) => key(nameOf(entry)) === key(text));
  return alike.length === 1 ? alike[0] : undefined;
}

/** The names that could be meant by a text that has no entry, for a person to see. */
export function nearMisses(names: readonly string[], text: string): readonly string[] {
  const key = looseKey(text);
  return key === '' ? [] : names.filter((name) => looseKey(name) === key);
}
