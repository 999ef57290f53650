import { XMLParser } from 'fast-xml-parser';
import { ClaritumFault } from './fault';
import type { ClaritumOptions } from './options';
import { textOf } from '../values';
import type { Value, Values } from '../values';
import type { Wsdl } from './wsdl';
import { attribute, isXmlFields, isXmlList } from './xml-node';
import type { XmlFields, XmlNode } from './xml-node';

const SOAP_1_1 = 'http://schemas.xmlsoap.org/soap/envelope/';
const DEEPEST = 64;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
  maxNestedTags: DEEPEST,
});

/** What a SOAP request asks for, its values not yet checked against anything but the declared shape. */
export interface SoapRequest {
  readonly operation: string;
  readonly arguments: Values;
  /** WS-Security UsernameToken, where the caller sends one. */
  readonly token: { readonly username: string; readonly password: string } | undefined;
}

const badRequest = (): ClaritumFault => new ClaritumFault('Client', 'Bad Request');

/** SOAP 1.2, or any other envelope, is told so in the way SOAP 1.1 has for it. */
function checkVersion(xml: string): void {
  const root = /<(?:([\w.-]{1,40}):)?Envelope\b/.exec(xml);
  if (root === null) throw badRequest();
  const [, prefix] = root;
  const attributes = xml.slice(root.index, xml.indexOf('>', root.index));
  const declaration = prefix === undefined ? 'xmlns' : `xmlns:${prefix}`;
  const declared = [...attributes.matchAll(/(?:^|\s)([\w.:-]+)\s*=\s*["']([^"']*)["']/g)];
  if (declared.find(([, name]) => name === declaration)?.[2] !== SOAP_1_1)
    throw new ClaritumFault('VersionMismatch', 'Wrong Version');
}

function parse(xml: string): XmlFields {
  if (/<!DOCTYPE/i.test(xml)) throw badRequest();
  try {
    const root: unknown = parser.parse(xml, true);
    return isXmlFields(root) ? root : {};
  } catch {
    throw badRequest();
  }
}

const isNil = (node: XmlFields): boolean => ['true', '1'].includes(attribute(node, 'nil'));

const elements = (node: XmlFields): readonly string[] =>
  Object.keys(node).filter((name) => !name.startsWith('@') && name !== '#text' && !name.startsWith('?'));

/** Elements by `id`: PHP writes an object it meets twice once, and refers to it (`href="#ref1"`). */
function identified(node: XmlNode, found = new Map<string, XmlFields>()): Map<string, XmlFields> {
  if (isXmlList(node)) for (const entry of node) identified(entry, found);
  else if (isXmlFields(node)) {
    const id = node['@id'];
    if (typeof id === 'string') found.set(id, node);
    for (const name of elements(node)) identified(node[name] ?? '', found);
  }
  return found;
}

/** Turns elements into values by the declared types; what a type does not say comes through as it stands. */
class Reader {
  constructor(
    private readonly wsdl: Wsdl,
    private readonly ids: ReadonlyMap<string, XmlFields>,
  ) {}

  value(node: XmlNode | undefined, type: string, depth = 0): Value {
    if (depth > DEEPEST) throw badRequest();
    const target = this.target(node);
    if (target === undefined || (isXmlFields(target) && isNil(target))) return null;
    const declared = this.wsdl.types.get(type);
    if (declared?.kind === 'array') return this.list(target, declared.item, depth);
    if (declared?.kind === 'record') return this.record(target, type, depth);
    return this.scalar(target);
  }

