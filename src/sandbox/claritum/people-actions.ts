import { add, isPositive, sum } from '../../domain/decimal';
import type { DeliverAction, InvoiceAction } from '../world';
import { afterArrival, spread } from './deliveries';
import type { Delivery, Invoice, PurchaseOrder } from './records';
import { amounts } from './seed-orders';
import type { ClaritumState } from './state';
import { textOf } from '../values';
import { utc } from './utc';
import type { Values } from '../values';

const isOpen = ({ status }: Delivery): boolean => status !== 'delivered';

/** Where an arrival without an address goes: by the addresses' order, the last one taking what is too much. */
function arrivals(state: ClaritumState, order: PurchaseOrder, quantity: string) {
  const outstanding = order.deliveries.map(({ deliveryRef }) => {
    const open = (state.deliveries.get(deliveryRef) ?? []).filter(isOpen);
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
  const order = state.orders.get(action.orderRef);
  if (order === undefined || order.status === 'cancelled') return undefined;
  const { deliveryRef, quantity, carrier, consignmentNumber } = action;
  const shares = deliveryRef === '' ? arrivals(state, order, quantity) : [{ deliveryRef, quantity }];
  if (shares.some((share) => order.deliveries.every((entry) => entry.deliveryRef !== share.deliveryRef)))
    return undefined;
  return shares.map((share) => {
    const before = state.deliveries.get(share.deliveryRef) ?? [];
    const arrival = { quantity: share.quantity, at: utc(new Date()), carrier, consignmentNumber };
    const after = afterArrival(order, share.deliveryRef, before, arrival);
    state.putDeliveries(share.deliveryRef, after);
    return after.findLast((record) => !isOpen(record))?.uid ?? '';
  });
}

/** An id no other record has: the same number twice is two invoices, the second told apart by a suffix. */
function freeUid(state: ClaritumState, wanted: string): string {
  let uid = wanted;
  for (let place = 2; state.hasUid(uid); place += 1) uid = `${wanted}-${place}`;
  return uid;
}

function invoiceLine(order: PurchaseOrder, quantity: string, money: Values): Values {
  return {
    description: textOf(order, 'projectTitle'),
    quantity,
    net: textOf(money, 'net'),
    taxCode: 'T1',
    taxRate: '20.00',
    tax: textOf(money, 'tax'),
    nominalCode: textOf(order, 'nominalCode') || null,
  };
}

/** The members both kinds of invoice have. */
function invoiceBase(order: PurchaseOrder, { quantity: wanted, net }: InvoiceAction): Values {
  const quantity = wanted || order.quantity;
  const money = net === '' ? amounts(quantity, order.unitPrice) : amounts('1', net);
  return {
    projectRef: order.projectRef,
    currency: order.currency,
    ...money,
    lines: [invoiceLine(order, quantity, money)],
  };
}

/** An invoice is received (purchase) or issued (sales) for an order. @returns its uid */
export function invoice(state: ClaritumState, action: InvoiceAction): readonly string[] | undefined {
  const order = state.orders.get(action.orderRef);
  if (order === undefined) return undefined;
  const now = utc(new Date());
  const isPurchase = action.kind === 'purchase';
  const digits = order.orderRef.replace(/^CL-/, '');
  const invoiceNumber = action.number || freeNumber(state, isPurchase ? `INV-${digits}` : `SINV-${digits}`);
  const uid = freeUid(state, `${isPurchase ? 'PI' : 'SI'}-${digits}-${invoiceNumber}`);
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
