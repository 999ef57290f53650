import type { Invoice } from '../../src/domain/invoice/invoice';
import { invoiceFault } from '../../src/domain/feed/screening';
import { flag, has, list, passes, shaped, text, type Shape } from '../case/shapes';
import type { ClaimAnswer, InvoiceClaim } from './messages';

const invoice: Shape = { uid: text, invoiceNumber: text, currency: text, net: text, lines: list({ quantity: text }) };
const facts: Shape = {
  orderRef: text,
  currency: text,
  unitPrice: text,
  ordered: text,
  invoiceable: text,
  outstanding: text,
};

const isInvoice = (value: unknown): value is Invoice => has(value, invoice);
const saidOrMissing = (value: unknown): boolean =>
  value === undefined ||
  (typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((kind) => kind === 'goods' || kind === 'charge'));

export const isInvoiceReport = (message: unknown): message is { readonly invoice: Invoice } =>
  has(message, { invoice: (value) => isInvoice(value) && passes(invoiceFault(value)) });

export const isInvoiceClaim = (message: unknown): message is InvoiceClaim =>
  has(message, {
    invoice: (value) => isInvoice(value) && passes(invoiceFault(value)),
    digest: text,
    replyTo: text,
    accepted: flag,
    said: saidOrMissing,
  });

export const isInvoiceEnd = (
  message: unknown,
): message is {
  readonly uid: string;
  readonly number: string;
  readonly quantity: string;
  readonly outcome: 'settled' | 'disputed';
} =>
  has(message, {
    uid: text,
    number: text,
    quantity: text,
    outcome: (value) => value === 'settled' || value === 'disputed',
  });

const VERDICTS: readonly ClaimAnswer['verdict'][] = ['granted', 'awaiting-goods', 'mismatched', 'unclear'];

export const isClaimAnswer = (message: unknown): message is ClaimAnswer =>
  has(message, {
    uid: text,
    digest: text,
    quantity: text,
    verdict: (value) => VERDICTS.some((verdict) => verdict === value),
    order: shaped(facts),
    differences: Array.isArray,
    lines: (value) => value === undefined || Array.isArray(value),
  });
