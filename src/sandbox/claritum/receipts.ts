import { add, isPositive, sum, subtract } from '../../domain/values/decimal';
import { spread } from './deliveries';
import { ClaritumFault } from './fault';
import type { ClaritumOptions } from './options';
import { isCancelled } from './records';
import type { GoodsReceipt, PurchaseOrder } from './records';
import type { ClaritumState } from './state';
import { isValues, textOf } from '../values';
import { utc } from './utc';
import type { Value, Values } from '../values';

const LONGEST_REFERENCE = 50;

function refuse(text: string): never {
  throw new ClaritumFault('Receiver', text);
}

/** A whole number above zero, without leading zeros. */
function wholeQuantity(values: Values, orderRef: string): string {
  const text = textOf(values, 'quantity').trim();
  if (!/^\d{1,15}$/.test(text) || !isPositive(text))
    refuse(`Order ${orderRef}: quantity must be a whole number above 0`);
  return text.replace(/^0+/, '');
}

/**
 * An instant as the vendor keeps it, UTC in whole seconds. With an offset, without (then it is UTC), or a bare date.
 * @returns undefined for what is no date
 */
export function readInstant(text: string): string | undefined {
  const match = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?)?$/.exec(text.trim());
  if (match === null) return undefined;
  const time = Date.parse(`${match[1]}T${match[2] ?? '00:00:00'}${match[3] ?? 'Z'}`);
  return Number.isNaN(time) ? undefined : utc(new Date(time));
}

/** What an order still waits for, address by address, given the receipts booked on it. */
function outstanding(order: PurchaseOrder, receipts: readonly GoodsReceipt[]) {
  const booked = receipts.flatMap(({ allocations }) => allocations);
  return order.deliveries.map(({ deliveryRef, quantity }) => {
    const received = sum(booked.filter((share) => share.deliveryRef === deliveryRef).map((share) => share.quantity));
    return { deliveryRef, open: subtract(quantity, received) };
  });
}

function read(
  state: ClaritumState,
  value: Value,
  earlier: readonly GoodsReceipt[],
  { overReceipt }: Pick<ClaritumOptions, 'overReceipt'>,
): GoodsReceipt {
  const values = isValues(value) ? value : {};
  const orderRef = textOf(values, 'orderRef');
  const order = state.order(orderRef);
  if (isCancelled(order)) refuse(`Order ${orderRef} is cancelled`);
  const receiptRef = textOf(values, 'receiptRef');
  if (receiptRef.length > LONGEST_REFERENCE)
    refuse(`Order ${orderRef}: receiptRef is longer than ${LONGEST_REFERENCE}`);
  const receivedDate =
    readInstant(textOf(values, 'receivedDate')) ?? refuse(`Order ${orderRef}: receivedDate is no date`);
  const quantity = wholeQuantity(values, orderRef);
  const inThisCall = earlier.filter((receipt) => receipt.orderRef === orderRef);
  const open = outstanding(order, [...state.receiptsOf(orderRef), ...inThisCall]);
  const { shares, rest } = spread(quantity, open);
  if (isPositive(rest) && overReceipt === 'last address') {
    return { orderRef, receiptRef, quantity, receivedDate, allocations: withRest(order, shares, rest) };
  }
  if (isPositive(rest)) {
    const left = sum(open.map((entry) => entry.open));
    refuse(`Order ${orderRef}: receipt of ${quantity} exceeds the outstanding quantity of ${left}`);
  }
  return { orderRef, receiptRef, quantity, receivedDate, allocations: shares };
}

/** The shares with what is too much on the last address. */
function withRest(
  order: PurchaseOrder,
  shares: GoodsReceipt['allocations'],
  rest: string,
): GoodsReceipt['allocations'] {
  const last = order.deliveries.at(-1)?.deliveryRef ?? '';
  const there = shares.find(({ deliveryRef }) => deliveryRef === last)?.quantity ?? '0';
  const others = shares.filter(({ deliveryRef }) => deliveryRef !== last);
  return [...others, { deliveryRef: last, quantity: add(there, rest) }];
}

/**
 * Books receipts, each allocated over the order's delivery addresses in their order. All or nothing; a receipt beyond
 * what is outstanding is refused unless the options say otherwise, an unknown order always; the same `receiptRef` twice
 * is two receipts (docs/vendors/claritum.md#setgoodsreceipts).
 * @returns how many were booked
 * @throws ClaritumFault
 */
export function bookReceipts(
  state: ClaritumState,
  list: readonly Value[],
  options: Pick<ClaritumOptions, 'overReceipt'>,
): number {
  const booked: GoodsReceipt[] = [];
  for (const value of list) booked.push(read(state, value, booked, options));
  for (const receipt of booked) state.book(receipt);
  return booked.length;
}
