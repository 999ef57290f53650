import type { StockArticle } from './stock';

/**
 * Where the vendor's document leaves a choice (docs/vendors/isync.md#what-its-documents-leave-open); often the worst
 * case.
 */
export interface ISyncOptions {
  /** What a second order with the PONumber of an earlier one does. @default 'create' */
  readonly duplicatePoNumber: 'create' | 'refuse';
  /** What GetWebSalesOrder says of an unknown PONumber; `empty` is OK with a nil ResultXml. @default 'refuse' */
  readonly orderNotFound: 'refuse' | 'empty';
  /** What Login says to bad credentials: a nil LoginResult, or a SOAP fault. @default 'nil' */
  readonly badLogin: 'nil' | 'fault';
  /**
   * Whether a missing required member is noticed by the deserialiser (`IsRequired`). By default it is not: then a
   * number that was left out, or came out of order, is silently 0 (docs/vendors/isync.md#member-order).
   * @default 'default value'
   */
  readonly requiredMembers: 'default value' | 'exception';
  /** What a barcode no article has does: the line is taken with ProductStockID 0, as in the document's reply. @default 'take' */
  readonly unknownBarcode: 'take' | 'refuse';
  /** Whether `AvailableUnits` true leaves out what is sold out, or changes nothing. @default 'filters' */
  readonly availableUnits: 'filters' | 'ignored';
  /** What is in stock at reset. @default the web shop's articles */
  readonly articles: readonly StockArticle[];
  /** The clock behind change times, default dates and invoice dates. */
  readonly now: () => Date;
}
