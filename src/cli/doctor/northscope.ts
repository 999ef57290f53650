import type { NorthScopeAccess } from '../../config/northscope';
import { NorthScopeClient } from '../../vendors/northscope/client';
import { equals } from '../../vendors/northscope/where-clause';
import { tried } from './calls';
import { checksOf, type Findings } from './finding';
import { network } from './network';

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
  const variables = 'staticToken' in access ? 'NORTHSCOPE_TOKEN' : 'NORTHSCOPE_LOGIN and NORTHSCOPE_PASSWORD';
  const client = new NorthScopeClient(access);
  const read = await tried('northscope', 'credentials', variables, () => client.listCompanies());
  if ('failure' in read) {
    yield read.isUnauthorised ? read.failure : { ...read.failure, check: 'ListCompanies' };
    if (read.isUnauthorised) return;
  } else {
    yield good('credentials', 'are accepted');
    const company = read.answer.find(({ dataEntityCompanySk }) => dataEntityCompanySk === access.companySk);
    yield company === undefined
      ? bad(
          'company',
          `there is no company ${access.companySk}; there are ${read.answer.map((each) => `${each.dataEntityCompanySk} (${each.companyId})`).join(', ') || 'none'}`,
          'set NORTHSCOPE_COMPANY_SK to one of them',
        )
      : good('company', `${access.companySk} is ${company.companyId}`);
  }
  for (const [name, ask] of Object.entries(lists)) {
    const asked = await tried<readonly unknown[]>('northscope', name, variables, () => ask(client));
    yield 'failure' in asked
      ? {
          ...asked.failure,
          fix: `where this installation calls it otherwise: NORTHSCOPE_REQUEST_NAMES=${name}=<its name>`,
        }
      : good(name, 'is known, and answers');
  }
}
