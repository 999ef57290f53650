import type { SecretForm } from './fault-settings';

/** Together too, as HTTP's own scheme writes a name and its password. */
const encoded = (secrets: readonly string[], encoding: 'base64' | 'base64url'): string[] =>
  [...secrets, secrets.join(':')].map((secret) => Buffer.from(secret).toString(encoding));

/** As numeric references, the way a server writes whatever it is not sure of. */
const inXml = (secret: string): string =>
  secret.replaceAll(/\W/gu, (each) => `&#x${each.codePointAt(0)?.toString(16)};`);
const inJson = (secret: string): string =>
  secret.replaceAll(/\W/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);

const forms: Readonly<Record<SecretForm, (secrets: readonly string[]) => readonly string[]>> = {
  plain: (secrets) => secrets,
  upper: (secrets) => secrets.map((secret) => secret.toUpperCase()),
  lower: (secrets) => secrets.map((secret) => secret.toLowerCase()),
  url: (secrets) => secrets.map(encodeURIComponent),
  form: (secrets) => secrets.map((secret) => new URLSearchParams([['', secret]]).toString().slice(1).toLowerCase()),
  'url-twice': (secrets) => secrets.map((secret) => encodeURIComponent(encodeURIComponent(secret))),
  xml: (secrets) => secrets.map(inXml),
  json: (secrets) => secrets.map(inJson),
  base64: (secrets) => encoded(secrets, 'base64'),
  base64url: (secrets) => encoded(secrets, 'base64url'),
  'base64-lines': (secrets) => encoded(secrets, 'base64').map((text) => text.replaceAll(/(.{4})/g, '$1\n')),
  hex: (secrets) => secrets.map((secret) => Buffer.from(secret).toString('hex')),
};

/** The secrets as a server quotes them; what the answer's own format escapes comes on top. */
export const quotedAs = (form: SecretForm, secrets: readonly string[]): readonly string[] => forms[form](secrets);
