import { compare } from '../domain/values/decimal';
import { postCodeKey, unitKey } from '../domain/values/likeness';
import { isSameName, lookAlike } from '../domain/case/person-names';
import type { Policy } from '../domain/case/policy';
import { deliveryMeaning, orderMeaning } from '../domain/purchase-order/status';

/** A second entry for the same key, or one that is alike, as one line with its path. */
function repeated<T>(list: string, key: string, entries: readonly T[], keyOf: (entry: T) => string): string[] {
  const first = new Map<string, number>();
  const exactly = entries.flatMap((entry, index) => {
    const value = keyOf(entry);
    const earlier = first.get(value);
    if (earlier === undefined) {
      first.set(value, index);
      return [];
    }
    return [`${list}[${index}].${key}: '${value}' is already at ${list}[${earlier}]`];
  });
  return [...exactly, ...alike(list, key, entries.map(keyOf), 'write one name once, or make the two names differ')];
}

/**
 * Names that only case, blanks, invisible characters or the form of a character tell apart, each against the first one that is
 * alike. Nobody sees which is meant, and one system takes them for one where another has two.
 */
function alike(list: string, key: string, names: readonly string[], remedy: string): string[] {
  const first = new Map<string, number>();
  return names.flatMap((name, index) => {
    const earlier = first.get(unitKey(name)) ?? index;
    first.set(unitKey(name), earlier);
    const other = names[earlier];
    return other === undefined || other === name
      ? []
      : [
          `${list}[${index}].${key}: '${name}' and '${other}' at ${list}[${earlier}] differ only in case, blanks or the form of a character: ${remedy}`,
        ];
  });
}

/** What several entries name, and may: as one name, lest it pass for two. */
function respelt({ customers, products }: Policy): string[] {
  const remedy = 'write them the same';
  return [
    ...alike(
      'customers',
      'customerId',
      customers.map(({ customerId }) => customerId),
      remedy,
    ),
    ...(['partNumber', 'itemId', 'siteId'] as const).flatMap((key) =>
      alike(
        'products',
        key,
        products.map((product) => product[key]),
        remedy,
      ),
    ),
  ];
}

/** Post codes that no address has: they look like the sign for all others, or like nothing. */
const unreachable = ({ customers }: Policy): string[] =>
  customers.flatMap(({ addresses }, index) =>
    Object.keys(addresses)
      .filter((code) => code !== OTHERS && ['', OTHERS].includes(postCodeKey(code)))
      .map((code) => `customers[${index}].addresses.${code}: is not a post code; "*" means all others`),
  );
const OTHERS = '*';

/** Words that mean two things. The first meaning would count, and nobody would see it. */
function ambiguousWords({ claritum: { orderStatuses, deliveryStatuses } }: Policy): string[] {
  const go = { orderStatuses: { go: orderStatuses.go, wait: [] } };
  const delivered = { deliveryStatuses: { delivered: deliveryStatuses.delivered, underWay: [] } };
  return [
    ...orderStatuses.go.flatMap((word, index) =>
      orderMeaning(word, { orderStatuses: { go: [], wait: [] } }) === 'cancelled'
        ? [`claritum.orderStatuses.go[${index}]: '${word}' means that the order is cancelled`]
        : [],
    ),
    ...orderStatuses.wait.flatMap((word, index) =>
      orderMeaning(word, go) === 'ask'
        ? []
        : [`claritum.orderStatuses.wait[${index}]: '${word}' means '${orderMeaning(word, go)}' already`],
    ),
    ...deliveryStatuses.underWay.flatMap((word, index) =>
      deliveryMeaning(word, delivered) === 'delivered'
        ? [`claritum.deliveryStatuses.underWay[${index}]: '${word}' means 'delivered' already`]
        : [],
    ),
  ];
}

/** Approval limits somebody must decide on, but whom every named approver of is excluded for some customer. */
function undecidable({ approval, customers }: Policy): string[] {
  const groups = [
    { path: 'approval.approvers', approvers: approval.approvers },
    ...approval.limits.map(({ approvers }, index) => ({ path: `approval.limits[${index}].approvers`, approvers })),
  ];
  return customers.flatMap(({ name, excludedApprovers }) =>
    groups
      .filter(
        ({ approvers }) =>
          approvers.length > 0 &&
          approvers.every((who) => excludedApprovers.some((excluded) => lookAlike(excluded, who))),
      )
      .map(({ path }) => `${path}: none of these may approve an order of '${name}', which excludes them all`),
  );
}

