import type { Endpoint } from './endpoints';
import type { CentraOptions } from './options';
import { CentraFault } from './refused';
import type { Value, Values } from './values';
import type { Member, Wsdl } from './wsdl';
import { parseElement } from './xml-element';
import type { XmlElement } from './xml-element';

const SOAP_1_1 = 'http://schemas.xmlsoap.org/soap/envelope/';

interface Login {
  readonly username: string;
  readonly password: string;
}

/** What a SOAP request asks for; values by the WSDL's shapes, members it does not know left out. */
export interface SoapRequest {
  readonly operation: string;
  readonly given: Values;
  /** Undefined where none was found in a place this endpoint takes it from. */
  readonly login: Login | undefined;
}

type Choices = Pick<CentraOptions, 'strictNamespaces'>;

/** Turns elements into values. An element that is nil counts as not sent. */
class Reader {
  constructor(
    private readonly wsdl: Wsdl,
    private readonly isOurs: (element: XmlElement) => boolean,
  ) {}

  members(element: XmlElement, members: readonly Member[]): Values {
    const found = members.flatMap((member): [string, Value][] => {
      const same = this.children(element, member.name);
      if (member.isRepeated) return same.length === 0 ? [] : [[member.name, this.all(same, member.type)]];
      const last = same.at(-1);
      return last === undefined ? [] : [[member.name, this.value(last, member.type)]];
    });
    return Object.fromEntries(found);
  }

  children(element: XmlElement, name: string): readonly XmlElement[] {
    return element.children.filter((child) => child.name === name && !child.isNil && this.isOurs(child));
  }

  private all(elements: readonly XmlElement[], type: string): readonly Value[] {
    return elements.map((element) => this.value(element, type));
  }

  private value(element: XmlElement, type: string): Value {
    const shape = this.wsdl.shape(type);
    if (shape === undefined) return element.text;
    if (shape.kind === 'list') return this.all(this.children(element, shape.item.name), shape.item.type);
    return this.members(element, shape.members);
  }
}

/** Headers we do not know but that insist on being understood must be refused (SOAP 1.1, 4.2.3). */
function checkHeaders(header: XmlElement | undefined, xml: string): void {
  if (header === undefined || !/\bmustUnderstand\s{0,9}=\s{0,9}["']1["']/.test(xml)) return;
  const unknown = header.children.some(({ name }) => name !== 'login');
  if (unknown) throw new CentraFault('MustUnderstand', 'Header not understood');
}

function loginIn(reader: Reader, holder: XmlElement | undefined): Login | undefined {
  if (holder === undefined) return undefined;
  const [username] = reader.children(holder, 'username');
  const [password] = reader.children(holder, 'password');
  return username && password && { username: username.text, password: password.text };
}

function basicLogin(authorization: string | undefined): Login | undefined {
  const encoded = /^Basic\s+([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1];
  const decoded = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon < 0 ? undefined : { username: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

/** The login, from where this endpoint takes it and nowhere else. */
function findLogin(reader: Reader, endpoint: Endpoint, { root, header, authorization }: Parts): Login | undefined {
  const wrapped = (holder: XmlElement | undefined): Login | undefined =>
    loginIn(reader, holder && reader.children(holder, 'login')[0]);
  return endpoint.login === 'body' ? wrapped(root) : (wrapped(header) ?? basicLogin(authorization));
}

interface Parts {
  readonly root: XmlElement;
  readonly header: XmlElement | undefined;
  readonly authorization: string | undefined;
}

function opened(xml: string, authorization: string | undefined): Parts {
  const envelope = parseElement(xml);
  if (envelope.name !== 'Envelope') throw new CentraFault('Client', 'Bad Request');
  if (envelope.namespace !== SOAP_1_1) throw new CentraFault('VersionMismatch', 'Wrong Version');
  const part = (name: string): XmlElement | undefined =>
    envelope.children.find((child) => child.name === name && child.namespace === SOAP_1_1);
  const [root] = part('Body')?.children ?? [];
  if (root === undefined) throw new CentraFault('Client', 'Bad Request');
  const header = part('Header');
  checkHeaders(header, xml);
  return { root, header, authorization };
}

/** The request's root is called like the operation, but for events_Get, where both names are taken. */
const rootNames = (name: string): { readonly operation: string; readonly request: string } =>
  name === 'events_Get' || name === 'events_GetRequest'
    ? { operation: 'events_Get', request: 'events_GetRequest' }
    : { operation: name, request: name };

/**
 * Reads a SOAP 1.1 request by its body element; SOAPAction is not looked at
 * (docs/vendors/centra.md#endpoints-and-login).
 * @throws CentraFault `VersionMismatch` for another SOAP, `Client` for what is no request of this endpoint
 */
export function readRequest(
  xml: string,
  endpoint: Endpoint,
  wsdl: Wsdl,
  options: Choices,
  authorization: string | undefined,
): SoapRequest {
  const parts = opened(xml, authorization);
  const isOurs = ({ namespace }: XmlElement): boolean => !options.strictNamespaces || namespace === endpoint.namespace;
  const { operation, request } = rootNames(parts.root.name);
  const members = wsdl.request(request);
  const isRequest = operation === 'events_GetByMarkets' || /^(events_Get|events_Done|[a-z]+_Update)$/.test(operation);
  if (members === undefined || !isRequest || !isOurs(parts.root)) {
    throw new CentraFault('Client', `Procedure '${parts.root.name}' not present`);
  }
  const reader = new Reader(wsdl, isOurs);
  const given = reader.members(
    parts.root,
    members.filter(({ name }) => name !== 'login'),
  );
  return { operation, given, login: findLogin(reader, endpoint, parts) };
}
