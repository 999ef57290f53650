import type { NorthScopeAccess } from '../../config/northscope';
import type { CallOptions } from '../../transport/http/call';
import { NorthScopeClient } from '../../vendors/northscope/client';
import type { toCompany } from '../../vendors/northscope/mapping';
import { equals } from '../../vendors/northscope/where-clause';
import { tryCall, type Reached, type Tried } from './calls';
import { checksOf, type Finding, type Findings } from './finding';
import { examineNetwork } from './network';
import { companyOfPolicy, namesAtNorthScope, type Read } from './northscope-names';
import { withoutPolicy, type Surroundings } from './surroundings';

type Company = ReturnType<typeof toCompany>;

const { good, bad } = checksOf('northscope');
/** Fits no record: that a request is known is all we want to learn from it. */
const NOTHING = 'waybill-doctor';

/** One cheap question for each list we use. */
const lists = {
  ListSites: (client, options) => client.listSites({ where: equals('SiteID', NOTHING) }, options),
  ListItems: (client, options) => client.listItems({ where: equals('ItemID', NOTHING) }, options),
  ListUOMSchedules: (client, options) => client.listUomSchedules({ where: equals('FromUOMID', NOTHING) }, options),
  ListCustomerAddresses: (client, options) =>
    client.listCustomerAddresses({ where: equals('CustomerID', NOTHING) }, options),
  ListSalesOrders: (client, options) => client.listSalesOrders({ where: equals('OrderID', NOTHING) }, options),
  ListInventoryLots: (client, options) => client.listInventoryLots({ where: equals('ItemID', NOTHING) }, options),
} as const satisfies Record<string, (client: NorthScopeClient, options: CallOptions) => Promise<readonly unknown[]>>;

export async function* examineNorthScope(access: NorthScopeAccess, { policy, options }: Surroundings): Findings {
  const met = await examineNetwork('northscope', 'NORTHSCOPE_ENDPOINT', access.endpoint);
  yield* met;
  if (met.some(({ state }) => state === 'bad')) return;
  const client = new NorthScopeClient(access);
  const hasToken = 'staticToken' in access;
  const reached: Reached = {
    system: 'northscope',
    endpoint: 'NORTHSCOPE_ENDPOINT',
    credentials: hasToken ? 'NORTHSCOPE_TOKEN and NORTHSCOPE_LOGIN' : 'NORTHSCOPE_LOGIN and NORTHSCOPE_PASSWORD',
  };
  if (!hasToken) {
    const login = yield* asked(reached, 'GenerateSessionToken', () => client.generateSessionToken(options));
    yield 'failure' in login ? login.failure : good('credentials', 'are accepted');
    if ('failure' in login) return;
  }
  const read = yield* asked(reached, 'ListCompanies', () => client.listCompanies(options));
  if ('failure' in read) {
    yield read.failure;
    if (read.isOver) return;
  } else {
    if (hasToken) yield good('credentials', 'the static token is accepted');
    const own = read.answer.find(({ dataEntityCompanySk }) => dataEntityCompanySk === access.companySk);
    yield own === undefined
      ? noCompany(access.companySk, read.answer)
      : good('company', `${access.companySk} is ${own.companyId}`);
    if (own === undefined) return;
    if (policy !== undefined) yield companyOfPolicy(policy, own.companyId);
  }
  /** What is told once already. */
  const refused = new Set<string>();
  for (const [name, ask] of Object.entries(lists)) {
    const answer = yield* asked<readonly unknown[]>(reached, name, () => ask(client, options));
    yield 'failure' in answer ? answer.failure : good(name, 'answers');
    if (!('failure' in answer)) continue;
    if (answer.isOver) return;
    refused.add(name);
  }
  if (policy === undefined) {
    yield withoutPolicy('northscope');
    return;
  }
  const reading: Read = async function* (name, call, state = 'bad') {
    if (refused.has(name)) return undefined;
    const answer = yield* asked(reached, name, call);
    if (!('failure' in answer)) return answer.answer;
    yield { ...answer.failure, state };
    return undefined;
  };
  yield* namesAtNorthScope(client, policy, options, reading);
}

/** A request that is refused for its name may go by another here. */
async function* asked<T>(
  reached: Reached,
  name: string,
  ask: () => Promise<T>,
): AsyncGenerator<Finding, Tried<T>, undefined> {
  const answer = yield* tryCall(reached, name, ask);
  if (!('failure' in answer) || answer.code !== 'UNKNOWN_REQUEST') return answer;
  const fix = `ask the vendor what ${name} is called here, and set NORTHSCOPE_REQUEST_NAMES=${name}=<its name>`;
  return { ...answer, failure: { ...answer.failure, fix } };
}

function noCompany(companySk: string, companies: readonly Company[]): Finding {
  const there = companies
    .slice(0, 10)
    .map(({ dataEntityCompanySk, companyId }) => `${dataEntityCompanySk} (${companyId})`);
  if (companies.length > 10) there.push(`${companies.length - 10} more`);
  return bad(
    'company',
    `company ${companySk} not found; NorthScope has ${there.join(', ') || 'none'}`,
    'set NORTHSCOPE_COMPANY_SK to one of them',
  );
}
