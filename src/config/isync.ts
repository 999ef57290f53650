import { z } from 'zod';
import { endpointFaults, gapsIn, readPart, type Environment, type EnvironmentPart } from './reading';

const Variables = z.object({
  ISYNC_ENDPOINT: z.string().optional(),
  ISYNC_USERNAME: z.string().optional(),
  ISYNC_PASSWORD: z.string().optional(),
});

export interface ISyncAccess {
  readonly endpoint: string;
  readonly username: string;
  readonly password: string;
}

/** Null where it is not configured. */
export const readISync = (environment: Environment): EnvironmentPart<ISyncAccess | null> =>
  readPart(
    environment,
    Variables,
    [...endpointFaults('ISYNC_ENDPOINT', environment), ...gapsIn(Object.keys(Variables.shape), environment)],
    ({ ISYNC_ENDPOINT: endpoint, ISYNC_USERNAME: username, ISYNC_PASSWORD: password }) =>
      endpoint === undefined || username === undefined || password === undefined
        ? null
        : { endpoint, username, password },
  );
