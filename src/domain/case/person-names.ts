import { isBlank, isInvisible, isKnown, LOOK_ALIKE_CAPITALS, LOOK_ALIKES, scriptOf } from '../values/letters';

/**
 * Names of the people who answer. A person who must not answer is matched by every name that looks alike. A person who
 * may answer is matched by the exact name only. So a mistake locks out and never lets in.
 */

/** What an answer without a name is called. */
export const ANONYMOUS = 'web-ui';

/** No name is longer; what is would only be work to judge: normalising costs the square of the accents of one letter. */
export const LONGEST_NAME = 200;

/** The characters of a name, as far as it is one. */
const charactersOf = (name: string): readonly string[] => Array.from(name.trim().slice(0, LONGEST_NAME));

const seen = (name: string): string =>
  charactersOf(name)
    .filter((character) => !isInvisible(character))
    .join('');

/** Nothing of the name can be seen. */
export const isBlankName = (name: string): boolean =>
  charactersOf(name).every((each) => isBlank(each) || isInvisible(each));

const folded = (text: string, table: ReadonlyMap<string, string>): string =>
  Array.from(text)
    .map((character) => table.get(character) ?? character)
    .join('');

const ACCENTS = /[\u0300-\u036f]+/gu;
/** Blanks and signs between the parts of a name, and the order of the parts, do not tell two people apart. */
const BETWEEN = /[^\p{L}\p{N}]+/u;

/** As it is written, and with its parts in an order of their own: `Buyer, Mallory` is Mallory Buyer. */
function skeletonsOf(text: string): readonly string[] {
  const parts = folded(folded(text.toLowerCase(), LOOK_ALIKES).normalize('NFD'), LOOK_ALIKES)
    .replace(ACCENTS, '')
    .split(BETWEEN);
  return [parts, parts.toSorted()].map(joined);
}

/** Look-alikes of one character that are two. */
const joined = (parts: readonly string[]): string => parts.join('').replaceAll('rn', 'm').replaceAll('vv', 'w');

/**
 * What a name looks like: without case, blanks, accents and signs, each letter as the Latin one it resembles. Several
 * ways of reading it, because a capital may resemble another letter than its small one (`I` and `l`, `Ν` and `v`).
 */
function skeletons(name: string): readonly string[] {
  const plain = Array.from(seen(name)).filter(isKnown).join('').normalize('NFKC');
  return [...skeletonsOf(plain), ...skeletonsOf(asDrawn(plain))].filter((text) => text !== '');
}

/** Capitals by their own look; `I` within a word is a small `l`, a small `l` that begins a word is an `I`. */
function asDrawn(plain: string): string {
  let drawn = '';
  let before = ' ';
  for (const character of folded(plain, LOOK_ALIKE_CAPITALS)) {
    const isWithin = scriptOf(before) !== undefined;
    const isSmallL = character === 'I' && isWithin && before.toLowerCase() === before;
    before = isSmallL ? 'l' : character === 'l' && !isWithin ? 'i' : character;
    drawn += before;
  }
  return drawn;
}

/** Whether one name could be taken for the other; never where nothing of one can be judged. */
export function lookAlike(left: string, right: string): boolean {
  const known = skeletons(left);
  return skeletons(right).some((text) => known.includes(text));
}

/** Whether a name is as good as none: `web-ui`, however it is written. */
export const isAnonymous = (name: string): boolean => lookAlike(name, ANONYMOUS);

/** Whether it is the very same name: case, outer blanks and the width of letters do not matter, everything else does. */
export const isSameName = (left: string, right: string): boolean => exactly(left) === exactly(right);

/** A name that cannot be judged is compared as it came. */
function exactly(name: string): string {
  const trimmed = name.trim();
  if (trimmed.length > LONGEST_NAME) return trimmed;
  return charactersOf(trimmed).every(isKnown) ? trimmed.normalize('NFKC').toLowerCase().trim() : trimmed;
}

/**
 * Why a name cannot be told from others by looking at it, as `the name … has an invisible character (U+200B)`; undefined
 * for a plain one.
 */
export function unclearName(name: string): string | undefined {
  const characters = charactersOf(name);
  const shown = `the name '${seen(name).trim()}'`;
  const hidden = characters.find(isInvisible);
  if (hidden !== undefined) return `${shown} has an invisible character (${codePoint(hidden)}): write it plainly`;
  const known = characters.filter(isKnown).join('').normalize('NFKC');
  const used = [...new Set(Array.from(known).flatMap((character) => scriptOf(character) ?? []))];
  if (used.length > 1) return `${shown} mixes ${used.join(' and ')} letters: write it in one script`;
  return undefined;
}

/** The first character that no name can be judged by, as `U+1F600`. */
export function unknownCharacter(name: string): string | undefined {
  const unknown = charactersOf(name).find((character) => !isKnown(character));
  return unknown === undefined ? undefined : codePoint(unknown);
}

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
