import { readFileSync } from 'node:fs';
import type { ClaritumAccess } from '../../config/claritum';
import { ClaritumClient } from '../../vendors/claritum/client';
import type { ClaritumConfig } from '../../vendors/claritum/connection';
import { ownNames, type FieldMapping } from '../../vendors/claritum/field-mapping';
import { FieldMappingError, loadFieldMapping } from '../../vendors/claritum/field-mapping-file';
import type { RecordList } from '../../vendors/claritum/answer';
import type { WsdlFinding, WsdlUse } from '../../transport/wsdl/check';
import { wsdlFaults } from '../../vendors/claritum/wsdl-file';
import type { CallOptions } from '../../transport/http/call';
import { wsdlUse } from '../../vendors/claritum/wsdl-use';
import { tryCall, type Reached } from './calls';
import { checksOf, type Finding, type Findings } from './finding';
import { namesAtClaritum, wordsOfDeliveries } from './claritum-names';
import { examineNetwork } from './network';
import { withoutPolicy, type PolicyThere, type Surroundings } from './surroundings';
import { compared, examineWsdl } from './wsdl';

const { good, notice, bad } = checksOf('claritum');
const supplier: Reached = {
  system: 'claritum',
  endpoint: 'CLARITUM_ENDPOINT',
  credentials: 'CLARITUM_API_UID, CLARITUM_PASSWORD and CLARITUM_AUTHENTICATION',
};
const mspRole: Reached = {
  ...supplier,
  credentials: 'CLARITUM_MSP_API_UID, CLARITUM_MSP_PASSWORD and CLARITUM_AUTHENTICATION',
};

/**
 * Lists consume nothing: they are what a doctor may call (docs/vendors/claritum.md#operations). What of the policy each
 * tells of, beside.
 */
const supplierLists = {
  getPurchaseOrders: async (client, options) => {
    const list = await client.getPurchaseOrders({}, options);
    return { list, names: (policy) => namesAtClaritum(policy, list.records) };
  },
  getStockOrders: async (client, options) => ({ list: await client.getStockOrders({}, options), names: () => [] }),
  getDeliveries: async (client, options) => {
    const list = await client.getDeliveries({}, options);
    return { list, names: (policy) => wordsOfDeliveries(policy, list.records) };
  },
  getPurchaseInvoices: async (client, options) => ({
    list: await client.getPurchaseInvoices({}, options),
    names: () => [],
  }),
} as const satisfies Record<string, (client: ClaritumClient, options: CallOptions) => Promise<Listed>>;

interface Listed {
  readonly list: RecordList<unknown>;
  readonly names: (policy: PolicyThere) => Iterable<Finding>;
}

export async function* examineClaritum(access: ClaritumAccess, surroundings: Surroundings): Findings {
  const { fields, findings } = names(access.fields);
  yield* findings;
  const use = fields === undefined ? undefined : wsdlUse(fields, access.authentication);
  const hasUsableWsdl = yield* ownWsdl(access.wsdl, use);
  const met = await examineNetwork('claritum', 'CLARITUM_ENDPOINT', access.endpoint);
  yield* met;
  if (met.some(({ state }) => state === 'bad') || fields === undefined || use === undefined) return;
  yield* examineWsdl({ system: 'claritum', endpoint: access.endpoint, use, remedy });
  if (hasUsableWsdl) yield* credentialsAndRecords(access, fields, surroundings);
}

/** The installation's own names; none where the file cannot be used, for then no record can be read. */
function names(file: string | null): { readonly fields?: FieldMapping; readonly findings: readonly Finding[] } {
  if (file === null) return { fields: ownNames, findings: [] };
  try {
    return { fields: loadFieldMapping(file), findings: [good('field names', `${file} can be used`)] };
  } catch (error) {
    if (!(error instanceof FieldMappingError)) throw error;
    return { findings: error.faults.map((fault) => bad('field names', fault, `fix ${file}`)) };
  }
}

