import { sum } from '../../domain/values/decimal';
import { deliveredQuantity } from './deliveries';
import { isCancelled } from './records';
import type { ClaritumState } from './state';
import { textOf } from '../values';

/** How far an order is, as the people of the company see it; all counts in the order's unit of measure. */
export interface Job {
  readonly orderRef: string;
  readonly poNumber: string;
  readonly productCode: string;
  readonly ordered: string;
  readonly received: string;
  readonly isInvoiced: boolean;
  readonly deliveries: readonly {
    readonly deliveryRef: string;
    readonly sequence: string;
    readonly delivered: string;
  }[];
}

/** The jobs in progress: everything that is not cancelled. */
export function jobsOf(state: ClaritumState): readonly Job[] {
  const invoiced = new Set([...state.purchaseInvoices.values()].map((entry) => textOf(entry, 'orderRef')));
  return state
    .allOrders()
    .filter((order) => !isCancelled(order))
    .map((order) => ({
      orderRef: order.orderRef,
      poNumber: order.poNumber,
      productCode: textOf(order, 'productCode'),
      ordered: order.quantity,
      received: sum(state.receiptsOf(order.orderRef).map(({ quantity }) => quantity)),
      isInvoiced: invoiced.has(order.orderRef),
      deliveries: order.deliveries.map(({ deliveryRef, sequence }) => ({
        deliveryRef,
        sequence,
        delivered: deliveredQuantity(state.deliveries.get(deliveryRef) ?? []),
      })),
    }));
}
