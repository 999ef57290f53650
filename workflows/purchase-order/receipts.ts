import { add, compare, isPositive, isZero, subtract } from '../../src/domain/decimal';
import { milliseconds } from '../../src/domain/duration';
import { versionOf } from '../../src/domain/news';
import type { DeliveryReport } from '../../src/domain/purchase-order';
import { dueTo, leftElsewhere, onTheWayTo, totals } from '../../src/domain/quantity';
import { receiptReference } from '../../src/domain/receipt-reference';
import { deliveryMeaning } from '../../src/domain/status';
import { isWithdrawn } from '../decisions';
import { book } from './booking';
import { mark } from './export';
import type { Order } from './order';
import type { BookedDelivery, ReportedDelivery } from './state';

/** The choice of the questions about what has not come. */
export const WAIT_LONGER = 'wait longer';

/**
 * Takes in a delivery as Claritum lists it. Seen twice is seen once; what is told by other content than was dealt with is
 * dealt with again: more is booked, less is put to a person, and what is only listed again is only marked again.
 */
export function takeReport(order: Order, delivery: DeliveryReport): void {
  const { state } = order;
  const waiting = state.reported.find(({ uid }) => uid === delivery.uid);
  const booked = state.booked.find(({ uid }) => uid === delivery.uid);
  if (waiting !== undefined && digestOf(waiting) === digestOf(delivery)) return;
  if (waiting === undefined && booked?.digest === digestOf(delivery) && !booked.isMarked) return;
  const since = waiting?.since ?? new Date().toISOString();
  // What has not arrived says nothing, unless it was said to have arrived.
  const saysNothing = !hasArrived(order, delivery) && isZero(booked?.settled ?? '0');
  if (saysNothing && waiting === undefined) return;
  const others = state.reported.filter(({ uid }) => uid !== delivery.uid);
  state.reported = saysNothing ? others : [...others, { ...delivery, since }];
  order.hasNews = true;
  // Whether to wait longer for goods or for the invoice of what has come: neither is as the question says any more. Nor is
  // a question about this very delivery.
  for (const { id, choices, facts } of [...state.decisions.open]) {
    const isAboutIt = facts.some(({ label, value }) => label === DELIVERY && value === delivery.uid);
    if (choices.includes(WAIT_LONGER) || isAboutIt)
      order.desk.withdraw(id, 'claritum', `delivery ${delivery.deliveryRef} was reported`);
  }
}

const digestOf = (delivery: DeliveryReport | ReportedDelivery): string => {
  const { since: _, ...content } = { since: '', ...delivery };
  return versionOf(content).digest;
};

const hasArrived = ({ policy }: Order, { status }: DeliveryReport): boolean =>
  deliveryMeaning(status, policy.claritum) === 'delivered';

/** What has arrived by this report: nothing, where its status does not say so. */
const quantityOf = (order: Order, delivery: DeliveryReport): string =>
  hasArrived(order, delivery) ? delivery.quantity : '0';

/** Books what can be booked of the goods that arrived, and acknowledges the deliveries after that. */
export async function bookReceipts(order: Order): Promise<void> {
  if (order.policy.fulfilment.receiptOn === 'despatch') await bookDespatched(order);
  for (const delivery of certainFirst(order)) {
    try {
      if (await isDealtWith(order, delivery)) await acknowledgeDelivery(order, delivery);
    } catch (error) {
      // It was reported anew while it was asked about: its next turn comes.
      if (!isWithdrawn(error) || order.interruption !== null) throw error;
      order.note(error.message);
    }
  }
}

/** The delivery is acknowledged last: until then, Claritum would report it again. */
async function acknowledgeDelivery(order: Order, delivery: ReportedDelivery): Promise<void> {
  const { state } = order;
  const { uid, deliveryRef, quantity } = delivery;
  if (state.reported.every((reported) => reported.uid !== uid || digestOf(reported) !== digestOf(delivery))) return;
  const { orderRef } = state.order;
  const what = `delivery ${deliveryRef}`;
  const digest = digestOf(delivery);
  const settled = (isMarked: boolean): void => {
    state.reported = state.reported.filter((reported) => reported.uid !== uid || digestOf(reported) !== digest);
    remember(order, { ...bookedOf(order, uid), digest, isMarked });
  };
  // Marked now, it would not be listed when it arrives after all.
  if (!hasArrived(order, delivery)) return settled(false);
  const ended = await mark(order, { kind: 'delivery', uid, orderRef, digest, what });
  if (ended.kind === 'changed') return takeReport(order, ended.record);
  settled(true);
  return order.note(
    ended.kind === 'absent'
      ? `delivery ${deliveryRef} (${quantity}) is not listed in Claritum, so there is nothing to mark`
      : `delivery ${deliveryRef} (${quantity}) marked exported in Claritum`,
  );
}