/** The installation's own WSDL, which calls use whatever the server describes. @returns whether there can be calls */
async function* ownWsdl(file: string | null, use: WsdlUse | undefined): AsyncGenerator<Finding, boolean, undefined> {
  if (file === null) return true;
  const faults = wsdlFaults(file);
  yield* faults.map((fault) => bad('WSDL file', fault, 'fix the file, or remove CLARITUM_WSDL'));
  if (faults.length > 0) return false;
  yield good('WSDL file', `calls use ${file}`);
  if (use !== undefined)
    yield* compared('WSDL file', { system: 'claritum', use, remedy }, [readFileSync(file, 'utf8')]);
  return true;
}

/** How a name that differs is told to Waybill, without touching its code. */
function remedy({ used, candidates, state, isRequired }: WsdlFinding): string {
  if (state === 'unused') return 'ask the vendor whether it must be sent';
  if (state === 'other-shape') return 'ask the vendor what it holds';
  const [owner = '', field] = used.split('.');
  const there = plainlyMeant(field ?? owner, candidates) ?? '<its name>';
  const inFile = (entry: string): string =>
    `add its name to the file of CLARITUM_FIELDS: ${entry}${isRequired ? '' : ' (null if there is none)'}`;
  if (field === undefined) return inFile(`"operations": {"${owner}": {"name": "${there}"}}`);
  if (!/^[a-z]/.test(owner)) return inFile(`"records": {"${owner}": {"${field}": "${there}"}}`);
  if (field === 'answer') return 'ask the vendor what the answer holds: it is not one part';
  return field === 'apiUid' || field === 'password'
    ? inFile(`"credentials": {"${field}": "${there}"}`)
    : inFile(`"operations": {"${owner}": {"part": "${there}"}}`);
}

/** The only name it can be, or the same one written otherwise; which of several it is, only people there can say. */
function plainlyMeant(name: string, [likeliest, ...others]: readonly string[]): string | undefined {
  const letters = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const isMeant = others.length === 0 || letters(likeliest ?? '') === letters(name);
  return isMeant ? likeliest : undefined;
}

async function* credentialsAndRecords(
  { msp, wsdl: wsdlFile, ...own }: ClaritumAccess,
  fields: FieldMapping,
  { policy, options }: Surroundings,
): Findings {
  const config: ClaritumConfig = {
    ...own,
    fields,
    role: 'supplier',
    ...(wsdlFile === null ? {} : { wsdlFile }),
    ...(msp === null ? {} : { msp }),
  };
  const client = new ClaritumClient(config);
  let isAccepted = false;
  for (const [operation, list] of Object.entries(supplierLists)) {
    const read = yield* tryCall<Listed>(supplier, operation, () => list(client, options));
    if ('failure' in read) {
      yield read.failure;
      if (read.isUnauthorised) break;
      if (read.isOver) return;
      continue;
    }
    if (!isAccepted) yield good('credentials', 'the supplier’s are accepted');
    isAccepted = true;
    yield* recordsOf(operation, read.answer.list);
    if (policy !== undefined) yield* read.answer.names(policy);
  }
  if (policy === undefined) yield withoutPolicy('claritum');
  if (msp === null) {
    yield notice('msp role', 'is not configured: Waybill cannot read or write customers, suppliers and sales invoices');
    return;
  }
  const read = yield* tryCall(mspRole, 'msp role', () => client.getSalesInvoices({}, options));
  if ('failure' in read) yield { ...read.failure, check: 'msp role' };
  else {
    yield good('msp role', 'its credentials are accepted');
    yield* recordsOf('getSalesInvoices', read.answer);
  }
}

function* recordsOf(operation: string, { records, unreadable }: RecordList<unknown>): Iterable<Finding> {
  const all = records.length + unreadable.length;
  const [first] = unreadable;
  if (first === undefined) {
    yield good(operation, all === 0 ? 'lists nothing now' : `lists ${all}, all readable`);
    return;
  }
  const which = first.uid === null ? 'one without uid' : first.uid;
  yield bad(
    operation,
    `${unreadable.length} of ${all} cannot be read; ${which}: ${first.reason}`,
    'if a field has another name, add it to the file of CLARITUM_FIELDS; otherwise ask the vendor',
  );
}
