import { z } from 'zod';
import type { CreditNote } from '../../domain/credit-note/credit-note';
import type { StockQuery } from '../../domain/stock/stock';
import type { WebSalesOrderRequest } from '../../domain/web-order/web-sales-order';
import { writeXml, type XmlInput } from '../../transport/formats/xml';
import {
  Flag,
  Int,
  LocalDateTime,
  NotNegative,
  Percentage,
  Positive,
  RequiredText,
  Text,
  WholeUnits,
  optional,
} from './fields';

// What the operations take, and how it is written (docs/vendors/isync.md). Members in any order: writeMessage sorts
// them.

const DTO = 'http://schemas.datacontract.org/2004/07/iSync.EAI.DTO';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** The members of a record of iSync's; what is undefined is left out. */
export interface Members {
  readonly [name: string]: XmlInput | undefined;
}

/**
 * The inner document of a request (docs/vendors/isync.md#member-order): its namespaces on the root, its members in
 * ordinal order, because WCF skips one that comes late without a word, and a skipped price is a price of 0.
 *
 * @throws RangeError where text cannot stand in XML 1.0; names the element, not the text
 */
export const writeMessage = (root: string, members: Members): string =>
  `<${root} xmlns="${DTO}" xmlns:i="${XSI}">${writeXml(root, inOrdinalOrder(members)).slice(root.length + 2)}`;

