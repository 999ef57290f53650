import type { CaseProgress } from '../case/progress';
import type { LedgerTotals, Ledger } from './quantity';
import type { DocumentReference } from './purchase-order';

/** Where an order stands; also the search attribute `Stage`. */
export type Stage =
  | 'received'
  | 'approval'
  | 'sales-order'
  | 'allocation'
  | 'despatch'
  | 'invoicing'
  | 'closing'
  | 'compensating'
  | 'done'
  | 'refused'
  | 'cancelled';

/** Where an invoice of an order stands. */
export type InvoiceOutcome = 'matching' | 'awaiting-goods' | 'mismatch' | 'marking' | 'settled' | 'disputed';

/** A purchase invoice as its order shows it. */
export interface OrderInvoice {
  readonly uid: string;
  readonly number: string;
  /** Of the order's product, that it takes; zero while it takes nothing. */
  readonly quantity: string;
  readonly outcome: InvoiceOutcome;
  /** What it waits for, in words; absent where it waits for nothing. */
  readonly waitingFor?: string;
}

/** The documents an order has become, by system. */
export interface OrderDocuments {
  readonly claritum: {
    readonly orderRef: string;
    readonly poNumber: string;
    readonly uid: string;
    readonly exported: boolean;
    readonly receipts: readonly { readonly receiptRef: string; readonly quantity: string }[];
    readonly deliveriesExported: readonly string[];
    readonly invoices: readonly OrderInvoice[];
  };
  readonly manex: { readonly soNo: string | null; readonly uniqueLn: string | null; readonly closed: boolean };
  readonly northscope: { readonly orders: readonly { readonly orderId: string; readonly deliveryRef: string }[] };
  readonly documents: readonly DocumentReference[];
}

/** The answer of the query `progress`, and part of the result. */
export interface Progress extends CaseProgress<Stage> {
  readonly orderRef: string;
  readonly poNumber: string;
  readonly customerId: string | null;
  readonly productCode: string;
  readonly unitOfMeasure: string;
  readonly ledger: Ledger;
  readonly totals: LedgerTotals;
  readonly documents: OrderDocuments;
  /** Why it ended before everything was done, in words: who called it off, gave it up or rejected it. */
  readonly endedBecause?: string;
}

/** The same of an order of which only the reference is known. */
export interface AwaitedProgress extends CaseProgress<Stage> {
  readonly orderRef: string;
  /** Who called it off before it came, in words; null where nobody has. */
  readonly endedBecause: string | null;
}
