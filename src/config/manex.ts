import { z } from 'zod';
import { endpoint, endpointFaults, readPart, required, type Environment, type EnvironmentPart } from './reading';

const Variables = z.object({
  MANEX_ENDPOINT: endpoint('ManEx, the root before /api/SO'),
  MANEX_API_KEY: required('the Sales Order API key').refine(
    (key) => /^[\w.~-]*$/.test(key),
    'holds characters that no key has; copy it again, without spaces',
  ),
});

export interface ManExAccess {
  readonly endpoint: string;
  readonly apiKey: string;
}

export const readManEx = (environment: Environment): EnvironmentPart<ManExAccess> =>
  readPart(environment, Variables, endpointFaults('MANEX_ENDPOINT', environment), (data) => ({
    endpoint: data.MANEX_ENDPOINT,
    apiKey: data.MANEX_API_KEY,
  }));
