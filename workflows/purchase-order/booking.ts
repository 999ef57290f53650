import { asQuantity, compare, isPositive, minimum, subtract } from '../../src/domain/values/decimal';
import { expectAgain, recordReceived, totals } from '../../src/domain/purchase-order/quantity';
import { carryOut } from '../case/carry-out';
import { overtaken } from '../case/leaving';
import type { Fulfilment } from './fulfilment';
import * as claritum from '../vendors/claritum';

/** Goods that are to be booked as received. */
export interface Receipt {
  readonly reference: string;
  readonly quantity: string;
  /** ISO instant, or a day. */
  readonly receivedDate: string;
  /** The address they came to; without it they count where Claritum allocates them. */
  readonly deliveryRef?: string;
  /** Whether their delivery is reported otherwise by now. */
  readonly isCorrected?: () => boolean;
}

/**
 * Books a receipt and takes it into the ledger.
 *
 * @throws ApplicationFailure `Overtaken` where it was corrected before it was booked
 */
export async function book(
  fulfilment: Fulfilment,
  { reference, quantity, receivedDate, deliveryRef, isCorrected = () => false }: Receipt,
): Promise<void> {
  const { orderRef } = fulfilment.state.order;
  const shown = asQuantity(quantity);
  const what = `book the goods receipt ${reference} of ${shown} for ${orderRef} in Claritum`;
  if (isCorrected()) throw overtaken(what);
  await carryOut(fulfilment, {
    call: claritum.recordGoodsReceipt,
    what,
    facts: [
      { label: 'orderRef', value: orderRef },
      { label: 'receiptRef', value: reference },
      { label: 'quantity', value: shown },
    ],
    send: async () => {
      const receipt = { orderRef, receiptRef: reference, receivedDate, quantity, deliveryNoteNumber: null };
      await claritum.recordGoodsReceipt(fulfilment, { receipt });
      return true;
    },
    isOvertaken: isCorrected,
    // Claritum shows no receipts: an unknown outcome is for a person (docs/vendors/claritum.md#a-lost-answer).
    otherwise: 'ask',
    wayOut: 'done by hand',
    assumed: async () => true,
  });
  const before = fulfilment.state.ledger;
  fulfilment.state.ledger = recordReceived(expectAgain(before, quantity), quantity, deliveryRef);
  fulfilment.state.receipts = [...fulfilment.state.receipts, { receiptRef: reference, quantity }];
  fulfilment.note(`goods receipt ${reference} of ${shown} booked in Claritum`);
  listNeverReceived(fulfilment, before.writtenOff);
}

/** Says what was closed short and has not come; what it said of `before`, another quantity, is taken back. */
export function listNeverReceived(fulfilment: Fulfilment, before: string): void {
  const { writtenOff } = fulfilment.state.ledger;
  if (compare(before, writtenOff) === 0) return;
  if (isPositive(writtenOff)) fulfilment.task(neverReceived(writtenOff), NEVER_RECEIVED);
  else fulfilment.untask(NEVER_RECEIVED);
}

const NEVER_RECEIVED = 'never-received';

const neverReceived = (quantity: string): string =>
  `${quantity} despatched and never received: clear it with the carrier. Waybill books it if it is reported while this order runs; once it has ended, balance the receipt in Claritum by hand`;

/** Deliveries that came when nothing is booked any more: a person deals with the goods and marks them in Claritum. */
export function listLateDeliveries(fulfilment: Fulfilment): void {
  let missing = fulfilment.state.ledger.writtenOff;
  for (const { uid, deliveryRef, quantity } of fulfilment.state.reported) {
    const came = minimum(missing, quantity);
    // What was closed short is among it: it is no longer missing, only not booked.
    if (isPositive(came)) {
      missing = subtract(missing, came);
      if (isPositive(missing)) fulfilment.task(neverReceived(missing), NEVER_RECEIVED);
      else fulfilment.untask(NEVER_RECEIVED);
    }
    fulfilment.task(
      `delivery ${deliveryRef} of ${asQuantity(quantity)} (${uid}) was reported when the order had ended: book or return it, and mark it exported in Claritum`,
    );
  }
  fulfilment.state.reported = [];
}

/** Lists what is left of an order that a person finishes by hand. */
export function listWhatIsLeft(fulfilment: Fulfilment): void {
  const { order: purchase, soNo, isToBeMarked, warehouseOrders } = fulfilment.state;
  const { ordered, despatched, received, invoiced } = totals(fulfilment.state.ledger);
  const orderIds = warehouseOrders.map(({ orderId }) => orderId).join(', ');
  fulfilment.task(
    `finish purchase order ${purchase.poNumber} (${purchase.orderRef}) by hand: of ${ordered}, Waybill saw ${despatched} despatched, ${received} received and ${invoiced} invoiced; NorthScope has ${orderIds}, ManEx ${soNo ?? 'nothing'}, whose line is to be closed at the end`,
  );
  if (isToBeMarked) fulfilment.task(`Claritum: mark purchase order ${purchase.orderRef} exported by hand`);
  fulfilment.state.isToBeMarked = false;
}
