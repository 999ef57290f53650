import type { Hang } from '../case/hang';
import type { AuditEntry, Decision } from '../case/decision';
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

/** The documents an order has become, by system. */
export interface OrderDocuments {
  readonly claritum: {
    readonly orderRef: string;
    readonly poNumber: string;
    readonly uid: string;
    readonly exported: boolean;
    readonly receipts: readonly { readonly receiptRef: string; readonly quantity: string }[];
    readonly deliveriesExported: readonly string[];
    readonly invoices: readonly {
      readonly uid: string;
      readonly number: string;
      readonly quantity: string;
      readonly outcome: string;
    }[];
  };
  readonly manex: { readonly soNo: string | null; readonly uniqueLn: string | null; readonly closed: boolean };
  readonly northscope: { readonly orders: readonly { readonly orderId: string; readonly deliveryRef: string }[] };
  readonly documents: readonly DocumentReference[];
}

/** A task only a human can do, listed where an API offers no way. */
export interface ListedTask {
  readonly at: string;
  readonly task: string;
}

/** The answer of the query `progress`, and part of the result. */
export interface Progress {
  readonly orderRef: string;
  readonly poNumber: string;
  readonly customerId: string | null;
  readonly productCode: string;
  readonly unitOfMeasure: string;
  readonly stage: Stage;
  /** One sentence: what it is doing or waiting for. */
  readonly waitingFor: string | null;
  /** ISO instant since when it waits for that. */
  readonly waitingSince: string | null;
  /** The calls that vendors do not take at present, the longest first. */
  readonly hangs: readonly Hang[];
  readonly ledger: Ledger;
  readonly totals: LedgerTotals;
  readonly documents: OrderDocuments;
  readonly decisions: readonly Decision[];
  readonly audit: readonly AuditEntry[];
  readonly tasks: readonly ListedTask[];
  /** Steps done so far, oldest first, for the live view. */
  readonly steps: readonly { readonly at: string; readonly text: string }[];
}

/** The answer of the query `progress` of `settleInvoice`. */
export interface InvoiceProgress {
  readonly uid: string;
  readonly invoiceNumber: string;
  readonly orderRef: string | null;
  readonly stage: 'claiming' | 'awaiting-goods' | 'mismatch' | 'marking' | 'settled' | 'disputed';
  readonly waitingFor: string | null;
  /** ISO instant since when it waits for that. */
  readonly waitingSince: string | null;
  readonly hangs: readonly Hang[];
  readonly decisions: readonly Decision[];
  readonly audit: readonly AuditEntry[];
  readonly tasks: readonly ListedTask[];
}