/** What is booked for a delivery so far. */
const bookedOf = ({ state }: Order, uid: string): BookedDelivery =>
  state.booked.find((booked) => booked.uid === uid) ?? {
    uid,
    digest: '',
    quantity: '0',
    settled: '0',
    receipts: 0,
    isMarked: false,
  };

function remember({ state }: Order, booked: BookedDelivery): void {
  const index = state.booked.findIndex(({ uid }) => uid === booked.uid);
  state.booked = index < 0 ? [...state.booked, booked] : state.booked.with(index, booked);
}

/** In the order they came, but a question about one delivery holds up none that can be booked without it. */
function certainFirst({ state: { reported, ledger } }: Order): ReportedDelivery[] {
  const isBeyond = ({ deliveryRef, quantity }: DeliveryReport): boolean =>
    compare(quantity, dueTo(ledger, deliveryRef)) > 0;
  return [...reported.filter((delivery) => !isBeyond(delivery)), ...reported.filter(isBeyond)];
}

/** Policy `receiptOn: despatch`: goods count as received when they leave our warehouse. */
async function bookDespatched(order: Order): Promise<void> {
  const { despatched, received } = totals(order.state.ledger);
  const quantity = subtract(despatched, received);
  if (!isPositive(quantity)) return;
  await book(
    order,
    receiptReference(`${order.state.order.orderRef}-${order.state.receipts.length + 1}`),
    quantity,
    new Date().toISOString(),
  );
}

/** Whether the delivery is dealt with; false where its goods have not been seen leaving yet, so that it waits. */
async function isDealtWith(order: Order, delivery: ReportedDelivery): Promise<boolean> {
  if (order.policy.fulfilment.receiptOn === 'despatch') return true;
  const { deliveryRef, uid } = delivery;
  const reported = quantityOf(order, delivery);
  const more = subtract(reported, bookedOf(order, uid).settled);
  if (compare(more, '0') < 0) return isLessSettled(order, delivery, reported);
  const { left, toLeave } = onTheWayTo(order.state.ledger, deliveryRef);
  if (compare(more, left) > 0 && isPositive(toLeave) && !(await hasLeftElsewhere(order, delivery, more, left)))
    return false;
  const due = dueTo(order.state.ledger, deliveryRef);
  if (compare(more, due) > 0) return bookBeyond(order, { ...delivery, quantity: more }, due);
  if (isPositive(more)) await bookArrived(order, delivery, more);
  return true;
}

async function bookArrived(order: Order, delivery: DeliveryReport, quantity: string): Promise<void> {
  const booked = bookedOf(order, delivery.uid);
  const receipts = booked.receipts + 1;
  await book(order, receiptReference(delivery.uid, receipts), quantity, arrival(delivery), delivery.deliveryRef);
  remember(order, {
    ...booked,
    quantity: add(booked.quantity, quantity),
    settled: add(booked.settled, quantity),
    receipts,
    isMarked: false,
  });
}

/**
 * Less is reported than was booked, and no operation takes a receipt back. The report is looked at once more before
 * anybody is asked: it may be one that was under way for long.
 */
async function isLessSettled(order: Order, delivery: ReportedDelivery, reported: string): Promise<boolean> {
  const { uid, deliveryRef } = delivery;
  const latest = await order.vendors.claritum.findDelivery({ uid });
  if (latest === null || digestOf(latest) !== digestOf(delivery)) {
    order.state.reported = order.state.reported.filter((report) => report.uid !== uid);
    if (latest !== null) takeReport(order, latest);
    return false;
  }
  const booked = bookedOf(order, uid);
  const { quantity } = booked;
  if (compare(quantity, reported) <= 0) {
    remember(order, { ...booked, settled: reported });
    return true;
  }
  const { choice, by } = await order.desk.ask({
    kind: 'mismatch',
    question: `Delivery ${deliveryRef} was reported and booked with ${quantity}, and Claritum reports ${reported} of it now. A receipt cannot be taken back: balance it in Claritum by hand, or look again once the report is corrected?`,
    facts: [
      { label: DELIVERY, value: uid },
      { label: 'booked', value: quantity },
      { label: 'reported now', value: `${reported} (${delivery.status})` },
    ],
    choices: ['balance it by hand', LOOK_AGAIN],
  });
  if (choice === LOOK_AGAIN) {
    order.hasNews = true;
    return false;
  }
  order.task(
    `Claritum: balance the receipt of delivery ${deliveryRef} (${uid}) by hand, ${quantity} is booked and ${reported} was delivered (decided by ${by}); then clear the difference with the carrier and the supplier's invoice`,
  );
  remember(order, { ...booked, quantity: reported, settled: reported, isMarked: false });
  return true;
}

