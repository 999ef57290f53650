import type { FeedName } from './names';

/**
 * What a company decides for itself (`waybill.policy.json`): limits, mappings between the systems, intervals and
 * deadlines. It reaches a workflow as input or through a recorded activity, never from the environment: two workers with
 * different values would break replay. Durations are strings (`"30 seconds"`, `"5 days"`).
 */
export interface Policy {
  readonly company: {
    /** IANA name; in it, instants become calendar dates. */
    readonly timeZone: string;
    /** NorthScope's CompanyID. */
    readonly companyId: string;
    /** A SourceSystem value NorthScope knows, at most 25 characters. */
    readonly sourceSystem: string;
  };
  readonly approval: ApprovalPolicy;
  readonly customers: readonly CustomerMapping[];
  readonly products: readonly ProductMapping[];
  readonly units: readonly UnitMapping[];
  readonly fulfilment: FulfilmentPolicy;
  readonly claritum: ClaritumPolicy;
  readonly polling: Readonly<Record<FeedName, string>>;
}

/** What Claritum's words and gaps mean at this company. */
export interface ClaritumPolicy {
  /** How long an order must stay away from the list, seen by a later look too, before it counts as withdrawn. */
  readonly absentFor: string;
  /** So many absent at once, and more than one in so many of all, are one question instead of cancellations. */
  readonly manyAbsent: { readonly atLeast: number; readonly oneIn: number };
  /** Statuses of a purchase order beside `authorised`: fulfilled, or waited with; any other is asked about. */
  readonly orderStatuses: { readonly go: readonly string[]; readonly wait: readonly string[] };
  /** Statuses of a delivery beside `delivered` and the usual ones; any other is set aside. */
  readonly deliveryStatuses: { readonly delivered: readonly string[]; readonly underWay: readonly string[] };
}

export interface ApprovalPolicy {
  /** Bands by amount and currency; the highest one exceeded counts. */
  readonly limits: readonly ApprovalLimit[];
  /** Whether a price that differs from the agreed one needs a person. @default true */
  readonly onPriceDifference: boolean;
  /** Whether a required date that cannot be met needs a person. @default true */
  readonly onLateDate: boolean;
  /** Who decides on prices and dates; empty means anyone. */
  readonly approvers: readonly string[];
  /** How often any open decision is reminded of; null for never. */
  readonly remindEvery: string | null;
  /** After how long others may decide too; null for never. */
  readonly escalation: { readonly after: string; readonly approvers: readonly string[] } | null;
  readonly deadline: string;
  readonly atDeadline: 'remind' | 'reject';
}

export interface ApprovalLimit {
  /** ISO 4217. */
  readonly currency: string;
  /** An order whose net amount, or quantity × price, is above this (decimal string) needs a person. */
  readonly above: string;
  /** Who may approve it; empty means anyone. */
  readonly approvers: readonly string[];
}

export interface CustomerMapping {
  /** `customerName` of the Claritum order. */
  readonly name: string;
  /** ManEx, ten digits. */
  readonly custNo: string;
  /** NorthScope. */
  readonly customerId: string;
  /** NorthScope ship-to AddressID per Claritum delivery post code; `*` for all others. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Approval names that belong to this customer and must not approve its orders. */
  readonly excludedApprovers: readonly string[];
}

export interface ProductMapping {
  /** `productCode` of the Claritum order. */
  readonly productCode: string;
  /** ManEx part and revision. */
  readonly partNumber: string;
  readonly revision: string | null;
  readonly saleTypeId: string;
  /** NorthScope. */
  readonly itemId: string;
  readonly siteId: string;
  /** The agreed price of one `agreedUnit`; null where none is agreed. */
  readonly agreedPrice: string | null;
  /** Claritum's unit of measure the price is for; without it, the largest unit the item can be ordered in. */
  readonly agreedUnit?: string | undefined;
  readonly currency: string;
}

export interface UnitMapping {
  /** Claritum's unit of measure: `single units`, `boxes of 15`. */
  readonly claritum: string;
  /** ManEx uOfMeas for the same unit. */
  readonly manex: string;
  /** NorthScope UOM for the same unit; the item's schedule converts it into the item's stock unit. */
  readonly northscope: string;
}

export interface FulfilmentPolicy {
  /** When goods count as received: when Claritum says delivered, or already when they leave our warehouse. */
  readonly receiptOn: 'delivered' | 'despatch';
  /** Working days from order to the earliest despatch. */
  readonly leadDays: number;
  /** Working days between despatch and delivery. */
  readonly transitDays: number;
  /** Days from order to the due date where the buyer named none ('TBC'). */
  readonly defaultDueDays: number;
  /** After how long without news from its feed an order that waits looks at the warehouse by itself. */
  readonly look: { readonly longest: string };
  /** How long an unknown outcome settles before it is looked up (the vendor may commit late). */
  readonly settle: string;
  /** The longest pause between two tries of a call that does no harm when it is repeated. */
  readonly longestPause: string;
  /** How long a call that does no harm when it is repeated is tried before a person is asked. */
  readonly askAfter: string;
  /** How long an order placed through NorthScope's inbound queue may take to show. */
  readonly inboundWithin: string;
  /** How long a delivery may be reported whose goods NorthScope has not shipped, before a person is asked. */
  readonly aheadWithin: string;
  /** After the last despatch, how long to wait for the delivery before a person is asked. */
  readonly deliveryWithin: string;
  /** How long an invoice may wait for its goods, or goods received for their invoice, before a person is asked. */
  readonly goodsWithin: string;
  /** At this many events a long order continues as new; Temporal's own limit is 50,000, its warning 10,000. */
  readonly longestHistory: number;
  /** Time limits of vendor calls: startToClose of a writing and of a reading activity. */
  readonly calls: { readonly write: string; readonly read: string };
  /** Net difference an invoice may show against quantity × price, in the order's currency. */
  readonly invoiceTolerance: string;
  /** What an invoice may charge besides the goods without a person, by currency (decimal strings); without it, nothing. */
  readonly invoiceCharges?: readonly { readonly currency: string; readonly upTo: string }[] | undefined;
}

/** What every process heeds, whatever its document: how often it reminds, and its patience with vendors. */
export interface CasePolicy {
  readonly approval: Pick<ApprovalPolicy, 'remindEvery'>;
  readonly fulfilment: Pick<FulfilmentPolicy, 'settle' | 'longestPause' | 'askAfter' | 'longestHistory' | 'calls'>;
}

/** What one order's workflow carries of the policy. */
export interface OrderPolicy extends CasePolicy {
  readonly approval: ApprovalPolicy;
  readonly fulfilment: FulfilmentPolicy;
  readonly claritum: ClaritumPolicy;
}

export const orderPolicy = ({ approval, fulfilment, claritum }: Policy): OrderPolicy => ({
  approval,
  fulfilment,
  claritum,
});
