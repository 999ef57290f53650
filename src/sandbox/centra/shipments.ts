import { add, compare, isPositive, subtract, sum } from '../../domain/values/decimal';
import type { OrderContext } from './order-context';
import { charges, linesIn, meantLine, money, productsOf, quantityIn, valueOf, wholeQuantity } from './order-lines';
import type { OrderLine } from './order-lines';
import { captured } from './payments';
import { CentraRefused } from './refused';
import { withRefunds } from './refunds';
import { recordOf, recordsOf, textOf, without } from './values';
import type { Values } from './values';

const linesInShipment = (shipment: Values): readonly OrderLine[] => linesIn(recordsOf(shipment, 'products'));

/** What is packed of a row in the other shipments of the order. */
const packedElsewhere = (order: Values, shipmentId: string, orderItem: string): string =>
  sum(
    recordsOf(order, 'shipments')
      .filter((entry) => textOf(entry, 'id') !== shipmentId)
      .map((entry) => quantityIn(linesInShipment(entry), orderItem)),
  );

/** The rows to be packed, with the order's own words for what they are; never more than the order has left. */
function packed(order: Values, shipmentId: string, products: readonly Values[]): readonly OrderLine[] {
  return linesIn(products).map((given) => {
    const line = meantLine(order, given);
    const where = `Shipment ${shipmentId}, orderitem ${line.orderItem}`;
    const quantity = wholeQuantity(given.quantity, where);
    const left = subtract(line.quantity, packedElsewhere(order, shipmentId, line.orderItem));
    if (compare(quantity, left) > 0) throw new CentraRefused(`${where}: only ${left} left to ship`);
    return { ...line, quantity, size: without(line.size, 'warehouseitems', 'supplierorderitems') };
  });
}

const withTotal = (shipment: Values): Values => ({
  ...shipment,
  shipmenttotal: money(add(valueOf(linesInShipment(shipment)), charges(shipment))),
});

function started(order: Values, id: string, { now }: OrderContext): Values {
  const address = order['shippingaddress'];
  return {
    ...{ id, paid: 'no', shipped: 'no', goodtogo: 'no' },
    appendix: String(recordsOf(order, 'shipments').length + 1),
    ...{ shipmenttotal: '0.00', paidtotal: '0.00' },
    ...{ currency: textOf(order, 'currency'), currencyrate: textOf(order, 'currencyrate') },
    ...{ basecurrency: textOf(order, 'basecurrency'), created: now },
    ...(address === undefined ? {} : { shippingaddress: address }),
    carrierinformation: { carrier: '', service: '', tracking: '' },
    ...{ products: [], refunds: [], shipping: { subtotal: '0' }, handling: { subtotal: '0.00' } },
    voucher: { subtotal: '0' },
  };
}

/** What is sent of a shipment but its rows, refunds and capture. */
function changed(before: Values, given: Values, { merger }: OrderContext): Values {
  const plain = without(given, 'products', 'refunds', 'capture');
  if (textOf(before, 'shipped') === 'yes' && textOf(plain, 'shipped') === 'no') {
    throw new CentraRefused(`Shipment ${textOf(before, 'id')} is shipped`);
  }
  return merger.merged('Shipment', before, plain);
}

const sameRows = (left: readonly OrderLine[], right: readonly OrderLine[]): boolean =>
  [...left, ...right].every(({ orderItem }) => quantityIn(left, orderItem) === quantityIn(right, orderItem));

function withRows(order: Values, before: Values, after: Values, given: Values): Values {
  const id = textOf(after, 'id');
  if (given['products'] === undefined) {
    if (recordsOf(before, 'products').length === 0 && textOf(after, 'shipped') === 'yes') {
      throw new CentraRefused(`Shipment ${id} has no products`);
    }
    return withTotal(after);
  }
  const rows = packed(order, id, recordsOf(given, 'products'));
  if (textOf(before, 'shipped') === 'yes' && !sameRows(rows, linesInShipment(before))) {
    throw new CentraRefused(`Shipment ${id} is shipped`);
  }
  return withTotal({ ...after, products: productsOf(rows) });
}

const withShipment = (order: Values, shipment: Values): Values => {
  const id = textOf(shipment, 'id');
  const shipments = recordsOf(order, 'shipments');
  const isNew = !shipments.some((entry) => textOf(entry, 'id') === id);
  return {
    ...order,
    shipments: isNew
      ? [...shipments, shipment]
      : shipments.map((entry) => (textOf(entry, 'id') === id ? shipment : entry)),
  };
};

function updated(order: Values, given: Values, context: OrderContext): Values {
  const id = textOf(given, 'id');
  if (id === '') throw new CentraRefused(`Order ${textOf(order, 'id')}: a shipment needs an id`);
  const known = recordsOf(order, 'shipments').find((entry) => textOf(entry, 'id') === id);
  if (known === undefined && given['products'] === undefined) {
    throw new CentraRefused(
      `Order ${textOf(order, 'id')} has no shipment ${id}, and products are needed for a new one`,
    );
  }
  const before = known ?? started(order, id, context);
  const after = withShipment(order, withRows(order, before, changed(before, given, context), given));
  const paid = textOf(given, 'capture') === 'yes' ? captured(after, id, context) : after;
  return withRefunds(paid, id, recordsOf(given, 'refunds'), context);
}

/**
 * Creates and changes shipments by the ids the caller chose: pack, ship, capture, refund
 * (docs/vendors/centra.md#shipments). What is shipped stays shipped, and a capture that is declined keeps the shipment
 * from being shipped.
 * @throws CentraRefused for rows the order has not got, and for what is too late
 */
export const withShipments = (order: Values, shipments: readonly Values[], context: OrderContext): Values =>
  shipments.reduce((before, given) => updated(before, given, context), order);

/** Whether all that the order still has is shipped and paid for: then it is completed, and not before. */
export function isFinished(order: Values): boolean {
  const lines = linesIn(recordsOf(order, 'products'));
  const shipped = recordsOf(order, 'shipments').filter((entry) => textOf(entry, 'shipped') === 'yes');
  const rows = shipped.flatMap(linesInShipment);
  const isAllShipped = lines.every(({ orderItem, quantity }) => compare(quantityIn(rows, orderItem), quantity) >= 0);
  return lines.length > 0 && isAllShipped && shipped.every((entry) => textOf(entry, 'paid') === 'yes');
}

/** Whether nothing is left because all of it was cancelled. */
export const isAllCancelled = (order: Values): boolean =>
  recordsOf(order, 'products').length === 0 && recordsOf(order, 'cancelled').length > 0;

/** The whole order packed in one shipment of Centra's own, as an instance may be set to do. */
export function automaticShipment(order: Values, id: string, context: OrderContext): Values {
  const rows = linesIn(recordsOf(order, 'products'));
  const products = productsOf(packed(order, id, productsOf(rows)));
  const shipping = recordOf(order, 'shipping');
  const subtotal = textOf(shipping, 'subtotal');
  const charged = isPositive(subtotal || '0') ? { shipping: { subtotal } } : {};
  return withShipment(order, withTotal({ ...started(order, id, context), goodtogo: 'yes', products, ...charged }));
}
