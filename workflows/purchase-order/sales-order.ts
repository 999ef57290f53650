import {
  agreedPrices,
  linesLikeOurs,
  type SalesOrderDueDate,
  type SalesOrderLine,
} from '../../src/domain/purchase-order/sales-order';
import type { PlannedDelivery } from '../../src/domain/purchase-order/order-plan';
import type { PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import { fittingText, limits } from '../../src/domain/purchase-order/limits';
import { asQuantity, compare } from '../../src/domain/values/decimal';
import { asMoney } from '../../src/domain/purchase-order/order-amounts';
import { lineMarker } from '../../src/domain/purchase-order/sales-order-number';
import { carryOut } from '../case/carry-out';
import { givenUp } from '../case/leaving';
import { carryOutTogether } from '../case/together';
import { CANNOT_TELL, type Write } from '../case/write';
import { onFailure } from '../case/saga';
import { isPlacedInVain } from './amended-meanwhile';
import type { Fulfilment } from './fulfilment';
import { ownSalesOrder, placeHeader, carrySettingOut } from './sales-order-header';
import { isDone, lookAtSalesOrder, ownLine, type ShownSalesOrder } from './sales-order-looks';
import { latest } from './preparation';
import * as manex from '../vendors/manex';
import { noLine } from '../../src/domain/purchase-order/questions';

/** The commercial order in ManEx: header, one item, one price, one due date per delivery. */
export async function placeSalesOrder(fulfilment: Fulfilment): Promise<void> {
  const { state } = fulfilment;
  if (state.soNo === null) await placeHeader(fulfilment);
  if (state.uniqueLn === null) await addLine(fulfilment);
  await addPriceAndDueDates(fulfilment);
  fulfilment.note(`ManEx sales order ${state.soNo} stands`);
}

/** The price goes side by side with the first due date; further ones follow, for two of them may be alike. */
async function addPriceAndDueDates(fulfilment: Fulfilment): Promise<void> {
  const { state } = fulfilment;
  const { deliveries } = fulfilment.plan;
  const { soNo } = fulfilment;
  const line = ownLine(fulfilment);
  onFailure(fulfilment, {
    undo: 'removePrices',
    vendor: 'manex',
    input: line,
    what: `the price of sales order ${soNo} in ManEx`,
  });
  onFailure(fulfilment, {
    undo: 'removeDueDates',
    vendor: 'manex',
    input: line,
    what: `the due dates of sales order ${soNo} in ManEx`,
  });
  const price = { write: priceOf(fulfilment), keep: () => void (state.hasPrice = true) };
  const dueDates = deliveries.map((delivery, at) => ({
    write: dueDateOf(fulfilment, delivery, deliveries.slice(0, at)),
    keep: () => void (state.dueDatesAdded = at + 1),
  }));
  const [next, ...others] = dueDates.slice(state.dueDatesAdded ?? 0);
  await carryOutTogether(fulfilment, [
    ...(state.hasPrice === true ? [] : [price]),
    ...(next === undefined ? [] : [next]),
  ]);
  for (const other of others) await carryOutTogether(fulfilment, [other]);
}

/** What people read in ManEx; the whole title stands in the order and in Claritum. */
export const descriptionOf = ({ projectTitle, productCode }: PurchaseOrder): string =>
  [projectTitle ?? '', productCode]
    .map((text) => fittingText(text, limits.manex.description))
    .find((text) => text !== '') ?? '-';

async function addLine(fulfilment: Fulfilment): Promise<void> {
  const { order: purchase } = fulfilment.state;
  const { plan } = fulfilment;
  const { soNo } = fulfilment;
  const marker = lineMarker(purchase.orderRef);
  const before = fulfilment.compensations.length;
  onFailure(fulfilment, {
    undo: 'removeSalesOrderLine',
    vendor: 'manex',
    input: { soNo, marker },
    what: `the item of sales order ${soNo} in ManEx`,
  });
  const { uniqueLn } = await carryOut(fulfilment, {
    call: manex.addSalesOrderLine,
    what: `add ${asQuantity(purchase.quantity)} ${plan.unitOfMeasure} of ${plan.partNumber} to sales order ${soNo} in ManEx`,
    facts: [
      { label: 'SoNo', value: soNo },
      { label: 'part number', value: plan.partNumber },
      { label: 'quantity', value: asQuantity(purchase.quantity) },
      { label: 'note of the line', value: marker },
    ],
    send: () =>
      manex.addSalesOrderLine(fulfilment, {
        soNo,
        marker,
        partNumber: plan.partNumber,
        revision: plan.revision,
        quantity: purchase.quantity,
        unitOfMeasure: plan.unitOfMeasure,
        description: descriptionOf(latest(fulfilment)),
        firstDueDate: plan.deliveries.map(({ dueDate }) => dueDate).toSorted()[0] ?? plan.orderDate,
      }),
    find: async () => {
      const line = await sentLine(fulfilment);
      if (line === CANNOT_TELL && !('task' in (fulfilment.compensations.at(-1) ?? {})))
        onFailure(fulfilment, {
          task: `ManEx: delete the line of sales order ${soNo} by hand if it is that of ${purchase.orderRef}; its note is not '${marker}'`,
        });
      return line;
    },
    lookFirst: fulfilment.state.isAdopted,
    isOvertaken: (wasRefused) => isPlacedInVain(fulfilment, wasRefused),
    otherwise: 'send again',
    assumed: () => ourLineAsSaid(fulfilment),
  });
  fulfilment.state.uniqueLn = uniqueLn;
  // Undone by its key too, which is certain where ManEx keeps the note in part or not at all.
  fulfilment.compensations.splice(before);
  onFailure(fulfilment, {
    undo: 'removeSalesOrderLine',
    vendor: 'manex',
    input: ownLine(fulfilment),
    what: `the item of sales order ${soNo} in ManEx`,
  });
}

/** The line, by its marker or its key: one that only its content tells from others is for a person to judge. */
async function sentLine(fulfilment: Fulfilment): Promise<SalesOrderLine | undefined | typeof CANNOT_TELL> {
  const { line, salesOrder } = await lookAtSalesOrder(fulfilment);
  if (line !== undefined) return line;
  return linesLikeOurs(salesOrder, ownSalesOrder(fulfilment)).length === 0 ? undefined : CANNOT_TELL;
}

/** A person says the line is there: then it must be seen, by its marker or as the one of our content: its key is needed. */
async function ourLineAsSaid(fulfilment: Fulfilment): Promise<SalesOrderLine> {
  for (;;) {
    const { line, salesOrder } = await lookAtSalesOrder(fulfilment);
    const [alike, ...others] = linesLikeOurs(salesOrder, ownSalesOrder(fulfilment));
    const found = line ?? (others.length === 0 ? alike : undefined);
    if (found !== undefined) return found;
    const { choice, by } = await fulfilment.desk.ask({
      of: noLine,
      values: { soNo: fulfilment.soNo, marker: lineMarker(fulfilment.state.order.orderRef) },
      facts: [{ label: 'SoNo', value: fulfilment.soNo }],
    });
    if (choice === 'give up') throw givenUp('find the line in ManEx', by);
  }
}

function priceOf(fulfilment: Fulfilment): Write<true | 'by hand'> {
  const { unitPrice, currency } = fulfilment.state.order;
  const { saleTypeId } = fulfilment.plan;
  const { soNo, uniqueLn } = fulfilment;
  return {
    call: manex.addPrice,
    what: `add the price ${asMoney(unitPrice, currency)} to sales order ${soNo} in ManEx`,
    facts: [
      { label: 'SoNo', value: soNo },
      { label: 'UNIQUELN', value: uniqueLn },
      { label: 'price', value: asMoney(unitPrice, currency) },
    ],
    send: async () => {
      await manex.addPrice(fulfilment, { soNo, uniqueLn, price: unitPrice, saleTypeId });
      return true;
    },
    find: async () => {
      const { line } = await lookAtSalesOrder(fulfilment);
      if (line === undefined || line.prices.length === 0) return undefined;
      // Another price on our line is not ours. With two prices neither ManEx nor Waybill could tell them apart.
      return agreedPrices(line, unitPrice, saleTypeId).length > 0 ? true : priceByHand(fulfilment, line);
    },
    saysOf: (found) => (found === 'by hand' ? 'not added beside another price' : undefined),
    lookFirst: fulfilment.state.isAdopted,
    isOvertaken: (wasRefused) => isPlacedInVain(fulfilment, wasRefused),
    otherwise: 'send again',
    assumed: async () => true,
  };
}

/** What a line costs must be said once: beside a price that is not ours none is added. */
function priceByHand(fulfilment: Fulfilment, { prices }: SalesOrderLine): 'by hand' {
  const { soNo, order: purchase } = fulfilment.state;
  const shown = prices
    .map(({ price, saleTypeId }) => `${asMoney(price, purchase.currency)} (${saleTypeId})`)
    .join(', ');
  fulfilment.task(
    `ManEx: the line of sales order ${soNo} has the price ${shown}; make it ${asMoney(purchase.unitPrice, purchase.currency)} (${fulfilment.plan.saleTypeId}) by hand`,
  );
  return 'by hand';
}

/** Adds the due date of one delivery, beside those that stand already. */
export async function addDueDate(
  fulfilment: Fulfilment,
  delivery: PlannedDelivery,
  standing: readonly PlannedDelivery[],
): Promise<void> {
  await carryOut(fulfilment, dueDateOf(fulfilment, delivery, standing));
}

/**
 * @param standing the due dates that stand already. Two deliveries may fall on one day with one quantity: this one is
 *   there when there is one more of them than before.
 */
function dueDateOf(
  fulfilment: Fulfilment,
  delivery: PlannedDelivery,
  standing: readonly PlannedDelivery[],
): Write<true> {
  const { deliveryRef, dueDate, shipDate, quantity } = delivery;
  const { soNo, uniqueLn } = fulfilment;
  const same = (due: Pick<SalesOrderDueDate, 'dueDate' | 'shipDate' | 'quantity'>): boolean =>
    due.dueDate === dueDate &&
    compare(due.quantity, quantity) === 0 &&
    (due.shipDate === null || due.shipDate === shipDate);
  return {
    call: manex.addDueDate,
    what: `add the due date ${dueDate} (${quantity}, delivery ${deliveryRef}) to sales order ${soNo} in ManEx`,
    facts: [
      { label: 'SoNo', value: soNo },
      { label: 'UNIQUELN', value: uniqueLn },
      { label: 'due date', value: dueDate },
      { label: 'quantity', value: quantity },
    ],
    send: async () => {
      await manex.addDueDate(fulfilment, { soNo, uniqueLn, dueDate, shipDate, quantity });
      return true;
    },
    find: async () => {
      const { salesOrder, isWhole } = await lookAtSalesOrder(fulfilment, (shown) => shown.isWhole);
      const dueDates = salesOrder?.lines.find((line) => line.uniqueLn === uniqueLn)?.dueDates ?? [];
      if (dueDates.filter(same).length > standing.filter(same).length) return true;
      // Some servers leave the list empty although due dates exist: empty says nothing there.
      return isWhole ? undefined : CANNOT_TELL;
    },
    lookFirst: fulfilment.state.isAdopted,
    isOvertaken: (wasRefused) => isPlacedInVain(fulfilment, wasRefused),
    otherwise: 'send again',
    assumed: async () => true,
  };
}

/**
 * When everything is received and invoiced: ManEx learns of no shipment by API. What it has shipped itself, or somebody has
 * ended there, is complete, and its status cannot be changed any more.
 */
export async function closeSalesOrder(fulfilment: Fulfilment): Promise<void> {
  const { soNo, uniqueLn } = fulfilment;
  const shown = await lookAtSalesOrder(fulfilment);
  if (isDone(shown)) fulfilment.note(`ManEx line of ${soNo} is complete already: ${completion(shown)}`);
  else {
    const call = manex.closeSalesOrderLine;
    const facts = [
      { label: 'UNIQUELN', value: uniqueLn },
      { label: 'status', value: 'Closed' },
    ];
    const send = () => call(fulfilment, { soNo, uniqueLn });
    await carrySettingOut(fulfilment, { call, what: 'close the line', facts, send, isSo: isDone });
    fulfilment.note(`ManEx line of ${soNo} closed`);
  }
  fulfilment.state.isLineClosed = true;
}

const completion = ({ salesOrder, line }: ShownSalesOrder): string =>
  salesOrder?.isClosed === true
    ? 'the order is closed'
    : `its status is ${line?.status}${line?.isShipped === true ? ', and nothing of it is left to ship' : ''}`;
