import { join } from 'node:path';
import { escapeXml } from '../../transport/formats/xml';
import type { Presented } from '../../transport/soap/soap';

/** How one of the vendor's three endpoints wants to be spoken to. */
export interface EndpointStyle {
  readonly namespace: string;
  /** Path of the packaged WSDL. */
  readonly wsdlFile: string;
  /** `body`: the first element of every request; `header`: nothing in the body. */
  readonly login: 'body' | 'header';
}

const CENTRA = 'http://www.centra.com/webservices/';
const SILK = 'http://www.silkvms.com/webservices/';
const wsdl = (name: string): string => join(__dirname, name);

/**
 * The style of an endpoint, told by the end of its path: `module/navision/soap` and `module/navision/api` are the two
 * older ones, which share a namespace; the latter takes the login elsewhere than in the body. Every other path, also one
 * that a proxy made up, is spoken to as the current `module/soap/api`.
 */
export function styleOf(endpoint: string): EndpointStyle {
  const [, older] = /\/navision\/(soap|api)\/?$/i.exec(new URL(endpoint).pathname) ?? [];
  if (older === undefined) return { namespace: CENTRA, wsdlFile: wsdl('centra.wsdl'), login: 'body' };
  return older.toLowerCase() === 'soap'
    ? { namespace: SILK, wsdlFile: wsdl('navision-soap.wsdl'), login: 'body' }
    : { namespace: SILK, wsdlFile: wsdl('navision-api.wsdl'), login: 'header' };
}

export interface CentraAccount {
  readonly username: string;
  readonly password: string;
}

/**
 * Where the body has no login, the vendor does not say where it goes. It then goes both ways that SOAP has, its own
 * header and HTTP's: a server that reads neither of them refuses the login, and one that reads either needs no other.
 *
 * @throws RangeError for credentials that XML cannot carry
 */
export function present({ login, namespace }: EndpointStyle, { username, password }: CentraAccount): Presented {
  if (login === 'body') {
    return { parts: { login: { username, password } }, secrets: [password] };
  }
  const basic = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
  const name = escapeXml(username, 'the user name');
  const word = escapeXml(password, 'the password');
  return {
    header: `<login xmlns="${namespace}"><username>${name}</username><password>${word}</password></login>`,
    headers: { Authorization: `Basic ${basic}` },
    secrets: [password, basic],
  };
}
