import { z } from 'zod';
import { isDecimal } from '../../domain/decimal';
import { itemsOf } from '../../transport/soap-value';
import { isNoDate, readInstant } from './instant';

// The shapes of vendors/claritum.md §3 as they arrive, leaves as text. Unknown members are dropped: the vendor adds
// some without a new version. Open sets (status, unit of measure) stay open.

const text = z.string().min(1, 'is empty');
/** Absent, nil and empty are the same: node-soap cannot tell an untyped empty element from nil. */
const optionalText = z.preprocess(
  (value) => (value === undefined || value === '' ? null : value),
  z.string().nullable(),
);
const decimal = z.string().trim().refine(isDecimal, 'is no decimal number');
const optionalDecimal = z.preprocess(
  (value) => (value === undefined || value === '' ? null : value),
  decimal.nullable(),
);
const instant = z.string().transform((value, context) => {
  const read = readInstant(value);
  if (read !== undefined) return read;
  context.addIssue({ code: 'custom', message: 'is no date' });
  return z.NEVER;
});
const optionalInstant = z.preprocess(
  (value) => (value === undefined || (typeof value === 'string' && isNoDate(value)) ? null : value),
  instant.nullable(),
);
const arrayOf = <T extends z.ZodType>(entry: T) => z.preprocess((value) => itemsOf(value), z.array(entry));
const recordOrNil = <T extends z.ZodType>(record: T) =>
  z.preprocess((value) => (value === undefined || value === '' ? null : value), record.nullable());

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
  status: text,
  authorisedDate: optionalInstant,
  deliveryDate: optionalInstant,
  productCode: text,
  quantity: decimal,
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
      quantity: decimal,
      requiredDate: optionalInstant,
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
  quantity: decimal,
  deliveryDate: optionalInstant,
  despatchedDate: optionalInstant,
  carrier: optionalText,
  consignmentNumber: optionalText,
  status: text,
});
export type Delivery = z.infer<typeof Delivery>;

export const Specification = z.object({
  orderRef: text,
  productType: optionalText,
  title: optionalText,
  quantity: optionalDecimal,
  sections: arrayOf(
    z.object({ name: optionalText, properties: arrayOf(z.object({ name: optionalText, value: optionalText })) }),
  ),
});
export type Specification = z.infer<typeof Specification>;

export const Attachment = z.object({
  attachmentRef: text,
  fileName: text,
  mimeType: text,
  size: optionalDecimal,
  /** base64, nothing for an empty file; it must be there, or every file would be empty where it is called otherwise. */
  content: z.string().nullable(),
});
export type Attachment = z.infer<typeof Attachment>;

const InvoiceLine = z.object({ description: optionalText, quantity: decimal, net: decimal, tax: optionalDecimal });
const invoiceAmounts = { currency: text, net: decimal, tax: decimal, gross: decimal, lines: arrayOf(InvoiceLine) };

export const PurchaseInvoice = z.object({
  uid: text,
  invoiceNumber: text,
  invoiceDate: optionalInstant,
  orderRef: optionalText,
  poNumber: optionalText,
  ...invoiceAmounts,
});
export type PurchaseInvoice = z.infer<typeof PurchaseInvoice>;

export const SalesInvoice = z.object({
  uid: text,
  invoiceNumber: text,
  issueDate: optionalInstant,
  customerPo: optionalText,
  ...invoiceAmounts,
});
export type SalesInvoice = z.infer<typeof SalesInvoice>;

export const StockOrder = z.object({
  uid: text,
  stockOrderRef: text,
  orderedDate: optionalInstant,
  customerName: text,
  contact: recordOrNil(Contact),
  customerPo: optionalText,
  deliveryAddress: Address,
  requiredDate: optionalInstant,
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
      quantity: decimal,
      unitOfMeasure: text,
      boxQuantity: decimal,
    }),
  ).refine((lines) => lines.length > 0, 'is empty: nothing to send'),
});
export type StockOrder = z.infer<typeof StockOrder>;

/** PHP writes booleans as `true` or `1`. */
export const Done = z.enum(['true', '1', 'false', '0']).transform((value) => value === 'true' || value === '1');
