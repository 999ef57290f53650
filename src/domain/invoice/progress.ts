import type { CaseProgress } from '../case/progress';

/** Where an invoice stands; also the search attribute `Stage`. */
export type InvoiceStage = 'claiming' | 'awaiting-goods' | 'mismatch' | 'marking' | 'settled' | 'disputed';

/** The answer of the query `progress` of `settleInvoice`. */
export interface InvoiceProgress extends CaseProgress<InvoiceStage> {
  readonly uid: string;
  readonly invoiceNumber: string;
  readonly orderRef: string | null;
}
