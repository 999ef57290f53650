import { carryOut } from '../calls';
import type { Order } from './order';

/**
 * Acknowledges records at their source: Claritum lists them no longer. It comes after the documents stand, because there
 * is no way back (contract §A row 8), and is safe to repeat.
 */
export async function markExported(order: Order, uid: string, what: string): Promise<void> {
  await carryOut(order, {
    what: `mark ${what} exported in Claritum`,
    facts: [{ label: 'uid', value: uid }],
    send: async () => {
      await order.vendors.claritumOnce.markExported({ uids: [uid] });
      return true;
    },
    otherwise: 'send again',
    assumed: async () => true,
  });
}

/** Marks the purchase order itself. */
export async function exportOrder(order: Order): Promise<void> {
  const { uid, orderRef } = order.state.order;
  await markExported(order, uid, `purchase order ${orderRef}`);
  order.state.isExported = true;
  order.note(`purchase order ${orderRef} marked exported in Claritum`);
}
