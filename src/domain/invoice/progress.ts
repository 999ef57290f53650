import type { CaseProgress } from '../case/progress';

/** Where an invoice without a living order stands; also the search attribute `Stage`. */
export type InvoiceStage = 'mismatch' | 'marking' | 'settled' | 'disputed';

/** The answer of the query `progress` of `settleInvoice`. */
export interface InvoiceProgress extends CaseProgress<InvoiceStage> {
  readonly uid: string;
  readonly invoiceNumber: string;
  readonly orderRef: string | null;
}
