import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import type { Environment } from '../../src/config';
import { examine } from '../../src/cli/doctor/doctor';
import { lookedAt } from '../../src/cli/doctor/surroundings';
import { workerEnvironment } from '../../src/local/sandbox-environment';
import type { Finding, System } from '../../src/cli/doctor/finding';

/** What leads every vendor to a sandbox, as `npm start` does; nothing is kept in these documents. */
export const sandboxEnvironment = (origin: string): Environment =>
  workerEnvironment({
    environment: {},
    temporalAddress: '127.0.0.1:1',
    sandboxOrigin: origin,
    real: [],
    policy: resolve(__dirname, '../../waybill.policy.example.json'),
    documents: tmpdir(),
  });

/** All findings of some systems. */
export async function examined(
  wanted: readonly System[],
  environment: Environment,
  mayLogIn = true,
  seconds = 90,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  // No `npm start` of this directory is looked for.
  const at = lookedAt(environment, {});
  const examination = { wanted, mayLogIn, seconds, ended: () => undefined };
  for await (const finding of examine(examination, at)) findings.push(finding);
  return findings;
}

/** What must be fixed or known of some systems, as `state check: what; fix`. */
export const faults = (findings: readonly Finding[]): string[] =>
  findings
    .filter(({ state }) => state === 'notice' || state === 'bad')
    .map(({ state, check, says, fix }) => `${state} ${check}: ${says}${fix === null ? '' : `; ${fix}`}`);
