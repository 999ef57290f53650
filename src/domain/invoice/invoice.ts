import type { InvoiceKind } from '../case/names';

/** An invoice as Claritum reports it (`getPurchaseInvoices`, `getSalesInvoices`; docs/vendors/claritum.md#records). */
export interface Invoice {
  readonly kind: InvoiceKind;
  readonly uid: string;
  readonly invoiceNumber: string;
  /** UTC instant. */
  readonly invoiceDate: string | null;
  /** Claritum's order reference; null where the invoice names no order. */
  readonly orderRef: string | null;
  readonly poNumber: string | null;
  readonly currency: string;
  readonly net: string;
  readonly tax: string;
  readonly gross: string;
  readonly lines: readonly InvoiceLine[];
}

export interface InvoiceLine {
  readonly description: string | null;
  readonly quantity: string;
  readonly net: string;
  readonly tax: string | null;
}
