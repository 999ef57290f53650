import { carryOut, givenUp } from '../calls';
import { reportAmendment } from './change';
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
    wayOut: 'done by hand',
    assumed: async () => true,
  });
}

/**
 * Marks the purchase order itself. It is read once more just before: an amendment that came after the last poll would
 * vanish from Claritum's list with the mark, and with it the only sign of it.
 */
export async function exportOrder(order: Order): Promise<void> {
  const { orderRef } = order.state.order;
  const latest =
    (await order.vendors.claritum.findPurchaseOrder({ orderRef, fresh: false })) ??
    (await order.vendors.claritum.findPurchaseOrder({ orderRef, fresh: true }));
  if (latest === null) await askAboutVanished(order);
  else reportAmendment(order, latest);
  await acknowledgeOrder(order);
}

/** Before our mark, an order that is listed no longer was withdrawn, or marked by somebody else: only a human can know. */
async function askAboutVanished(order: Order): Promise<void> {
  const { orderRef, uid } = order.state.order;
  const { choice, by } = await order.desk.ask({
    kind: 'mismatch',
    question: `Claritum lists purchase order ${orderRef} no longer, and Waybill has not marked it. Did the buyer withdraw it, or did somebody else mark it exported?`,
    facts: [{ label: 'uid', value: uid }],
    choices: ['withdrawn: undo it', 'marked by somebody else: go on'],
  });
  if (choice === 'withdrawn: undo it') throw givenUp(`fulfil ${orderRef}, which the buyer withdrew`, by);
}

/** Marks it as it is: also an order that was refused or cancelled, at the very end. */
export async function acknowledgeOrder(order: Order): Promise<void> {
  const { uid, orderRef } = order.state.order;
  order.state.isExporting = true;
  await markExported(order, uid, `purchase order ${orderRef}`);
  order.state.isExported = true;
  order.note(`purchase order ${orderRef} marked exported in Claritum`);
}
