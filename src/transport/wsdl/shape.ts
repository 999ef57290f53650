import { XMLParser } from 'fast-xml-parser';
import { MAX_DEPTH } from '../formats/document-bounds';
import { localName, screenXml } from '../formats/screen';
import { UnreadableText } from '../formats/unreadable-text';

/** What stands in a part or a member. */
export type Shape =
  | { readonly kind: 'text' }
  /** Members by name. `id` tells one type from another. */
  | { readonly kind: 'record'; readonly id: object; readonly members: () => ReadonlyMap<string, Shape> }
  | { readonly kind: 'list'; readonly entry: () => Shape }
  /** Anything may stand there, or the WSDL does not say what. */
  | { readonly kind: 'open' };

/** One operation: what is sent and what comes back, the parts by name, without the wrapper of document/literal. */
interface OperationShape {
  readonly parts: ReadonlyMap<string, Shape>;
  readonly answer: ReadonlyMap<string, Shape>;
}

export interface WsdlShape {
  readonly operations: ReadonlyMap<string, OperationShape>;
  /** Locations that the WSDL imports or includes; none once their documents are given. What stands there is unknown. */
  readonly imports: readonly string[];
}

type Node = string | Nodes | readonly Node[];
interface Nodes {
  readonly [name: string]: Node;
}

const isNodes = (node: unknown): node is Nodes => typeof node === 'object' && node !== null && !Array.isArray(node);
const isList = (node: Node): node is readonly Node[] => Array.isArray(node);
function attribute(node: Nodes, name: string): string | undefined {
  const value = node[`@${name}`];
  return typeof value === 'string' ? value : undefined;
}

/** The children of that name that have attributes or children of their own. */
function children(node: Nodes | undefined, name: string): readonly Nodes[] {
  const found = node?.[name] ?? [];
  return (isList(found) ? found : [found]).filter(isNodes);
}

const child = (node: Nodes | undefined, name: string): Nodes | undefined => children(node, name)[0];
const named = (nodes: readonly Nodes[]): Map<string, Nodes> =>
  new Map(nodes.map((node) => [attribute(node, 'name') ?? '', node]));

const parser = new XMLParser({
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: MAX_DEPTH + 1,
});

/** @throws UnreadableText */
function rootOf(text: string): { readonly name: string; readonly node: Nodes } {
  let name = '';
  screenXml(text, (depth, element) => {
    if (depth === 1) name = localName(element);
  });
  let parsed: unknown;
  try {
    parsed = parser.parse(text, true);
  } catch {
    throw new UnreadableText('NOT_XML');
  }
  const node = isNodes(parsed) ? parsed[name] : undefined;
  if (!isNodes(node) || !['definitions', 'schema'].includes(name)) throw new UnreadableText('WRONG_ROOT');
  return { name, node };
}

/**
 * The operations that a WSDL describes, in whatever style: rpc or document, arrays of SOAP encoding or of sequences.
 * Names are taken without their namespaces, so two types of one local name are read as the first of them.
 *
 * @param documents the WSDL first; what it imports may follow. Nothing is fetched
 * @throws UnreadableText for what is no WSDL or schema
 */
export function readWsdlShape(...documents: readonly string[]): WsdlShape {
  const roots = documents.map(rootOf);
  const definitions = roots.filter(({ name }) => name === 'definitions').map(({ node }) => node);
  if (roots[0]?.name !== 'definitions') throw new UnreadableText('WRONG_ROOT');
  const schemas = [
    ...roots.filter(({ name }) => name === 'schema').map(({ node }) => node),
    ...definitions.flatMap((node) => children(node, 'types')).flatMap((types) => children(types, 'schema')),
  ];
  const types = new Types(schemas);
  const messages = named(definitions.flatMap((node) => children(node, 'message')));
  const messageOf = (operation: Nodes, direction: 'input' | 'output') =>
    types.parts(messages.get(localName(attribute(child(operation, direction) ?? {}, 'message') ?? '')));
  const operations = definitions
    .flatMap((node) => children(node, 'portType'))
    .flatMap((portType) => children(portType, 'operation'))
    .map((operation): [string, OperationShape] => [
      attribute(operation, 'name') ?? '',
      { parts: messageOf(operation, 'input'), answer: messageOf(operation, 'output') },
    ]);
  return { operations: new Map(operations), imports: documents.length > 1 ? [] : documents.flatMap(importsOf) };
}

/**
 * Locations that one document, a WSDL or a schema, imports or includes, as it writes them.
 *
 * @throws UnreadableText for what is neither
 */
export function importsOf(document: string): readonly string[] {
  const { name, node } = rootOf(document);
  const schemas = children(node, 'types').flatMap((types) => children(types, 'schema'));
  const locations = (name === 'schema' ? [node] : [node, ...schemas])
    .flatMap((each) => [...children(each, 'import'), ...children(each, 'include')])
    .flatMap((each) => attribute(each, 'location') ?? attribute(each, 'schemaLocation') ?? []);
  return [...new Set(locations)];
}

