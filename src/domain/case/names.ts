/** The vendors, and with them the activity task queues. Adding a name here makes the compiler list what is missing. */
export const vendorNames = ['claritum', 'manex', 'northscope'] as const;
export type VendorName = (typeof vendorNames)[number];

/** `fulfilment` carries workflows and what belongs to no vendor; each vendor's calls have a queue of their own. */
export const taskQueues = {
  fulfilment: 'fulfilment',
  claritum: 'claritum',
  manex: 'manex',
  northscope: 'northscope',
} as const satisfies Record<VendorName | 'fulfilment', string>;

/** The kinds of invoice Claritum knows; a purchase invoice is our invoice as the buyer received it. */
export type InvoiceKind = 'purchase' | 'sales';

/** @param orderRef Claritum's order reference, the key that joins everything. */
export const purchaseOrderWorkflowId = (orderRef: string): string => `purchase-order:${orderRef}`;

/**
 * What commands take for an order: its reference, or its workflow id where the reference has a colon, by which they tell an id.
 */
export const orderOperand = (orderRef: string): string =>
  orderRef.includes(':') ? purchaseOrderWorkflowId(orderRef) : orderRef;

/** @param uid Claritum's uid of the invoice: the number may repeat between suppliers, the uid may not. */
export const invoiceWorkflowId = (kind: InvoiceKind, uid: string): string => `${kind}-invoice:${uid}`;

/** The one question about orders that vanished from Claritum's list together. */
export const confirmWithdrawalsWorkflowId = 'withdrawals:claritum';

/** The sources that are looked at for news, each by a feed of its own, and the queue on which it looks. */
export const feedQueues = { claritum: taskQueues.claritum, northscope: taskQueues.northscope } as const;
export type FeedName = keyof typeof feedQueues;
export const feedNames: readonly FeedName[] = ['claritum', 'northscope'];

export const feedWorkflowId = (source: FeedName): string => `feed:${source}`;

/** The custom search attributes with their types: what lists show, and what a case is found by. */
export const searchAttributes = {
  OrderNumber: 'Keyword',
  Stage: 'Keyword',
  WaitingFor: 'Keyword',
  SilentVendor: 'Keyword',
  Vendor: 'Keyword',
  Customer: 'Keyword',
  Keys: 'KeywordList',
} as const;
export const searchAttributeNames: readonly string[] = Object.keys(searchAttributes);
