import { asQuantity, compare, isDecimal, isPositive, sum } from '../values/decimal';
import type { PurchaseOrder } from './purchase-order';

/** What is wrong with the figures and the places of an order in themselves. */
export function quantityFaults({ orderRef, quantity, unitPrice, deliveries }: PurchaseOrder): string[] {
  const unreadable = [quantity, unitPrice, ...deliveries.map((delivery) => delivery.quantity)].filter(
    (text) => !isDecimal(text),
  );
  if (unreadable.length > 0) return [`order ${orderRef} carries unreadable figures: ${unreadable.join(', ')}`];
  if (!isPositive(quantity)) return [`order ${orderRef} is for ${asQuantity(quantity)}`];
  const empty = deliveries.filter((delivery) => !isPositive(delivery.quantity));
  if (empty.length > 0)
    return empty.map((delivery) => `delivery ${delivery.deliveryRef} is for ${asQuantity(delivery.quantity)}`);
  const delivered = sum(deliveries.map((delivery) => delivery.quantity));
  if (deliveries.length === 0) return [`order ${orderRef} names no delivery address`];
  if (compare(delivered, quantity) !== 0) {
    return [`the deliveries of order ${orderRef} add up to ${delivered}, the order is for ${asQuantity(quantity)}`];
  }
  return [
    ...repeated(deliveries.map(({ deliveryRef }) => deliveryRef)).map(
      (deliveryRef) => `order ${orderRef} names delivery ${deliveryRef} more than once`,
    ),
    ...repeated(deliveries.map(({ sequence }) => sequence)).map(
      (sequence) => `order ${orderRef} has more than one delivery in place ${sequence}`,
    ),
  ];
}

/** What stands more than once: the ledger is kept by deliveryRef, the warehouse orders are numbered by sequence. */
const repeated = (values: readonly string[]): readonly string[] => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
];
