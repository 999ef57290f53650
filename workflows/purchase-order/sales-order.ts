import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import { changesOf } from '../../src/domain/amendment';
import { FailureType } from '../../src/domain/failure-types';
import { isOurs, WITHDRAWN_NOTE, type SalesOrderLine } from '../../src/domain/sales-order';
import type { PlannedDelivery } from '../../src/domain/order-plan';
import { compare } from '../../src/domain/decimal';
import { fittingText, limits } from '../../src/domain/limits';
import type { PurchaseOrder } from '../../src/domain/purchase-order';
import { lineMarker, salesOrderNumber } from '../../src/domain/sales-order-number';
import { CANNOT_TELL, carryOut, givenUp } from '../calls';
import { onFailure } from '../saga';
import type { Order } from './order';
import { latest } from './preparation';

/** How many numbers are tried before it is plain that something else is wrong. */
const CANDIDATES = 20;

/** The commercial order in ManEx: header, one item, one price, one due date per delivery. */
export async function placeSalesOrder(order: Order): Promise<void> {
  await placeHeader(order);
  await addLine(order);
  await addPrice(order);
  const { soNo } = order.state;
  const marker = lineMarker(order.state.order.orderRef);
  onFailure(order, { undo: 'removeDueDates', input: { soNo: soNo ?? '', marker }, what: 'due dates in ManEx' });
  for (const [index, delivery] of order.plan.deliveries.entries()) {
    await addDueDate(order, delivery, order.plan.deliveries.slice(0, index), unlessAmended);
  }
  order.note(`ManEx sales order ${soNo} stands`);
}

/**
 * What ManEx refused is not sent again as it was, where the order was amended meanwhile: the order begins anew as amended.
 *
 * @throws ApplicationFailure `AmendedMeanwhile` instead of the further try.
 */
function unlessAmended<T>(order: Order, send: () => Promise<T>): () => Promise<T> {
  let isRefused = false;
  return async () => {
    const { amendment, order: before } = order.state;
    if (isRefused && amendment !== null && changesOf(before, amendment.order).length > 0) throw amendedMeanwhile();
    try {
      return await send();
    } catch (error) {
      isRefused = isRefusal(error);
      throw error;
    }
  };
}

/** Nothing of it stands in ManEx any more. */
export function forgetSalesOrder({ state }: Order): void {
  state.soNo = null;
  state.uniqueLn = null;
  state.isAdopted = false;
}

const isRefusal = (error: unknown): boolean =>
  error instanceof ActivityFailure &&
  error.cause instanceof ApplicationFailure &&
  error.cause.type === FailureType.VendorRejected;

const AMENDED_MEANWHILE = 'AmendedMeanwhile';

const amendedMeanwhile = (): ApplicationFailure =>
  ApplicationFailure.create({
    type: AMENDED_MEANWHILE,
    message: 'amended while a question was open',
    nonRetryable: true,
  });

export const isAmendedMeanwhile = (error: unknown): boolean =>
  error instanceof ApplicationFailure && error.type === AMENDED_MEANWHILE;

