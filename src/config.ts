import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import type { VendorName } from './domain/names';
import { readRequestNames, type RequestNames } from './domain/northscope-requests';

/** Environment variables by name, as text; an empty value counts as unset (docker compose passes those). */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The process environment, completed by `.env` in the working directory where there is one. What is set already wins
 * over the file. The only reader of `process.env`.
 */
export function readEnvironment(): Environment {
  const file = existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {};
  return { ...file, ...process.env };
}

/** Temporal's own variables (`TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`, TLS, API key …), for `@temporalio/envconfig`. */
export const temporalEnvironment = (environment: Environment): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && entry[1] !== '' && (entry[0].startsWith('TEMPORAL_') || HOME_VARIABLES.has(entry[0])),
    ),
  );

/** Where envconfig looks for its file when none is named. */
const HOME_VARIABLES: ReadonlySet<string> = new Set(['HOME', 'USERPROFILE', 'XDG_CONFIG_HOME', 'APPDATA']);

/** Thrown when the environment cannot be used; each issue is one line that names the variable and the fix. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly issues: readonly string[]) {
    super(['the configuration cannot be used:', ...issues.map((issue) => `  ${issue}`)].join('\n'));
  }
}

/** The variables that reach each vendor, its endpoint first (design §7). */
export const vendorVariables = {
  claritum: ['CLARITUM_ENDPOINT', 'CLARITUM_API_UID', 'CLARITUM_PASSWORD'],
  manex: ['MANEX_ENDPOINT', 'MANEX_API_KEY'],
  northscope: [
    'NORTHSCOPE_ENDPOINT',
    'NORTHSCOPE_LOGIN',
    'NORTHSCOPE_PASSWORD',
    'NORTHSCOPE_COMPANY_SK',
    'NORTHSCOPE_TOKEN',
    'NORTHSCOPE_REQUEST_NAMES',
  ],
} as const satisfies Record<VendorName, readonly string[]>;

/** Those of the vendors an installation may do without: either all of a group are set or none is. */
export const optionalVendorVariables = {
  centra: ['CENTRA_ENDPOINT', 'CENTRA_USERNAME', 'CENTRA_PASSWORD'],
  isync: ['ISYNC_ENDPOINT', 'ISYNC_USERNAME', 'ISYNC_PASSWORD'],
} as const;

/** What is set together or not at all. */
const groups: readonly (readonly string[])[] = [
  ['CLARITUM_MSP_API_UID', 'CLARITUM_MSP_PASSWORD'],
  ...Object.values(optionalVendorVariables),
];

const required = (what: string) =>
  z.string({ error: `is not set; give it ${what}` }).refine((text) => text.trim() !== '', `is blank; give it ${what}`);

/** What every way of sending credentials can carry. */
// eslint-disable-next-line no-control-regex -- these are what must not be there
const writable = z.string().regex(/^[^\u0000-\u001f\u007f]*$/, 'holds control characters; copy it again');

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'));

/** Why `text` is no endpoint to send credentials to, or undefined. The text itself is never repeated: it may hold a secret. */
function endpointFault(text: string, allowHttp: boolean): string | undefined {
  if (!URL.canParse(text)) return 'is no URL; write it in full, like https://host.example/path';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return 'holds credentials; move them to their own variables';
  if (url.search !== '' || url.hash !== '') return 'ends in a query or fragment; leave out everything from ? or # on';
  if (url.protocol === 'https:') return undefined;
  if (url.protocol !== 'http:') return 'is neither https nor http; write it like https://host.example/path';
  if (allowHttp || isLoopback(url.hostname)) return undefined;
  return 'is plain http to another machine; use https, or set WAYBILL_ALLOW_HTTP=true in a network you trust';
}

const endpoint = (what: string) => required(`the URL of ${what}`);

/** Where documents are kept unless WAYBILL_DOCUMENTS says otherwise. */
export const DEFAULT_DOCUMENTS = '.waybill/documents';