/**
 * An approver whose name looks like another one that is written differently: one of them could answer as the other, or
 * never. One person may stand in several lists, as an approver whom one customer excludes for instance, but written in one
 * way.
 */
function confusable({ approval, customers }: Policy): string[] {
  const placed = (list: string, names: readonly string[]) =>
    names.map((name, index) => ({ path: `${list}[${index}]`, name }));
  const approvers = [
    ...placed('approval.approvers', approval.approvers),
    ...approval.limits.flatMap((limit, index) => placed(`approval.limits[${index}].approvers`, limit.approvers)),
    ...placed('approval.escalation.approvers', approval.escalation?.approvers ?? []),
  ];
  const excluded = customers.flatMap(({ excludedApprovers }, index) =>
    placed(`customers[${index}].excludedApprovers`, excludedApprovers),
  );
  return [...approvers, ...excluded].flatMap(({ path, name }, index) => {
    const other = approvers.slice(0, index).find((earlier) => earlier.name !== name && lookAlike(earlier.name, name));
    if (other === undefined) return [];
    const what = isSameName(other.name, name) ? 'is the same name as' : 'looks the same as';
    return [
      `${path}: '${name}' ${what} '${other.name}' at ${other.path}: write one person always the same, or make the two names differ`,
    ];
  });
}

/** Two products that would be the same thing in one system and different things in another. */
function contradictory({ products }: Policy): string[] {
  return products.flatMap((product, index) => {
    const earlier = products.findIndex((other) => other.itemId === product.itemId && other.siteId === product.siteId);
    const other = products[earlier];
    if (other === undefined || earlier === index) return [];
    if (other.partNumber === product.partNumber && other.revision === product.revision) return [];
    return [
      `products[${index}].itemId: '${product.itemId}' at site '${product.siteId}' is part ${other.partNumber} in products[${earlier}] and part ${product.partNumber} here`,
    ];
  });
}

/** Two ways of writing one post code that lead to different addresses. */
function ambiguousPostCodes({ customers }: Policy): string[] {
  return customers.flatMap(({ addresses }, index) => {
    const known = new Map<string, readonly [string, string]>();
    return Object.entries(addresses).flatMap(([code, addressId]) => {
      const key = postCodeKey(code);
      const [earlier, other] = known.get(key) ?? [code, addressId];
      known.set(key, [earlier, other]);
      return other === addressId
        ? []
        : [
            `customers[${index}].addresses.${code}: is the post code ${earlier}, which leads to ${other}, not ${addressId}`,
          ];
    });
  });
}
/** A price for a unit that nothing is ordered in would differ from every order's. */
const unknownUnits = ({ products, units }: Policy): string[] =>
  products.flatMap(({ agreedUnit }, index) =>
    agreedUnit === undefined || units.some(({ claritum }) => claritum === agreedUnit)
      ? []
      : [`products[${index}].agreedUnit: '${agreedUnit}' is not in units`],
  );

/** Faults of a well-formed policy that only show when its parts are read together; each names its path. */
export function policyFaults(policy: Policy): string[] {
  return [
    ...repeated('customers', 'name', policy.customers, ({ name }) => name),
    ...repeated('products', 'productCode', policy.products, ({ productCode }) => productCode),
    ...repeated('units', 'claritum', policy.units, ({ claritum }) => claritum),
    ...ambiguousPostCodes(policy),
    ...repeated(
      'fulfilment.invoiceCharges',
      'currency',
      policy.fulfilment.invoiceCharges ?? [],
      ({ currency }) => currency,
    ),
    ...repeatedLimits(policy),
    ...undecidable(policy),
    ...confusable(policy),
    ...contradictory(policy),
    ...unknownUnits(policy),
    ...respelt(policy),
    ...unreachable(policy),
    ...ambiguousWords(policy),
  ];
}

/** `"10000"` and `"10000.00"` are the same limit. */
function repeatedLimits({ approval: { limits } }: Policy): string[] {
  return limits.flatMap((limit, index) => {
    const earlier = limits.findIndex(
      ({ currency, above }) => currency === limit.currency && compare(above, limit.above) === 0,
    );
    return earlier === index
      ? []
      : [`approval.limits[${index}].above: ${limit.currency} ${limit.above} is already at approval.limits[${earlier}]`];
  });
}
