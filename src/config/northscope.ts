import { z } from 'zod';
import { readRequestNames, type RequestNames } from '../vendors/northscope/request-names';
import { endpoint, endpointFaults, readPart, required, type Environment, type EnvironmentPart } from './reading';

const Variables = z.object({
  NORTHSCOPE_ENDPOINT: endpoint('NorthScope (…/services/ActionCommand.svc/APIExecute)'),
  NORTHSCOPE_LOGIN: required('the API login'),
  NORTHSCOPE_PASSWORD: z.string().optional(),
  NORTHSCOPE_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, 'holds characters that no token has; copy it again, without spaces')
    .optional(),
  NORTHSCOPE_COMPANY_SK: required('the DataEntityCompanySK, a number').refine(
    (text) => /^\d{1,18}$/.test(text),
    'is not a number; give it the DataEntityCompanySK',
  ),
  NORTHSCOPE_REQUEST_NAMES: z
    .string()
    .default('')
    .transform((text, context): RequestNames => {
      const read = readRequestNames(text);
      if ('names' in read) return read.names;
      context.addIssue({ code: 'custom', message: read.fault });
      return z.NEVER;
    }),
});

/** A user with a static token has no sessions, and needs no password. */
export type NorthScopeAccess = {
  readonly endpoint: string;
  readonly login: string;
  readonly companySk: string;
  /** What this installation calls its requests. */
  readonly aliases: RequestNames;
} & ({ readonly password: string } | { readonly staticToken: string });

/** A password or a static token; with both it would be a guess which of them is meant. */
function credentialFaults(environment: Environment): string[] {
  const given = ['NORTHSCOPE_PASSWORD', 'NORTHSCOPE_TOKEN'].filter((name) => (environment[name] ?? '').trim() !== '');
  if (given.length === 1) return [];
  return given.length === 0
    ? ['NORTHSCOPE_PASSWORD is not set; give it the API password, or NORTHSCOPE_TOKEN a static token']
    : ['NORTHSCOPE_TOKEN and NORTHSCOPE_PASSWORD are both set; remove one of them'];
}

export const readNorthScope = (environment: Environment): EnvironmentPart<NorthScopeAccess> =>
  readPart(
    environment,
    Variables,
    [...endpointFaults('NORTHSCOPE_ENDPOINT', environment), ...credentialFaults(environment)],
    (data) => ({
      endpoint: data.NORTHSCOPE_ENDPOINT,
      login: data.NORTHSCOPE_LOGIN,
      companySk: data.NORTHSCOPE_COMPANY_SK,
      aliases: data.NORTHSCOPE_REQUEST_NAMES,
      ...(data.NORTHSCOPE_TOKEN === undefined
        ? { password: data.NORTHSCOPE_PASSWORD ?? '' }
        : { staticToken: data.NORTHSCOPE_TOKEN }),
    }),
  );
