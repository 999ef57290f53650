/**
 * The gate for what goes out to people: one line of a terminal, a log or a message. Everything that a program would obey
 * instead of showing it, and everything invisible, becomes a blank: control characters (C0, C1 and DEL, tabs and line
 * breaks among them), format characters (bidirectional, zero-width, soft hyphens, tags), line and paragraph separators,
 * fillers, variation selectors, lone surrogates, and every kind of blank. A terminal's CSI sequence goes whole; of another
 * escape sequence its beginning goes, and the rest shows. Of more than four combining marks in a row four stay, and none
 * without a letter before it. Runs of blanks become one; none stands at either end. What comes out goes through unchanged.
 *
 * What is a format character depends on the Unicode of this Node.js, so nothing that a replay must repeat is made by it.
 *
 * @param maxLength most characters (UTF-16 units), an ellipsis included; none by default
 */
export function printable(text: string, maxLength: number = Number.POSITIVE_INFINITY): string {
  if (ORDINARY.test(text) && text.length <= maxLength) return text;
  // Only the beginning can survive, so only it is worked on: vendor texts may be megabytes.
  const worked = text.slice(0, maxLength * 4);
  const plain = worked
    .replaceAll(TERMINAL_SEQUENCE, ' ')
    .replaceAll(UNPRINTABLE, ' ')
    .replaceAll(MARKS_TOO_MANY, '$1')
    .replaceAll(/ {2,}/g, ' ')
    .replace(/^[ \p{M}]+/u, '')
    .trimEnd();
  if (plain.length <= maxLength && worked.length === text.length) return plain;
  return `${plain.slice(0, maxLength - 1).replace(LONE_SURROGATE_AT_END, '')}…`;
}

/** As {@link printable}, for text of several lines, such as a log or a stack: line breaks and indentation stay. */
export const printableLines = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) => `${/^ */.exec(line)?.[0] ?? ''}${printable(line)}`)
    .join('\n');

/**
 * JSON that a terminal can be shown: JSON escapes only some of what a terminal obeys, and the rest is written as JSON may
 * write it too, so it says the same.
 */
export const printableJson = (json: string): string =>
  json.replaceAll(OBEYED_IN_JSON, (character) =>
    Array.from({ length: character.length }, (_, at) => unicode(character.charCodeAt(at))).join(''),
  );
const unicode = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;

/** Whether nothing of a text would be changed by {@link printable}. */
export const isPrintable = (text: string): boolean => printable(text) === text;

/** Most texts: printable ASCII with single blanks. */
const ORDINARY = /^[!-~]+(?: [!-~]+)*$/;
// U+FFFD is what the readers make of the escape character.
// eslint-disable-next-line no-control-regex -- these are what must go
const TERMINAL_SEQUENCE = /(?:[\u001B\uFFFD]\[|\u009B)[0-?]*[ -/]*[@-~]/g;
// U+2800 is a braille pattern without a dot.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]/gu;
const OBEYED_IN_JSON = /[\u007F-\u009F\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const MARKS_TOO_MANY = /(\p{M}{4})\p{M}+/gu;
const LONE_SURROGATE_AT_END = /[\uD800-\uDBFF]$/;
