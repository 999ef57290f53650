/**
 * JSON that a person wrote, read so that nothing in it is passed over: a key that stands twice would count only once, and
 * nobody would learn which. A byte-order mark, as editors put before a text, is no part of it.
 *
 * @returns the value, or every fault as one line that begins with its path in the file
 */
export function readWrittenJson(
  file: Uint8Array | string,
): { readonly value: unknown } | { readonly faults: readonly string[] } {
  const text = typeof file === 'string' ? file.replace(BYTE_ORDER_MARK, '') : readWrittenText(file);
  if (text === undefined) return { faults: [NOT_UTF8] };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { faults: [`it is not JSON: ${error.message}`] };
  }
  const faults = keyFaults(text);
  return faults.length > 0 ? { faults } : { value };
}

/** What a file that is no UTF-8 is told; editors call other encodings Unicode, UTF-16 or ANSI. */
export const NOT_UTF8 = 'it is not UTF-8 text; save it as UTF-8';

const BAD_DATA = 'ERR_ENCODING_INVALID_ENCODED_DATA';
const BYTE_ORDER_MARK = /^\uFEFF/;

/** The text of a file without its byte-order mark, or undefined where it is not UTF-8. */
export function readWrittenText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    // By its code, not by class: it may come from another realm.
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === BAD_DATA) return undefined;
    throw error;
  }
}

/** An object or a list that is being read. */
interface Open {
  readonly path: string;
  /** The keys so far and where they stand; none in a list. */
  readonly keys: Map<string, number> | undefined;
  /** The key, or the number, of the value that comes next. */
  next: string | number | undefined;
}

/** @param text JSON */
function keyFaults(text: string): string[] {
  const faults: string[] = [];
  const open: Open[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const token = text.charAt(index);
    const inner = open.at(-1);
    if (token === '{' || token === '[') {
      const path = inner === undefined ? '' : pathOf(inner, inner.next);
      open.push(token === '{' ? { path, keys: new Map(), next: undefined } : { path, keys: undefined, next: 0 });
    } else if (token === '}' || token === ']') open.pop();
    else if (token === ',' && inner !== undefined) {
      inner.next = typeof inner.next === 'number' ? inner.next + 1 : undefined;
    } else if (token === '"') {
      const end = endOfString(text, index);
      if (inner?.keys !== undefined && inner.next === undefined) {
        inner.next = String(JSON.parse(text.slice(index, end)));
        faults.push(...keyFault(text, index, inner, inner.next));
      }
      index = end - 1;
    }
  }
  return faults;
}

/** Behind its closing quote. */
function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text.charAt(index) !== '"') index += text.charAt(index) === '\\' ? 2 : 1;
  return index + 1;
}

function keyFault(text: string, index: number, { path, keys }: Open, key: string): string[] {
  const first = keys?.get(key);
  if (first !== undefined) {
    return [
      `${memberOf(path, key)}: stands twice, at ${placeOf(text, first)} and at ${placeOf(text, index)}; leave one of them`,
    ];
  }
  keys?.set(key, index);
  // It would set what an object inherits from, and is passed over for that.
  return key === '__proto__'
    ? [`${memberOf(path, key)}: no setting is called so (${placeOf(text, index)}); leave it out`]
    : [];
}

const pathOf = ({ path }: Open, next: string | number | undefined): string =>
  typeof next === 'number' ? `${path}[${next}]` : memberOf(path, next ?? '');

const memberOf = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

/** As editors count, from 1. */
function placeOf(text: string, index: number): string {
  const before = text.slice(0, index).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
