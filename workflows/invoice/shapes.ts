import type { Invoice } from '../../src/domain/invoice/invoice';
import { invoiceFault } from '../../src/domain/feed/screening';
import { has, list, passes, text, type Shape } from '../case/shapes';

const invoice: Shape = { uid: text, invoiceNumber: text, currency: text, net: text, lines: list({ quantity: text }) };
const isInvoice = (value: unknown): value is Invoice => has(value, invoice);

export const isInvoiceReport = (message: unknown): message is { readonly invoice: Invoice } =>
  has(message, { invoice: (value) => isInvoice(value) && passes(invoiceFault(value)) });
