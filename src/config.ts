import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { readCentra, type CentraAccess } from './config/centra';
import { readClaritum, type ClaritumAccess } from './config/claritum';
import { readEnvFile } from './config/env-file';
import { readISync, type ISyncAccess } from './config/isync';
import { readManEx, type ManExAccess } from './config/manex';
import { readNorthScope, type NorthScopeAccess } from './config/northscope';
import { readPart, withoutEmpty, type Environment, type EnvironmentPart } from './config/reading';
import type { VendorName } from './domain/case/names';

export { tlsFault } from './config/temporal-tls';

export type { Environment } from './config/reading';

/**
 * The process environment, completed by `.env` in the working directory where there is one. What is set already wins
 * over the file. The only reader of `process.env`.
 *
 * @throws ConfigError where the file sets a variable twice, or one of ours in small letters
 */
export function readEnvironment(): Environment {
  if (!existsSync('.env')) return { ...process.env };
  const { values, issues } = readEnvFile(envFile(), isOurs);
  if (issues.length > 0) throw new ConfigError(issues);
  return { ...values, ...process.env };
}

/** @throws ConfigError where there is something under that name that is no readable file, such as a directory */
function envFile(): Buffer {
  try {
    return readFileSync('.env');
  } catch (error) {
    if (!(typeof error === 'object' && error !== null && 'code' in error)) throw error;
    throw new ConfigError([
      `.env cannot be read (${String(error.code)}): make it a file that this user may read, or remove it`,
    ]);
  }
}

const isOurs = (name: string): boolean =>
  [...Object.values(vendorPrefixes), 'WAYBILL_', 'TEMPORAL_'].some((prefix) => name.startsWith(prefix));

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
    super(['the configuration is wrong:', ...issues.map((issue) => `  ${issue}`)].join('\n'));
  }
}

/** The variables that reach each vendor, its endpoint first; its page in docs/vendors explains them. */
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

/** How the names of each vendor's variables begin. */
export const vendorPrefixes = {
  claritum: 'CLARITUM_',
  manex: 'MANEX_',
  northscope: 'NORTHSCOPE_',
  centra: 'CENTRA_',
  isync: 'ISYNC_',
} as const satisfies Record<keyof VendorAccess, string>;

/** Where documents are kept unless WAYBILL_DOCUMENTS says otherwise. */
export const DEFAULT_DOCUMENTS = '.waybill/documents';

/** From all there is to say to failures only. */
const logLevels = ['trace', 'debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

const Variables = z.object({
  WAYBILL_ALLOW_HTTP: z.enum(['true', 'false'], { error: 'is neither true nor false' }).default('false'),
  WAYBILL_POLICY: z.string().default('waybill.policy.json'),
  WAYBILL_DOCUMENTS: z.string().default(DEFAULT_DOCUMENTS),
  WAYBILL_LOG_LEVEL: z.enum(logLevels, { error: `is none of ${logLevels.join(', ')}` }).default('info'),
});

/** Everything the worker needs to know of its surroundings. */
export interface Config {
  readonly vendors: VendorAccess;
  /** Absolute path of the policy file. */
  readonly policy: string;
  /** Absolute path of the document store. */
  readonly documents: string;
  /** The least that is logged. */
  readonly logLevel: LogLevel;
}

/** How each vendor is reached; null for one that is not configured. */
interface VendorAccess {
  readonly claritum: ClaritumAccess;
  readonly manex: ManExAccess;
  readonly northscope: NorthScopeAccess;
  readonly centra: CentraAccess | null;
  readonly isync: ISyncAccess | null;
}

/** Each vendor's part of the environment by itself, so that one can be looked at while another is not set up yet. */
export function readVendors(environment: Environment): {
  [Vendor in keyof VendorAccess]: EnvironmentPart<VendorAccess[Vendor]>;
} {
  const given = withoutEmpty(environment);
  return {
    claritum: readClaritum(given),
    manex: readManEx(given),
    northscope: readNorthScope(given),
    centra: readCentra(given),
    isync: readISync(given),
  };
}

/** What belongs to no vendor. */
const readOwn = (environment: Environment): EnvironmentPart<Omit<Config, 'vendors'>> =>
  readPart(withoutEmpty(environment), Variables, [], (data) => ({
    policy: resolve(data.WAYBILL_POLICY),
    documents: resolve(data.WAYBILL_DOCUMENTS),
    logLevel: data.WAYBILL_LOG_LEVEL,
  }));

/** What belongs to no vendor, where nothing of it is wrong. @throws ConfigError */
export function ownConfig(environment: Environment): Omit<Config, 'vendors'> {
  const { access, issues } = readOwn(environment);
  if (access === undefined) throw new ConfigError(issues);
  return access;
}

/** What is wrong with the variables that belong to no vendor, one line each. */
export const ownIssues = (environment: Environment): readonly string[] => readOwn(environment).issues;

/**
 * Reads and checks the whole configuration.
 *
 * @throws ConfigError with every issue at once.
 */
export function loadConfig(environment: Environment = readEnvironment()): Config {
  const vendors = readVendors(environment);
  const own = readOwn(environment);
  const issues = [...Object.values(vendors), own].flatMap((each) => each.issues);
  const taken = <Access>({ access }: EnvironmentPart<Access>): Access => {
    if (access === undefined) throw new ConfigError(issues);
    return access;
  };
  return {
    vendors: {
      claritum: taken(vendors.claritum),
      manex: taken(vendors.manex),
      northscope: taken(vendors.northscope),
      centra: taken(vendors.centra),
      isync: taken(vendors.isync),
    },
    ...taken(own),
  };
}
