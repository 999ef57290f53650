import { resolve } from 'node:path';
import { z } from 'zod';
import {
  endpoint,
  endpointFaults,
  gapsIn,
  readPart,
  required,
  writable,
  type Environment,
  type EnvironmentPart,
} from './reading';

const Variables = z.object({
  CLARITUM_ENDPOINT: endpoint('the Claritum web service (…/system/ws/1.3/soap.php)'),
  CLARITUM_API_UID: required('the API UID of the supplier').pipe(writable),
  CLARITUM_PASSWORD: required('the API password of the supplier').pipe(writable),
  CLARITUM_MSP_API_UID: writable.optional(),
  CLARITUM_MSP_PASSWORD: writable.optional(),
  CLARITUM_AUTHENTICATION: z
    .enum(['parameters', 'basic', 'ws-security'], { error: 'is not parameters, basic or ws-security' })
    .default('parameters'),
  CLARITUM_WSDL: z.string().optional(),
  CLARITUM_FIELDS: z.string().optional(),
});

export interface ClaritumAccess {
  readonly endpoint: string;
  readonly apiUid: string;
  readonly password: string;
  /** How the credentials travel. */
  readonly authentication: 'parameters' | 'basic' | 'ws-security';
  /** Absolute path of the installation's own WSDL; null for the packaged one. */
  readonly wsdl: string | null;
  /** Absolute path of the file with the installation's own names of fields; null where they are called as we call them. */
  readonly fields: string | null;
  /** The msp role (customers, suppliers, sales invoices); null where it is not configured. */
  readonly msp: { readonly apiUid: string; readonly password: string } | null;
}

/** HTTP Basic ends the user's name at the first colon. */
const basicFaults = (environment: Environment): string[] =>
  environment['CLARITUM_AUTHENTICATION'] === 'basic'
    ? ['CLARITUM_API_UID', 'CLARITUM_MSP_API_UID']
        .filter((name) => environment[name]?.includes(':'))
        .map((name) => `${name} has a colon, which HTTP Basic does not allow; choose another CLARITUM_AUTHENTICATION`)
    : [];

export const readClaritum = (environment: Environment): EnvironmentPart<ClaritumAccess> =>
  readPart(
    environment,
    Variables,
    [
      ...endpointFaults('CLARITUM_ENDPOINT', environment),
      ...gapsIn(['CLARITUM_MSP_API_UID', 'CLARITUM_MSP_PASSWORD'], environment),
      ...basicFaults(environment),
    ],
    (data) => ({
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
    }),
  );
