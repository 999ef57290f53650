import type { CustomerAddress, Item, Site, UomConversion } from '../../domain/stock/inventory';
import { looseKey } from '../../domain/values/likeness';
import { filterFault } from '../../domain/purchase-order/limits';
import { stockFactor } from '../../domain/purchase-order/unit-factor';
import type { Policy } from '../../domain/case/policy';
import type { CallOptions } from '../../transport/http/call';
import { printable } from '../../domain/values/printable';
import type { NorthScopeClient } from '../../vendors/northscope/client';
import { oneOf } from '../../vendors/northscope/where-clause';
import { checksOf, type Finding } from './finding';
import { byName, firstOf, grouped, lookedUp, meant, unsaid, type Lookup, type PolicyName } from './names';
import type { PolicyThere } from './surroundings';

const { good, notice, bad, unchecked } = checksOf('northscope');

/** Values of one filter: as many of the longest names as its length allows. */
const PORTION = 50;
/** From so many names on, one list of everything is asked for instead. */
const MANY = 400;

/** How one list is read; undefined where it cannot be, which has been told then, as `state` (by default `bad`). */
export type Read = <T>(
  check: string,
  call: () => Promise<readonly T[]>,
  state?: 'notice' | 'bad',
) => AsyncGenerator<Finding, readonly T[] | undefined, undefined>;

/** NorthScope's own company, as the policy and the variables name it. */
export function companyOfPolicy({ policy, path }: PolicyThere, companyId: string): Finding {
  const named = policy.company.companyId;
  return named === companyId
    ? good('policy: company', `it is ${companyId}, as NORTHSCOPE_COMPANY_SK says`)
    : bad(
        'policy: company',
        `company.companyId: '${named}' is not the company of NORTHSCOPE_COMPANY_SK, which NorthScope calls '${companyId}'`,
        `fix company.companyId in ${path}, or NORTHSCOPE_COMPANY_SK`,
      );
}

/** Looks up every name that the policy writes for NorthScope: what an order would be planned with, for all orders at once. */
export async function* namesAtNorthScope(
  client: NorthScopeClient,
  there: PolicyThere,
  options: CallOptions,
  read: Read,
): AsyncGenerator<Finding, void, undefined> {
  const { policy } = there;
  yield unchecked(
    'policy: source',
    `company.sourceSystem: '${policy.company.sourceSystem}' cannot be checked: NorthScope has no list of source systems`,
    'compare it with the source systems in NorthScope’s set-up of the inbound queue',
  );
  const sites = yield* read('ListSites', () => client.listSites({}, options));
  if (sites !== undefined) yield* sitesOf(there, sites);
  const items = yield* asked('ItemID', itemNames(policy), read, {
    some: (values) => client.listItems({ where: oneOf('ItemID', values) }, options),
    all: () => client.listItems({}, options),
    nameOf: ({ itemId }) => itemId,
    operation: 'ListItems',
  });
  if (items !== undefined) {
    yield* itemsOf(there, items);
    const conversions = yield* read('ListUOMSchedules', () => client.listUomSchedules({}, options));
    if (conversions !== undefined) yield* unitsOf(there, items.found, conversions);
  }
  const addresses = yield* asked('CustomerID', customerNames(policy), read, {
    some: (values) => client.listCustomerAddresses({ where: oneOf('CustomerID', values) }, options),
    all: () => client.listCustomerAddresses({}, options),
    nameOf: ({ customerId }) => customerId,
    operation: 'ListCustomerAddresses',
  });
  if (addresses !== undefined) yield* customersOf(there, addresses);
}

const itemNames = ({ products }: Policy): PolicyName[] =>
  products.map(({ itemId }, index) => ({ place: `products[${index}].itemId`, name: itemId }));
const customerNames = ({ customers }: Policy): PolicyName[] =>
  customers.map(({ customerId }, index) => ({ place: `customers[${index}].customerId`, name: customerId }));

/** What was found of the names that were asked for, and all that there is, where something was not found. */
interface Found<T> {
  readonly found: readonly T[];
  readonly candidates: readonly string[];
}

