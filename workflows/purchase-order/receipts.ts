import { milliseconds } from '../../src/domain/values/duration';
import { add, asQuantity, compare, isPositive, isZero, subtract } from '../../src/domain/values/decimal';
import type { DeliveryReport } from '../../src/domain/purchase-order/purchase-order';
import { dueTo, onTheWayTo, takeBack, totals } from '../../src/domain/purchase-order/quantity';
import { receiptReference } from '../../src/domain/purchase-order/receipt-reference';
import { isOvertaken, isWithdrawn } from '../case/leaving';
import { hasLeftElsewhere } from './ahead-of-despatch';
import { book } from './booking';
import { bookedOf, digestOf, hasArrived, isStillReported, quantityOf, remember, takeReport } from './delivery-reports';
import { mark } from '../vendors/mark-exported';
import type { Fulfilment } from './fulfilment';
import type { BookedDelivery, ReportedDelivery } from './state';
import { lessDelivered, moreDelivered, nothingDue } from '../../src/domain/purchase-order/questions';

/** Books what can be booked of the goods that arrived, and acknowledges the deliveries after that. */
export async function bookReceipts(fulfilment: Fulfilment): Promise<void> {
  if (fulfilment.policy.fulfilment.receiptOn === 'despatch') await bookDespatched(fulfilment);
  for (const delivery of certainFirst(fulfilment)) {
    try {
      if (await isDealtWith(fulfilment, delivery)) await acknowledgeDelivery(fulfilment, delivery);
    } catch (error) {
      // What it was asked about, or was to be booked, is no longer so: its next turn comes at once.
      if (!(isWithdrawn(error) || isOvertaken(error)) || fulfilment.interruption !== null) throw error;
      fulfilment.note(error.message);
      fulfilment.hasNews = true;
    }
  }
}

/** The delivery is acknowledged last: until then, Claritum would report it again. */
async function acknowledgeDelivery(fulfilment: Fulfilment, delivery: ReportedDelivery): Promise<void> {
  const { state } = fulfilment;
  const { uid, deliveryRef, quantity } = delivery;
  if (!isReported(fulfilment, delivery)) return;
  const { orderRef } = state.order;
  const what = `delivery ${deliveryRef}`;
  const digest = digestOf(delivery);
  const settled = (isMarked: boolean): void => {
    state.reported = state.reported.filter((reported) => reported.uid !== uid || digestOf(reported) !== digest);
    remember(fulfilment, { ...bookedOf(fulfilment, uid), digest, isMarked });
  };
  // If it were marked now, Claritum would not list it when it arrives.
  if (!hasArrived(fulfilment, delivery)) return settled(false);
  const ended = await mark(fulfilment, { kind: 'delivery', uid, orderRef, digest, what });
  if (ended.kind === 'changed') return takeReport(fulfilment, ended.record);
  settled(true);
  return fulfilment.note(
    ended.kind === 'absent'
      ? `delivery ${deliveryRef} (${asQuantity(quantity)}) is not listed in Claritum, so there is nothing to mark`
      : `delivery ${deliveryRef} (${asQuantity(quantity)}) marked exported in Claritum`,
  );
}

/** Whether this very report waits still: none of other content has come in its place. */
const isReported = ({ state: { reported } }: Fulfilment, delivery: ReportedDelivery): boolean =>
  reported.some((other) => other.uid === delivery.uid && digestOf(other) === digestOf(delivery));

/** In the order they came, but a question about one delivery holds up none that can be booked without it. */
function certainFirst({ state: { reported, ledger } }: Fulfilment): ReportedDelivery[] {
  const isBeyond = ({ deliveryRef, quantity }: DeliveryReport): boolean =>
    compare(quantity, dueTo(ledger, deliveryRef)) > 0;
  return [...reported.filter((delivery) => !isBeyond(delivery)), ...reported.filter(isBeyond)];
}

/** Policy `receiptOn: despatch`: goods count as received when they leave our warehouse. */
async function bookDespatched(fulfilment: Fulfilment): Promise<void> {
  const { despatched, received } = totals(fulfilment.state.ledger);
  const quantity = subtract(despatched, received);
  if (!isPositive(quantity)) return;
  await book(fulfilment, {
    reference: receiptReference(`${fulfilment.state.order.orderRef}-${fulfilment.state.receipts.length + 1}`),
    quantity,
    receivedDate: new Date().toISOString(),
  });
}

/** Whether the delivery is dealt with; false where its goods have not been seen leaving yet, so that it waits. */
async function isDealtWith(fulfilment: Fulfilment, delivery: ReportedDelivery): Promise<boolean> {
  if (fulfilment.policy.fulfilment.receiptOn === 'despatch') return true;
  const { deliveryRef, uid } = delivery;
  const reported = quantityOf(fulfilment, delivery);
  const more = subtract(reported, bookedOf(fulfilment, uid).settled);
  if (compare(more, '0') < 0) return settleLess(fulfilment, delivery, reported);
  const booked = bookedOf(fulfilment, uid);
  if (isPositive(booked.quantity) && booked.deliveryRef !== deliveryRef) listMoved(fulfilment, booked, delivery);
  const isLate = Date.now() - Date.parse(delivery.since) >= milliseconds(fulfilment.policy.claritum.absentFor);
  if (isPositive(more) && isLate && !(await isStillReported(fulfilment, delivery))) return false;
  const { left, toLeave } = onTheWayTo(fulfilment.state.ledger, deliveryRef);
  if (compare(more, left) > 0 && isPositive(toLeave) && !(await hasLeftElsewhere(fulfilment, delivery, more, left)))
    return false;
  const due = dueTo(fulfilment.state.ledger, deliveryRef);
  if (compare(more, due) > 0) return bookBeyond(fulfilment, delivery, more, due);
  if (isPositive(more)) await bookArrived(fulfilment, delivery, more);
  return true;
}

