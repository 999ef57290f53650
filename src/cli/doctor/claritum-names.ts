import { nameKey, unitKey } from '../../domain/values/likeness';
import { customerOf, productOf, shipTo, unitOf } from '../../domain/purchase-order/policy-entries';
import type { Policy } from '../../domain/case/policy';
import type { DeliveryReport, PurchaseOrder } from '../../domain/purchase-order/purchase-order';
import { likeliest } from '../../domain/values/spelling';
import { deliveryMeaning, orderMeaning } from '../../domain/purchase-order/status';
import { checksOf, type Finding } from './finding';
import { firstOf, grouped, unsaid } from './names';
import type { PolicyThere } from './surroundings';

const { good, notice, bad, unchecked } = checksOf('claritum');

/** What a record that Claritum lists has no entry for in the policy. */
interface Without {
  /** The order or delivery. */
  readonly ref: string;
  /** Without the record: one line for all records that lack the same. */
  readonly says: string;
  readonly fix: string;
  /** A word of the buyer's that nobody has explained: a person is asked, and the installation is as it should be. */
  readonly isWord?: true;
}

/**
 * Claritum has no lists of customers, products, units or words, so its names are known from what it lists now: what an order
 * or a delivery carries must have an entry in the policy, or a person is asked about each.
 */
export function* namesAtClaritum(there: PolicyThere, orders: readonly PurchaseOrder[]): Iterable<Finding> {
  const faults = orders.flatMap((order) => withoutEntry(order, there));
  yield* lines('policy: orders', faults);
  if (faults.length === 0 && orders.length > 0)
    yield good(
      'policy: orders',
      `each name in the ${orders.length === 1 ? 'one order' : `${orders.length} orders`} listed now has its entry`,
    );
  yield* currencies(there, orders);
  yield unseen(there.policy, orders);
}

export const wordsOfDeliveries = ({ policy, path }: PolicyThere, deliveries: readonly DeliveryReport[]): Finding[] =>
  lines(
    'policy: deliveries',
    deliveries
      .filter(({ status }) => deliveryMeaning(status, policy.claritum) === null)
      .map(({ deliveryRef, status }) => {
        const { delivered, underWay } = policy.claritum.deliveryStatuses;
        return {
          ref: deliveryRef,
          says: `its status '${status}' is not in claritum.deliveryStatuses${like(status, [...delivered, ...underWay])}`,
          fix: `add it to claritum.deliveryStatuses in ${path}, or wait for another status`,
          isWord: true as const,
        };
      }),
  );

function lines(check: string, faults: readonly Without[]): Finding[] {
  const alike = [...grouped(faults, ({ says }) => says).values()];
  return [
    ...firstOf(alike, ([first, ...others]) => {
      const more = new Set(others.map(({ ref }) => ref).filter((ref) => ref !== first.ref)).size;
      return (first.isWord ? notice : bad)(
        check,
        `${first.ref}${more === 0 ? '' : ` and ${more} more`}: ${first.says}`,
        first.fix,
      );
    }),
    ...unsaid('claritum', check, alike.length, alike.every(([{ isWord }]) => isWord) ? 'notice' : 'bad'),
  ];
}

/** Near misses only: what else stands in the policy says nothing of what a record means. */
function like(name: string, known: readonly string[]): string {
  const likely = likeliest(known, name).map((each) => `'${each}'`);
  return likely.length === 0 ? '' : `; did you mean ${likely.join(' or ')}?`;
}

