import { XMLParser } from 'fast-xml-parser';
import { CentraFault } from './refused';

const DEEPEST = 64;
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** An element with its namespace resolved; text only where it has no children. */
export interface XmlElement {
  readonly namespace: string;
  readonly name: string;
  readonly text: string;
  readonly isNil: boolean;
  readonly children: readonly XmlElement[];
}

type Parsed = string | ParsedFields | readonly Parsed[];
interface ParsedFields {
  readonly [name: string]: Parsed;
}

/** Prefix to namespace; the default namespace stands under the empty prefix. */
type Scope = ReadonlyMap<string, string>;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
  maxNestedTags: DEEPEST,
});

const isFields = (node: unknown): node is ParsedFields =>
  typeof node === 'object' && node !== null && !Array.isArray(node);
const listOf = (node: Parsed): readonly Parsed[] => (Array.isArray(node) ? (node as readonly Parsed[]) : [node]);
const isElementName = (name: string): boolean => !/^[@#?]/.test(name);

function scopeOf(node: Parsed, outer: Scope): Scope {
  if (!isFields(node)) return outer;
  const declared = Object.entries(node).flatMap(([name, value]): [string, string][] => {
    const found = /^@xmlns(?::(.+))?$/.exec(name);
    return found === null || typeof value !== 'string' ? [] : [[found[1] ?? '', value]];
  });
  return declared.length === 0 ? outer : new Map([...outer, ...declared]);
}

const split = (qualified: string): readonly [string, string] => {
  const colon = qualified.indexOf(':');
  return colon < 0 ? ['', qualified] : [qualified.slice(0, colon), qualified.slice(colon + 1)];
};

function isNil(node: Parsed, scope: Scope): boolean {
  if (!isFields(node)) return false;
  return Object.entries(node).some(([name, value]) => {
    const [prefix, local] = split(name.slice(1));
    return name.startsWith('@') && local === 'nil' && scope.get(prefix) === XSI && (value === 'true' || value === '1');
  });
}

function textOf(node: Parsed): string {
  const text = isFields(node) ? node['#text'] : node;
  return typeof text === 'string' ? text : '';
}

function element(qualified: string, node: Parsed, outer: Scope): XmlElement {
  const scope = scopeOf(node, outer);
  const [prefix, name] = split(qualified);
  return {
    namespace: scope.get(prefix) ?? '',
    name,
    text: textOf(node),
    isNil: isNil(node, scope),
    children: isFields(node) ? childrenOf(node, scope) : [],
  };
}

const childrenOf = (node: ParsedFields, scope: Scope): readonly XmlElement[] =>
  Object.entries(node)
    .filter(([name]) => isElementName(name))
    .flatMap(([name, found]) => listOf(found).map((entry) => element(name, entry, scope)));

/**
 * The one root element of a document.
 * @throws CentraFault for what is not well-formed, has a DOCTYPE or is nested too deep
 */
export function parseElement(xml: string): XmlElement {
  const badRequest = new CentraFault('Client', 'Bad Request');
  if (/<!DOCTYPE/i.test(xml)) throw badRequest;
  let parsed: unknown;
  try {
    parsed = parser.parse(xml, true);
  } catch {
    throw badRequest;
  }
  const [root, ...others] = isFields(parsed) ? childrenOf(parsed, new Map()) : [];
  if (root === undefined || others.length > 0) throw badRequest;
  return root;
}
