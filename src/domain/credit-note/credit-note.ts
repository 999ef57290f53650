/**
 * A pending credit note to be created in iSync (docs/vendors/isync.md#createwebcreditnote). No operation shows credit
 * notes, numbers them or takes them back.
 */
export interface CreditNote {
  /** Of the web sales order that is credited. */
  readonly poNumber: string;
  /** iSync's own number of that order (`SalesOrderID`), of which the client makes the SalesOrderNumber it asks for. */
  readonly salesOrderId: string;
  /** The customer's id in the web shop, as in the order. */
  readonly trackNo: string;
  readonly comments: string;
  /** Ours: what a person looks for in iSync when the answer was lost. */
  readonly reference: string | null;
  readonly lines: readonly CreditNoteLine[];
}

/** Money, quantities and percentages are decimal strings. */
export interface CreditNoteLine {
  /** `0` for goods in stock, more for what is not (freight, fees). */
  readonly cnTypeId: string;
  /** May be empty where `cnTypeId` is not `0`. */
  readonly thirdPartyBarcode: string;
  /** More than 0. */
  readonly units: string;
  /** More than 0. */
  readonly sellingPrice: string;
  /** More than 0. */
  readonly exRate: string;
  /** Percent. */
  readonly discount: string | null;
  readonly comment: string | null;
  readonly reference: string | null;
}