interface Asking<T> {
  readonly some: (values: readonly string[]) => Promise<readonly T[]>;
  readonly all: () => Promise<readonly T[]>;
  readonly nameOf: (record: T) => string;
  readonly operation: string;
}

/**
 * Asks for the names in portions, and for everything only where one is missing (for what was meant; where that fails, it
 * stays unsaid) or they are many.
 */
async function* asked<T>(
  column: string,
  wanted: readonly PolicyName[],
  read: Read,
  { some, all, nameOf, operation }: Asking<T>,
): AsyncGenerator<Finding, Found<T> | undefined, undefined> {
  const distinct = [...byName(wanted).keys()];
  const names = distinct.filter((name) => filterFault(name) === undefined);
  const isMany = names.length > MANY;
  const found: T[] = [];
  const few = isMany ? [] : names;
  for (let from = 0; from < few.length; from += PORTION) {
    const portion = few.slice(from, from + PORTION);
    const records = yield* read(operation, () => some(portion));
    if (records === undefined) return undefined;
    for (const record of records) found.push(record);
  }
  const known = new Set(found.map(nameOf));
  if (distinct.every((name) => known.has(name))) return { found, candidates: [...known] };
  const everything = yield* read(`${operation}, every ${column}`, all, isMany ? 'bad' : 'notice');
  if (everything !== undefined) return { found: everything, candidates: everything.map(nameOf) };
  return isMany ? undefined : { found, candidates: [...known] };
}

const lookup = (there: PolicyThere, of: Pick<Lookup, 'check' | 'missing' | 'orElse'>): Lookup => ({
  system: 'northscope',
  path: there.path,
  ...of,
});

function* sitesOf(there: PolicyThere, sites: readonly Site[]): Iterable<Finding> {
  const names = there.policy.products.map(({ siteId }, index) => ({
    place: `products[${index}].siteId`,
    name: siteId,
  }));
  yield* lookedUp(
    lookup(there, { check: 'policy: sites', missing: 'not a site of NorthScope', orElse: '' }),
    names,
    new Set(sites.map(({ siteId }) => siteId)),
  );
}

function* itemsOf(there: PolicyThere, { found, candidates }: Found<Item>): Iterable<Finding> {
  const active = new Set(found.filter(({ isInactive }) => !isInactive).map(({ itemId }) => itemId));
  const inactive = new Set(found.filter(({ itemId }) => !active.has(itemId)).map(({ itemId }) => itemId));
  const names = itemNames(there.policy);
  yield* lookedUp(
    lookup(there, {
      check: 'policy: items',
      missing: 'not an item of NorthScope',
      orElse: ', or create it in NorthScope',
    }),
    names,
    new Set([...active, ...inactive]),
    candidates,
  );
  const asleep = names.filter(({ name }) => inactive.has(name));
  yield* firstOf(asleep, ({ place, name }) =>
    bad(
      'policy: items',
      `${place}: '${name}' is inactive in NorthScope`,
      `activate it in NorthScope, or fix ${place} in ${there.path}`,
    ),
  );
  yield* unsaid('northscope', 'policy: items', asleep.length);
}

