import { z } from 'zod';
import { endpointFaults, gapsIn, readPart, writable, type Environment, type EnvironmentPart } from './reading';

const Variables = z.object({
  CENTRA_ENDPOINT: z.string().optional(),
  CENTRA_USERNAME: writable.optional(),
  CENTRA_PASSWORD: writable.optional(),
  CENTRA_MARKETS: writable.default('').transform((text) => [...new Set(text.split(',').map((id) => id.trim()))]),
});

export interface CentraAccess {
  readonly endpoint: string;
  readonly username: string;
  readonly password: string;
  /** Ids of the markets whose events we want; none for those of all markets. */
  readonly markets: readonly string[];
}

const GROUP = ['CENTRA_ENDPOINT', 'CENTRA_USERNAME', 'CENTRA_PASSWORD'] as const;

/** Markets alone configure nothing; where more of Centra is set, its group tells what is missing. */
const marketFaults = (environment: Environment): string[] =>
  environment['CENTRA_MARKETS'] !== undefined && GROUP.every((name) => environment[name] === undefined)
    ? ['CENTRA_MARKETS is set, but CENTRA_ENDPOINT is not; set both or neither']
    : [];

/** Null where it is not configured. */
export const readCentra = (environment: Environment): EnvironmentPart<CentraAccess | null> =>
  readPart(
    environment,
    Variables,
    [...endpointFaults('CENTRA_ENDPOINT', environment), ...gapsIn(GROUP, environment), ...marketFaults(environment)],
    ({ CENTRA_ENDPOINT: endpoint, CENTRA_USERNAME: username, CENTRA_PASSWORD: password, CENTRA_MARKETS: markets }) =>
      endpoint === undefined || username === undefined || password === undefined
        ? null
        : { endpoint, username, password, markets: markets.filter((id) => id !== '') },
  );