const TEXT: Shape = { kind: 'text' };
const OPEN: Shape = { kind: 'open' };
const repeats = (node: Nodes): boolean => !['0', '1', undefined].includes(attribute(node, 'maxOccurs'));

/** The schemas' types and elements. */
class Types {
  readonly #types: ReadonlyMap<string, Nodes>;
  readonly #elements: ReadonlyMap<string, Nodes>;

  constructor(schemas: readonly Nodes[]) {
    const first = (name: string) => named(schemas.flatMap((schema) => children(schema, name)).toReversed());
    this.#types = first('complexType');
    this.#elements = first('element');
  }

  /** The parts of a message; those of its wrapper where it has one. */
  parts(message: Nodes | undefined): ReadonlyMap<string, Shape> {
    const parts = children(message, 'part');
    const [only] = parts;
    const wrapper = only === undefined || parts.length > 1 ? undefined : attribute(only, 'element');
    if (wrapper !== undefined) {
      const shape = this.#element(wrapper);
      return shape.kind === 'record' ? shape.members() : new Map([[localName(wrapper), shape]]);
    }
    return new Map(
      parts.map((part) => {
        const element = attribute(part, 'element');
        const shape = element === undefined ? this.#named(attribute(part, 'type')) : this.#element(element);
        return [attribute(part, 'name') ?? '', shape];
      }),
    );
  }

  #element(qualified: string): Shape {
    const element = this.#elements.get(localName(qualified));
    return element === undefined ? OPEN : this.#typeOf(element);
  }

  /** Of an element where it stands, its repetition aside. */
  #content(element: Nodes): Shape {
    const reference = attribute(element, 'ref');
    return reference === undefined ? this.#typeOf(element) : this.#element(reference);
  }

  #typeOf(element: Nodes): Shape {
    const inline = child(element, 'complexType');
    return inline === undefined ? this.#named(attribute(element, 'type')) : this.#complex(inline);
  }

  /** A type we have no declaration for is one of XML Schema's own, or was imported; `anyType` says nothing. */
  #named(qualified: string | undefined): Shape {
    const name = localName(qualified ?? 'anyType');
    const type = this.#types.get(name);
    if (type !== undefined) return this.#complex(type);
    return name === 'anyType' || name === 'Array' ? OPEN : TEXT;
  }

  #complex(type: Nodes): Shape {
    const entry = arrayEntry(type);
    if (entry !== undefined) return { kind: 'list', entry: () => this.#named(entry) };
    if (child(type, 'simpleContent') !== undefined) return TEXT;
    const members = (): Map<string, Shape> => new Map(this.#members(type));
    const [only, ...others] = this.#declared(type);
    if (only === undefined && holdsAny(type)) return OPEN;
    if (only !== undefined && others.length === 0 && repeats(only)) {
      return { kind: 'list', entry: () => this.#content(only) };
    }
    return { kind: 'record', id: type, members };
  }

  /** @param below types that inherit from it: one that inherits from itself ends there */
  #members(type: Nodes, below: readonly Nodes[] = []): [string, Shape][] {
    const base = attribute(child(child(type, 'complexContent'), 'extension') ?? {}, 'base');
    const inherited = base === undefined ? undefined : this.#types.get(localName(base));
    const own = this.#declared(type).map((element): [string, Shape] => {
      const name = attribute(element, 'name') ?? localName(attribute(element, 'ref') ?? '');
      return [name, repeats(element) ? { kind: 'list', entry: () => this.#content(element) } : this.#content(element)];
    });
    const isEnd = inherited === undefined || inherited === type || below.includes(inherited);
    return isEnd ? own : [...this.#members(inherited, [...below, type]), ...own];
  }

  /** The elements a type declares itself, in whatever nesting of groups. */
  #declared(type: Nodes): readonly Nodes[] {
    const content = child(type, 'complexContent');
    return elementsIn(child(content, 'extension') ?? child(content, 'restriction') ?? type);
  }
}

/** Whether nothing but `xsd:any` stands in it. */
const holdsAny = (type: Nodes): boolean => groupsIn(type).some((group) => 'any' in group);

const groupsIn = (node: Nodes): readonly Nodes[] =>
  ['sequence', 'all', 'choice'].flatMap((group) => children(node, group));

const elementsIn = (node: Nodes): Nodes[] =>
  groupsIn(node).flatMap((inner) => [...children(inner, 'element'), ...elementsIn(inner)]);

/** `tns:PurchaseOrder` of `wsdl:arrayType="tns:PurchaseOrder[]"`. */
function arrayEntry(type: Nodes): string | undefined {
  const restriction = child(child(type, 'complexContent'), 'restriction');
  const arrayType = children(restriction, 'attribute').flatMap((node) => attribute(node, 'arrayType') ?? [])[0];
  return arrayType?.replace(/\[[\d,]*\]$/, '');
}
