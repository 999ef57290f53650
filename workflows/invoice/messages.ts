import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { Invoice } from '../../src/domain/invoice/invoice';
import type { LineKind, SaidLines } from '../../src/domain/invoice/invoice-lines';
import type { OrderFacts } from '../../src/domain/invoice/matching';
import type { InvoiceProgress } from '../../src/domain/invoice/progress';

/** `settleInvoice` asks the order, which owns the ledger, for its goods. */
export const claimInvoiceSignal = defineSignal<[InvoiceClaim]>('claimInvoice');
/** The invoice as the poller sees it again, with other content. */
export const invoiceReportedSignal = defineSignal<[{ readonly invoice: Invoice }]>('invoiceReported');
/** The order's answer to a claim; `granted` has reserved the quantity in the ledger. */
export const claimAnsweredSignal = defineSignal<[ClaimAnswer]>('claimAnswered');
/** How the claim ended: settled takes the goods, released gives them back. */
export const invoiceEndedSignal = defineSignal<
  [
    {
      readonly uid: string;
      readonly number: string;
      readonly quantity: string;
      readonly outcome: 'settled' | 'disputed';
    },
  ]
>('invoiceEnded');

export interface InvoiceClaim {
  readonly invoice: Invoice;
  /** Of the invoice's content; the answer has the same, so that one about an earlier content is not taken for it. */
  readonly digest: string;
  /** Workflow id of the asking `settleInvoice`. */
  readonly replyTo: string;
  /** A human has accepted what does not match: the order books what there is to book. */
  readonly accepted: boolean;
  /** What a human has said of single lines. */
  readonly said?: SaidLines;
}

export interface ClaimAnswer {
  readonly uid: string;
  readonly digest: string;
  /** `unclear`: a human must say of some lines whether they are goods. */
  readonly verdict: 'granted' | 'awaiting-goods' | 'mismatched' | 'unclear';
  readonly quantity: string;
  readonly order: OrderFacts;
  readonly differences: readonly string[];
  /** What the order takes each line of the invoice for. */
  readonly lines?: readonly LineKind[];
}

export const invoiceProgressQuery = defineQuery<InvoiceProgress>('progress');
