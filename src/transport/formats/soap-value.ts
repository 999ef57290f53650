import { MAX_DEPTH } from './document-bounds';
import { UnreadableText } from './unreadable-text';
import { isXmlText } from './xml';

/** A SOAP value of any style after {@link unwrap}: text, nil, a record, or several elements of one name. */
export type SoapValue = string | null | readonly SoapValue[] | { readonly [name: string]: SoapValue };

/**
 * Makes one shape of node-soap's many (ADR 3): `{attributes, $value}` and plain text become text, an element with
 * attributes only becomes '', nil and missing become null, attributes vanish. Lists are read with {@link itemsOf}. What
 * is referred to is there once for each reference: the screen has counted how much that is.
 *
 * @throws UnreadableText for a reference to nowhere, circles, and what no document can hold
 */
export function unwrap(value: unknown): SoapValue {
  const visit = (node: unknown, depth: number): SoapValue => {
    if (depth > MAX_DEPTH) throw new UnreadableText('TOO_DEEP');
    if (node === null || node === undefined) return null;
    if (typeof node === 'string') return node;
    if (typeof node !== 'object') throw new UnreadableText('NOT_XML');
    if (Array.isArray(node)) return node.map((item) => visit(item, depth + 1));
    const { attributes, $value, ...members } = { attributes: undefined, $value: undefined, ...node };
    const names = Object.keys(members);
    if (hasAttribute(attributes, 'nil', /^(?:true|1)$/i)) return null;
    if ($value !== undefined) return visit($value, depth + 1);
    if (names.length === 0 && hasAttribute(attributes, 'href', /./)) throw new UnreadableText('DANGLING_REFERENCE');
    if (names.length === 0) return '';
    return Object.fromEntries(Object.entries(members).map(([name, child]) => [name, visit(child, depth + 1)]));
  };
  return visit(value, 0);
}

function hasAttribute(attributes: unknown, localName: string, value: RegExp): boolean {
  if (typeof attributes !== 'object' || attributes === null) return false;
  return Object.entries(attributes).some(
    ([name, text]) => name.slice(name.indexOf(':') + 1) === localName && typeof text === 'string' && value.test(text),
  );
}

/**
 * The entries of an array in any style: none for an empty or missing one, one for a lone entry. The element name of
 * entries is free in rpc/encoded, so every child is an entry. Never throws; what is no array shows in its entries.
 */
export function itemsOf(array: unknown): readonly unknown[] {
  if (array === undefined || array === null || array === '') return [];
  if (Array.isArray(array)) return array;
  if (typeof array !== 'object') return [array];
  return Object.values(array).flatMap((entry: unknown) => (Array.isArray(entry) ? entry : [entry]));
}

/** Arguments of an operation: text, nil, records, and arrays as `{ item: […] }`; members in the order of the WSDL. */
export type SoapInput = string | null | readonly SoapInput[] | { readonly [name: string]: SoapInput };

/**
 * @returns the path of the first argument that node-soap would not send as it stands: a name it reads as an instruction
 * (`attributes`, `$value`, `$xml`), a character XML cannot carry, the opening of a CDATA section (which it passes
 * through unescaped), or a value that is no text; undefined where all are good
 */
export function unsendable(input: unknown, path = ''): string | undefined {
  if (input === null) return undefined;
  if (typeof input === 'string') return isXmlText(input) ? undefined : path;
  if (typeof input !== 'object') return path;
  if (Array.isArray(input)) return first(input.map((item, index) => unsendable(item, `${path}[${index}]`)));
  return first(
    Object.entries(input).map(([name, value]) =>
      /^[A-Za-z]\w*$/.test(name) && name !== 'attributes'
        ? unsendable(value, path === '' ? name : `${path}.${name}`)
        : `${path} (a name)`,
    ),
  );
}

const first = (paths: readonly (string | undefined)[]): string | undefined => paths.find((path) => path !== undefined);