async function placeHeader(order: Order): Promise<void> {
  const { orderRef, poNumber } = order.state.order;
  for (let attempt = 0; attempt < CANDIDATES; attempt += 1) {
    const soNo = salesOrderNumber(orderRef, attempt);
    const marker = lineMarker(orderRef);
    const withdrawal = { soNo, poNo: poNumber, marker, note: `${WITHDRAWN_NOTE} ${marker}` };
    onFailure(order, { undo: 'withdrawSalesOrder', input: withdrawal, what: `sales order ${soNo} in ManEx` });
    const { kind } = await carryOut(order, {
      what: `create sales order ${soNo} in ManEx`,
      facts: [
        { label: 'SoNo', value: soNo },
        { label: 'PONO', value: poNumber },
      ],
      send: unlessAmended(order, () =>
        order.vendors.manexOnce.placeSalesOrder({
          soNo,
          custNo: order.plan.custNo,
          poNo: poNumber,
          note: lineMarker(orderRef),
        }),
      ),
      find: async () => {
        const standing = await order.vendors.manex.findSalesOrder({ soNo });
        if (standing === null) return undefined;
        return { kind: isOurs(standing, poNumber, marker) ? ('adopted' as const) : ('taken' as const) };
      },
      otherwise: 'send again',
      assumed: async () => ({ kind: 'adopted' as const }),
    });
    if (kind !== 'taken') {
      order.state.soNo = soNo;
      order.state.isAdopted = kind === 'adopted';
      return;
    }
    // The number is somebody else's: there is nothing of ours under it to withdraw.
    order.compensations.pop();
    order.note(`sales order number ${soNo} is taken`);
  }
  const { choice, by } = await order.desk.ask({
    kind: 'refused-call',
    question: `ManEx has sales orders of others under all ${CANDIDATES} numbers that ${orderRef} may have: that is no chance. Free one of them and try again, or give the order up.`,
    facts: [{ label: 'SoNo', value: salesOrderNumber(orderRef, 0) }],
    choices: ['try again', 'give up'],
  });
  if (choice === 'give up') throw givenUp('find a free sales order number in ManEx', by);
  return placeHeader(order);
}

/** What people read in ManEx; the whole title stands in the order and in Claritum. */
export const descriptionOf = ({ projectTitle, productCode }: PurchaseOrder): string =>
  [projectTitle ?? '', productCode]
    .map((text) => fittingText(text, limits.manex.description))
    .find((text) => text !== '') ?? '-';

async function addLine(order: Order): Promise<void> {
  const { order: purchase } = order.state;
  const { plan } = order;
  const soNo = order.state.soNo ?? '';
  const marker = lineMarker(purchase.orderRef);
  onFailure(order, { undo: 'removeSalesOrderLine', input: { soNo, marker }, what: 'the item in ManEx' });
  const { uniqueLn } = await carryOut(order, {
    what: `add ${purchase.quantity} ${plan.unitOfMeasure} of ${plan.partNumber} to sales order ${soNo} in ManEx`,
    facts: [
      { label: 'SoNo', value: soNo },
      { label: 'note of the line', value: marker },
    ],
    send: unlessAmended(order, () =>
      order.vendors.manexOnce.addSalesOrderLine({
        soNo,
        marker,
        partNumber: plan.partNumber,
        revision: plan.revision,
        quantity: purchase.quantity,
        unitOfMeasure: plan.unitOfMeasure,
        description: descriptionOf(latest(order)),
        firstDueDate: plan.deliveries.map(({ dueDate }) => dueDate).toSorted()[0] ?? plan.orderDate,
      }),
    ),
    find: () => ourLine(order),
    lookFirst: order.state.isAdopted,
    otherwise: 'send again',
    assumed: () => ourLineAsSaid(order),
  });
  order.state.uniqueLn = uniqueLn;
}

/** Our line in ManEx, by its marker. */
export async function ourLine(order: Order): Promise<SalesOrderLine | undefined> {
  const standing = await order.vendors.manex.findSalesOrder({ soNo: order.state.soNo ?? '' });
  const marker = lineMarker(order.state.order.orderRef);
  return standing?.lines.find(({ note }) => note.includes(marker));
}

/** A human says the line is there: then it must be seen, because its key is needed. */
async function ourLineAsSaid(order: Order): Promise<SalesOrderLine> {
  for (;;) {
    const line = await ourLine(order);
    if (line !== undefined) return line;
    const { choice, by } = await order.desk.ask({
      kind: 'unknown-outcome',
      question: `ManEx shows no line of sales order ${order.state.soNo} with the note '${lineMarker(order.state.order.orderRef)}'. Add it or its note by hand, then look again; or give the order up.`,
      facts: [{ label: 'SoNo', value: order.state.soNo ?? '' }],
      choices: ['look again', 'give up'],
    });
    if (choice === 'give up') throw givenUp('find the line in ManEx', by);
  }
}

