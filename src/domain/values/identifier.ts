import { bounds, tooLong } from './bounds';

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
/**
 * No letter or digit, nor what continues one (vowel signs and accents, where they are written by themselves), no blank and
 * none of the marks that references have; or a letter or sign that shows nothing (a filler, a variation selector): two
 * references must not look alike.
 */
const STRANGER = /[^\p{L}\p{N}\p{M} \-_./#&+():,]|\p{Default_Ignorable_Code_Point}/u;

/**
 * What speaks against a text as an identifier (a reference, a number, a code), or undefined. It holds letters and digits
 * of any script, single inner blanks and `- _ . / # & + ( ) : ,`: it is printed into commands, markers and file names.
 *
 * @param max most characters
 * @returns the end of a sentence that begins with the field: "is empty", "holds the character U+001B, …"
 */
export function identifierFault(text: string, max: number = bounds.identifier): string | undefined {
  if (text === '') return 'is empty';
  if (text.length > max) return tooLong(max);
  if (text.startsWith(' ') || text.endsWith(' ')) return 'begins or ends with a blank';
  if (text.includes('  ')) return 'holds two blanks in a row';
  if (text.startsWith('-')) return 'begins with a hyphen, which commands take for an option';
  const [stranger] = STRANGER.exec(text) ?? [];
  if (stranger !== undefined)
    return `holds the character ${codePoint(stranger)}, which no reference, number or code has`;
  return LETTER_OR_DIGIT.test(text) ? undefined : 'holds no letter and no digit';
}

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
