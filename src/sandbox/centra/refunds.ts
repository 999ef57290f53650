import { compare, isDecimal, subtract, sum } from '../../domain/values/decimal';
import type { OrderContext } from './order-context';
import { linesIn, productsOf, quantityIn, valueOf, wholeQuantity } from './order-lines';
import type { OrderLine } from './order-lines';
import { refundedMoney } from './payments';
import { CentraRefused } from './refused';
import { recordOf, recordsOf, textOf, without } from './values';
import type { Values } from './values';

const rowsOf = (values: Values): readonly OrderLine[] => linesIn(recordsOf(values, 'products'));

/** Units of a row of this shipment that were not refunded yet. */
export const refundable = (shipment: Values, orderItem: string): string =>
  subtract(
    quantityIn(rowsOf(shipment), orderItem),
    sum(recordsOf(shipment, 'refunds').map((refund) => quantityIn(rowsOf(refund), orderItem))),
  );

function returned(shipment: Values, refundId: string, given: OrderLine): OrderLine {
  const line = rowsOf(shipment).find(({ orderItem }) => orderItem === given.orderItem);
  const where = `Refund ${refundId}, orderitem ${given.orderItem}`;
  if (line === undefined) throw new CentraRefused(`${where} is not in shipment ${textOf(shipment, 'id')}`);
  const quantity = wholeQuantity(given.quantity, where);
  const left = refundable(shipment, given.orderItem);
  if (compare(quantity, left) > 0) throw new CentraRefused(`${where}: only ${left} left to refund`);
  return { ...line, quantity };
}

function fee(refund: Values): string {
  const text = textOf(recordOf(refund, 'returnfee'), 'subtotal');
  return isDecimal(text) ? text : '0';
}

function withNew(order: Values, shipment: Values, given: Values, { merger, refundOwner, now }: OrderContext): Values {
  const id = textOf(given, 'id');
  if (refundOwner(id) !== undefined)
    throw new CentraRefused(`Refund ${id} exists already, in order ${refundOwner(id)}`);
  if (textOf(shipment, 'shipped') !== 'yes') {
    throw new CentraRefused(`Refund ${id}: shipment ${textOf(shipment, 'id')} is not shipped`);
  }
  const plain = without(given, 'products');
  const rows = rowsOf(given).map((line) => returned(shipment, id, line));
  const refund = { ...merger.merged('Refund', { id, status: 'confirmed' }, plain), products: productsOf(rows) };
  const refunds = [...recordsOf(shipment, 'refunds'), refund];
  return refundedMoney(withShipment(order, { ...shipment, refunds }), subtract(valueOf(rows), fee(refund)), now);
}

/** The same refund again changes its words, never its rows: they are money that was paid. */
function withKnown(order: Values, shipment: Values, given: Values, { merger }: OrderContext): Values {
  const plain = without(given, 'products');
  const refunds = recordsOf(shipment, 'refunds').map((refund) =>
    textOf(refund, 'id') === textOf(given, 'id') ? merger.merged('Refund', refund, plain) : refund,
  );
  return withShipment(order, { ...shipment, refunds });
}

const withShipment = (order: Values, shipment: Values): Values => ({
  ...order,
  shipments: recordsOf(order, 'shipments').map((entry) =>
    textOf(entry, 'id') === textOf(shipment, 'id') ? shipment : entry,
  ),
});

/**
 * Refunds rows of one shipment, under ids that no other refund has (docs/vendors/centra.md#shipments).
 * @throws CentraRefused for an id another shipment's refund has, and for what was not shipped or is refunded already
 */
export function withRefunds(
  order: Values,
  shipmentId: string,
  refunds: readonly Values[],
  context: OrderContext,
): Values {
  return refunds.reduce((before, given) => {
    const id = textOf(given, 'id');
    if (id === '') throw new CentraRefused(`Shipment ${shipmentId}: a refund needs an id`);
    const shipment = recordsOf(before, 'shipments').find((entry) => textOf(entry, 'id') === shipmentId) ?? {};
    const isKnown = recordsOf(shipment, 'refunds').some((refund) => textOf(refund, 'id') === id);
    return isKnown ? withKnown(before, shipment, given, context) : withNew(before, shipment, given, context);
  }, order);
}
