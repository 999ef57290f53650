import { compare, isPositive, minimum, subtract } from '../../src/domain/decimal';
import type { DeliveryReport } from '../../src/domain/purchase-order';
import { outstanding, recordReceived, totals } from '../../src/domain/quantity';
import { carryOut } from '../calls';
import { markExported } from './export';
import type { Order } from './order';

/** Takes in a delivery the poller saw; seen twice is seen once. */
export function takeReport(order: Order, delivery: DeliveryReport): void {
  const { state } = order;
  const known = [...state.reported.map(({ uid }) => uid), ...state.deliveriesExported];
  if (known.includes(delivery.uid)) return;
  state.reported = [...state.reported, delivery];
  order.hasNews = true;
}

/** Books what can be booked of the goods that arrived, and acknowledges the deliveries after that. */
export async function bookReceipts(order: Order): Promise<void> {
  if (order.policy.fulfilment.receiptOn === 'despatch') await bookDespatched(order);
  for (const delivery of [...order.state.reported]) {
    if (!(await isBooked(order, delivery))) continue;
    // The delivery is acknowledged last: until then, Claritum would report it again.
    await markExported(order, delivery.uid, `delivery ${delivery.deliveryRef}`);
    order.state.deliveriesExported = [...order.state.deliveriesExported, delivery.uid];
    order.state.reported = order.state.reported.filter(({ uid }) => uid !== delivery.uid);
    order.note(`delivery ${delivery.deliveryRef} (${delivery.quantity}) marked exported in Claritum`);
  }
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
  const left = outstanding(order.state.ledger);
  const { despatched, ordered, received } = totals(order.state.ledger);
  const onTheWay = subtract(despatched, received);
  if (compare(delivery.quantity, onTheWay) > 0 && compare(despatched, ordered) < 0) return false;
  if (compare(delivery.quantity, left) > 0) return bookBeyond(order, delivery, left);
  if (isPositive(delivery.quantity)) await book(order, receiptRef(delivery), delivery.quantity, arrival(delivery));
  return true;
}

const receiptRef = ({ uid }: DeliveryReport): string => `WB-${uid}`.slice(0, 50);

const arrival = ({ deliveryDate }: DeliveryReport): string => deliveryDate ?? new Date().toISOString();

/** More arrived than is due: Claritum refuses an over-receipt, and nobody guesses whose mistake it is. */
async function bookBeyond(order: Order, delivery: DeliveryReport, left: string): Promise<boolean> {
  const { choice, by } = await order.desk.ask({
    kind: 'mismatch',
    question: `Delivery ${delivery.deliveryRef} reports ${delivery.quantity}, but only ${left} is still due. Book what is due, or nothing?`,
    facts: [
      { label: 'delivery', value: delivery.uid },
      { label: 'reported', value: delivery.quantity },
      { label: 'still due', value: left },
    ],
    choices: ['book what is due', 'book nothing'],
  });
  const booked = choice === 'book what is due' ? minimum(left, delivery.quantity) : '0';
  if (isPositive(booked)) await book(order, receiptRef(delivery), booked, arrival(delivery));
  order.task(
    `${subtract(delivery.quantity, booked)} delivered beyond what was due (${delivery.uid}, decided by ${by}): return it or adjust stock`,
  );
  return true;
}

async function book(order: Order, reference: string, quantity: string, receivedDate: string): Promise<void> {
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
  order.state.ledger = recordReceived(order.state.ledger, quantity);
  order.state.receipts = [...order.state.receipts, { receiptRef: reference, quantity }];
  order.note(`goods receipt ${reference} of ${quantity} booked in Claritum`);
}

/** Deliveries that came when nothing is booked any more: a human deals with the goods and marks them in Claritum. */
export function listLateDeliveries(order: Order): void {
  for (const { uid, deliveryRef, quantity } of order.state.reported) {
    order.task(
      `delivery ${deliveryRef} of ${quantity} (${uid}) was reported when the order had ended: book or return it, and mark it exported in Claritum`,
    );
  }
  order.state.reported = [];
}
