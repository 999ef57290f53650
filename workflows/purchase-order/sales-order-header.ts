import {
  judgeSalesOrder,
  readNote,
  WITHDRAWN_NOTE,
  type OwnSalesOrder,
  type SalesOrder,
} from '../../src/domain/purchase-order/sales-order';
import { lineMarker, salesOrderNumber } from '../../src/domain/purchase-order/sales-order-number';
import { carryOut } from '../case/carry-out';
import { GIVE_UP, givenUp } from '../case/leaving';
import { onFailure } from '../case/saga';
import { isPlacedInVain } from './amended-meanwhile';
import type { Fulfilment } from './fulfilment';
import { sendUnlessSo, type Setting, type ShownSalesOrder } from './sales-order-looks';
import * as manex from '../vendors/manex';
import { noFreeNumber, whoseSalesOrder } from '../../src/domain/purchase-order/questions';

/** How many numbers are tried before it is plain that something else is wrong. */
const CANDIDATES = 20;

/** What a person says of an order that stands under a number of ours. */
export const OURS = 'it is ours: go on with it' as const;
export const ANOTHERS = 'it belongs to another: take the next number' as const;

const FOUND_AS: Readonly<Record<string, string>> = {
  ours: 'found, adopted',
  another: "found to be another's",
  without: 'found, and done without',
};

/** What the steps say of what was found under a number of ours, by whose it is. */
export const foundAs = (owner: string): string | undefined => FOUND_AS[owner];

/** The header of the sales order, under the first number that is nobody else's. */
export async function placeHeader(fulfilment: Fulfilment): Promise<void> {
  const { orderRef } = fulfilment.state.order;
  for (let attempt = 0; attempt < CANDIDATES; attempt += 1) {
    const soNo = salesOrderNumber(orderRef, attempt);
    if (fulfilment.state.soNosWithdrawn?.includes(soNo) === true) continue;
    withdrawOnFailure(fulfilment, soNo);
    const sent = await sendHeader(fulfilment, soNo);
    const kind = sent === 'taken' ? ((await ownerOf(fulfilment, soNo, 'taken')) ?? 'another') : sent;
    fulfilment.compensations.pop();
    if (kind !== 'another') {
      // Known to be ours from here on, whatever ManEx keeps of the note.
      withdrawOnFailure(fulfilment, soNo, true);
      fulfilment.state.soNo = soNo;
      fulfilment.state.isAdopted = kind === 'ours';
      return;
    }
    // There is nothing of ours under it to withdraw.
    fulfilment.note(`sales order number ${soNo} is taken`);
  }
  const { choice, by } = await fulfilment.desk.ask({
    of: noFreeNumber,
    values: { count: String(CANDIDATES), orderRef },
    facts: [{ label: 'SoNo', value: salesOrderNumber(orderRef, 0) }],
  });
  if (choice === GIVE_UP) throw givenUp('find a free sales order number in ManEx', by);
  return placeHeader(fulfilment);
}

/** What this order has, or is to have, in ManEx. */
export function ownSalesOrder({ state: { order }, plan }: Fulfilment): OwnSalesOrder {
  return {
    marker: lineMarker(order.orderRef),
    custNo: plan.custNo,
    poNo: order.poNumber,
    partNumber: plan.partNumber,
    quantity: order.quantity,
    unitOfMeasure: plan.unitOfMeasure,
    unitPrice: order.unitPrice,
    currency: order.currency,
    dueDates: plan.deliveries,
  };
}

function withdrawOnFailure(fulfilment: Fulfilment, soNo: string, isOurs = false): void {
  const marker = lineMarker(fulfilment.state.order.orderRef);
  const input = { soNo, marker, note: `${WITHDRAWN_NOTE} ${marker}`, ...(isOurs ? { isOurs } : {}) } as const;
  onFailure(fulfilment, { undo: 'withdrawSalesOrder', vendor: 'manex', input, what: `sales order ${soNo} in ManEx` });
}

type SentHeader = 'placed' | 'taken' | 'ours' | 'another';

const sendHeader = (fulfilment: Fulfilment, soNo: string): Promise<SentHeader> => {
  const { custNo, poNo, marker } = ownSalesOrder(fulfilment);
  return carryOut<SentHeader>(fulfilment, {
    call: manex.placeSalesOrder,
    what: `create sales order ${soNo} in ManEx`,
    facts: [
      { label: 'SoNo', value: soNo },
      { label: 'PONO', value: poNo },
    ],
    send: async () => {
      const { kind } = await manex.placeSalesOrder(fulfilment, { soNo, custNo, poNo, note: marker });
      return kind;
    },
    find: () => {
      // It is looked for after an unknown end only: the number may be ours from now on.
      fulfilment.state.soNosSent = [...new Set([...(fulfilment.state.soNosSent ?? []), soNo])];
      return ownerOf(fulfilment, soNo);
    },
    // In an earlier history of this order, perhaps.
    lookFirst: fulfilment.state.soNosSent?.includes(soNo) === true,
    saysOf: foundAs,
    isOvertaken: (wasRefused) => isPlacedInVain(fulfilment, wasRefused),
    otherwise: 'send again',
    assumed: async () => 'ours',
  });
};

