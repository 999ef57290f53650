import { addressChanges, changesOf, figureFault } from './amendment';
import { compare, sum } from '../values/decimal';
import { amountsLike } from './order-amounts';
import type { PurchaseOrder, PurchaseOrderDelivery } from './purchase-order';

/**
 * Applies the buyer's changes to the order as an operator has amended it. What the buyer did not change stays. Where
 * both changed a value, the buyer's counts. A record whose figures do not add up is taken as it is: it is judged
 * impossible, and a person is asked.
 *
 * @param known the buyer's own record before.
 * @param reported the buyer's own record now.
 * @param ours the order as it stands, or is about to become.
 */
export function mergeAmendment(known: PurchaseOrder, reported: PurchaseOrder, ours: PurchaseOrder): PurchaseOrder {
  if ([known, reported, ours].some((order) => figureFault(order) !== undefined)) return reported;
  if (changesOf(known, ours).length === 0) return reported;
  const deliveries = mergeDeliveries(known, reported, ours);
  const merged: PurchaseOrder = {
    ...reported,
    poNumber: merge(known, reported, ours, 'poNumber'),
    deliveryDate: merge(known, reported, ours, 'deliveryDate'),
    unitPrice: merge(known, reported, ours, 'unitPrice'),
    productCode: merge(known, reported, ours, 'productCode'),
    customerName: merge(known, reported, ours, 'customerName'),
    currency: merge(known, reported, ours, 'currency'),
    unitOfMeasure: merge(known, reported, ours, 'unitOfMeasure'),
    deliveries,
    quantity: sum(deliveries.map(({ quantity }) => quantity)),
  };
  // A net amount that the buyer wrote anew is judged as he wrote it, also where it is not quantity × price.
  const isBuyersNet = hasFiguresOf(reported, merged) && compare(known.net, reported.net) !== 0;
  return { ...merged, ...amountsLike(hasFiguresOf(ours, merged) && !isBuyersNet ? ours : reported, merged) };
}

const hasFiguresOf = (left: PurchaseOrder, right: PurchaseOrder): boolean =>
  compare(left.quantity, right.quantity) === 0 && compare(left.unitPrice, right.unitPrice) === 0;

function merge<T, K extends keyof T>(known: T, reported: T, ours: T, field: K): T[K] {
  return isSame(known[field], reported[field]) ? ours[field] : reported[field];
}

/** In the buyer's sequence; what only an operator added comes last. */
function mergeDeliveries(known: PurchaseOrder, reported: PurchaseOrder, ours: PurchaseOrder): PurchaseOrderDelivery[] {
  const references = new Set([...reported.deliveries, ...ours.deliveries].map(({ deliveryRef }) => deliveryRef));
  return [...references].flatMap((reference) => {
    const merged = mergeDelivery(
      deliveryOf(known, reference),
      deliveryOf(reported, reference),
      deliveryOf(ours, reference),
    );
    return merged === undefined ? [] : [merged];
  });
}

const deliveryOf = ({ deliveries }: PurchaseOrder, reference: string): PurchaseOrderDelivery | undefined =>
  deliveries.find(({ deliveryRef }) => deliveryRef === reference);

function mergeDelivery(
  known?: PurchaseOrderDelivery,
  reported?: PurchaseOrderDelivery,
  ours?: PurchaseOrderDelivery,
): PurchaseOrderDelivery | undefined {
  if (known === undefined) return reported ?? ours;
  if (reported === undefined) return undefined;
  if (ours === undefined) {
    // It was reduced or dropped here. Only a new quantity of the buyer orders it again.
    return compare(known.quantity, reported.quantity) === 0 ? undefined : reported;
  }
  return {
    ...reported,
    sequence: merge(known, reported, ours, 'sequence'),
    quantity: compare(known.quantity, reported.quantity) === 0 ? ours.quantity : reported.quantity,
    requiredDate: merge(known, reported, ours, 'requiredDate'),
    address: isSameAddress(known, reported) ? ours.address : reported.address,
    instructions: merge(known, reported, ours, 'instructions'),
  };
}

const isSameAddress = (left: PurchaseOrderDelivery, right: PurchaseOrderDelivery): boolean =>
  addressChanges(left.address, right.address).length === 0;

const isSame = (left: unknown, right: unknown): boolean => (left ?? null) === (right ?? null);
