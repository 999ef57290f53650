import { isIP } from 'node:net';
import { z } from 'zod';
import { likeliest } from '../domain/values/spelling';

/** Environment variables by name, as text; an empty value counts as unset (docker compose passes those). */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What one part of the environment gives: no access where it has issues, each one line that names the variable and the fix. */
export interface EnvironmentPart<Access> {
  readonly access: Access | undefined;
  readonly issues: readonly string[];
}

/** Text that must be there. @param what what to give the variable */
export const required = (what: string) =>
  z.string({ error: `is not set; give it ${what}` }).refine((text) => text.trim() !== '', `is blank; give it ${what}`);

export const endpoint = (what: string) => required(`the URL of ${what}`);

/** What every way of sending credentials can carry. */
// eslint-disable-next-line no-control-regex -- these are what must not be there
export const writable = z.string().regex(/^[^\u0000-\u001f\u007f]*$/, 'holds control characters; copy it again');

export const withoutEmpty = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));

/**
 * Reads one part of the environment by its schema, and tells the issues of single variables and those that `faults`
 * finds between them together.
 */
export function readPart<Data, Access>(
  environment: Environment,
  schema: z.ZodType<Data>,
  faults: readonly string[],
  accessOf: (data: Data) => Access,
): EnvironmentPart<Access> {
  const { data, error } = schema.safeParse(environment);
  const issues = [
    ...(error?.issues ?? []).map(({ path, message }) => `${path.join('.')} ${message}`),
    ...faults,
    ...(schema instanceof z.ZodObject ? misspelt(Object.keys(schema.shape), environment) : []),
  ];
  return { access: data === undefined || issues.length > 0 ? undefined : accessOf(data), issues };
}

/**
 * Unknown variables that nearly match one that is not set. That one would silently keep its default.
 * One that only goes on longer (`…_OLD`) was meant to be another.
 */
function misspelt(known: readonly string[], environment: Environment): string[] {
  const prefix = known[0]?.slice(0, known[0].indexOf('_') + 1) ?? '';
  const ends = known.filter((name) => environment[name] === undefined).map((name) => name.slice(prefix.length));
  return Object.keys(environment)
    .filter((name) => name.startsWith(prefix) && !known.includes(name))
    .flatMap((name) => {
      const end = name.slice(prefix.length);
      const [meant] = likeliest(ends, end).filter(
        (other) => !`${other}_`.startsWith(`${end}_`) && !`${end}_`.startsWith(`${other}_`),
      );
      return meant === undefined ? [] : [`${name} is not used; did you mean ${prefix}${meant}?`];
    });
}

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'));

/** Why `text` is no endpoint to send credentials to, or undefined. The text itself is never repeated: it may hold a secret. */
function endpointFault(text: string, allowHttp: boolean): string | undefined {
  if (!URL.canParse(text)) return 'is not a URL; write it in full, like https://host.example/path';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return 'holds credentials; move them to their own variables';
  if (url.search !== '' || url.hash !== '') return 'ends in a query or fragment; leave out everything from ? or # on';
  if (url.protocol === 'https:') return undefined;
  if (url.protocol !== 'http:') return 'is not https or http; write it like https://host.example/path';
  if (allowHttp || isLoopback(url.hostname)) return undefined;
  return 'is plain http to another machine; use https, or set WAYBILL_ALLOW_HTTP=true in a network you trust';
}

/** What is wrong with the endpoint a variable names, where it is set. */
export function endpointFaults(name: string, environment: Environment): string[] {
  const value = environment[name];
  const fault = value === undefined ? undefined : endpointFault(value, environment['WAYBILL_ALLOW_HTTP'] === 'true');
  return fault === undefined ? [] : [`${name} ${fault}`];
}

/** One line for each variable that is missing of a group which is set whole or not at all. */
export function gapsIn(group: readonly string[], environment: Environment): string[] {
  const missing = group.filter((name) => environment[name] === undefined);
  const [partner] = group.filter((name) => environment[name] !== undefined);
  const remedy = group.length === 2 ? 'both or neither' : 'all of them or none';
  return partner === undefined ? [] : missing.map((name) => `${name} is not set, but ${partner} is; set ${remedy}`);
}