/**
 * Claritum says that goods have arrived which NorthScope has not shipped. Its figure may only be late; after a while a
 * person is asked, with the words of both.
 */
async function hasLeftElsewhere(
  order: Order,
  delivery: ReportedDelivery,
  more: string,
  left: string,
): Promise<boolean> {
  const { state, policy } = order;
  const { deliveryRef, uid, status, since } = delivery;
  if (Date.now() - Date.parse(since) < milliseconds(policy.fulfilment.aheadWithin)) return false;
  const orderIds = state.warehouseOrders.filter((placed) => placed.deliveryRef === deliveryRef).map((of) => of.orderId);
  const shown = orderIds.length === 0 ? [] : await order.vendors.northscope.findWarehouseOrders({ orderIds });
  const { choice, by } = await order.desk.ask({
    kind: 'mismatch',
    question: `Claritum says '${status}' of delivery ${deliveryRef} (${delivery.quantity}), and NorthScope has shipped only ${left} that is not received yet. Wait longer for NorthScope, or have the goods left without it?`,
    facts: [
      { label: DELIVERY, value: uid },
      { label: 'Claritum', value: `${delivery.quantity} ${status}` },
      ...shown.map(({ orderId, statusName, lines: [line] }) => ({
        label: `NorthScope, order ${orderId}`,
        value: `${statusName}: ${line?.shippedUnits ?? '0'} of ${line?.orderUnits ?? '0'} shipped`,
      })),
    ],
    choices: [STILL_WAIT, 'they have left: book them'],
  });
  if (choice === STILL_WAIT) {
    const now = new Date().toISOString();
    state.reported = state.reported.map((report) => (report.uid === uid ? { ...report, since: now } : report));
    return false;
  }
  state.ledger = leftElsewhere(state.ledger, deliveryRef, more);
  order.task(
    `NorthScope: ${orderIds.join(' and ')} shows goods of delivery ${deliveryRef} as not shipped that have left (decided by ${by}): have it corrected there, or they leave twice`,
  );
  return true;
}

const arrival = ({ deliveryDate }: DeliveryReport): string => deliveryDate ?? new Date().toISOString();

/**
 * More arrived than is due at this address: Claritum refuses an over-receipt, and nobody guesses whose mistake it is. What
 * is due to another address is none of its own.
 */
async function bookBeyond(order: Order, delivery: ReportedDelivery, due: string): Promise<boolean> {
  const { deliveryRef, quantity, uid } = delivery;
  const isNoneDue = isZero(due);
  const known = order.state.ledger.deliveries.find((candidate) => candidate.deliveryRef === deliveryRef);
  const { choice, by } = await order.desk.ask({
    kind: 'mismatch',
    question: isNoneDue
      ? `Delivery ${deliveryRef} reports ${quantity}, but nothing is due to it${isZero(known?.ordered ?? '0') ? ' any more: the order is without it' : ': all of it has been received'}. Book nothing, or look again once the order is amended?`
      : `Delivery ${deliveryRef} reports ${quantity}, but only ${due} is still due to it. Book what is due, or nothing?`,
    facts: [
      { label: DELIVERY, value: uid },
      { label: 'reported', value: quantity },
      { label: 'ordered for it', value: known?.ordered ?? '0' },
      { label: 'still due to it', value: due },
    ],
    choices: [...(isNoneDue ? [] : ['book what is due']), 'book nothing', ...(isNoneDue ? [LOOK_AGAIN] : [])],
  });
  if (choice === LOOK_AGAIN) {
    order.hasNews = true;
    return false;
  }
  const booked = choice === 'book what is due' ? due : '0';
  if (isPositive(booked)) await bookArrived(order, delivery, booked);
  const before = bookedOf(order, uid);
  remember(order, { ...before, settled: add(before.settled, subtract(quantity, booked)) });
  order.task(
    `${subtract(quantity, booked)} delivered beyond what was due (${uid}, decided by ${by}): return it or adjust stock`,
  );
  return true;
}

const LOOK_AGAIN = 'look again';
const STILL_WAIT = 'wait for NorthScope';
/** By this fact a question about a delivery is found when it is reported anew. */
const DELIVERY = 'delivery';
