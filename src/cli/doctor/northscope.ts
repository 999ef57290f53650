import type { NorthScopeAccess } from '../../config/northscope';
import { NorthScopeClient } from '../../vendors/northscope/client';
import type { toCompany } from '../../vendors/northscope/mapping';
import { equals } from '../../vendors/northscope/where-clause';
import { tried, type Reached, type Tried } from './calls';
import { checksOf, type Finding, type Findings } from './finding';
import { network } from './network';

type Company = ReturnType<typeof toCompany>;

const { good, bad } = checksOf('northscope');
/** Fits no record: that a request is known is all we want to learn from it. */
const NOTHING = 'waybill-doctor';

/** One cheap question for each list we use. */
const lists = {
  ListSites: (client) => client.listSites({ where: equals('SiteID', NOTHING) }),
  ListItems: (client) => client.listItems({ where: equals('ItemID', NOTHING) }),
  ListUOMSchedules: (client) => client.listUomSchedules({ where: equals('FromUOMID', NOTHING) }),
  ListCustomerAddresses: (client) => client.listCustomerAddresses({ where: equals('CustomerID', NOTHING) }),
  ListSalesOrders: (client) => client.listSalesOrders({ where: equals('OrderID', NOTHING) }),
  ListInventoryLots: (client) => client.listInventoryLots({ where: equals('ItemID', NOTHING) }),
} as const satisfies Record<string, (client: NorthScopeClient) => Promise<readonly unknown[]>>;

export async function* examineNorthScope(access: NorthScopeAccess): Findings {
  const met = await network('northscope', 'NORTHSCOPE_ENDPOINT', access.endpoint);
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
    const login = await asked(reached, 'GenerateSessionToken', () => client.generateSessionToken());
    yield 'failure' in login ? login.failure : good('credentials', 'are accepted');
    if ('failure' in login) return;
  }
  const read = await asked(reached, 'ListCompanies', () => client.listCompanies());
  if ('failure' in read) {
    yield read.failure;
    if (read.isOver) return;
  } else {
    if (hasToken) yield good('credentials', 'the static token is accepted');
    const own = company(access.companySk, read.answer);
    yield own;
    if (own.state === 'bad') return;
  }
  for (const [name, ask] of Object.entries(lists)) {
    const answer = await asked<readonly unknown[]>(reached, name, () => ask(client));
    yield 'failure' in answer ? answer.failure : good(name, 'is known, and answers');
    if ('failure' in answer && answer.isOver) return;
  }
}

/** A request that is refused for its name may go by another here. */
async function asked<T>(reached: Reached, name: string, ask: () => Promise<T>): Promise<Tried<T>> {
  const answer = await tried(reached, name, ask);
  if (!('failure' in answer) || answer.code !== 'UNKNOWN_REQUEST') return answer;
  const fix = `ask the vendor what ${name} is called here, and set NORTHSCOPE_REQUEST_NAMES=${name}=<its name>`;
  return { ...answer, failure: { ...answer.failure, fix } };
}

function company(companySk: string, companies: readonly Company[]): Finding {
  const own = companies.find(({ dataEntityCompanySk }) => dataEntityCompanySk === companySk);
  if (own !== undefined) return good('company', `${companySk} is ${own.companyId}`);
  const there = companies.map(({ dataEntityCompanySk, companyId }) => `${dataEntityCompanySk} (${companyId})`);
  return bad(
    'company',
    `there is no company ${companySk}; there are ${there.join(', ') || 'none'}`,
    'set NORTHSCOPE_COMPANY_SK to one of them',
  );
}
