import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { attribute, child, children, isXmlFields } from './xml-node';
import type { XmlNode } from './xml-node';

/** A member of a record: `type` is the local name, `xsd:` types with their prefix. */
export interface Member {
  readonly name: string;
  readonly type: string;
  readonly isNillable: boolean;
}

type WireType =
  { readonly kind: 'record'; readonly members: readonly Member[] } | { readonly kind: 'array'; readonly item: string };

interface WireOperation {
  readonly name: string;
  readonly documentation: string;
  readonly parts: readonly Member[];
  readonly result: string;
}

/** The service as its WSDL describes it; like the vendor's platform, the sandbox writes and reads by it. */
export interface Wsdl {
  readonly namespace: string;
  readonly types: ReadonlyMap<string, WireType>;
  readonly operations: ReadonlyMap<string, WireOperation>;
  /** The document with `address` as the service's own. */
  servedAt(address: string): string;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
});

/** `tns:Address` is `Address`; `xsd:int` stays, for no type of ours is called so. */
const local = (qualified: string): string => qualified.replace(/^tns:/, '');

const member = (node: XmlNode): Member => ({
  name: attribute(node, 'name'),
  type: local(attribute(node, 'type')),
  isNillable: attribute(node, 'nillable') === 'true',
});

function wireType(node: XmlNode): WireType {
  const restriction = child(child(node, 'complexContent'), 'restriction');
  if (restriction === undefined)
    return { kind: 'record', members: children(child(node, 'all'), 'element').map(member) };
  const arrayType = attribute(child(restriction, 'attribute'), 'arrayType');
  return { kind: 'array', item: local(arrayType.replace(/\[\]$/, '')) };
}

function operationsOf(definitions: XmlNode | undefined): Map<string, WireOperation> {
  const parts = new Map(
    children(definitions, 'message').map((message) => [
      attribute(message, 'name'),
      children(message, 'part').map(member),
    ]),
  );
  return new Map(
    children(child(definitions, 'portType'), 'operation').map((operation) => {
      const name = attribute(operation, 'name');
      const documentation = isXmlFields(operation) ? operation['documentation'] : undefined;
      return [
        name,
        {
          name,
          documentation: typeof documentation === 'string' ? documentation : '',
          parts: parts.get(`${name}In`) ?? [],
          result: parts.get(`${name}Out`)?.[0]?.type ?? 'xsd:boolean',
        },
      ];
    }),
  );
}

/** Reads `claritum.wsdl`. @throws when the file is missing or no WSDL: the installation is broken */
export function readWsdl(): Wsdl {
  const text = readFileSync(join(__dirname, '../../vendors/claritum/claritum.wsdl'), 'utf8');
  const root: unknown = parser.parse(text, true);
  const definitions = isXmlFields(root) ? child(root, 'definitions') : undefined;
  const schema = child(child(definitions, 'types'), 'schema');
  const operations = operationsOf(definitions);
  if (operations.size === 0) throw new Error('claritum.wsdl names no operation');
  return {
    namespace: attribute(definitions, 'targetNamespace'),
    types: new Map(children(schema, 'complexType').map((node) => [attribute(node, 'name'), wireType(node)])),
    operations,
    servedAt: (address) =>
      text.replace(/(<soap:address location=")[^"]{0,200}"/, (_, head: string) => `${head}${address}"`),
  };
}
