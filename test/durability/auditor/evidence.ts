/**
 * What the auditor is given. Everything is plain data as the outside world shows it: the vendors' ledger, what the
 * workflows say of themselves, what people were asked and answered. Nothing here is imported from the product, so that a
 * mistake of the product cannot also be a mistake of its judge.
 */

/** One line of the ledger's `calls`. */
export interface Call {
  readonly n: number;
  /** ISO instant of arrival. */
  readonly at: string;
  readonly vendor: string;
  readonly operation: string;
  /** Business keys, joined by `,`. */
  readonly key: string;
  readonly outcome: string;
  readonly effects: number;
  readonly fault: string | null;
}

export interface PurchaseOrderRow {
  readonly uid: string;
  readonly orderRef: string;
  readonly poNumber: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly unitOfMeasure: string;
  readonly status: string;
  readonly exported: boolean;
  readonly deliveries: readonly {
    readonly deliveryRef: string;
    readonly sequence: string;
    readonly quantity: string;
  }[];
}

export interface DeliveryRow {
  readonly uid: string;
  readonly orderRef: string;
  readonly deliveryRef: string;
  readonly quantity: string;
  readonly status: string;
  readonly exported: boolean;
}

export interface InvoiceRow {
  readonly uid: string;
  readonly invoiceNumber: string;
  readonly orderRef: string;
  readonly exported: boolean;
  readonly lines: readonly { readonly quantity: string }[];
}

export interface ReceiptRow {
  readonly orderRef: string;
  readonly receiptRef: string;
  readonly quantity: string;
}

export interface WarehouseRow {
  readonly OrderID: string;
  readonly PONumber: string;
  readonly StatusName: string;
  readonly SalesOrderDetailList: readonly {
    readonly OrderUnits: string;
    readonly AllocatedUnits: string;
    readonly ShippedUnits: string;
  }[];
}

export interface InboundRow {
  readonly SourceTransID: string;
  readonly Status: string;
  readonly Data: string;
}

export interface LineRow {
  readonly UNIQUELN: string;
  readonly ORD_QTY: string;
  readonly STATUS: string;
  readonly SOPRICESList: readonly { readonly PRICE: string }[];
  readonly DueDateList: readonly { readonly QTY: string; readonly DUE_DTS: string }[];
}

export interface SalesOrderRow {
  readonly SONO: string;
  readonly PONO: string;
  readonly CUSTNO: string;
  readonly SONOTE: string;
  readonly ORD_TYPE: string;
  readonly IS_CLOSED: boolean;
  readonly SODETAILList: readonly LineRow[];
}

/** `GET /_sandbox/ledger`, the lists the auditor looks at. */
export interface SandboxLedger {
  readonly claritum: {
    readonly purchaseOrders: readonly PurchaseOrderRow[];
    readonly deliveries: readonly DeliveryRow[];
    readonly purchaseInvoices: readonly InvoiceRow[];
    readonly goodsReceipts: readonly ReceiptRow[];
  };
  readonly northscope: { readonly salesOrders: readonly WarehouseRow[]; readonly inbound: readonly InboundRow[] };
  readonly manex: { readonly salesOrders: readonly SalesOrderRow[] };
  readonly calls: readonly Call[];
}

/** What a record says, as far as it is compared. */
export interface Content {
  readonly quantity: string;
  readonly unitPrice: string | null;
  readonly status: string | null;
  /** What each delivery address of an order is to get. */
  readonly shares: readonly string[];
}

/** One version of a record, by the notes of whoever wrote it. */
export interface VersionRow {
  readonly uid: string;
  /** Between these two calls it was written: calls up to `since` met the version before, those after `from` this one. */
  readonly since: number;
  readonly from: number;
  /** Null where the record was taken off the list. */
  readonly content: Content | null;
}

/** A record that the poller gave to no owner. */
export interface SetAsideRow {
  readonly uid: string | null;
  readonly reason: string;
}