/** By UTF-16 code units, which is what `toSorted` goes by; never by locale: `PONumber` stands before `PaymentMethodID`. */
function inOrdinalOrder(content: XmlInput): XmlInput {
  if (typeof content === 'string') return content;
  if (isList(content)) return content.map(inOrdinalOrder);
  const members: [string, XmlInput][] = Object.entries(content).flatMap(([name, member]) =>
    member === undefined ? [] : [[name, inOrdinalOrder(member)]],
  );
  return Object.fromEntries(members.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const isList = (content: XmlInput): content is readonly XmlInput[] => Array.isArray(content);

const CatalogueQuery = z.strictObject({ addedDate: LocalDateTime, availableUnits: Flag.optional() });

/** @throws z.ZodError */
export function writeCatalogueQuery(query: StockQuery): Members {
  const { addedDate, availableUnits } = CatalogueQuery.parse(query);
  return { AddedDate: addedDate, AvailableUnits: availableUnits };
}

const UnitsQuery = CatalogueQuery.extend({
  thirdPartyBarcodes: z
    .array(RequiredText.refine((barcode) => !barcode.includes('|'), 'holds a pipe (|), which separates barcodes'))
    .min(1)
    .readonly()
    .optional(),
});

/** Which SKUs' units; of all, where no barcodes are named. */
export interface StockUnitsQuery extends StockQuery {
  readonly thirdPartyBarcodes?: readonly string[];
}

/** @throws z.ZodError */
export function writeUnitsQuery(query: StockUnitsQuery): Members {
  const { addedDate, availableUnits, thirdPartyBarcodes } = UnitsQuery.parse(query);
  return {
    AddedDate: addedDate,
    AvailableUnits: availableUnits,
    ThirdPartyBarcode: thirdPartyBarcodes?.join('|'),
  };
}

/** @throws z.ZodError */
export const writeOrderQuery = ({ poNumber }: { readonly poNumber: string }): Members => ({
  PONumber: z.object({ poNumber: RequiredText }).parse({ poNumber }).poNumber,
});

const StatusId = z.enum(['pending', 'approved']).transform((status) => (status === 'pending' ? '1' : '3'));
const hasItsBarcode = (line: { readonly cnTypeId: string; readonly thirdPartyBarcode: string }): boolean =>
  !/^0+$/.test(line.cnTypeId) || line.thirdPartyBarcode.trim() !== '';
const barcodeMissing = { path: ['thirdPartyBarcode'], message: 'is blank for goods in stock' };

const OrderLine = z
  .strictObject({
    cnTypeId: Int,
    thirdPartyBarcode: Text,
    units: WholeUnits,
    sellingPrice: NotNegative,
    exRate: NotNegative,
    discount: optional(Percentage),
    status: StatusId,
    dueDate: optional(LocalDateTime),
  })
  .refine(hasItsBarcode, barcodeMissing);

const Delivery = z.strictObject({
  fullName: optional(Text),
  company: optional(Text),
  addressLine1: RequiredText,
  addressLine2: optional(Text),
  city: optional(Text),
  province: optional(Text),
  postCode: optional(Text),
  country: optional(Text),
  email: optional(Text),
  phone: optional(Text),
  mobile: optional(Text),
  altNumber: optional(Text),
});

const Order = z.strictObject({
  poNumber: RequiredText,
  trackNo: RequiredText,
  status: StatusId,
  requiredDate: LocalDateTime,
  delivery: Delivery,
  comments: optional(Text),
  specialInstructions: optional(Text),
  deliveryMethodId: optional(Int),
  paymentMethodId: optional(Int),
  isGift: optional(Flag),
  printInvoice: optional(Flag),
  lines: z.array(OrderLine).min(1).readonly(),
});

/** @throws z.ZodError */
export function writeOrder(request: WebSalesOrderRequest): Members {
  const order = Order.parse(request);
  return {
    Comments: order.comments,
    DeliveryDetail: writeDelivery(order.delivery),
    DeliveryMethodID: order.deliveryMethodId,
    IsGift: order.isGift,
    LineItems: {
      WebSalesOrderDetail: order.lines.map((line) => ({
        CNTypeID: line.cnTypeId,
        Discount: line.discount,
        DueDate: line.dueDate,
        ExRate: line.exRate,
        SellingPrice: line.sellingPrice,
        StatusID: line.status,
        ThirdPartyBarcode: line.thirdPartyBarcode,
        Units: line.units,
      })),
    },
    PONumber: order.poNumber,
    PaymentMethodID: order.paymentMethodId,
    PrintInvoice: order.printInvoice,
    RequiredDate: order.requiredDate,
    SpecialInstructions: order.specialInstructions,
    StatusID: order.status,
    TrackNo: order.trackNo,
  };
}

const writeDelivery = (delivery: z.output<typeof Delivery>): Members => ({
  AddressLine1: delivery.addressLine1,
  AddressLine2: delivery.addressLine2,
  AltNumber: delivery.altNumber,
  City: delivery.city,
  Company: delivery.company,
  Country: delivery.country,
  Email: delivery.email,
  FullName: delivery.fullName,
  Mobile: delivery.mobile,
  Phone: delivery.phone,
  PostCode: delivery.postCode,
  Province: delivery.province,
});

const CreditLine = z
  .strictObject({
    cnTypeId: Int,
    thirdPartyBarcode: Text,
    units: Positive,
    sellingPrice: Positive,
    exRate: Positive,
    discount: optional(Percentage),
    comment: optional(Text),
    reference: optional(Text),
  })
  .refine(hasItsBarcode, barcodeMissing);

const Credit = z.strictObject({
  poNumber: RequiredText,
  salesOrderId: z.string().regex(/^\d{1,20}$/, 'is not a number'),
  trackNo: RequiredText,
  comments: RequiredText,
  reference: optional(Text),
  lines: z.array(CreditLine).min(1).readonly(),
});

/**
 * What no source settles (docs/vendors/isync.md#createwebcreditnote), so that an installation that differs can say so.
 */
export interface CreditNoteRules {
  /** iSync's SalesOrderNumber of a SalesOrderID. @default `SO-` and eight digits, as in the document's sample */
  readonly salesOrderNumber?: (salesOrderId: string) => string;
  /** The `Rate` of a line, which the table requires and no sample shows. @default 'ExRate': the same as ExRate */
  readonly rate?: 'ExRate' | 'omitted';
}

const numbered = (salesOrderId: string): string => `SO-${salesOrderId.padStart(8, '0')}`;

/** @throws z.ZodError */
export function writeCreditNote(request: CreditNote, rules: CreditNoteRules): Members {
  const note = Credit.parse(request);
  const { salesOrderNumber = numbered, rate = 'ExRate' } = rules;
  return {
    Comments: note.comments,
    LineItems: {
      WebCreditNoteDetail: note.lines.map((line) => ({
        CNTypeID: line.cnTypeId,
        Comment: line.comment,
        Discount: line.discount,
        ExRate: line.exRate,
        Rate: rate === 'ExRate' ? line.exRate : undefined,
        Reference: line.reference,
        SellingPrice: line.sellingPrice,
        ThirdPartyBarcode: line.thirdPartyBarcode,
        Units: line.units,
      })),
    },
    PONumber: note.poNumber,
    Reference: note.reference,
    SalesOrderNumber: salesOrderNumber(note.salesOrderId),
    TrackNo: note.trackNo,
  };
}
