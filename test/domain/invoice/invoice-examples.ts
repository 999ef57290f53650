import { multiply, round } from '../../../src/domain/values/decimal';
import type { Invoice } from '../../../src/domain/invoice/invoice';
import type { OrderFacts } from '../../../src/domain/invoice/matching';

const TITLE = 'Labels, spring';
export const line = (
  quantity: string,
  net = round(multiply(quantity, '42.50'), 2),
  description: string | null = TITLE,
) => ({
  description,
  quantity,
  net,
  tax: null,
});
export const terms = (invoiceTolerance: string, ...invoiceCharges: { currency: string; upTo: string }[]) => ({
  invoiceTolerance,
  invoiceCharges,
});
/** An invoice of one line for the goods, with its amounts. */
export const goods = (quantity: string, net: string, changes: Partial<Invoice> = {}): Invoice =>
  invoice({ net, tax: '0', gross: net, lines: [line(quantity, net)], ...changes });

export const invoice = (changes: Partial<Invoice> = {}): Invoice => ({
  kind: 'purchase',
  uid: 'inv-1',
  invoiceNumber: 'INV-1',
  invoiceDate: null,
  orderRef: 'PO-10231',
  poNumber: null,
  currency: 'GBP',
  net: '425.00',
  tax: '85.00',
  gross: '510.00',
  lines: [line('10')],
  ...changes,
});

export const facts = (changes: Partial<OrderFacts> = {}): OrderFacts => ({
  orderRef: 'PO-10231',
  currency: 'GBP',
  unitPrice: '42.50',
  productCode: 'LBL-0071',
  title: TITLE,
  ordered: '10',
  invoiceable: '10',
  outstanding: '0',
  ...changes,
});