const Variables = z.object({
  CLARITUM_ENDPOINT: endpoint('the Claritum web service (…/system/ws/1.3/soap.php)'),
  CLARITUM_API_UID: required('the API UID of the supplier').pipe(writable),
  CLARITUM_PASSWORD: required('the API password of the supplier').pipe(writable),
  CLARITUM_MSP_API_UID: writable.optional(),
  CLARITUM_MSP_PASSWORD: writable.optional(),
  CLARITUM_AUTHENTICATION: z
    .enum(['parameters', 'basic', 'ws-security'], { error: 'is neither parameters nor basic nor ws-security' })
    .default('parameters'),
  CLARITUM_WSDL: z.string().optional(),
  CLARITUM_FIELDS: z.string().optional(),
  MANEX_ENDPOINT: endpoint('ManEx, the root before /api/SO'),
  MANEX_API_KEY: required('the Sales Order API key').refine(
    (key) => /^[\w.~-]*$/.test(key),
    'holds characters no key has; copy it again, without blanks',
  ),
  NORTHSCOPE_ENDPOINT: endpoint('NorthScope (…/services/ActionCommand.svc/APIExecute)'),
  NORTHSCOPE_LOGIN: required('the API login'),
  NORTHSCOPE_PASSWORD: z.string().optional(),
  NORTHSCOPE_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, 'holds characters no token has; copy it again, without blanks')
    .optional(),
  NORTHSCOPE_COMPANY_SK: required('the DataEntityCompanySK, a number').refine(
    (text) => /^\d{1,18}$/.test(text),
    'is not a number; give it the DataEntityCompanySK',
  ),
  CENTRA_ENDPOINT: z.string().optional(),
  CENTRA_USERNAME: writable.optional(),
  CENTRA_PASSWORD: writable.optional(),
  CENTRA_MARKETS: writable.default('').transform((text) => [...new Set(text.split(',').map((id) => id.trim()))]),
  ISYNC_ENDPOINT: z.string().optional(),
  ISYNC_USERNAME: z.string().optional(),
  ISYNC_PASSWORD: z.string().optional(),
  NORTHSCOPE_REQUEST_NAMES: z
    .string()
    .default('')
    .transform((text, context): RequestNames => {
      const read = readRequestNames(text);
      if ('names' in read) return read.names;
      context.addIssue({ code: 'custom', message: read.fault });
      return z.NEVER;
    }),
  WAYBILL_ALLOW_HTTP: z.enum(['true', 'false'], { error: 'is neither true nor false' }).default('false'),
  WAYBILL_POLICY: z.string().default('waybill.policy.json'),
  WAYBILL_DOCUMENTS: z.string().default(DEFAULT_DOCUMENTS),
});

/** Everything the worker needs to know of its surroundings. */
export interface Config {
  readonly vendors: {
    readonly claritum: ClaritumAccess & {
      /** The msp role (customers, suppliers, sales invoices); null where it is not configured. */
      readonly msp: { readonly apiUid: string; readonly password: string } | null;
    };
    readonly manex: { readonly endpoint: string; readonly apiKey: string };
    readonly northscope: NorthScopeAccess;
    /** Null where it is not configured; iSync likewise. */
    readonly centra: CentraAccess | null;
    readonly isync: LoginAccess | null;
  };
  /** Absolute path of the policy file. */
  readonly policy: string;
  /** Absolute path of the document store. */
  readonly documents: string;
}

/** A user with a static token has no sessions, and needs no password. */
type NorthScopeAccess = {
  readonly endpoint: string;
  readonly login: string;
  readonly companySk: string;
  /** What this installation calls its requests. */
  readonly aliases: RequestNames;
} & ({ readonly password: string } | { readonly staticToken: string });

interface ClaritumAccess {
  readonly endpoint: string;
  readonly apiUid: string;
  readonly password: string;
  /** How the credentials travel. */
  readonly authentication: 'parameters' | 'basic' | 'ws-security';
  /** Absolute path of the installation's own WSDL; null for the packaged one. */
  readonly wsdl: string | null;
  /** Absolute path of the file with the installation's own names of fields; null where they are called as we call them. */
  readonly fields: string | null;
}

interface LoginAccess {
  readonly endpoint: string;
  readonly username: string;
  readonly password: string;
}

interface CentraAccess extends LoginAccess {
  /** Ids of the markets whose events we want; none for those of all markets. */
  readonly markets: readonly string[];
}

const withoutEmpty = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));

/** What one variable alone does not tell; looked for apart, so that it is told together with all other issues. */
function crossFaults(environment: Environment): string[] {
  const allowHttp = environment['WAYBILL_ALLOW_HTTP'] === 'true';
  const endpoints = Object.values({ ...vendorVariables, ...optionalVendorVariables }).flatMap(([name]) => {
    const value = environment[name];
    const fault = value === undefined ? undefined : endpointFault(value, allowHttp);
    return fault === undefined ? [] : [`${name} ${fault}`];
  });
  return [
    ...endpoints,
    ...groups.flatMap((group) => gapsIn(group, environment)),
    ...northScopeFaults(environment),
    ...marketFaults(environment),
    ...basicFaults(environment),
  ];
}