async function bookArrived(fulfilment: Fulfilment, delivery: ReportedDelivery, quantity: string): Promise<void> {
  const { uid, deliveryRef } = delivery;
  const booked = bookedOf(fulfilment, uid);
  const receipts = booked.receipts + 1;
  await book(fulfilment, {
    reference: receiptReference(uid, receipts),
    quantity,
    receivedDate: arrival(delivery),
    deliveryRef,
    isCorrected: () => !isReported(fulfilment, delivery),
  });
  remember(fulfilment, {
    ...booked,
    deliveryRef,
    quantity: add(booked.quantity, quantity),
    settled: add(booked.settled, quantity),
    receipts,
    isMarked: false,
  });
}

/** The goods are booked; which address they came to is nothing that a receipt could be changed in. */
function listMoved(fulfilment: Fulfilment, booked: BookedDelivery, { uid, deliveryRef }: DeliveryReport): void {
  fulfilment.task(
    `Claritum reports delivery ${uid} for ${deliveryRef} now; its ${booked.quantity} were booked for ${booked.deliveryRef}: find out which address has the goods`,
  );
  remember(fulfilment, { ...booked, deliveryRef });
}

/**
 * Less is reported than was booked, and no operation takes a receipt back. The report is looked at once more before
 * anybody is asked: it may be one that was under way for long.
 */
async function settleLess(fulfilment: Fulfilment, delivery: ReportedDelivery, reported: string): Promise<boolean> {
  const { uid, deliveryRef } = delivery;
  if (!(await isStillReported(fulfilment, delivery))) return false;
  const booked = bookedOf(fulfilment, uid);
  const { quantity } = booked;
  if (compare(quantity, reported) <= 0) {
    remember(fulfilment, { ...booked, settled: reported });
    return true;
  }
  const { choice, by } = await fulfilment.desk.ask({
    of: lessDelivered,
    about: uid,
    values: { deliveryRef, booked: quantity, reported },
    facts: [
      { label: 'delivery', value: uid },
      { label: 'booked', value: quantity },
      { label: 'reported now', value: reported },
      { label: 'status', value: delivery.status },
    ],
  });
  if (choice === 'look again') {
    fulfilment.hasNews = true;
    return false;
  }
  fulfilment.task(
    `Claritum: balance the receipt of delivery ${deliveryRef} (${uid}) by hand, ${quantity} is booked and ${reported} was delivered (decided by ${by}); then clear the difference with the carrier and the supplier's invoice`,
    `balance-receipt:${uid}:${reported}`,
  );
  fulfilment.state.ledger = takeBack(fulfilment.state.ledger, subtract(quantity, reported), deliveryRef);
  remember(fulfilment, { ...booked, quantity: reported, settled: reported, isMarked: false });
  return true;
}

const arrival = ({ deliveryDate }: DeliveryReport): string => deliveryDate ?? new Date().toISOString();

/**
 * More arrived than is due at this address: Claritum refuses an over-receipt, so a person decides. What is due to
 * another address does not count.
 */
async function bookBeyond(
  fulfilment: Fulfilment,
  delivery: ReportedDelivery,
  quantity: string,
  due: string,
): Promise<boolean> {
  const { deliveryRef, uid } = delivery;
  const known = fulfilment.state.ledger.deliveries.find((candidate) => candidate.deliveryRef === deliveryRef);
  const facts = [
    { label: 'delivery', value: uid },
    { label: 'reported', value: quantity },
    { label: 'ordered for it', value: known?.ordered ?? '0' },
    { label: 'still due to it', value: due },
  ];
  const why = isZero(known?.ordered ?? '0') ? ' any more: the order is without it' : ': all of it has been received';
  const asked = { about: uid, facts };
  const { choice, by } = isZero(due)
    ? await fulfilment.desk.ask({ of: nothingDue, values: { deliveryRef, reported: quantity, why }, ...asked })
    : await fulfilment.desk.ask({ of: moreDelivered, values: { deliveryRef, reported: quantity, due }, ...asked });
  if (choice === 'look again') {
    fulfilment.hasNews = true;
    return false;
  }
  const booked = choice === 'book what is due' ? due : '0';
  if (isPositive(booked)) await bookArrived(fulfilment, delivery, booked);
  const before = bookedOf(fulfilment, uid);
  remember(fulfilment, { ...before, settled: add(before.settled, subtract(quantity, booked)) });
  fulfilment.task(
    `${subtract(quantity, booked)} delivered beyond what was due (${uid}, decided by ${by}): return it or adjust stock`,
  );
  return true;
}
