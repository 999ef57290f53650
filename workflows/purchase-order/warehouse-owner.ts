import {
  isGone,
  warehouseOrderDifferences,
  type WarehouseOrder,
  type WarehouseOrderRequest,
} from '../../src/domain/stock/inventory';
import { GIVE_UP, givenUp } from '../case/leaving';
import type { OrderCompensation } from './undoing';
import type { Fulfilment } from './fulfilment';
import { ANOTHERS, OURS } from './sales-order-header';
import * as northscope from '../vendors/northscope';
import { whoseWarehouseOrder } from '../../src/domain/purchase-order/questions';

/** `without`: a person does without it, once giving up is no choice any more. */
export type WarehouseOrderOwner = 'ours' | 'another' | 'without';

/**
 * Whose the order is that NorthScope shows under our OrderID: ours where it has our content and still stands; undefined
 * where none shows. Anything else is put to a person, because NorthScope keeps no note of ours.
 *
 * @param seen what NorthScope showed just now.
 * @throws ApplicationFailure `GivenUp`.
 */
export async function ownerOfWarehouseOrder(
  fulfilment: Fulfilment,
  request: WarehouseOrderRequest,
  seen?: readonly WarehouseOrder[],
): Promise<WarehouseOrderOwner | undefined> {
  const { orderId } = request;
  let orders = seen;
  for (;;) {
    orders ??= await northscope.findWarehouseOrders(fulfilment, { orderIds: [orderId] });
    const standing = orders.filter((shown) => shown.orderId === orderId);
    const [shown] = standing;
    if (shown === undefined) return undefined;
    const differences = [
      ...(standing.length > 1 ? [`NorthScope shows ${standing.length} orders of this OrderID`] : []),
      ...warehouseOrderDifferences(shown, request),
    ];
    if (differences.length === 0) return 'ours';
    const because = differences.join('; ');
    const { choice, by } = await fulfilment.desk.ask({
      of: whoseWarehouseOrder,
      about: orderId,
      values: { orderId, orderRef: fulfilment.state.order.orderRef, because },
      facts: [
        { label: 'OrderID', value: orderId },
        { label: 'PONumber', value: shown.poNumber },
        { label: 'StatusName', value: shown.statusName },
      ],
      choices: [
        'look again',
        ...(isGone(shown) ? [] : [OURS]),
        ANOTHERS,
        fulfilment.mayGiveUp ? GIVE_UP : 'do without',
      ],
    });
    if (choice === GIVE_UP) {
      const task = `NorthScope: order ${orderId} was not taken for that of ${fulfilment.state.order.orderRef} (${because}); cancel it (queue, order and allocation) by hand only if it is`;
      replaceCancelling(fulfilment, orderId, { task });
      throw givenUp(`queue order ${orderId} in NorthScope`, by);
    }
    if (choice === 'do without') {
      fulfilment.task(`NorthScope: despatch by hand what ${orderId} was for, or agree on less with the buyer`);
      return 'without';
    }
    if (choice === ANOTHERS) {
      fulfilment.note(`${by} says that NorthScope's order ${orderId} belongs to another`);
      return 'another';
    }
    if (choice === OURS) {
      fulfilment.task(
        `NorthScope: order ${orderId} was said to be that of ${fulfilment.state.order.orderRef}; put right by hand what still differs in it: ${because}`,
      );
      return 'ours';
    }
    orders = undefined;
  }
}

/** The task that undoes a queued order. */
export const cancelByHand = (orderId: string): string =>
  `NorthScope: cancel order ${orderId} (queue, order and allocation) by hand; its API offers no way`;

/** What is not known to be ours is not listed to be cancelled, but for what is to be looked at instead. */
export function replaceCancelling(
  { state }: Fulfilment,
  orderId: string,
  ...instead: readonly OrderCompensation[]
): void {
  const task = cancelByHand(orderId);
  const at = state.compensations.findIndex((known) => 'task' in known && known.task === task);
  if (at >= 0) state.compensations.splice(at, 1, ...instead);
}
