import type { Values } from '../values';

/** The members the sandbox itself works with; all others are only kept and shown (docs/vendors/claritum.md#records). */
export type Address = {
  readonly description: string | null;
  readonly company: string | null;
  readonly street: string | null;
  readonly city: string | null;
  readonly county: string | null;
  readonly postCode: string | null;
  readonly country: string | null;
};

export type OrderDelivery = {
  readonly deliveryRef: string;
  readonly sequence: string;
  readonly address: Address;
  readonly contact: Values | null;
  /** In the order's unit of measure. */
  readonly quantity: string;
  readonly requiredDate: string | null;
  readonly instructions: string | null;
};

export type PurchaseOrder = Values & {
  readonly uid: string;
  readonly orderRef: string;
  readonly poNumber: string;
  readonly projectRef: string;
  /** `authorised`, `cancelled` once the buyer withdrew it, or any word somebody set. */
  readonly status: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly currency: string;
  readonly deliveries: readonly OrderDelivery[];
  readonly lastModified: string;
};

/** Whether the job is over without being done. */
export const isCancelled = ({ status }: PurchaseOrder): boolean => status === 'cancelled';

/**
 * One delivery to one address. An address has a record from the start, `in progress`; when less than outstanding is
 * delivered, this record keeps what was delivered and a further one, uid suffix `-2`, `-3` …, stands for the rest.
 */
export type Delivery = Values & {
  readonly uid: string;
  readonly orderRef: string;
  readonly deliveryRef: string;
  readonly quantity: string;
  /** Null as long as it is to come. */
  readonly deliveryDate: string | null;
  /** `in progress`, and `delivered` or what the carrier says instead. */
  readonly status: string;
};

export type StockOrder = Values & {
  readonly uid: string;
  readonly stockOrderRef: string;
  /** `pending` or `despatched`. */
  readonly status: string;
};

export type Invoice = Values & { readonly uid: string };

export type GoodsReceipt = {
  readonly orderRef: string;
  readonly receiptRef: string;
  readonly quantity: string;
  readonly receivedDate: string;
  readonly allocations: readonly { readonly deliveryRef: string; readonly quantity: string }[];
};

/** What lies behind an attachment reference. */
export interface AttachmentFile {
  readonly attachmentRef: string;
  readonly orderRef: string;
  readonly fileName: string;
  readonly mimeType: string;
  readonly created: string;
  readonly content: Buffer;
}
