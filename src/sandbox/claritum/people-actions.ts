import { add, isPositive, sum } from '../../domain/values/decimal';
import type { DeliverAction, InvoiceAction, ReopenAction } from '../claritum-actions';
import { afterArrival, afterCorrection, isDelivered, spread } from './deliveries';
import { isCancelled } from './records';
import type { Delivery, Invoice, PurchaseOrder } from './records';
import { amounts } from './seed-orders';
import type { ClaritumState } from './state';
import { textOf } from '../values';
import { utc } from './utc';
import type { Values } from '../values';

/** Where an arrival without an address goes: by the addresses' order, the last one taking what is too much. */
function arrivals(state: ClaritumState, order: PurchaseOrder, quantity: string) {
  const outstanding = order.deliveries.map(({ deliveryRef }) => {
    const open = (state.deliveries.get(deliveryRef) ?? []).filter((record) => !isDelivered(record));
    return { deliveryRef, open: sum(open.map((record) => record.quantity)) };
  });
  const { shares, rest } = spread(quantity, outstanding);
  const last = order.deliveries.at(-1)?.deliveryRef;
  if (!isPositive(rest) || last === undefined) return shares;
  const others = shares.filter(({ deliveryRef }) => deliveryRef !== last);
  const there = shares.find(({ deliveryRef }) => deliveryRef === last)?.quantity ?? '0';
  return [...others, { deliveryRef: last, quantity: add(there, rest) }];
}

/** Goods arrive at one address, or over the addresses in order. @returns the uids of the delivered records */
export function deliver(state: ClaritumState, action: DeliverAction): readonly string[] | undefined {
  const order = state.findOrder(action.orderRef);
  if (order === undefined || isCancelled(order)) return undefined;
  const { deliveryRef, quantity, carrier, consignmentNumber, status = 'delivered' } = action;
  const shares = deliveryRef === '' ? arrivals(state, order, quantity) : [{ deliveryRef, quantity }];
  if (shares.some((share) => order.deliveries.every((entry) => entry.deliveryRef !== share.deliveryRef)))
    return undefined;
  return shares.map((share) => {
    const before = state.deliveries.get(share.deliveryRef) ?? [];
    const arrival = { quantity: share.quantity, at: utc(new Date()), carrier, consignmentNumber, status };
    const after = afterArrival(order, share.deliveryRef, before, arrival);
    state.putDeliveries(share.deliveryRef, after);
    return after.findLast(isDelivered)?.uid ?? '';
  });
}

/** The delivery that is meant: of several at one address the last that was marked, else the last that came. */
function reported(state: ClaritumState, deliveryRef: string): Delivery | undefined {
  const named = [...state.deliveries.values()].flat().find(({ uid }) => uid === deliveryRef);
  const records = state.deliveries.get(deliveryRef) ?? [];
  return named ?? records.findLast(({ uid }) => state.isExported(uid)) ?? records.findLast(isDelivered);
}

/**
 * The carrier corrects what it reported: the delivery is listed again under its uid, marked or not.
 * @returns its uid; undefined for an address or uid nothing came to, or where the job is over
 */
export function reopenDelivery(
  state: ClaritumState,
  { deliveryRef, quantity }: ReopenAction,
): readonly string[] | undefined {
  const before = reported(state, deliveryRef);
  const order = before && state.findOrder(before.orderRef);
  if (before === undefined || order === undefined || isCancelled(order)) return undefined;
  const now = utc(new Date());
  const deliveryDate = before.deliveryDate ?? now;
  const corrected = { ...before, quantity, deliveryDate, despatchedDate: before['despatchedDate'] ?? now };
  const records = state.deliveries.get(before.deliveryRef) ?? [];
  state.putDeliveries(before.deliveryRef, afterCorrection(order, records, { ...corrected, status: 'delivered' }));
  state.reopen(before.uid);
  return [before.uid];
}

/** An id no other record has: the same number twice is two invoices, the second told apart by a suffix. */
function freeUid(state: ClaritumState, wanted: string): string {
  let uid = wanted;
  for (let place = 2; state.hasUid(uid); place += 1) uid = `${wanted}-${place}`;
  return uid;
}

function invoiceLine(order: PurchaseOrder, description: string, quantity: string, money: Values): Values {
  return {
    description,
    quantity,
    net: textOf(money, 'net'),
    taxCode: 'T1',
    taxRate: '20.00',
    tax: textOf(money, 'tax'),
    nominalCode: textOf(order, 'nominalCode') || null,
  };
}

/** The members both kinds of invoice have. */
function invoiceBase(order: PurchaseOrder, { quantity: wanted, net, lines = [] }: InvoiceAction): Values {
  const quantity = wanted || order.quantity;
  const stated = net || (lines.length === 0 ? '' : sum(lines.map((line) => line.net)));
  const money = stated === '' ? amounts(quantity, order.unitPrice) : amounts('1', stated);
  return {
    projectRef: order.projectRef,
    currency: order.currency,
    ...money,
    lines:
      lines.length === 0
        ? [invoiceLine(order, textOf(order, 'projectTitle'), quantity, money)]
        : lines.map((line) => invoiceLine(order, line.description, line.quantity, amounts('1', line.net))),
  };
}

/** An invoice is received (purchase) or issued (sales) for an order. @returns its uid */
export function invoice(state: ClaritumState, action: InvoiceAction): readonly string[] | undefined {
  const order = state.findOrder(action.orderRef);
  if (order === undefined) return undefined;
  const now = utc(new Date());
  const isPurchase = action.kind === 'purchase';
  const digits = order.orderRef.replace(/^CL-/, '');
  const invoiceNumber = action.number || freeNumber(state, isPurchase ? `INV-${digits}` : `SINV-${digits}`);
  const corrected = action.uid ?? '';
  if (corrected !== '' && !(isPurchase ? state.purchaseInvoices : state.salesInvoices).has(corrected)) return undefined;
  const uid = corrected || freeUid(state, `${isPurchase ? 'PI' : 'SI'}-${digits}-${invoiceNumber}`);
  const base = { uid, invoiceNumber, ...invoiceBase(order, action) };
  const record: Invoice = isPurchase
    ? {
        ...base,
        invoiceDate: now,
        receivedDate: now,
        orderRef: order.orderRef,
        poNumber: order.poNumber,
        supplierName: 'Waybill Supplies',
        accountingRef: 'WAYBILL',
      }
    : {
        ...base,
        issueDate: now,
        dueDate: null,
        customerName: textOf(order, 'customerName'),
        accountsRef: null,
        group: null,
        contact: null,
        catalogueRef: null,
        customerPo: order.poNumber,
        consolidated: false,
      };
  state.putInvoice(action.kind, record);
  state.reopen(uid);
  return [uid];
}

function freeNumber(state: ClaritumState, prefix: string): string {
  const numbers = [...state.purchaseInvoices.values(), ...state.salesInvoices.values()].map((entry) =>
    textOf(entry, 'invoiceNumber'),
  );
  let place = 1;
  while (numbers.includes(`${prefix}-${place}`)) place += 1;
  return `${prefix}-${place}`;
}
