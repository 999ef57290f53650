import { isDecimal, sum } from '../../domain/values/decimal';
import { deliveredQuantity } from './deliveries';
import { isCancelled } from './records';
import type { ClaritumState } from './state';
import { isList, isValues, textOf, type Values } from '../values';

/** How far an order is, as the people of the company see it; all counts in the order's unit of measure. */
export interface Job {
  readonly orderRef: string;
  readonly poNumber: string;
  readonly productCode: string;
  readonly ordered: string;
  readonly received: string;
  readonly invoiced: string;
  readonly deliveries: readonly {
    readonly deliveryRef: string;
    readonly sequence: string;
    readonly delivered: string;
  }[];
}

/** The jobs in progress: everything that is not cancelled. */
export function jobsOf(state: ClaritumState): readonly Job[] {
  const invoiced = new Map<string, string>();
  for (const invoice of state.purchaseInvoices.values()) {
    const orderRef = textOf(invoice, 'orderRef');
    invoiced.set(orderRef, sum([invoiced.get(orderRef) ?? '0', ...quantities(invoice)]));
  }
  return state
    .allOrders()
    .filter((order) => !isCancelled(order))
    .map((order) => ({
      orderRef: order.orderRef,
      poNumber: order.poNumber,
      productCode: textOf(order, 'productCode'),
      ordered: order.quantity,
      received: sum(state.receiptsOf(order.orderRef).map(({ quantity }) => quantity)),
      invoiced: invoiced.get(order.orderRef) ?? '0',
      deliveries: order.deliveries.map(({ deliveryRef, sequence }) => ({
        deliveryRef,
        sequence,
        delivered: deliveredQuantity(state.deliveries.get(deliveryRef) ?? []),
      })),
    }));
}

/** What the lines of an invoice are for. */
function quantities({ lines }: Values): readonly string[] {
  const given = isList(lines) ? lines.filter(isValues) : [];
  return given.map((line) => textOf(line, 'quantity')).filter(isDecimal);
}
