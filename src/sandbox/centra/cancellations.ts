import { add, compare, isPositive, subtract, sum } from '../../domain/values/decimal';
import { linesIn, linesOf, meantLine, productsOf, quantityIn, resized, wholeQuantity, withLines } from './order-lines';
import type { OrderLine } from './order-lines';
import { CentraRefused } from './refused';
import { recordsOf, textOf, without } from './values';
import type { Values } from './values';

const isShipped = (shipment: Values): boolean => textOf(shipment, 'shipped') === 'yes';
const linesInShipment = (shipment: Values): readonly OrderLine[] => linesIn(recordsOf(shipment, 'products'));

/** Units of a row that have left the house. */
export const shippedQuantity = (order: Values, orderItem: string): string =>
  sum(
    recordsOf(order, 'shipments')
      .filter(isShipped)
      .map((shipment) => quantityIn(linesInShipment(shipment), orderItem)),
  );

/** Shipments that are still packed lose what the order no longer has, the last one first. */
function unpacked(order: Values, orderItem: string, quantity: string): readonly Values[] {
  const shipments = recordsOf(order, 'shipments');
  let excess = subtract(sum(shipments.map((entry) => quantityIn(linesInShipment(entry), orderItem))), quantity);
  return shipments
    .toReversed()
    .map((shipment) => {
      const packed = quantityIn(linesInShipment(shipment), orderItem);
      if (isShipped(shipment) || !isPositive(excess) || !isPositive(packed)) return shipment;
      const left = compare(packed, excess) > 0 ? subtract(packed, excess) : '0';
      excess = subtract(excess, subtract(packed, left));
      return { ...shipment, products: productsOf(resized(linesInShipment(shipment), orderItem, left)) };
    })
    .toReversed();
}

/** The row as it stands under `cancelled`, with what was cancelled of it so far. */
function cancelledLine(before: readonly OrderLine[], { product, size, orderItem }: OrderLine, quantity: string) {
  const bare = without(size, 'warehouseitems', 'supplierorderitems');
  return { product, size: bare, orderItem, quantity: add(quantityIn(before, orderItem), quantity) };
}

function withoutUnits(order: Values, given: OrderLine): Values {
  const line = meantLine(order, given);
  const { orderItem } = line;
  const where = `Order ${textOf(order, 'id')}, orderitem ${orderItem}`;
  const quantity = wholeQuantity(given.quantity, where);
  const open = subtract(line.quantity, shippedQuantity(order, orderItem));
  if (compare(quantity, open) > 0) throw new CentraRefused(`${where}: only ${open} left to cancel`);
  const rest = subtract(line.quantity, quantity);
  const cancelled = linesIn(recordsOf(order, 'cancelled'));
  const others = cancelled.filter((entry) => entry.orderItem !== orderItem);
  const shipments = unpacked(order, orderItem, rest);
  return {
    ...withLines(order, resized(linesOf(order), orderItem, rest)),
    cancelled: productsOf([...others, cancelledLine(cancelled, line, quantity)]),
    ...(shipments.length === 0 ? {} : { shipments }),
  };
}

/**
 * Takes units off an order: `qty` of each row named is cancelled, so the same call again cancels as many again
 * (docs/vendors/centra.md#cancelled-units). What is shipped can no longer be cancelled.
 * @throws CentraRefused for a row or quantity the order has not got
 */
export const withCancelled = (order: Values, products: readonly Values[]): Values =>
  linesIn(products).reduce(withoutUnits, order);
