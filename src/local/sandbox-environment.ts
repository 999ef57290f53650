import { join } from 'node:path';
import { optionalVendorVariables, vendorVariables, type Environment } from '../config';
import { withoutTemporal } from './temporal-server';

/** The variables of each vendor, its endpoint first. */
const variablesOf = { ...vendorVariables, ...optionalVendorVariables };
type Vendor = keyof typeof variablesOf;

/**
 * What the sandbox answers to; the addresses and credentials of its documentation, secret to nobody. Empty is unset: what
 * stands in the user's file is for another server.
 */
const sandboxVariables = (origin: string): Record<Vendor, Readonly<Record<string, string>>> => ({
  claritum: {
    CLARITUM_ENDPOINT: `${origin}/system/ws/1.3/soap.php`,
    CLARITUM_API_UID: 'SUP-1001',
    CLARITUM_PASSWORD: 'supplier-secret',
    CLARITUM_MSP_API_UID: 'MSP-2001',
    CLARITUM_MSP_PASSWORD: 'msp-secret',
    CLARITUM_AUTHENTICATION: '',
    CLARITUM_WSDL: '',
    CLARITUM_FIELDS: '',
  },
  manex: { MANEX_ENDPOINT: origin, MANEX_API_KEY: '1234567890' },
  northscope: {
    NORTHSCOPE_ENDPOINT: `${origin}/services/ActionCommand.svc/APIExecute`,
    NORTHSCOPE_LOGIN: 'TestAPIUser@NorthScope.example.com',
    NORTHSCOPE_PASSWORD: 'StrongPassword',
    NORTHSCOPE_COMPANY_SK: '1',
    NORTHSCOPE_TOKEN: '',
    NORTHSCOPE_REQUEST_NAMES: '',
  },
  centra: {
    CENTRA_ENDPOINT: `${origin}/ams/system/service/module/soap/api`,
    CENTRA_USERNAME: 'centra',
    CENTRA_PASSWORD: 'centra-secret',
    CENTRA_MARKETS: '',
  },
  isync: {
    ISYNC_ENDPOINT: `${origin}/SyncAPI/MessageService.svc`,
    ISYNC_USERNAME: 'webstore',
    ISYNC_PASSWORD: 'A05E63A',
  },
});

/** The vendors whose endpoint the environment names: those are real. */
export const realVendors = (environment: Environment): readonly string[] =>
  Object.entries(variablesOf)
    .filter(([, [endpoint]]) => (environment[endpoint] ?? '') !== '')
    .map(([vendor]) => vendor);

/** The others: the sandbox stands for them. */
export const simulatedVendors = (environment: Environment): readonly string[] => {
  const real = realVendors(environment);
  return Object.keys(variablesOf).filter((vendor) => !real.includes(vendor));
};

export interface WorkerSurroundings {
  readonly environment: Environment;
  readonly temporalAddress: string;
  readonly sandboxOrigin: string;
  /** Vendors that are not the sandbox. */
  readonly real: readonly string[];
  readonly policy: string;
  readonly documents: string;
}

/** The worker's environment: our own Temporal server, the sandbox for every vendor that is not real. */
export function workerEnvironment(surroundings: WorkerSurroundings): Environment {
  const { environment, temporalAddress, sandboxOrigin, real, policy, documents } = surroundings;
  const simulated = Object.entries(sandboxVariables(sandboxOrigin))
    .filter(([vendor]) => !real.includes(vendor))
    .map(([, variables]) => variables);
  return {
    ...withoutTemporal(environment),
    // Empty is unset: the worker reads the user's file again, and what it says of another server with it.
    ...Object.fromEntries(
      Object.keys(environment)
        .filter((name) => name.startsWith('TEMPORAL_'))
        .map((name) => [name, '']),
    ),
    ...Object.assign({}, ...simulated),
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: 'default',
    // A file that is not there: a profile of the user's, with its TLS and its keys, is for another server.
    TEMPORAL_CONFIG_FILE: join(documents, 'no-temporal-profile.toml'),
    WAYBILL_POLICY: policy,
    WAYBILL_DOCUMENTS: documents,
  };
}