/** Markets alone configure nothing; where more of Centra is set, its group tells what is missing. */
const marketFaults = ({ CENTRA_MARKETS: markets, ...rest }: Environment): string[] =>
  markets !== undefined && optionalVendorVariables.centra.every((name) => rest[name] === undefined)
    ? ['CENTRA_MARKETS is set, but CENTRA_ENDPOINT is not; set both or neither']
    : [];

/** HTTP Basic ends the user's name at the first colon. */
const basicFaults = (environment: Environment): string[] =>
  environment['CLARITUM_AUTHENTICATION'] === 'basic'
    ? ['CLARITUM_API_UID', 'CLARITUM_MSP_API_UID']
        .filter((name) => environment[name]?.includes(':'))
        .map((name) => `${name} has a colon, which HTTP Basic cannot carry; choose another CLARITUM_AUTHENTICATION`)
    : [];

/** A password or a static token; with both it would be a guess which of them is meant. */
function northScopeFaults(environment: Environment): string[] {
  const given = ['NORTHSCOPE_PASSWORD', 'NORTHSCOPE_TOKEN'].filter((name) => (environment[name] ?? '').trim() !== '');
  if (given.length === 1) return [];
  return given.length === 0
    ? ['NORTHSCOPE_PASSWORD is not set; give it the API password, or NORTHSCOPE_TOKEN a static token']
    : ['NORTHSCOPE_TOKEN is set beside NORTHSCOPE_PASSWORD; leave out one of them'];
}

/** One line for each variable of a partly set group that is missing. */
function gapsIn(group: readonly string[], environment: Environment): string[] {
  const missing = group.filter((name) => environment[name] === undefined);
  const [partner] = group.filter((name) => environment[name] !== undefined);
  const remedy = group.length === 2 ? 'both or neither' : 'all of them or none';
  return partner === undefined
    ? []
    : missing.map((name) => `${name} is not set, but its partner ${partner} is; set ${remedy}`);
}

/**
 * Reads and checks the whole configuration.
 *
 * @throws ConfigError with every issue at once.
 */
export function loadConfig(environment: Environment = readEnvironment()): Config {
  const given = withoutEmpty(environment);
  const { success, data, error } = Variables.safeParse(given);
  const issues = [
    ...(error?.issues ?? []).map(({ path, message }) => `${path.join('.')} ${message}`),
    ...crossFaults(given),
  ];
  if (!success || issues.length > 0) throw new ConfigError(issues);
  return {
    vendors: {
      claritum: {
        endpoint: data.CLARITUM_ENDPOINT,
        apiUid: data.CLARITUM_API_UID,
        password: data.CLARITUM_PASSWORD,
        authentication: data.CLARITUM_AUTHENTICATION,
        wsdl: data.CLARITUM_WSDL === undefined ? null : resolve(data.CLARITUM_WSDL),
        fields: data.CLARITUM_FIELDS === undefined ? null : resolve(data.CLARITUM_FIELDS),
        msp:
          data.CLARITUM_MSP_API_UID === undefined || data.CLARITUM_MSP_PASSWORD === undefined
            ? null
            : { apiUid: data.CLARITUM_MSP_API_UID, password: data.CLARITUM_MSP_PASSWORD },
      },
      manex: { endpoint: data.MANEX_ENDPOINT, apiKey: data.MANEX_API_KEY },
      northscope: {
        endpoint: data.NORTHSCOPE_ENDPOINT,
        login: data.NORTHSCOPE_LOGIN,
        companySk: data.NORTHSCOPE_COMPANY_SK,
        aliases: data.NORTHSCOPE_REQUEST_NAMES,
        ...(data.NORTHSCOPE_TOKEN === undefined
          ? { password: data.NORTHSCOPE_PASSWORD ?? '' }
          : { staticToken: data.NORTHSCOPE_TOKEN }),
      },
      centra: centraAccess(data),
      isync: loginAccess(data.ISYNC_ENDPOINT, data.ISYNC_USERNAME, data.ISYNC_PASSWORD),
    },
    policy: resolve(data.WAYBILL_POLICY),
    documents: resolve(data.WAYBILL_DOCUMENTS),
  };
}

const loginAccess = (endpointUrl?: string, username?: string, password?: string): LoginAccess | null =>
  endpointUrl === undefined || username === undefined || password === undefined
    ? null
    : { endpoint: endpointUrl, username, password };

function centraAccess(data: z.infer<typeof Variables>): CentraAccess | null {
  const access = loginAccess(data.CENTRA_ENDPOINT, data.CENTRA_USERNAME, data.CENTRA_PASSWORD);
  return access && { ...access, markets: data.CENTRA_MARKETS.filter((id) => id !== '') };
}
