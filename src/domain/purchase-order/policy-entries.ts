import { entryFor, nameKey, nearMisses, postCodeKey, unitKey } from '../values/likeness';
import type { CustomerMapping, Policy, ProductMapping, UnitMapping } from '../case/policy';
import type { PurchaseOrder } from './purchase-order';

/** The policy's entry for the customer of an order. */
export const customerOf = ({ customers }: Policy, { customerName }: PurchaseOrder): CustomerMapping | undefined =>
  entryFor(customers, ({ name }) => name, nameKey, customerName);

/** The customer's number, as lists show it before an order is planned; empty where the policy has none. */
export const customerNumber = (policy: Policy, order: PurchaseOrder): string => customerOf(policy, order)?.custNo ?? '';

/** The policy's entry for the product of an order. */
export const productOf = ({ products }: Policy, order: PurchaseOrder): ProductMapping | undefined =>
  entryFor(products, ({ productCode }) => productCode, nameKey, order.productCode);

/** The policy's entry for the unit of an order. */
export const unitOf = ({ units }: Policy, order: PurchaseOrder): UnitMapping | undefined =>
  entryFor(units, ({ claritum }) => claritum, unitKey, order.unitOfMeasure);

/** What of an order has no entry in the policy, with the entries that could be meant. */
export function withoutEntry(policy: Policy, order: PurchaseOrder): readonly string[] {
  const { customers, products, units } = policy;
  const { customerName, productCode, unitOfMeasure } = order;
  return [
    ...(customerOf(policy, order)
      ? []
      : [
          without(
            'customer',
            customerName,
            'customers',
            customers.map(({ name }) => name),
          ),
        ]),
    ...(productOf(policy, order)
      ? []
      : [
          without(
            'product',
            productCode,
            'products',
            products.map((product) => product.productCode),
          ),
        ]),
    ...(unitOf(policy, order)
      ? []
      : [
          without(
            'unit',
            unitOfMeasure,
            'units',
            units.map(({ claritum }) => claritum),
          ),
        ]),
  ];
}

function without(what: string, name: string, list: string, known: readonly string[]): string {
  const near = nearMisses(known, name).map((entry) => `'${entry}'`);
  const hint = near.length === 0 ? '' : `, which has ${near.join(' and ')}`;
  return `${what} '${name}' has no entry under ${list} in the policy${hint}`;
}

/** NorthScope's AddressID for a post code, however it is typed; the one for all others where the policy has none. */
export function shipTo({ addresses }: CustomerMapping, postCode: string): string | undefined {
  const wanted = postCodeKey(postCode);
  const named = Object.entries(addresses).filter(([code]) => code !== OTHERS);
  const found =
    named.find(([code]) => code === postCode) ??
    (wanted === '' ? undefined : named.find(([code]) => postCodeKey(code) === wanted));
  return (found ?? Object.entries(addresses).find(([code]) => code === OTHERS))?.[1];
}

/** Stands for every post code that is not named. */
const OTHERS = '*';