  private target(node: XmlNode | undefined): XmlNode | undefined {
    const href = isXmlFields(node) ? node['@href'] : undefined;
    return typeof href === 'string' ? this.ids.get(href.replace(/^#/, '')) : node;
  }

  /** The text of an element, attributes aside. */
  scalar(node: XmlNode): string {
    if (typeof node === 'string') return node;
    const text = isXmlFields(node) ? node['#text'] : undefined;
    return typeof text === 'string' ? text : '';
  }

  /** `<item>` many times or once, an element of any other name repeated, or a bare record instead of a list of one. */
  private list(node: XmlNode, item: string, depth: number): readonly Value[] {
    if (isXmlList(node)) return node.map((entry) => this.value(entry, item, depth + 1));
    if (!isXmlFields(node)) return node.trim() === '' ? [] : [node];
    const names = elements(node);
    if (names.length === 0) return this.scalar(node).trim() === '' ? [] : [this.scalar(node)];
    if (this.isBareRecord(names, item)) return [this.value(node, item, depth + 1)];
    return names.flatMap((name) => node[name] ?? []).map((entry) => this.value(entry, item, depth + 1));
  }

  private isBareRecord(names: readonly string[], item: string): boolean {
    const declared = this.wsdl.types.get(item);
    return (
      declared?.kind === 'record' && names.every((name) => declared.members.some((member) => member.name === name))
    );
  }

  private record(node: XmlNode, type: string, depth: number): Value {
    if (!isXmlFields(node)) return {};
    const declared = this.wsdl.types.get(type);
    const types = new Map(declared?.kind === 'record' ? declared.members.map((each) => [each.name, each.type]) : []);
    return Object.fromEntries(
      elements(node).map((name) => [name, this.value(node[name], types.get(name) ?? 'xsd:string', depth + 1)]),
    );
  }
}

/** Headers we do not know but that insist on being understood must be refused (SOAP 1.1, 4.2.3). */
function checkHeaders(header: XmlNode | undefined): void {
  if (!isXmlFields(header)) return;
  for (const name of elements(header)) {
    const entry = header[name];
    const mustUnderstand = isXmlFields(entry) && entry['@mustUnderstand'] === '1';
    if (mustUnderstand && name !== 'Security') throw new ClaritumFault('MustUnderstand', 'Header not understood');
  }
}

function usernameToken(reader: Reader, header: XmlNode | undefined): SoapRequest['token'] {
  const security = isXmlFields(header) ? header['Security'] : undefined;
  const token = isXmlFields(security) ? security['UsernameToken'] : undefined;
  if (!isXmlFields(token)) return undefined;
  return { username: reader.scalar(token['Username'] ?? ''), password: reader.scalar(token['Password'] ?? '') };
}

/**
 * Reads a SOAP 1.1 request: any prefixes, literal or encoded, with or without `xsi:type`.
 * @throws ClaritumFault `VersionMismatch` for another SOAP, `Client` for what is no request of this service
 */
export function readRequest(xml: string, wsdl: Wsdl): SoapRequest {
  checkVersion(xml);
  const envelope = parse(xml)['Envelope'];
  const body = isXmlFields(envelope) ? envelope['Body'] : undefined;
  if (!isXmlFields(envelope) || !isXmlFields(body)) throw badRequest();
  checkHeaders(envelope['Header']);
  const reader = new Reader(wsdl, identified(body));
  const [operation = ''] = elements(body);
  const declared = wsdl.operations.get(operation);
  if (declared === undefined) throw new ClaritumFault('Client', `Procedure '${operation}' not present`);
  const call = body[operation];
  const given = isXmlFields(call) ? call : {};
  const parts = declared.parts.map(({ name, type }): [string, Value] => [name, reader.value(given[name], type)]);
  return {
    operation,
    arguments: Object.fromEntries(parts),
    token: usernameToken(reader, envelope['Header']),
  };
}

interface Credentials {
  readonly uid: string;
  readonly password: string;
}

const nobody: Credentials = { uid: '', password: '' };

/** The caller's own words for who it is, wherever it may put them: leading parameters, a token, or HTTP Basic. */
export function credentialsOf(
  { arguments: given, token }: SoapRequest,
  authorization: string | undefined,
  understood: ClaritumOptions['authentication'],
): Credentials {
  const ways: Readonly<Record<Exclude<typeof understood, 'any'>, Credentials>> = {
    parameters: { uid: textOf(given, 'apiUid'), password: textOf(given, 'password') },
    'ws-security': token === undefined ? nobody : { uid: token.username, password: token.password },
    basic: basicCredentials(authorization),
  };
  if (understood !== 'any') return ways[understood];
  return Object.values(ways).find(({ uid }) => uid !== '') ?? nobody;
}

function basicCredentials(authorization: string | undefined): Credentials {
  const basic = /^Basic\s+([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1];
  const decoded = basic === undefined ? '' : Buffer.from(basic, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon < 0 ? nobody : { uid: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}
