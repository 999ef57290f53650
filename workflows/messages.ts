import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Answer, AuditEntry, Decision } from '../src/domain/case/decision';
import type { Invoice } from '../src/domain/invoice/invoice';
import type { LineKind, SaidLines } from '../src/domain/invoice/invoice-lines';
import type { OrderFacts } from '../src/domain/invoice/matching';
import type { InvoiceProgress, Progress } from '../src/domain/purchase-order/progress';
import type { DeliveryReport, PurchaseOrder } from '../src/domain/purchase-order/purchase-order';

/** What the two signals carry; everything may be left out (design §5.5). */
export interface Verdict {
  readonly by?: string;
  readonly decision?: string;
  readonly reason?: string;
}

/** What `decide` answers at once; how it ends shows in `progress`. */
export interface DecideReceipt {
  readonly status: 'accepted' | 'refused';
  readonly id: string | null;
  readonly reason: string | null;
}

/** An Update by its one argument and what it answers. */
export type UpdateOf<A, T> = ReturnType<typeof defineUpdate<T, [A]>>;

/** Approves the open approval (or the decision named). The payload is optional, so that the Web UI's button is enough. */
export const approveSignal = defineSignal<[Verdict?]>('approve');
export const rejectSignal = defineSignal<[Verdict?]>('reject');
/** Answers any decision. A refused answer is audited and thrown as `DecisionRefused`. */
export const decideUpdate = defineUpdate<DecideReceipt, [Answer]>('decide');

/** What `cancel` and `amend` answer at once, truthfully; how it ends shows in `progress`. */
export interface ChangeReceipt {
  readonly status: 'accepted' | 'done' | 'refused';
  readonly reason: string;
}

export interface CancelRequest {
  readonly by?: string;
  readonly reason?: string;
}

export interface AmendRequest {
  /** The whole order as it is to be. */
  readonly order: PurchaseOrder;
  readonly by?: string;
}

/** Legal at every moment: undoes what can be undone, says what cannot and why. */
export const cancelUpdate = defineUpdate<ChangeReceipt, [CancelRequest]>('cancel');
/** Changes quantities, dates or the price of a running order, never below what has been despatched. */
export const amendUpdate = defineUpdate<ChangeReceipt, [AmendRequest]>('amend');
/** The order as the poller sees it again, with other content: the buyer amended it. */
export const orderReportedSignal = defineSignal<[{ readonly order: PurchaseOrder }]>('orderReported');
/** Claritum has not listed the order for a while although it was not marked exported; the order looks for itself. */
export const orderWithdrawnSignal = defineSignal('orderWithdrawn');

/** Makes the order look at the warehouse at once, whatever its interval. */
export const despatchedSignal = defineSignal('despatched');
/** A delivery of this order as the poller saw it. */
export const deliveryReportedSignal = defineSignal<[{ readonly delivery: DeliveryReport }]>('deliveryReported');

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

export const progressQuery = defineQuery<Progress>('progress');
export const invoiceProgressQuery = defineQuery<InvoiceProgress>('progress');
/**
 * The order as it stands, with the amendment that still waits for its turn: what the next amendment is built on, so that
 * it does not take the one before back.
 */
export const orderQuery = defineQuery<PurchaseOrder>('order');

/** Orders that Claritum lists no longer, too many at once to be believed. */
export const ordersVanishedSignal =
  defineSignal<[{ readonly orderRefs: readonly string[]; readonly listed: number }]>('ordersVanished');
/** Orders that were asked about and are listed again, or have ended. */
export const ordersExplainedSignal = defineSignal<[{ readonly orderRefs: readonly string[] }]>('ordersExplained');

/** What the question about vanished orders answers to `progress`. */
export interface WithdrawalsProgress {
  readonly decisions: readonly Decision[];
  readonly audit: readonly AuditEntry[];
  readonly orderRef: null;
  /** References of the orders it is about. */
  readonly absent: readonly string[];
  /** References of the orders that were withdrawn, says a person; each has looked for itself. */
  readonly withdrawn: readonly string[];
}
export const withdrawalsProgressQuery = defineQuery<WithdrawalsProgress>('progress');
