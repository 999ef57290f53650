import type { Address, Contact } from '../purchase-order/purchase-order';

/**
 * An order for goods that lie in our warehouse for a customer, as Claritum lists it while it is pending
 * (docs/vendors/claritum.md#getstockorders). Values as in purchase-order.ts.
 */
export interface StockOrder {
  /** The key for `markExported`. */
  readonly uid: string;
  /** What `setStockOrderStatus` and our workflow id go by. */
  readonly stockOrderRef: string;
  readonly orderedDate: string | null;
  readonly customerName: string;
  readonly contact: Contact | null;
  readonly customerPo: string | null;
  readonly deliveryAddress: Address;
  /** UTC instant; null where the customer set no date. */
  readonly requiredDate: string | null;
  readonly carrier: string | null;
  readonly costCentre: string | null;
  readonly instructions: string | null;
  /** Open set; `pending` is all that is listed today. */
  readonly status: string;
  /** At least one. */
  readonly lines: readonly StockOrderLine[];
}

export interface StockOrderLine {
  readonly lineRef: string;
  readonly productCode: string;
  readonly productName: string | null;
  /** In boxes of `boxQuantity`: 45 pieces in boxes of 15 are 3. */
  readonly quantity: string;
  /** 'single units' or 'boxes of N'. */
  readonly unitOfMeasure: string;
  /** Pieces in a box. */
  readonly boxQuantity: string;
}

/** What `setStockOrderStatus` reports; `despatched` is the only status there is. */
export interface StockOrderDespatch {
  readonly stockOrderRef: string;
  /** UTC instant. */
  readonly despatchedDate: string;
  readonly carrier: string | null;
  readonly consignmentNumber: string | null;
}