/** What of an order that is to be fulfilled has no entry. */
function withoutEntry(order: PurchaseOrder, { policy, path }: PolicyThere): Without[] {
  const { customers, products, units, claritum } = policy;
  const meaning = orderMeaning(order.status, claritum);
  if (meaning === 'cancelled') return [];
  const customer = customerOf(policy, order);
  const customerList = { list: 'customers', known: customers.map(({ name }) => name) };
  const productList = { list: 'products', known: products.map(({ productCode }) => productCode) };
  const unitList = { list: 'units', known: units.map((unit) => unit.claritum) };
  const { go, wait } = claritum.orderStatuses;
  const missing = [
    ...(customer === undefined ? [{ what: 'customer', name: order.customerName, ...customerList }] : []),
    ...(productOf(policy, order) === undefined ? [{ what: 'product', name: order.productCode, ...productList }] : []),
    ...(unitOf(policy, order) === undefined ? [{ what: 'unit', name: order.unitOfMeasure, ...unitList }] : []),
    ...(meaning === 'ask'
      ? [{ what: 'status', name: order.status, list: 'claritum.orderStatuses', known: [...go, ...wait] }]
      : []),
    ...order.deliveries.flatMap(({ address }) => {
      const name = address.postCode ?? '';
      if (customer === undefined || shipTo(customer, name) !== undefined) return [];
      const list = `customers[${customers.indexOf(customer)}].addresses`;
      return [{ what: 'post code', name, list, known: Object.keys(customer.addresses) }];
    }),
  ];
  return missing.map(({ what, name, list, known }) => ({
    ref: order.orderRef,
    says: `its ${what} '${name}' has no entry under ${list} in the policy${like(name, known)}`,
    ...(what === 'status'
      ? {
          fix: `add it to ${list} in ${path} for future orders; this order waits for an answer: npx waybill inbox`,
          isWord: true as const,
        }
      : { fix: `fix or add its entry under ${list} in ${path}` }),
  }));
}

function* currencies({ policy, path }: PolicyThere, orders: readonly PurchaseOrder[]): Iterable<Finding> {
  const { products } = policy;
  const others = orders.flatMap((order) => {
    const product = productOf(policy, order);
    if (product === undefined || product.agreedPrice === null || product.currency === order.currency) return [];
    const place = `products[${products.indexOf(product)}].currency`;
    return [
      {
        ref: order.orderRef,
        place,
        says: `its currency is ${order.currency}, but that of the agreed price (${place}) is ${product.currency}`,
      },
    ];
  });
  const alike = [...grouped(others, ({ says }) => says).values()];
  yield* firstOf(alike, ([{ ref, says, place }]) =>
    notice('policy: currencies', `${ref}: ${says}`, `check which is right; ${place} is in ${path}`),
  );
  yield* unsaid('claritum', 'policy: currencies', alike.length, 'notice');
}

/** So many names are told by name. */
const NAMED = 5;

/** Names of the policy that no listed order has. They may be right; only a person can tell. */
function unseen(policy: Policy, orders: readonly PurchaseOrder[]): Finding {
  const among = (key: (text: string) => string, of: (order: PurchaseOrder) => string): ((name: string) => boolean) => {
    const seen = new Set(orders.map((order) => key(of(order))));
    return (name) => seen.has(key(name));
  };
  const isCustomer = among(nameKey, ({ customerName }) => customerName);
  const isProduct = among(nameKey, ({ productCode }) => productCode);
  const isUnit = among(unitKey, ({ unitOfMeasure }) => unitOfMeasure);
  const left = [
    ...policy.customers.map(({ name }, index) => ({
      place: `customers[${index}].name`,
      name,
      isSeen: isCustomer(name),
    })),
    ...policy.products.map(({ productCode: name }, index) => ({
      ...{ place: `products[${index}].productCode`, name },
      isSeen: isProduct(name),
    })),
    ...policy.units.map(({ claritum: name }, index) => ({
      place: `units[${index}].claritum`,
      name,
      isSeen: isUnit(name),
    })),
  ].filter(({ isSeen }) => !isSeen);
  if (left.length === 0)
    return good('policy: names', 'every customer, product and unit occurs in the orders listed now');
  const told = left.slice(0, NAMED).map(({ place, name }) => `${place} '${name}'`);
  const more = left.length > NAMED ? ` and ${left.length - NAMED} more` : '';
  return unchecked(
    'policy: names',
    `${told.join(', ')}${more} cannot be checked: Claritum has no lists of names, and no readable order listed now has ${left.length === 1 ? 'it' : 'them'}`,
    'compare them with Claritum’s own screens',
  );
}
