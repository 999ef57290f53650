import { z } from 'zod';
import { isDecimal, readDecimal } from '../../domain/values/decimal';
import { isNoDate } from '../../domain/values/no-date';
import { itemsOf } from '../../transport/formats/soap-value';

// The inner documents of docs/vendors/isync.md as they arrive, leaves as text. Unknown members are dropped, but for
// those of the catalogue, whose layout is not documented. Open sets (status) stay open.

/** An identifier: one that was damaged on the way would name something else. */
const text = z
  .string()
  .trim()
  .min(1, 'is empty')
  .refine((value) => !value.includes('\uFFFD'), 'holds an invalid character (U+FFFD)');
/** Absent, nil and empty are the same: the samples write either for what is not set. */
const optionalText = z.preprocess(
  (value) => (value === undefined || (typeof value === 'string' && value.trim() === '') ? null : value),
  z.string().nullable(),
);
const decimal = z
  .string()
  .transform((value) => readDecimal(value) ?? value)
  .refine(isDecimal, 'is not a decimal number');
const orNull = <T extends z.ZodType>(field: T) =>
  z.preprocess(
    (value) => (value === undefined || (typeof value === 'string' && value.trim() === '') ? null : value),
    field.nullable(),
  );
/** Zone-less, as it was written. */
const optionalDate = optionalText.transform((value) => (value === null || isNoDate(value) ? null : value));

export const StockUnits = z.object({ ProductStockID: optionalText, SKU: text, Units: decimal });
export type StockUnits = z.infer<typeof StockUnits>;

export const CatalogueProduct = z.looseObject({
  SKU: text,
  JobProductID: optionalText,
  Style: optionalText,
  AvailableUnits: orNull(decimal),
});
export type CatalogueProduct = z.infer<typeof CatalogueProduct>;

/** The children of an element that holds nothing but entries, of whatever name; blanks between tags are none. */
export const entriesOf = (content: unknown): readonly unknown[] =>
  typeof content === 'string' && content.trim() === '' ? [] : itemsOf(content);

/** Elements that may repeat in an order. */
export const orderLists: ReadonlySet<string> = new Set(['WebSalesOrderDetail']);

export const OrderLine = z.object({
  SODetailID: optionalText,
  CNTypeID: text,
  ThirdPartyBarcode: optionalText,
  Units: decimal,
  SellingPrice: decimal,
  ExRate: orNull(decimal),
  Discount: orNull(decimal),
  StatusID: text,
  DueDate: optionalDate,
  InvoiceNumber: optionalText,
  InvoiceDate: optionalDate,
  InvoiceUnits: orNull(decimal),
});

/** Without its lines: thousands of them are read in turns. */
export const OrderHead = z.object({
  PONumber: text,
  SalesOrderID: text,
  TrackNo: optionalText,
  StatusID: text,
  RequiredDate: optionalDate,
  Comments: optionalText,
  WebCustomerName: optionalText,
  LineItems: z.unknown().transform(entriesOf),
});
export type WebSalesOrder = Omit<z.infer<typeof OrderHead>, 'LineItems'> & {
  readonly LineItems: readonly z.infer<typeof OrderLine>[];
};
