/** A goods receipt to be booked in Claritum (docs/vendors/claritum.md#setgoodsreceipts): quantity only. */
export interface GoodsReceipt {
  readonly orderRef: string;
  /** Our own id of the receipt, at most 50 characters: what a person looks for when the answer was lost. */
  readonly receiptRef: string;
  /** UTC instant, ISO 8601 with `Z`. */
  readonly receivedDate: string;
  /** Whole positive number as text, in the order's unit of measure. */
  readonly quantity: string;
  readonly deliveryNoteNumber: string | null;
}
