import { compare, isDecimal, isPositive, minimum, subtract, sum } from '../../domain/values/decimal';
import type { Delivery, PurchaseOrder } from './records';

/** By its date: what the carrier calls it is only a word. */
export const isDelivered = ({ deliveryDate }: Delivery): boolean => deliveryDate !== null;

/** What came to an address so far, in the order's unit of measure. */
export const deliveredQuantity = (records: readonly Delivery[]): string =>
  sum(records.filter(isDelivered).map(({ quantity }) => quantity));

const uid = (deliveryRef: string, place: number): string =>
  place === 1 ? `DL-${deliveryRef}` : `DL-${deliveryRef}-${place}`;

function record(order: PurchaseOrder, deliveryRef: string, place: number, quantity: string): Delivery {
  const address = order.deliveries.find((delivery) => delivery.deliveryRef === deliveryRef);
  return {
    uid: uid(deliveryRef, place),
    orderRef: order.orderRef,
    deliveryRef,
    projectRef: order.projectRef,
    address: address?.address ?? null,
    contact: address?.contact ?? null,
    quantity,
    deliveryDate: null,
    despatchedDate: null,
    carrier: null,
    consignmentNumber: null,
    status: 'in progress',
  };
}

/** The records of an address with `open` still to come: the open record carries it, none where nothing is open. */
export function withOpenQuantity(
  order: PurchaseOrder,
  deliveryRef: string,
  records: readonly Delivery[],
  open: string,
): readonly Delivery[] {
  const delivered = records.filter(isDelivered);
  if (!isPositive(open)) return delivered;
  return [...delivered, record(order, deliveryRef, delivered.length + 1, open)];
}

interface Arrival {
  readonly quantity: string;
  /** UTC. */
  readonly at: string;
  readonly carrier: string;
  readonly consignmentNumber: string;
  readonly status: string;
}

/**
 * The records of an address after an arrival. The open record becomes `delivered` with what really came; the rest, if
 * any, is a new open record of the same deliveryRef (uid suffix `-2`, …). More than outstanding is taken: over-delivery
 * happens, and what to do about it is the receiver's business. This is the sandbox's decision; the vendor documents
 * nothing of it.
 */
export function afterArrival(
  order: PurchaseOrder,
  deliveryRef: string,
  records: readonly Delivery[],
  arrival: Arrival,
): readonly Delivery[] {
  const delivered = records.filter(isDelivered);
  const open = records.find((entry) => !isDelivered(entry));
  const outstanding = open?.quantity ?? '0';
  const arrived: Delivery = {
    ...(open ?? record(order, deliveryRef, delivered.length + 1, '0')),
    quantity: arrival.quantity,
    deliveryDate: arrival.at,
    despatchedDate: arrival.at,
    carrier: arrival.carrier || null,
    consignmentNumber: arrival.consignmentNumber || null,
    status: arrival.status,
  };
  return withOpenQuantity(order, deliveryRef, [...delivered, arrived], subtract(outstanding, arrival.quantity));
}

/**
 * The records of an address after the carrier corrected one of them: this quantity and no other came with it; what is
 * open is the rest of what the address is to get.
 */
export function afterCorrection(
  order: PurchaseOrder,
  records: readonly Delivery[],
  corrected: Delivery,
): readonly Delivery[] {
  const { deliveryRef } = corrected;
  const after = records.map((entry) => (entry.uid === corrected.uid ? corrected : entry));
  const wanted = order.deliveries.find((entry) => entry.deliveryRef === deliveryRef)?.quantity ?? '0';
  const open = isDecimal(wanted) ? subtract(wanted, deliveredQuantity(after)) : '0';
  return withOpenQuantity(order, deliveryRef, after, open);
}

/**
 * Spreads a quantity over addresses in their order, each taking at most what is outstanding there; what is left over
 * after the last stays with `rest`. Receipts and arrivals without an address both go this way
 * (docs/vendors/claritum.md#setgoodsreceipts).
 */
export function spread(
  quantity: string,
  outstanding: readonly { readonly deliveryRef: string; readonly open: string }[],
): { readonly shares: readonly { readonly deliveryRef: string; readonly quantity: string }[]; readonly rest: string } {
  let rest = quantity;
  const shares: { deliveryRef: string; quantity: string }[] = [];
  for (const { deliveryRef, open } of outstanding) {
    const share = minimum(rest, open);
    if (compare(share, '0') <= 0) continue;
    shares.push({ deliveryRef, quantity: share });
    rest = subtract(rest, share);
  }
  return { shares, rest };
}
