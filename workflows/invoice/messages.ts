import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { OrderPolicy } from '../../src/domain/case/policy';
import type { Invoice } from '../../src/domain/invoice/invoice';
import type { InvoiceProgress } from '../../src/domain/invoice/progress';

/** What `settleInvoice` is started with, by the feed or by the order that hands the invoice over. */
export interface SettleInvoiceInput {
  readonly invoice: Invoice;
  readonly policy: OrderPolicy;
  /** How the order ended that handed it over; without it, Temporal is asked how its order ended. */
  readonly ending?: string;
}

/** An invoice as the feed sees it: to its order, or to the `settleInvoice` that has it already. */
export const invoiceReportedSignal = defineSignal<[{ readonly invoice: Invoice }]>('invoiceReported');

export const invoiceProgressQuery = defineQuery<InvoiceProgress>('progress');
