import type { WarehouseOrderRequest } from '../../src/domain/stock/inventory';
import { type RecordVersion, versionOf } from '../../src/domain/case/news';
import type { OrderPlan } from '../../src/domain/purchase-order/order-plan';
import type { Invoice } from '../../src/domain/invoice/invoice';
import type { SaidLines } from '../../src/domain/invoice/invoice-lines';
import type { InvoiceOutcome, Stage } from '../../src/domain/purchase-order/progress';
import type { DeliveryReport, DocumentReference, PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import { openLedger, type Ledger } from '../../src/domain/purchase-order/quantity';
import { openCase, type CaseState } from '../case/case';
import type { Wait } from './attributes';
import type { OrderCompensation } from './undoing';

/** An invoice of this order that is not settled or disputed yet, in the version that was taken in last. */
export interface OpenInvoice {
  readonly invoice: Invoice;
  /** Of its content: what was decided about another content does not count. */
  readonly digest: string;
  readonly stage: Exclude<InvoiceOutcome, 'settled' | 'disputed'>;
  readonly waitingFor?: string | undefined;
  /** ISO instant since when it has been waiting for its goods. */
  readonly awaitsSince?: string | undefined;
  /** A person has accepted what does not match. */
  readonly isAccepted?: true;
  /** What a person has said of single lines. */
  readonly said?: SaidLines;
  /** Of the goods, while it is marked; null before. */
  readonly reserved: string | null;
  /** What it charges besides the goods, as money; absent where there is nothing. */
  readonly charges?: string;
  /** Its mark may have reached Claritum. */
  readonly mayBeMarked?: boolean;
  /** It is settled and was listed again as it was: only its mark is still to come. */
  readonly isSettled?: true;
}

/** An invoice that is settled or disputed. */
export interface EndedInvoice {
  readonly uid: string;
  readonly digest: string;
  readonly number: string;
  readonly quantity: string;
  readonly outcome: 'settled' | 'disputed';
}

/** An order for NorthScope, under the `number`-th OrderID of its delivery: 2 is `<SoNo>-<sequence>.2`. */
export interface QueuedOrder {
  readonly deliveryRef: string;
  readonly number: number;
  readonly request: WarehouseOrderRequest;
}

export interface PendingAmendment {
  readonly order: PurchaseOrder;
  readonly by: string;
  /** The buyer's own record, where `order` differs from it because of what an operator changed. */
  readonly buyersOrder?: PurchaseOrder | undefined;
  /** The operators whose changes are in it: they may not approve it. */
  readonly amenders?: readonly string[] | undefined;
  /** Only what has left is kept of the order: nothing is approved anew. */
  readonly isCut: boolean;
  /** The buyer's record that is in it; absent where only operators changed the order since the last one. */
  readonly version?: RecordVersion | undefined;
  /** The buyer's record is of an earlier time than what was taken in before: a person is asked which counts. */
  readonly isOlder?: true | undefined;
}

/** A delivery whose goods are booked, in the version that was. */
export interface BookedDelivery {
  readonly uid: string;
  /** The address it was booked for. */
  readonly deliveryRef: string;
  readonly digest: string;
  /** Booked for it in all its receipts. */
  readonly quantity: string;
  /** Booked, or decided about otherwise: what is reported beyond it is new. */
  readonly settled: string;
  readonly receipts: number;
  /** Whether it was marked exported since it was last reported. */
  readonly isMarked: boolean;
}

/** A delivery as it was reported, not dealt with yet. */
export interface ReportedDelivery extends DeliveryReport {
  /** ISO instant since when it has been waiting for its goods to leave. */
  readonly since: string;
}

/** Everything an order knows of itself. Plain data, so that a long order can continue as new. */
export interface OrderState extends CaseState<Stage, Wait> {
  order: PurchaseOrder;
  /** The buyer's record as it was last taken in. */
  version: RecordVersion;
  /** Claritum lists the order in a version that was taken in, and it has not been marked since. */
  isToBeMarked: boolean;
  /** It was marked in this very version before: that it is listed no longer is no surprise then. */
  isRepeated?: true;
  /** The status that somebody let pass although nobody has explained it. */
  releasedStatus?: string;
  /** What the order is to become; the latest one counts. Applied at the next moment that allows it. */
  amendment: PendingAmendment | null;
  /** The buyer's own latest record; only where an operator's amendment made `order` differ from it. */
  buyersOrder?: PurchaseOrder | undefined;
  /** The operators who amended the order before it was approved. */
  amenders?: readonly string[] | undefined;
  /** Who had the rest cut off, after goods had left. */
  cutBy?: string;
  /** Why it ends before everything is done, in words. */
  endedBecause?: string;
  /** Who called the order off, while nothing had left the warehouse. */
  cancelledBy: string | null;
  plan: OrderPlan | null;
  /** ISO instant of the plan: an amendment does not count the days anew. */
  plannedAt: string | null;
  ledger: Ledger;
  documents: readonly DocumentReference[];
  /** Approved, or in no need of it: it is placed without another question. */
  isWanted?: true;
  soNo: string | null;
  /** Numbers sent to ManEx with an end that may have been an effect: what stands under them may be this order's. */
  soNosSent?: readonly string[];
  /** Numbers whose header this order placed and withdrew again. */
  soNosWithdrawn?: readonly string[];
  /** The header stood already: what belongs to it may stand too, and is looked for before it is sent. */
  isAdopted: boolean;
  uniqueLn: string | null;
  /** Whether the price stands in ManEx. */
  hasPrice?: true;
  /** How many of the due dates stand in ManEx. */
  dueDatesAdded?: number;
  /** Placed in all three systems: the second half of the story has begun. */
  isPlaced?: true;
  /** The story is over but for its acknowledgement. */
  ending?: 'done' | 'refused' | 'cancelled';
  /** ManEx has filled a list of this order in some answer: it is no server that leaves them empty. */
  showsLists?: true;
  isLineClosed: boolean;
  /** From the moment the mark may have reached Claritum: a record that vanishes then was not withdrawn. */
  isExporting: boolean;
  isExported: boolean;
  /** The mark is taken as made because the record was away twice, and no answer said so: it is looked at again in the end. */
  isMarkAssumed?: true;
  /** NorthScope may still ship what was cut off: it is looked at although all that is ordered has left. */
  isWatched?: true;
  warehouseOrders: readonly { readonly orderId: string; readonly deliveryRef: string }[];
  /** Queued in NorthScope and not seen there yet: what shows must be what was sent. */
  queued?: readonly QueuedOrder[];
  receipts: readonly { readonly receiptRef: string; readonly quantity: string }[];
  /** Reported by the feed, not dealt with yet; in the order they came. */
  reported: readonly ReportedDelivery[];
  booked: readonly BookedDelivery[];
  openInvoices: readonly OpenInvoice[];
  invoices: readonly EndedInvoice[];
  readonly compensations: OrderCompensation[];
}

export function openOrder(order: PurchaseOrder): OrderState {
  return {
    ...openCase('received'),
    order,
    version: versionOf(order),
    isToBeMarked: true,
    amendment: null,
    cancelledBy: null,
    plan: null,
    plannedAt: null,
    ledger: openLedger(order.deliveries),
    documents: [],
    soNo: null,
    isAdopted: false,
    uniqueLn: null,
    isLineClosed: false,
    isExporting: false,
    isExported: false,
    warehouseOrders: [],
    receipts: [],
    reported: [],
    booked: [],
    openInvoices: [],
    invoices: [],
    compensations: [],
  };
}
