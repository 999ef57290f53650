import type { PurchaseOrder } from '../../src/domain/purchase-order';
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
  const latest = (await listed(order, false)) ?? (await listed(order, true));
  if (latest === null) await askAboutVanished(order);
  else if (isAnother(order, latest)) await askAboutAnother(order, latest);
  else reportAmendment(order, latest);
  await acknowledgeOrder(order);
}

const listed = (order: Order, fresh: boolean): Promise<PurchaseOrder | null> => {
  const { orderRef, uid } = order.state.order;
  return order.vendors.claritum.findPurchaseOrder({ orderRef, uid, fresh });
};

/** Reference and uid are of two orders: a record typed by hand, perhaps. The mark would take the other one off the list. */
const isAnother = ({ state }: Order, { orderRef, uid }: PurchaseOrder): boolean =>
  orderRef !== state.order.orderRef || uid !== state.order.uid;

async function askAboutAnother(order: Order, found: PurchaseOrder): Promise<void> {
  const { orderRef, uid } = order.state.order;
  await order.desk.ask({
    kind: 'mismatch',
    question: `This order was started as ${orderRef} with the uid ${uid}, but Claritum lists ${found.orderRef} with the uid ${found.uid}. They do not belong together, so nothing is marked: give it up.`,
    facts: [],
    choices: ['give up'],
  });
  throw givenUp(`mark ${orderRef}, whose uid is of another order`, 'a human');
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

/**
 * Marks an order that was refused or cancelled, at the very end; one whose uid is of another order is listed instead. What
 * Claritum lists no longer needs no mark.
 */
export async function acknowledgeUnfulfilled(order: Order): Promise<void> {
  const found = await listed(order, true);
  if (found === null) return;
  if (!isAnother(order, found)) return acknowledgeOrder(order);
  order.task(
    `Claritum: purchase order ${order.state.order.orderRef} was not marked, because its uid ${order.state.order.uid} is not its own there`,
  );
}

/** Marks it as it is. */
async function acknowledgeOrder(order: Order): Promise<void> {
  const { uid, orderRef } = order.state.order;
  order.state.isExporting = true;
  await markExported(order, uid, `purchase order ${orderRef}`);
  order.state.isExported = true;
  order.note(`purchase order ${orderRef} marked exported in Claritum`);
}
