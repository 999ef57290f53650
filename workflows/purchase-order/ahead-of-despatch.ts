import { asQuantity, compare } from '../../src/domain/values/decimal';
import { milliseconds } from '../../src/domain/values/duration';
import { leftElsewhere, onTheWayTo } from '../../src/domain/purchase-order/quantity';
import type { Fulfilment } from './fulfilment';
import type { ReportedDelivery } from './state';
import { watchedMeanwhile } from './warehouse';
import * as northscope from '../vendors/northscope';
import { deliveredUnshipped } from '../../src/domain/purchase-order/questions';

/**
 * Claritum says that goods have arrived which NorthScope has not shipped. Its figure may only be late; after a while a
 * person is asked, with the words of both.
 */
export async function hasLeftElsewhere(
  fulfilment: Fulfilment,
  delivery: ReportedDelivery,
  more: string,
  left: string,
): Promise<boolean> {
  const { state, policy } = fulfilment;
  const { deliveryRef, uid, status, since } = delivery;
  if (Date.now() - Date.parse(since) < milliseconds(policy.fulfilment.aheadWithin)) return false;
  const orderIds = state.warehouseOrders.filter((placed) => placed.deliveryRef === deliveryRef).map((of) => of.orderId);
  const shown = orderIds.length === 0 ? [] : await northscope.findWarehouseOrders(fulfilment, { orderIds });
  const asked = fulfilment.desk.ask({
    of: deliveredUnshipped,
    about: uid,
    values: { status, deliveryRef, quantity: asQuantity(delivery.quantity), left },
    facts: [
      { label: 'delivery', value: uid },
      { label: 'Claritum', value: `${asQuantity(delivery.quantity)} ${status}` },
      ...shown.map(({ orderId, statusName, lines: [line] }) => ({
        label: `NorthScope, order ${orderId}`,
        value: `${statusName}: ${asQuantity(line?.shippedUnits ?? '0')} of ${asQuantity(line?.orderUnits ?? '0')} shipped`,
      })),
    ],
  });
  // The question is taken back, as withdrawn, where NorthScope ships the goods after all.
  const { choice, by } = await watchedMeanwhile(fulfilment, asked, {
    afterLook: () => {
      if (compare(onTheWayTo(state.ledger, deliveryRef).left, more) >= 0)
        fulfilment.desk.withdrawWhere(({ about }) => about === uid, 'northscope', 'NorthScope has shipped the goods');
    },
  });
  if (choice === 'wait for NorthScope') {
    const now = new Date().toISOString();
    state.reported = state.reported.map((report) => (report.uid === uid ? { ...report, since: now } : report));
    return false;
  }
  state.ledger = leftElsewhere(state.ledger, deliveryRef, more);
  fulfilment.task(
    `NorthScope: ${orderIds.join(' and ')} shows goods of delivery ${deliveryRef} as not shipped that have left (decided by ${by}): have it corrected there, or they leave twice`,
  );
  return true;
}
