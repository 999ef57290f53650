import { escapeXml } from '../../transport/formats/xml';
import type { SoapInput } from '../../transport/formats/soap-value';
import type { EndpointStyle } from './endpoint';

export interface CentraAccount {
  readonly username: string;
  readonly password: string;
}

/** The credentials as one endpoint takes them; whatever is not its way is empty. */
export interface Login {
  /** The first part of every body. */
  readonly parts: { readonly login?: SoapInput };
  /** The content of the SOAP header. */
  readonly header: string | undefined;
  /** HTTP headers. */
  readonly headers: Readonly<Record<string, string>>;
  /** What no message may show. */
  readonly secrets: readonly string[];
}

/**
 * Where the body has no login, the vendor does not say where it goes. It then goes both ways that SOAP has, its own
 * header and HTTP's: a server that reads neither of them refuses the login, and one that reads either needs no other.
 *
 * @throws RangeError for credentials that XML cannot carry
 */
export function loginFor({ login, namespace }: EndpointStyle, { username, password }: CentraAccount): Login {
  if (login === 'body') {
    return { parts: { login: { username, password } }, header: undefined, headers: {}, secrets: [password] };
  }
  const basic = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
  const name = escapeXml(username, 'the user name');
  const word = escapeXml(password, 'the password');
  return {
    parts: {},
    header: `<login xmlns="${namespace}"><username>${name}</username><password>${word}</password></login>`,
    headers: { Authorization: `Basic ${basic}` },
    secrets: [password, basic],
  };
}