async function addPrice(order: Order): Promise<void> {
  const { unitPrice, orderRef } = order.state.order;
  const soNo = order.state.soNo ?? '';
  const uniqueLn = order.state.uniqueLn ?? '';
  onFailure(order, { undo: 'removePrices', input: { soNo, marker: lineMarker(orderRef) }, what: 'the price in ManEx' });
  await carryOut(order, {
    what: `add the price ${unitPrice} to sales order ${soNo} in ManEx`,
    facts: [
      { label: 'SoNo', value: soNo },
      { label: 'UNIQUELN', value: uniqueLn },
    ],
    send: unlessAmended(order, async () => {
      await order.vendors.manexOnce.addPrice({ soNo, uniqueLn, price: unitPrice, saleTypeId: order.plan.saleTypeId });
      return true;
    }),
    find: async () => {
      const line = await ourLine(order);
      return line?.prices.some(({ price }) => compare(price, unitPrice) === 0) ? true : undefined;
    },
    lookFirst: order.state.isAdopted,
    otherwise: 'send again',
    assumed: async () => true,
  });
}

/**
 * Adds the due date of one delivery.
 *
 * @param standing the due dates that stand already. Two deliveries may fall on one day with one quantity: this one is
 *   there when there is one more of them than before.
 * @param tried what a further try depends on.
 */
export async function addDueDate(
  order: Order,
  delivery: PlannedDelivery,
  standing: readonly PlannedDelivery[],
  tried: typeof unlessAmended = (_order, send) => send,
): Promise<void> {
  const { deliveryRef, dueDate, shipDate, quantity } = delivery;
  const soNo = order.state.soNo ?? '';
  const uniqueLn = order.state.uniqueLn ?? '';
  const same = (due: { readonly dueDate: string; readonly quantity: string }): boolean =>
    due.dueDate === dueDate && compare(due.quantity, quantity) === 0;
  await carryOut(order, {
    what: `add the due date ${dueDate} (${quantity}, delivery ${deliveryRef}) to sales order ${soNo} in ManEx`,
    facts: [
      { label: 'SoNo', value: soNo },
      { label: 'UNIQUELN', value: uniqueLn },
    ],
    send: tried(order, async () => {
      await order.vendors.manexOnce.addDueDate({ soNo, uniqueLn, dueDate, shipDate, quantity });
      return true;
    }),
    find: async () => {
      const found = await order.vendors.manex.findSalesOrder({ soNo });
      const dueDates = found?.lines.find((line) => line.uniqueLn === uniqueLn)?.dueDates ?? [];
      if (dueDates.filter(same).length > standing.filter(same).length) return true;
      // Some servers leave the list empty although due dates exist (contract §B.5 op. 3): empty says nothing there.
      return found?.fillsLists === true ? undefined : CANNOT_TELL;
    },
    lookFirst: order.state.isAdopted,
    otherwise: 'send again',
    assumed: async () => true,
  });
}

/** When everything is received and invoiced: ManEx never learns of a shipment by itself (contract §E.20). */
export async function closeSalesOrder(order: Order): Promise<void> {
  const soNo = order.state.soNo ?? '';
  const uniqueLn = order.state.uniqueLn ?? '';
  await carryOut(order, {
    what: `close the line of sales order ${soNo} in ManEx`,
    facts: [{ label: 'SoNo', value: soNo }],
    send: async () => {
      await order.vendors.manexOnce.closeSalesOrderLine({ soNo, uniqueLn });
      return true;
    },
    otherwise: 'send again',
    wayOut: 'done by hand',
    assumed: async () => true,
  });
  order.state.isLineClosed = true;
  order.note(`ManEx line of ${soNo} closed`);
}
