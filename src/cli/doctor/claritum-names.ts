import { nameKey, unitKey } from '../../domain/likeness';
import { customerOf, productOf, shipTo, unitOf } from '../../domain/policy-entries';
import type { Policy } from '../../domain/policy';
import type { DeliveryReport, PurchaseOrder } from '../../domain/purchase-order';
import { deliveryMeaning, orderMeaning } from '../../domain/status';
import { checksOf, type Finding } from './finding';
import { firstOf, grouped, meant, unsaid } from './names';
import type { PolicyThere } from './surroundings';

const { good, notice, bad, unchecked } = checksOf('claritum');

/** What a record that Claritum lists has no entry for in the policy. */
interface Without {
  /** The order or delivery. */
  readonly ref: string;
  /** Without the record: one line for all records that lack the same. */
  readonly says: string;
  readonly fix: string;
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
          says: `what its status '${status}' means stands nowhere in claritum.deliveryStatuses${like(status, [...delivered, ...underWay])}`,
          fix: `say it in claritum.deliveryStatuses of ${path}`,
        };
      }),
  );

function lines(check: string, faults: readonly Without[]): Finding[] {
  const alike = [...grouped(faults, ({ says }) => says).values()];
  return [
    ...firstOf(alike, ([{ ref, says, fix }, ...others]) =>
      bad(check, `${ref}${others.length === 0 ? '' : ` and ${others.length} more`}: ${says}`, fix),
    ),
    ...unsaid('claritum', check, alike.length),
  ];
}

/** Near misses only: what else stands in the policy says nothing of what a record means. */
function like(name: string, known: readonly string[]): string {
  const told = meant(name, known);
  return told.includes('did you mean') ? told.replace('did you mean', 'is it').replace(/\?$/, ' there?') : '';
}

function withoutEntry(order: PurchaseOrder, { policy, path }: PolicyThere): Without[] {
  const { customers, products, units } = policy;
  const without = (what: string, name: string, list: string, known: readonly string[]): Without => ({
    ref: order.orderRef,
    says: `its ${what} '${name}' has no entry under ${list} in the policy${like(name, known)}`,
    fix: `mend the entry it should have, or add one, under ${list} in ${path}`,
  });
  const customer = customerOf(policy, order);
  const { go, wait } = policy.claritum.orderStatuses;
  return [
    ...(customer === undefined
      ? [
          without(
            'customer',
            order.customerName,
            'customers',
            customers.map(({ name }) => name),
          ),
        ]
      : []),
    ...(productOf(policy, order) === undefined
      ? [
          without(
            'product',
            order.productCode,
            'products',
            products.map(({ productCode }) => productCode),
          ),
        ]
      : []),
    ...(unitOf(policy, order) === undefined
      ? [
          without(
            'unit',
            order.unitOfMeasure,
            'units',
            units.map(({ claritum }) => claritum),
          ),
        ]
      : []),
    ...(orderMeaning(order.status, policy.claritum) === 'ask'
      ? [without('status', order.status, 'claritum.orderStatuses', [...go, ...wait])]
      : []),
    ...(customer === undefined
      ? []
      : order.deliveries
          .map(({ address }) => address.postCode ?? '')
          .filter((postCode) => shipTo(customer, postCode) === undefined)
          .map((postCode) =>
            without(
              'post code',
              postCode,
              `customers[${customers.indexOf(customer)}].addresses`,
              Object.keys(customer.addresses),
            ),
          )),
  ];
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
        says: `its currency is ${order.currency}, and that of the agreed price (${place}) ${product.currency}`,
      },
    ];
  });
  yield* firstOf([...grouped(others, ({ says }) => says).values()], ([{ ref, says, place }]) =>
    notice('policy: currencies', `${ref}: ${says}`, `look which is right; ${place} stands in ${path}`),
  );
}

/** So many names are told by name. */
const NAMED = 5;

/** What of the policy no order that is listed now carries: it may be right, and nobody but a person can tell. */
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
    return good('policy: names', 'every customer, product and unit stands in an order that is listed now');
  const told = left.slice(0, NAMED).map(({ place, name }) => `${place} '${name}'`);
  const more = left.length > NAMED ? ` and ${left.length - NAMED} more` : '';
  return unchecked(
    'policy: names',
    `${told.join(', ')}${more} cannot be checked: Claritum lists no names, and no readable order of its list now carries ${left.length === 1 ? 'it' : 'them'}`,
    'compare them with Claritum’s own screens, letter by letter',
  );
}
