/**
 * Makes text from outside fit for a message, a log line or a header of ours: control characters (C0, C1, and with them
 * terminal escapes), bidirectional and zero-width marks and lone surrogates become blanks, runs of blanks one.
 *
 * @param maxLength characters, an ellipsis included
 */
export function clean(text: string, maxLength = 300): string {
  // Only the beginning can survive, so only it is worked on: vendor texts may be megabytes.
  const plain = text
    .slice(0, maxLength * 4)
    .replaceAll(TERMINAL_SEQUENCE, ' ')
    .replaceAll(UNPRINTABLE, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
  return plain.length > maxLength ? `${plain.slice(0, maxLength - 1).replace(LONE_SURROGATE_AT_END, '')}…` : plain;
}

// U+FFFD is what the readers make of the escape character.
// eslint-disable-next-line no-control-regex -- these are what must go
const TERMINAL_SEQUENCE = /(?:[\u001B\uFFFD]\[|\u009B)[0-?]*[ -/]*[@-~]/g;
const UNPRINTABLE =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]/gu;
const LONE_SURROGATE_AT_END = /[\uD800-\uDBFF]$/;

/** A request id as a header brought it, or undefined where it holds anything but the usual characters. */
export function cleanRequestId(header: string | readonly string[] | undefined): string | undefined {
  const value = typeof header === 'string' ? header : header?.[0];
  return value !== undefined && /^[\w.:/+=-]{1,100}$/.test(value) ? value : undefined;
}
