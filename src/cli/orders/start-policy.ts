import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readEnvironment } from '../../config';
import type { Policy } from '../../domain/case/policy';
import { loadPolicy } from '../../policy/load';
import { runningUp } from '../../local/up-lock';
import { note, say } from '../../terminal/output';

const DEFAULT_POLICY = 'waybill.policy.json';

/**
 * The policy for what is started by hand: WAYBILL_POLICY, else the file here, else that of the `up` that runs here.
 *
 * @param what what carries it, for the note that tells where it is from.
 */
export function startPolicy(what: string): Policy {
  const named = readEnvironment()['WAYBILL_POLICY'];
  if (named !== undefined && named !== '') return loadPolicy(resolve(named));
  const borrowed = existsSync(DEFAULT_POLICY) ? undefined : runningUp()?.['policy'];
  if (borrowed === undefined) return loadPolicy(resolve(DEFAULT_POLICY));
  note(say`${what} uses the policy of the running \`waybill up\`: ${borrowed}`);
  return loadPolicy(borrowed);
}
