import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CURRENT_NAMESPACE } from './endpoints';
import type { Endpoint } from './endpoints';

/** A member of a record; `type` names a type of the WSDL, anything else is a scalar. */
export interface Member {
  readonly name: string;
  readonly type: string;
  readonly isRepeated: boolean;
}

/** What repeats one element and has no other is a list: its wrapper shows nowhere but on the wire. */
type Shape =
  { readonly kind: 'list'; readonly item: Member } | { readonly kind: 'record'; readonly members: readonly Member[] };

/** The service as its WSDL describes it: the sandbox reads and writes by it. */
export interface Wsdl {
  /** Undefined for a scalar. */
  shape(type: string): Shape | undefined;
  /** The members of a request's root element; undefined where no request is called so. */
  request(root: string): readonly Member[] | undefined;
  /** The document of one endpoint, `address` in it as its own. */
  servedAt(endpoint: Endpoint, address: string): string;
}

const LOGIN_IN_BODY = /^ {12}<xsd:element name="login" type="tns:Login"\/>\n/gm;
const LOGIN_IN_HEADER = '$&\n        <soap:header message="tns:Login" part="login" use="literal"/>';

/** By attribute, read from the text: this file is ours and written in one way. */
function attributesOf(tag: string): ReadonlyMap<string, string> {
  return new Map([...tag.matchAll(/\b(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]));
}

const membersOf = (text: string): readonly Member[] =>
  [...text.matchAll(/<xsd:element ([^<>]*)\/>/g)].map(([, tag = '']) => {
    const attributes = attributesOf(tag);
    return {
      name: attributes.get('name') ?? '',
      type: (attributes.get('type') ?? '').replace(/^tns:/, ''),
      isRepeated: attributes.get('maxOccurs') === 'unbounded',
    };
  });

function shapeOf(members: readonly Member[]): Shape {
  const [first, ...others] = members;
  return first?.isRepeated === true && others.length === 0
    ? { kind: 'list', item: first }
    : { kind: 'record', members };
}

const named = (text: string, opening: RegExp): ReadonlyMap<string, readonly Member[]> =>
  new Map(
    [...text.matchAll(opening)].map(({ 1: name = '', index }) => [
      name,
      membersOf(text.slice(index, text.indexOf('</xsd:complexType>', index))),
    ]),
  );

function serve(text: string, endpoint: Endpoint, address: string): string {
  const login =
    endpoint.login === 'body'
      ? text
      : text.replace(LOGIN_IN_BODY, '').replace(/^ {6}<input>\n {8}<soap:body use="literal"\/>/gm, LOGIN_IN_HEADER);
  return login
    .replaceAll(CURRENT_NAMESPACE, endpoint.namespace)
    .replace(/(<soap:address location=")[^"]{0,200}"/, (_, head: string) => `${head}${address}"`);
}

/** Reads `centra.wsdl`. @throws when the file is missing or no WSDL: the installation is broken */
export function readWsdl(): Wsdl {
  const text = readFileSync(join(__dirname, 'centra.wsdl'), 'utf8');
  const types = named(text, /<xsd:complexType name="(\w{1,60})">/g);
  const shapes = new Map([...types].map(([name, members]) => [name, shapeOf(members)]));
  const requests = named(text, /<xsd:element name="(\w{1,60})">/g);
  if (requests.size === 0) throw new Error('centra.wsdl names no operation');
  return {
    shape: (type) => shapes.get(type),
    request: (root) => requests.get(root),
    servedAt: (endpoint, address) => serve(text, endpoint, address),
  };
}