/** A record an owner set out to acknowledge, in the version it said it had taken in. */
export interface AcknowledgedRow {
  readonly uid: string;
  /** ISO instant. */
  readonly at: string;
  /** Null where its owner was never told of that version. */
  readonly content: Content | null;
}

/** A question a workflow put to a human, and the answer it got. */
export interface Question {
  readonly id: string;
  readonly kind: string;
  /** Which question it is, whatever its words. */
  readonly topic: string;
  readonly question: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** ISO instants. */
  readonly openedAt: string;
  readonly answeredAt: string | null;
  readonly choice: string | null;
}

/** What is listed for a person to do. */
export interface TaskRow {
  /** What it is about in one word, and of which record: `balance-receipt:DL-7-1:60`; null where nothing looks for it. */
  readonly key: string | null;
  readonly task: string;
}

/** A call of which its workflow was never told whether it took effect, from the history. */
export interface UnknownCall {
  readonly activity: string;
  /** ISO instant at which it was given up. */
  readonly at: string;
  /** Whether the time was over before anything came back: then not even the worker knows whether anything was sent. */
  readonly isLost: boolean;
}

/** One order as its workflow and its people tell it. */
export interface OrderEvidence {
  readonly orderRef: string;
  /** Of the record it was started with. */
  readonly uid: string;
  /** `done`, `refused`, `cancelled`, or the stage it stood at when it was looked at. */
  readonly stage: string;
  readonly isEnded: boolean;
  /** ISO instant of its end. */
  readonly endedAt: string | null;
  readonly tasks: readonly TaskRow[];
  readonly questions: readonly Question[];
  /** Questions still open at the end. */
  readonly open: readonly Question[];
  /** Its calls and those of its invoices whose end nobody knew, oldest first. */
  readonly unknown: readonly UnknownCall[];
  /** What it noted of itself, oldest first. */
  readonly steps: readonly { readonly at: string; readonly text: string }[];
  /** What it and its invoices set out to acknowledge, oldest first. */
  readonly acknowledged: readonly AcknowledgedRow[];
  /** How its invoices ended. */
  readonly invoices: readonly { readonly uid: string; readonly quantity: string; readonly outcome: string }[];
  /** Quantities as the order's own ledger has them. */
  readonly totals: {
    readonly ordered: string;
    readonly despatched: string;
    readonly received: string;
    readonly invoiced: string;
  };
}

/** What one workflow's history shows. */
export interface HistoryEvidence {
  readonly workflowId: string;
  readonly events: number;
  /** Why each of its workflow tasks failed. */
  readonly failedTasks: readonly string[];
  /** Every start of an activity, with the attempt it was. */
  readonly starts: readonly { readonly activity: string; readonly attempt: number }[];
  /** All payloads and failures as text. */
  readonly text: string;
}

/** What the run set out to do. */
export interface Expectations {
  /** Every fault that was set, and how often it fell. */
  readonly faults: readonly {
    readonly cell: string;
    readonly operation: string;
    readonly fault: string;
    readonly fired: number;
  }[];
  /** Texts that must appear nowhere. */
  readonly secrets: readonly string[];
  /** Activities that may have one attempt only. */
  readonly once: readonly string[];
  /** How long an unknown outcome must settle before it is looked up, in milliseconds. */
  readonly settleMs: number;
  /** Net amount above which nothing may be placed before somebody approved. */
  readonly approvalAbove: string;
}

export interface Evidence {
  readonly ledger: SandboxLedger;
  readonly orders: readonly OrderEvidence[];
  readonly histories: readonly HistoryEvidence[];
  /** What was written into Claritum, oldest first; of a record that nobody noted, nothing is known. */
  readonly versions: readonly VersionRow[];
  /** What the poller said that it set aside. */
  readonly setAside: readonly SetAsideRow[];
  readonly logs: readonly string[];
  readonly expectations: Expectations;
}

export interface Violation {
  /** The invariant's name. */
  readonly invariant: string;
  /** Empty where it concerns no single order. */
  readonly orderRef: string;
  readonly what: string;
}
