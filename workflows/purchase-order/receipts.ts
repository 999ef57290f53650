import { compare, isPositive, isZero, minimum, subtract } from '../../src/domain/decimal';
import type { DeliveryReport } from '../../src/domain/purchase-order';
import { dueTo, expectAgain, onTheWayTo, recordReceived, totals } from '../../src/domain/quantity';
import { carryOut } from '../calls';
import { markExported } from './export';
import type { Order } from './order';

/** The choice of the questions about what has not come. */
export const WAIT_LONGER = 'wait longer';

/** Takes in a delivery the poller saw; seen twice is seen once. */
export function takeReport(order: Order, delivery: DeliveryReport): void {
  const { state } = order;
  const known = [...state.reported.map(({ uid }) => uid), ...state.deliveriesExported];
  if (known.includes(delivery.uid)) return;
  state.reported = [...state.reported, delivery];
  order.hasNews = true;
  // Whether to wait longer for goods or for the invoice of what has come: neither is as the question says any more.
  for (const { id, choices } of [...state.decisions.open]) {
    if (choices.includes(WAIT_LONGER))
      order.desk.withdraw(id, 'claritum', `delivery ${delivery.deliveryRef} was reported`);
  }
}

/** Books what can be booked of the goods that arrived, and acknowledges the deliveries after that. */
export async function bookReceipts(order: Order): Promise<void> {
  if (order.policy.fulfilment.receiptOn === 'despatch') await bookDespatched(order);
  for (const delivery of certainFirst(order)) {
    if (!(await isBooked(order, delivery))) continue;
    // The delivery is acknowledged last: until then, Claritum would report it again.
    await markExported(order, delivery.uid, `delivery ${delivery.deliveryRef}`);
    order.state.deliveriesExported = [...order.state.deliveriesExported, delivery.uid];
    order.state.reported = order.state.reported.filter(({ uid }) => uid !== delivery.uid);
    order.note(`delivery ${delivery.deliveryRef} (${delivery.quantity}) marked exported in Claritum`);
  }
}

/** In the order they came, but a question about one delivery holds up none that can be booked without it. */
function certainFirst({ state: { reported, ledger } }: Order): DeliveryReport[] {
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
    `WB-${order.state.order.orderRef}-${order.state.receipts.length + 1}`,
    quantity,
    new Date().toISOString(),
  );
}

/** Whether the delivery is dealt with; false where its goods have not been seen leaving yet, so that it waits. */
async function isBooked(order: Order, delivery: DeliveryReport): Promise<boolean> {
  if (order.policy.fulfilment.receiptOn === 'despatch') return true;
  const { deliveryRef, quantity } = delivery;
  const { left, toLeave } = onTheWayTo(order.state.ledger, deliveryRef);
  if (compare(quantity, left) > 0 && isPositive(toLeave)) return false;
  const due = dueTo(order.state.ledger, deliveryRef);
  if (compare(quantity, due) > 0) return bookBeyond(order, delivery, due);
  if (isPositive(quantity)) await bookArrived(order, delivery, quantity);
  return true;
}

const bookArrived = (order: Order, delivery: DeliveryReport, quantity: string): Promise<void> =>
  book(order, receiptRef(delivery), quantity, arrival(delivery), delivery.deliveryRef);

const receiptRef = ({ uid }: DeliveryReport): string => `WB-${uid}`.slice(0, 50);

const arrival = ({ deliveryDate }: DeliveryReport): string => deliveryDate ?? new Date().toISOString();

/**
 * More arrived than is due at this address: Claritum refuses an over-receipt, and nobody guesses whose mistake it is. What
 * is due to another address is none of its own.
 */
async function bookBeyond(order: Order, delivery: DeliveryReport, due: string): Promise<boolean> {
  const { deliveryRef, quantity, uid } = delivery;
  const isNoneDue = isZero(due);
  const known = order.state.ledger.deliveries.find((candidate) => candidate.deliveryRef === deliveryRef);
  const { choice, by } = await order.desk.ask({
    kind: 'mismatch',
    question: isNoneDue
      ? `Delivery ${deliveryRef} reports ${quantity}, but nothing is due to it${isZero(known?.ordered ?? '0') ? ' any more: the order is without it' : ': all of it has been received'}. Book nothing, or look again once the order is amended?`
      : `Delivery ${deliveryRef} reports ${quantity}, but only ${due} is still due to it. Book what is due, or nothing?`,
    facts: [
      { label: 'delivery', value: uid },
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
  order.task(
    `${subtract(quantity, booked)} delivered beyond what was due (${uid}, decided by ${by}): return it or adjust stock`,
  );
  return true;
}

const LOOK_AGAIN = 'look again';

async function book(
  order: Order,
  reference: string,
  quantity: string,
  receivedDate: string,
  deliveryRef?: string,
): Promise<void> {
  const { orderRef } = order.state.order;
  await carryOut(order, {
    what: `book the goods receipt ${reference} of ${quantity} for ${orderRef} in Claritum`,
    facts: [
      { label: 'orderRef', value: orderRef },
      { label: 'receiptRef', value: reference },
      { label: 'quantity', value: quantity },
    ],
    send: async () => {
      const receipt = { orderRef, receiptRef: reference, receivedDate, quantity, deliveryNoteNumber: null };
      await order.vendors.claritumOnce.recordGoodsReceipt({ receipt });
      return true;
    },
    // Claritum shows no receipts: an unknown outcome is for a human (contract §A row 10).
    otherwise: 'ask',
    wayOut: 'done by hand',
    assumed: async () => true,
  });
  const before = order.state.ledger;
  order.state.ledger = recordReceived(expectAgain(before, quantity), quantity, deliveryRef);
  order.state.receipts = [...order.state.receipts, { receiptRef: reference, quantity }];
  order.note(`goods receipt ${reference} of ${quantity} booked in Claritum`);
  listNeverReceived(order, before.writtenOff);
}

/** Says what was closed short and has not come; what it said of `before`, another quantity, is taken back. */
export function listNeverReceived(order: Order, before: string): void {
  const { writtenOff } = order.state.ledger;
  if (compare(before, writtenOff) === 0) return;
  order.untask(neverReceived(before));
  if (isPositive(writtenOff)) order.task(neverReceived(writtenOff));
}

const neverReceived = (quantity: string): string =>
  `${quantity} despatched and never received: clear it with the carrier. Waybill books it if it is reported while this order runs; once it has ended, balance the receipt in Claritum by hand`;

/** Deliveries that came when nothing is booked any more: a human deals with the goods and marks them in Claritum. */
export function listLateDeliveries(order: Order): void {
  let missing = order.state.ledger.writtenOff;
  for (const { uid, deliveryRef, quantity } of order.state.reported) {
    const came = minimum(missing, quantity);
    // What was closed short is among it: it is no longer missing, only not booked.
    if (isPositive(came) && order.untask(neverReceived(missing))) {
      missing = subtract(missing, came);
      if (isPositive(missing)) order.task(neverReceived(missing));
    }
    order.task(
      `delivery ${deliveryRef} of ${quantity} (${uid}) was reported when the order had ended: book or return it, and mark it exported in Claritum`,
    );
  }
  order.state.reported = [];
}
