import { ARRAYS, isContract, XSI } from './data-contract';
import type { DataContract, Kind, ListOf } from './data-contract';
import { isList, isValues } from '../values';
import type { Value, Values } from '../values';

/** An inner document: one record, or `ArrayOf…` with many. */
export type Document =
  | { readonly contract: DataContract; readonly values: Values }
  | { readonly item: DataContract; readonly entries: readonly Values[] };

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' };

export const escaped = (text: string): string =>
  text.replace(/[&<>\r]/g, (character) => ESCAPES[character] ?? character);

const isListKind = (kind: Kind): kind is ListOf => typeof kind === 'object' && !isContract(kind);

function element(tag: string, kind: Kind, value: Value): string {
  if (value === null) return `<${tag} i:nil="true"/>`;
  const inner = content(kind, value);
  return inner === '' ? `<${tag}/>` : `<${tag}>${inner}</${tag}>`;
}

function content(kind: Kind, value: Value): string {
  if (isList(value)) {
    if (!isListKind(kind)) return '';
    const tag = kind.namespace === ARRAYS ? `a:${kind.item}` : kind.item;
    return value.map((entry) => element(tag, kind.of, entry)).join('');
  }
  if (isValues(value)) return typeof kind === 'object' && isContract(kind) ? members(kind, value) : '';
  return escaped(String(value));
}

/** The members in the contract's order; what a record does not have is left out, null is nil. */
export function members(contract: DataContract, values: Values, prefix = ''): string {
  let text = '';
  for (const { name, kind } of contract.members) {
    const value = values[name];
    if (value !== undefined) text += element(`${prefix}${name}`, kind, value);
  }
  return text;
}

/** Every namespace stands on the root only; `a:` where the document has lists of plain values. */
function root(name: string, contract: DataContract, inner: string): string {
  const hasArrays = contract.members.some(({ kind }) => isListKind(kind) && kind.namespace === ARRAYS);
  const arrays = hasArrays ? ` xmlns:a="${ARRAYS}"` : '';
  const start = `${name} xmlns="${contract.namespace}" xmlns:i="${XSI}"${arrays}`;
  return inner === '' ? `<${start}/>` : `<${start}>${inner}</${name}>`;
}

/** Writes an inner document (`ResultXml`) as the DataContractSerializer does, without an XML declaration. */
export function serialise(document: Document): string {
  if ('contract' in document) {
    const { contract, values } = document;
    return root(contract.name, contract, members(contract, values));
  }
  const { item, entries } = document;
  const rows = entries.map((entry) => element(item.name, item, entry)).join('');
  return root(`ArrayOf${item.name}`, item, rows);
}
