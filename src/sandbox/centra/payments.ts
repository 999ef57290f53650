import { add, compare, isDecimal, subtract } from '../../domain/values/decimal';
import type { OrderContext } from './order-context';
import { money } from './order-lines';
import { CentraRefused } from './refused';
import { recordOf, recordsOf, textOf } from './values';
import type { Values } from './values';

const amount = (values: Values, member: string): string => {
  const text = textOf(values, member);
  return isDecimal(text) ? text : '0';
};

/** The order with one more entry among its payments, and what is paid in all along with it. */
function withPayment(order: Values, payment: Values, difference: string): Values {
  const payments = recordOf(order, 'payments');
  const total = money(add(amount(payments, 'total'), difference));
  const isAll = compare(total, amount(order, 'ordertotal')) >= 0;
  return {
    ...order,
    payments: {
      ...payments,
      total,
      status: isAll ? 'complete' : 'incomplete',
      payment: [...recordsOf(payments, 'payment'), payment],
    },
  };
}

/** Whether the customer's money is reserved. */
const isAuthorised = (order: Values): boolean =>
  recordsOf(recordOf(order, 'payments'), 'payment').some((entry) => textOf(entry, 'type') === 'auth');

/**
 * Takes the money for one shipment, where it is reserved and not taken yet; otherwise nothing happens
 * (docs/vendors/centra.md#shipments).
 * @throws CentraRefused when the provider declines
 */
export function captured(order: Values, shipmentId: string, { options, now, notice }: OrderContext): Values {
  const shipments = recordsOf(order, 'shipments');
  const shipment = shipments.find((entry) => textOf(entry, 'id') === shipmentId);
  if (shipment === undefined || textOf(shipment, 'paid') === 'yes') return order;
  if (!isAuthorised(order)) {
    notice(`Shipment ${shipmentId}: nothing to capture`);
    return order;
  }
  if (options.declinesCapture) throw new CentraRefused(`Shipment ${shipmentId}: the capture was declined`);
  const value = amount(shipment, 'shipmenttotal');
  const paid: Values = { ...shipment, paid: 'yes', paidtotal: value };
  const withPaid = { ...order, shipments: shipments.map((entry) => (entry === shipment ? paid : entry)) };
  return withPayment(withPaid, { type: 'capture', paid: 'yes', value, created: now }, value);
}

/** Gives `value` back, as far as money was taken at all. */
export function refundedMoney(order: Values, value: string, now: string): Values {
  const taken = recordsOf(recordOf(order, 'payments'), 'payment').some((entry) => textOf(entry, 'type') === 'capture');
  if (!taken) return order;
  return withPayment(order, { type: 'refund', paid: 'yes', value: money(value), created: now }, subtract('0', value));
}
