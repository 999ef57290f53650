import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { DEFAULT_DOCUMENTS, ownIssues, type Environment } from '../../config';
import { PolicyError, loadPolicy } from '../../policy/load';
import { errno } from '../errno';
import { checksOf, type Finding, type Findings } from './finding';

const { good, bad } = checksOf('configuration');

/** What belongs to no vendor: the policy and the documents. What is wrong with a vendor's variables is told with it. */
export async function* examineConfiguration(environment: Environment): Findings {
  yield* ownIssues(environment).map((issue) => bad('variables', issue, 'mend .env or the environment'));
  yield* policy(environment['WAYBILL_POLICY'] || 'waybill.policy.json');
  yield documents(environment['WAYBILL_DOCUMENTS'] ?? '');
}

function policy(path: string): Finding[] {
  if (!existsSync(path)) {
    const copy = 'copy waybill.policy.example.json, or set WAYBILL_POLICY to its path';
    return [bad('policy', `there is no ${path}`, copy)];
  }
  try {
    loadPolicy(path);
    return [good('policy', `${path} can be used`)];
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const mend = `mend ${path}; waybill.policy.schema.json helps an editor`;
    return error.faults.map((fault) => bad('policy', fault, mend));
  }
}

/** The default directory is made by the worker; one that is named must be there (a volume that was not mounted is none). */
function documents(named: string): Finding {
  const directory = resolve(named === '' ? DEFAULT_DOCUMENTS : named);
  const advice = named === '' ? 'make it a directory Waybill may write to' : 'create it, or mount its volume';
  try {
    if (!statSync(directory).isDirectory()) return bad('documents', `${directory} is no directory`, advice);
    accessSync(directory, constants.R_OK | constants.W_OK);
    return good('documents', `are kept in ${directory}`);
  } catch (error) {
    const code = errno(error);
    if (code === undefined) throw error;
    return code === 'ENOENT' && named === ''
      ? good('documents', `will be kept in ${directory}, which the worker makes`)
      : bad('documents', `the directory ${directory} cannot be used (${code})`, advice);
  }
}
