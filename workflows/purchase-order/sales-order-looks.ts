import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import type { FoundSalesOrder } from '../../activities/manex';
import type { Fact } from '../../src/domain/case/decision';
import { FailureType } from '../../src/domain/case/failure-types';
import { isComplete, ownLines, showsItsLists, type SalesOrderLine } from '../../src/domain/purchase-order/sales-order';
import { lineMarker } from '../../src/domain/purchase-order/sales-order-number';
import type { VendorCall } from '../case/write';
import type { Fulfilment } from './fulfilment';
import * as manex from '../vendors/manex';

/** What ManEx shows of this order. */
export interface ShownSalesOrder {
  readonly salesOrder: FoundSalesOrder | null;
  /** Our line, by its key, and by its marker while that is not known. */
  readonly line: SalesOrderLine | undefined;
  /** Whether prices and due dates are all there are: an empty list of a server that fills none says nothing. */
  readonly isWhole: boolean;
}

/** What shows too little is looked at again: one answer with empty lists proves nothing. */
const LOOKS = 3;
/** Of a server that has filled its lists before: then empty lists are the fault of the answer. */
const PATIENT_LOOKS = 8;

const showsLine = ({ line }: ShownSalesOrder): boolean => line !== undefined;

/**
 * Looks at the sales order, and again where that shows less than is enough.
 *
 * @param soNo ten digits; the order's own where it is not said.
 */
export async function lookAtSalesOrder(
  fulfilment: Fulfilment,
  isEnough = showsLine,
  soNo = fulfilment.soNo,
): Promise<ShownSalesOrder> {
  for (let looks = 1; ; looks += 1) {
    const shown = await look(fulfilment, soNo);
    const most = fulfilment.state.showsLists === true ? PATIENT_LOOKS : LOOKS;
    if (isEnough(shown) || looks >= most) return shown;
  }
}

async function look(fulfilment: Fulfilment, soNo: string): Promise<ShownSalesOrder> {
  const { state } = fulfilment;
  const salesOrder = await manex.findSalesOrder(fulfilment, { soNo });
  if (salesOrder?.fillsLists === true) state.showsLists = true;
  const own = ownLines(salesOrder, ownLine(fulfilment, soNo));
  return {
    salesOrder,
    line: own.find(({ uniqueLn }) => uniqueLn === state.uniqueLn) ?? own[0],
    isWhole: salesOrder !== null && showsItsLists(salesOrder, state.showsLists === true),
  };
}

/** Our line, as it is found and undone: by its key and by our marker. */
export function ownLine(fulfilment: Fulfilment, soNo = fulfilment.soNo) {
  const { uniqueLn, order } = fulfilment.state;
  return { soNo, marker: lineMarker(order.orderRef), ...(uniqueLn === null ? {} : { uniqueLn }) };
}

/** Whether nothing is left to be done in ManEx, so that nothing of it can be, or need be, closed. */
export const isDone = ({ salesOrder, line }: ShownSalesOrder): boolean =>
  salesOrder?.isClosed === true || (line !== undefined && isComplete(line));

const isRefusal = (error: unknown): boolean =>
  error instanceof ActivityFailure &&
  error.cause instanceof ApplicationFailure &&
  error.cause.type === FailureType.VendorRejected;

/** A call that sets values. */
export interface Setting {
  readonly call: VendorCall;
  readonly what: string;
  /** What is set, by its name; the sales order's number goes before it. */
  readonly facts: readonly Fact[];
  readonly send: () => Promise<void>;
  /** Whether it is as it would be after the call: then a refusal is none. */
  readonly isSo: (shown: ShownSalesOrder) => boolean;
  /** @default the order's own */
  readonly soNo?: string;
}

/**
 * Sends what sets values. Where it is refused, it may be because what it would bring about is so already: then there is
 * nothing to ask.
 *
 * @throws the refusal, where it is not so.
 */
export async function sendUnlessSo(fulfilment: Fulfilment, { what, send, isSo, soNo }: Setting): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (!isRefusal(error) || !isSo(await lookAtSalesOrder(fulfilment, showsLine, soNo))) throw error;
    fulfilment.note(`refused, and so already: ${what}`);
  }
}