/**
 * Whose the sales order under a number is; undefined where there is none.
 *
 * @param refusal `taken` where ManEx says that it has the number, so that none shown is no proof that there is none.
 * @throws ApplicationFailure `GivenUp`.
 */
async function ownerOf(
  fulfilment: Fulfilment,
  soNo: string,
  refusal?: 'taken',
): Promise<'ours' | 'another' | undefined> {
  const own = ownSalesOrder(fulfilment);
  for (;;) {
    const standing = await manex.findSalesOrder(fulfilment, { soNo });
    if (standing === null && refusal === undefined) return undefined;
    const wasSent = fulfilment.state.soNosSent?.includes(soNo) === true;
    const owner = judgeSalesOrder(standing, own, wasSent);
    if (owner.kind !== 'unclear') return owner.kind;
    const { isCancelled } = owner;
    const because = owner.because.join('; ');
    const { choice, by } = await fulfilment.desk.ask({
      of: whoseSalesOrder,
      values: {
        soNo,
        orderRef: fulfilment.state.order.orderRef,
        because,
        sent: wasSent
          ? 'Waybill may have sent this number: it tried, and no answer came.'
          : 'Nothing that this run of the order sent can have made it.',
      },
      facts: [
        { label: 'SoNo', value: soNo },
        { label: 'CUSTNO', value: standing?.custNo ?? '' },
        { label: 'PONO', value: standing?.poNo ?? '' },
        { label: 'note', value: standing?.note ?? '' },
      ],
      choices: ['look again', ...(isCancelled ? [] : [OURS]), ANOTHERS, GIVE_UP],
    });
    if (choice === OURS) return asSaid(fulfilment, soNo, standing, because);
    if (choice === ANOTHERS) {
      fulfilment.note(`${by} says that sales order ${soNo} belongs to another`);
      return 'another';
    }
    if (choice === GIVE_UP) {
      if (standing !== null && readNote(standing.note, own.marker) !== 'ours')
        fulfilment.task(
          `ManEx: cancel sales order ${soNo} by hand if it is that of ${fulfilment.state.order.orderRef}: ${because}`,
        );
      throw givenUp(`create sales order ${soNo} in ManEx`, by);
    }
  }
}

/** A person says that it is ours: its header is set to what it should be, what else differs is for a person to mend. */
async function asSaid(
  fulfilment: Fulfilment,
  soNo: string,
  standing: SalesOrder | null,
  because: string,
): Promise<'ours'> {
  fulfilment.task(
    `ManEx: sales order ${soNo} was said to be that of ${fulfilment.state.order.orderRef}; put right by hand what still differs in it: ${because}`,
  );
  if (standing !== null) await setHeader(fulfilment, soNo, fulfilment.state.order.poNumber);
  return 'ours';
}

/** Sets customer, PO number and our marker in the header. */
export function setHeader(fulfilment: Fulfilment, soNo: string, poNo: string): Promise<true> {
  const { custNo, marker } = ownSalesOrder(fulfilment);
  const call = manex.editSalesOrder;
  const facts = [
    { label: 'CUSTNO', value: custNo },
    { label: 'PONO', value: poNo },
    { label: 'note', value: marker },
  ];
  const send = () => call(fulfilment, { soNo, custNo, poNo, note: marker });
  const isSo = ({ salesOrder }: ShownSalesOrder): boolean =>
    salesOrder !== null &&
    salesOrder.soNo === soNo &&
    salesOrder.poNo === poNo.trimEnd() &&
    readNote(salesOrder.note, marker) === 'ours';
  return carrySettingOut(fulfilment, { call, what: `change the PO number to ${poNo}`, facts, send, isSo, soNo });
}

/** Sends what sets values, again until it is done. */
export function carrySettingOut(fulfilment: Fulfilment, set: Setting): Promise<true> {
  const { call, what, facts, soNo = fulfilment.soNo } = set;
  return carryOut<true>(fulfilment, {
    call,
    what: `${what} of sales order ${soNo} in ManEx`,
    facts: [{ label: 'SoNo', value: soNo }, ...facts],
    send: async () => {
      await sendUnlessSo(fulfilment, set);
      return true;
    },
    otherwise: 'send again',
    wayOut: 'done by hand',
    assumed: async () => true,
  });
}