/** By the very sums that a plan is made with: the words alone do not tell whether an order can be counted. */
function* unitsOf(
  { policy, path }: PolicyThere,
  items: readonly Item[],
  all: readonly UomConversion[],
): Iterable<Finding> {
  const { products, units } = policy;
  const schedule = grouped(all, ({ scheduleSk }) => scheduleSk);
  const isCounted = (item: Item, unit: Policy['units'][number]): boolean =>
    stockFactor(item, unit, { uomConversions: schedule.get(item.uomScheduleSk) ?? [] }) !== undefined;
  const placed = products.flatMap((product, index) => {
    const item = items.find(({ itemId }) => itemId === product.itemId);
    return item === undefined ? [] : [{ product, item, place: `products[${index}]` }];
  });
  if (placed.length === 0) return;
  const known = new Set(
    placed.flatMap(({ item: { unitsUom, uomScheduleSk } }) => [
      unitsUom,
      ...(schedule.get(uomScheduleSk) ?? []).flatMap(({ from, to }) => [from, to]),
    ]),
  );
  const faults = [
    ...units.flatMap((unit, index) => {
      if (placed.some(({ item }) => isCounted(item, unit))) return [];
      const place = `units[${index}].northscope`;
      const says = known.has(unit.northscope)
        ? `${place}: no NorthScope schedule of an item of the policy says that '${unit.northscope}' is '${unit.claritum}'`
        : `${place}: '${unit.northscope}' is not a NorthScope unit of any item of the policy${meant(unit.northscope, [...known])}`;
      return [bad('policy: units', says, `fix ${place} in ${path}, or the schedule of the items in NorthScope`)];
    }),
    ...placed.flatMap(({ product: { itemId, agreedUnit }, item, place }) => {
      const agreed = units.find(({ claritum }) => claritum === agreedUnit);
      const fix = `fix units in ${path}, or schedule ${item.uomScheduleSk} in NorthScope`;
      if (!units.some((unit) => isCounted(item, unit)))
        return [
          bad(
            'policy: units',
            `${place}.itemId: none of the policy’s units counts '${itemId}', which NorthScope keeps in ${item.unitsUom}`,
            fix,
          ),
        ];
      return agreed === undefined || isCounted(item, agreed)
        ? []
        : [
            bad(
              'policy: units',
              `${place}.agreedUnit: NorthScope’s schedule does not say how many ${item.unitsUom} of '${itemId}' make one of '${agreedUnit}'`,
              fix,
            ),
          ];
    }),
  ];
  yield* firstOf(faults, (fault) => fault);
  yield* unsaid('northscope', 'policy: units', faults.length);
  if (faults.length === 0)
    yield good('policy: units', `all ${units.length} can be converted by the schedules of the items`);
}

function* customersOf(
  there: PolicyThere,
  { found, candidates }: Found<Pick<CustomerAddress, 'customerId' | 'customerName' | 'addressId'>>,
): Iterable<Finding> {
  const known = new Set(found.map(({ customerId }) => customerId));
  yield* lookedUp(
    lookup(there, {
      check: 'policy: customers',
      missing: 'not a customer with a ship-to address in NorthScope',
      orElse: ', or add an address in NorthScope',
    }),
    customerNames(there.policy),
    known,
    candidates,
  );
  const ofCustomer = grouped(found, ({ customerId }) => customerId);
  const faults = there.policy.customers.flatMap(({ customerId, addresses }, index) => {
    const own = ofCustomer.get(customerId)?.map(({ addressId }) => addressId);
    return own === undefined
      ? []
      : Object.entries(addresses)
          .filter(([, addressId]) => !own.includes(addressId))
          .map(([code, addressId]) => {
            const place = `customers[${index}].addresses.${code}`;
            const says = `${place}: '${addressId}' is not a ship-to address of ${customerId} in NorthScope${meant(addressId, own)}`;
            return bad('policy: addresses', says, `fix ${place} in ${there.path}, or create it in NorthScope`);
          });
  });
  yield* firstOf(faults, (fault) => fault);
  yield* unsaid('northscope', 'policy: addresses', faults.length);
  yield* crossed(there, (customerId) => ofCustomer.get(customerId)?.[0].customerName);
  if (faults.length === 0 && known.size > 0)
    yield good('policy: addresses', 'every ship-to address of the known customers exists');
}

/** A customer that NorthScope calls as the policy calls another one: two lines were mixed up, or the goods go astray. */
function* crossed(
  { policy: { customers }, path }: PolicyThere,
  nameOf: (id: string) => string | undefined,
): Iterable<Finding> {
  const byKey = new Map(customers.map(({ name }, index) => [looseKey(name), { name, index }]));
  const lines = customers.flatMap(({ name, customerId }, index) => {
    const there = nameOf(customerId);
    const other = there === undefined ? undefined : byKey.get(looseKey(there));
    if (other === undefined || other.index === index || looseKey(other.name) === looseKey(name)) return [];
    const place = `customers[${index}].customerId`;
    const says = `${place}: '${customerId}', given for '${name}', is called '${printable(there ?? '', 100)}' there, as customers[${other.index}] is`;
    return [notice('policy: customers', says, `check in ${path} whether the two are swapped`)];
  });
  yield* firstOf(lines, (each) => each);
  yield* unsaid('northscope', 'policy: customers', lines.length, 'notice');
}
