import { z } from 'zod';
import { plain, readDecimal } from '../../domain/values/decimal';
import { readDayOrInstant, readInstant } from '../../domain/values/instant';
import { isNoDate } from '../../domain/values/no-date';
import { itemsOf } from '../../transport/formats/soap-value';

// The records (docs/vendors/claritum.md#records) as they arrive, leaves as text. Unknown members are dropped: the
// vendor adds some without a new version. Open sets (status, unit of measure) stay open.

const text = z.string().min(1, 'is empty');
/** Absent, nil and empty are the same: node-soap cannot tell an untyped empty element from nil. */
const optionalText = z.preprocess((value) => emptyIsNull(value), z.string().nullable());
/** Read by `read`, or a fault of the record. */
const readAs = (read: (text: string) => string | undefined, fault: string) =>
  z.string().transform((value, context) => {
    const known = read(value);
    if (known !== undefined) return known;
    context.addIssue({ code: 'custom', message: fault });
    return z.NEVER;
  });
const decimal = readAs(readDecimal, 'is not a decimal number');
/** Counted: `100.00` is 100. Money keeps the decimals it came with. */
const quantity = decimal.transform(plain);
const emptyIsNull = (value: unknown): unknown => (value === undefined || value === '' ? null : value);
const optionalDecimal = z.preprocess(emptyIsNull, decimal.nullable());
const optionalQuantity = z.preprocess(emptyIsNull, quantity.nullable());
const instant = readAs(readInstant, 'is not a date');
/** What the vendor's people see where no date is set. */
const isUnset = (value: string): boolean => isNoDate(value) || /^tbc$/i.test(value.trim());
/** A day alone stays that day, whatever the zone it is looked at from. */
const optionalDate = z.preprocess(
  (value) => (value === undefined || (typeof value === 'string' && isUnset(value)) ? null : value),
  readAs(readDayOrInstant, 'is not a date').nullable(),
);
const arrayOf = <T extends z.ZodType>(entry: T) => z.preprocess((value) => itemsOf(value), z.array(entry));
const recordOrNil = <T extends z.ZodType>(record: T) => z.preprocess(emptyIsNull, record.nullable());

const Address = z.object({
  description: optionalText,
  company: optionalText,
  street: optionalText,
  city: optionalText,
  county: optionalText,
  postCode: optionalText,
  country: optionalText,
});
const Contact = z.object({ name: optionalText, email: optionalText, telephone: optionalText });

export const PurchaseOrder = z.object({
  uid: text,
  orderRef: text,
  poNumber: text,
  projectTitle: optionalText,
  customerName: text,
  supplierRef: optionalText,
  /** An open set; absent, empty and nil are '': what that means is the order's to judge. */
  status: optionalText.transform((status) => status ?? ''),
  authorisedDate: optionalDate,
  deliveryDate: optionalDate,
  productCode: text,
  quantity: quantity,
  unitPrice: decimal,
  unitOfMeasure: text,
  currency: text,
  net: decimal,
  tax: decimal,
  gross: decimal,
  buyer: recordOrNil(Contact),
  deliveries: arrayOf(
    z.object({
      deliveryRef: text,
      sequence: text,
      address: Address,
      quantity: quantity,
      requiredDate: optionalDate,
      instructions: optionalText,
    }),
  ).refine((deliveries) => deliveries.length > 0, 'is empty: nowhere to deliver to'),
  attachments: arrayOf(z.object({ attachmentRef: text, fileName: text, mimeType: text })),
  lastModified: instant,
});
export type PurchaseOrder = z.infer<typeof PurchaseOrder>;

export const Delivery = z.object({
  uid: text,
  orderRef: text,
  deliveryRef: text,
  quantity: quantity,
  deliveryDate: optionalDate,
  despatchedDate: optionalDate,
  carrier: optionalText,
  consignmentNumber: optionalText,
  status: text,
});
export type Delivery = z.infer<typeof Delivery>;

export const Specification = z.object({
  orderRef: text,
  productType: optionalText,
  title: optionalText,
  quantity: optionalQuantity,
  sections: arrayOf(
    z.object({ name: optionalText, properties: arrayOf(z.object({ name: optionalText, value: optionalText })) }),
  ),
});
export type Specification = z.infer<typeof Specification>;

export const Attachment = z.object({
  attachmentRef: text,
  fileName: text,
  mimeType: text,
  size: optionalQuantity,
  /** base64, nothing for an empty file; it must be there, or every file would be empty where it is called otherwise. */
  content: z.string().nullable(),
});
export type Attachment = z.infer<typeof Attachment>;

const InvoiceLine = z.object({ description: optionalText, quantity: quantity, net: decimal, tax: optionalDecimal });
const invoiceAmounts = { currency: text, net: decimal, tax: decimal, gross: decimal, lines: arrayOf(InvoiceLine) };

export const PurchaseInvoice = z.object({
  uid: text,
  invoiceNumber: text,
  invoiceDate: optionalDate,
  orderRef: optionalText,
  poNumber: optionalText,
  ...invoiceAmounts,
});
export type PurchaseInvoice = z.infer<typeof PurchaseInvoice>;

export const SalesInvoice = z.object({
  uid: text,
  invoiceNumber: text,
  issueDate: optionalDate,
  customerPo: optionalText,
  ...invoiceAmounts,
});
export type SalesInvoice = z.infer<typeof SalesInvoice>;

export const StockOrder = z.object({
  uid: text,
  stockOrderRef: text,
  orderedDate: optionalDate,
  customerName: text,
  contact: recordOrNil(Contact),
  customerPo: optionalText,
  deliveryAddress: Address,
  requiredDate: optionalDate,
  carrier: optionalText,
  costCentre: optionalText,
  instructions: optionalText,
  status: text,
  lines: arrayOf(
    z.object({
      lineRef: text,
      productCode: text,
      productName: optionalText,
      /** In boxes of `boxQuantity`. */
      quantity: quantity,
      unitOfMeasure: text,
      boxQuantity: quantity,
    }),
  ).refine((lines) => lines.length > 0, 'is empty: nothing to send'),
});
export type StockOrder = z.infer<typeof StockOrder>;

/** PHP writes booleans as `true` or `1`. */
export const Done = z.enum(['true', '1', 'false', '0']).transform((value) => value === 'true' || value === '1');
