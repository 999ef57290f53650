import { escapeXml } from '../../transport/formats/xml';
import type { Presented } from '../../transport/soap/soap';
import type { FieldMapping } from './field-mapping';

/** Credentials of one user: the vendor's "API UID" and password. */
export interface ClaritumAccount {
  readonly apiUid: string;
  readonly password: string;
}

/**
 * How the credentials travel, which the vendor does not document
 * (docs/vendors/claritum.md#what-its-documents-leave-open): as the first two parts of every operation, as HTTP Basic,
 * or as a WS-Security UsernameToken with the password as text. Only TLS protects any.
 */
export type ClaritumAuthentication = 'parameters' | 'basic' | 'ws-security';

type Present = (account: ClaritumAccount, names: FieldMapping['credentials']) => Presented;

const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';

const ways: Readonly<Record<ClaritumAuthentication, Present>> = {
  parameters: ({ apiUid, password }, names) => ({
    parts: { [names.apiUid]: apiUid, [names.password]: password },
    secrets: [password],
  }),
  basic: ({ apiUid, password }) => {
    if (apiUid.includes(':')) throw new RangeError('HTTP Basic does not allow a colon in the API UID');
    const credentials = Buffer.from(`${apiUid}:${password}`, 'utf8').toString('base64');
    return {
      headers: { Authorization: `Basic ${credentials}` },
      secrets: [password, credentials],
    };
  },
  'ws-security': ({ apiUid, password }) => ({
    header:
      `<wsse:Security xmlns:wsse="${WSSE}-wssecurity-secext-1.0.xsd" soap:mustUnderstand="1"><wsse:UsernameToken>` +
      `<wsse:Username>${escapeXml(apiUid, 'the API UID')}</wsse:Username>` +
      `<wsse:Password Type="${WSSE}-username-token-profile-1.0#PasswordText">` +
      `${escapeXml(password, 'the password')}</wsse:Password></wsse:UsernameToken></wsse:Security>`,
    secrets: [password],
  }),
};

/** @throws RangeError where the account cannot travel that way; shows neither UID nor password */
export const present = (
  how: ClaritumAuthentication,
  account: ClaritumAccount,
  names: FieldMapping['credentials'],
): Presented => ways[how](account, names);
