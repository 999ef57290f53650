import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { DEFAULT_DOCUMENTS, ownIssues } from '../../config';
import type { Policy } from '../../domain/case/policy';
import { PolicyError, loadPolicy } from '../../policy/load';
import { errno } from '../../terminal/errno';
import { checksOf, type Finding, type Findings } from './finding';
import { lookedUp, type Lookup, type PolicyName } from './names';
import type { LookedAt } from './surroundings';

const { good, notice, unchecked, bad } = checksOf('configuration');

/** What belongs to no vendor: the policy and the documents. What is wrong with a vendor's variables is told with it. */
export async function* examineConfiguration({ environment, policyPath, isSetUp, policy }: LookedAt): Findings {
  yield* ownIssues(environment).map((issue) => bad('variables', issue, 'fix .env or the environment'));
  yield* policyFile(policyPath, isSetUp);
  if (policy !== undefined) yield* names(policy.policy, policyPath);
  yield documents(environment['WAYBILL_DOCUMENTS'] ?? '');
}

/** Where nothing is set up yet, nothing is missing: `npm start` takes the example. */
function policyFile(path: string, isSetUp: boolean): Finding[] {
  if (!existsSync(path)) {
    const copy = 'copy waybill.policy.example.json, or set WAYBILL_POLICY to its path';
    return isSetUp
      ? [bad('policy', `${path} not found`, copy)]
      : [notice('policy', `${path} not found yet: \`npm start\` uses the example, \`npm run worker\` needs one`, copy)];
  }
  try {
    loadPolicy(path);
    return [good('policy', `${path} can be used`)];
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const fix = `fix ${path}; waybill.policy.schema.json helps an editor`;
    return error.faults.map((fault) => bad('policy', fault, fix));
  }
}

/** The names in it that belong to no vendor. */
function names({ approval, products, fulfilment, customers }: Policy, path: string): Finding[] {
  const currencies: PolicyName[] = [
    ...approval.limits.map(({ currency }, index) => ({ place: `approval.limits[${index}].currency`, name: currency })),
    ...products.map(({ currency }, index) => ({ place: `products[${index}].currency`, name: currency })),
    ...(fulfilment.invoiceCharges ?? []).map(({ currency }, index) => ({
      place: `fulfilment.invoiceCharges[${index}].currency`,
      name: currency,
    })),
  ];
  const lookup: Lookup = {
    system: 'configuration',
    check: 'policy: currencies',
    missing: 'not a currency of ISO 4217',
    orElse: '',
    path,
  };
  const people = new Set([
    ...[...approval.approvers, ...(approval.escalation?.approvers ?? [])],
    ...approval.limits.flatMap(({ approvers }) => approvers),
    ...customers.flatMap(({ excludedApprovers }) => excludedApprovers),
  ]);
  return [
    ...lookedUp(lookup, currencies, new Set(Intl.supportedValuesOf('currency')), []),
    ...(people.size === 0
      ? []
      : [
          unchecked(
            'policy: approvers',
            `the ${people.size === 1 ? 'name' : `${people.size} names`} of approvers cannot be checked: Temporal does not know who answers`,
            'ask each of them which name they use with --by',
          ),
        ]),
  ];
}

/** The default directory is made by the worker; one that is named must be there (a volume that was not mounted is none). */
function documents(named: string): Finding {
  const directory = resolve(named === '' ? DEFAULT_DOCUMENTS : named);
  const advice = named === '' ? 'make it a directory that Waybill can write to' : 'create it, or mount its volume';
  try {
    if (!statSync(directory).isDirectory()) return bad('documents', `${directory} is not a directory`, advice);
    accessSync(directory, constants.R_OK | constants.W_OK);
    return good('documents', `are kept in ${directory}`);
  } catch (error) {
    const code = errno(error);
    if (code === undefined) throw error;
    return code === 'ENOENT' && named === ''
      ? good('documents', `will be kept in ${directory}, which the worker creates`)
      : bad('documents', `the directory ${directory} cannot be used (${code})`, advice);
  }
}
