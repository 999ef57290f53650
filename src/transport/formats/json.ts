import { withoutForbidden } from './characters';
import { MAX_DEPTH, MAX_NAMES, MAX_VALUES } from './document-bounds';
import { UnreadableText } from './unreadable-text';

/** What {@link parseJsonAsText} returns: JSON without numbers. */
export type JsonText = string | boolean | null | readonly JsonText[] | { readonly [name: string]: JsonText };

/**
 * Parses JSON with every number as the text it was written as: `4.00` stays `"4.00"`, twenty digits stay twenty digits
 * (JavaScript's own parser makes them 4 and a rounded integer). Members named `__proto__` are dropped. Characters follow
 * the rule of characters.ts, written out or as escapes.
 *
 * @throws UnreadableText NOT_JSON (also for a truncated text), TOO_DEEP, TOO_MANY_VALUES, TOO_MANY_NAMES, REPEATED_NAME
 *   where an object has a member twice: parsers take either of them
 */
export function parseJsonAsText(given: string): JsonText {
  const text = withoutForbidden(given);
  const members = screenJson(text);
  // The grammar is checked before quoting, which could turn a number in the place of a name into legal JSON.
  readJson(text);
  const parsed = readJson(quoteNumbers(text));
  if (membersIn(parsed) !== members) throw new UnreadableText('REPEATED_NAME');
  // Checked in the text first, because few texts need it.
  return TO_MEND.test(text) ? mended(parsed) : parsed;
}

/** What may spell `__proto__`, and escapes that may stand for what XML does not allow; whole surrogate pairs are among them. */
const TO_MEND = /__proto__|\\(?:[bf]|u(?:00(?:[01]|5f|70|72|6f|74)|d[89a-f]|fff))/i;

function mended(value: JsonText): JsonText {
  if (typeof value === 'string') return withoutForbidden(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(mended);
  const members = Object.entries(value).filter(([name]) => name !== '__proto__');
  return Object.fromEntries(members.map(([name, member]) => [name, mended(member)]));
}

/** How many members all objects of a tree have together. */
function membersIn(value: JsonText): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = isList(value) ? 0 : Object.keys(value).length;
  for (const member of Object.values<JsonText>(value)) count += membersIn(member);
  return count;
}

const isList = (value: JsonText): value is readonly JsonText[] => Array.isArray(value);

/**
 * Looks a text through before the parser does: bounded depth, values, and members of one object. What is no JSON at all
 * is the parser's to say.
 *
 * @returns how many members all its objects have
 */
function screenJson(text: string): number {
  /** The members so far of every object that is open; a list has none. */
  const open: number[] = [];
  let values = 0;
  let all = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === '{' || character === '[') open.push(0);
    else if (character === '}' || character === ']') open.pop();
    else if (character === ',') values += 1;
    else if (character === ':') {
      const members = (open.pop() ?? 0) + 1;
      if (members > MAX_NAMES) throw new UnreadableText('TOO_MANY_NAMES');
      open.push(members);
      all += 1;
    }
    if (open.length > MAX_DEPTH) throw new UnreadableText('TOO_DEEP');
    if (values > MAX_VALUES) throw new UnreadableText('TOO_MANY_VALUES');
  }
  return all;
}

/** JavaScript's own error quotes the text, which may hold what must not be shown. */
function readJson(text: string): JsonText {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableText('NOT_JSON');
  }
}

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** @param text legal JSON */
function quoteNumbers(text: string): string {
  const parts: string[] = [];
  let taken = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '"') at = endOfString(text, at);
    else if (character === '-' || (character >= '0' && character <= '9')) {
      NUMBER.lastIndex = at;
      const end = at + (NUMBER.exec(text)?.[0].length ?? 1);
      parts.push(text.slice(taken, at), '"', text.slice(at, end), '"');
      taken = end;
      at = end - 1;
    }
  }
  parts.push(text.slice(taken));
  return parts.join('');
}

/** The index of the closing quote of the string that opens at `at`, or behind the text where nothing closes it. */
function endOfString(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return end;
}
