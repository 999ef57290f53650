import { XMLParser } from 'fast-xml-parser';
import { isList, type Tree, type TreeObject } from './tree';

export type Format = 'xml' | 'json';

/** Thrown for a body that is no NSRequest in either format. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

export interface NSRequest {
  readonly format: Format;
  readonly requestName: string;
  /** Empty where RequestContent is omitted or empty (docs/vendors/northscope.md#the-envelope). */
  readonly content: TreeObject;
  /** RequestContent's members that JSON sent as arrays; XML has no such thing. */
  readonly arrays: ReadonlySet<string>;
}

const parser = new XMLParser({
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreAttributes: true,
  removeNSPrefix: true,
  trimValues: false,
  htmlEntities: true,
  maxNestedTags: 64,
});

/** By the first character that is no blank: samples have no content type (docs/vendors/northscope.md#the-envelope). */
export const formatOf = (body: string): Format =>
  body
    .replace(/^\uFEFF/, '')
    .trimStart()
    .startsWith('<')
    ? 'xml'
    : 'json';

/** Text between elements is layout, not content. */
function plainTree(value: unknown): Tree {
  if (Array.isArray(value)) return value.map(plainTree);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object') return typeof value === 'string' ? value : '';
  const members = Object.entries(value ?? {}).filter(([name]) => name !== '#text');
  return Object.fromEntries(members.map(([name, member]) => [name, member === null ? '' : plainTree(member)]));
}

/**
 * The elements of an XML document as a tree.
 *
 * @throws Unreadable for a document type definition or anything not well formed.
 */
export function readXml(source: string): Tree {
  if (/<!(DOCTYPE|ENTITY)/i.test(source)) throw new Unreadable('A document type definition is not allowed.');
  try {
    return plainTree(parser.parse(source, true));
  } catch (error) {
    throw new Unreadable('The request is not well formed.', { cause: error });
  }
}

function readJson(source: string): Tree {
  try {
    return plainTree(JSON.parse(source));
  } catch (error) {
    throw new Unreadable('The request is not well formed.', { cause: error });
  }
}

const member = (tree: Tree | undefined, name: string): Tree | undefined =>
  typeof tree === 'object' && !isList(tree) ? tree[name] : undefined;

/** @throws Unreadable when the body is no NSRequest. */
export function readRequest(body: string): NSRequest {
  const source = body.replace(/^\uFEFF/, '').trim();
  const format = formatOf(source);
  const request = member(format === 'xml' ? readXml(source) : readJson(source), 'NSRequest');
  if (request === undefined) throw new Unreadable('The request has no NSRequest.');
  const name = member(request, 'RequestName');
  const sent = member(request, 'RequestContent');
  const content = typeof sent === 'object' && !isList(sent) ? sent : {};
  const arrays = Object.entries(content).filter(([, value]) => isList(value));
  return {
    format,
    requestName: typeof name === 'string' ? name.trim() : '',
    content,
    arrays: new Set(format === 'json' ? arrays.map(([key]) => key) : []),
  };
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

/** What XML 1.0 cannot carry at all becomes the replacement character. */
const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>\r]/g, (mark) => escapes[mark] ?? mark);

function element(name: string, tree: Tree): string {
  if (isList(tree)) return tree.map((entry) => element(name, entry)).join('');
  const inner = typeof tree === 'string' ? escaped(tree) : writeXml(tree);
  return inner === '' ? `<${name} />` : `<${name}>${inner}</${name}>`;
}

/** The members as elements; an empty one is written as the vendor does: `<AddressLine2 />`. */
export function writeXml(tree: TreeObject): string {
  return Object.entries(tree)
    .map(([name, value]) => element(name, value))
    .join('');
}

/** An NSResponse in the format of its request. */
export function writeResponse(format: Format, members: TreeObject): string {
  return format === 'xml' ? writeXml({ NSResponse: members }) : JSON.stringify({ NSResponse: members });
}
