import { z } from 'zod';
import {
  additionals,
  Address,
  address,
  Amount,
  carrierInformation,
  id,
  listOf,
  MasterSalesReps,
  person,
  reference,
  text,
  trueFalse,
  whole,
  yesNo,
} from './fields';

const Buyer = z.strictObject({
  id,
  store: whole.optional(),
  status: text,
  ...person,
  fax: text,
  market: reference,
  pricelist: reference,
  password: text,
});

/**
 * A wholesale account. Without a buyer it cannot be seen in the vendor's administration; an id of digits that does not
 * begin with 0 is taken for the vendor's own (docs/vendors/centra.md#the-other-updates).
 */
export const AccountUpdate = z.strictObject({
  id,
  type: text,
  status: text,
  description: text,
  other: text,
  discount: text,
  market: reference,
  pricelist: reference,
  internalinformation: text,
  creditlimit: text,
  salesrep: reference,
  paymentterms: reference,
  shippingterms: reference,
  accountaddress: address,
  shippingaddress: address,
  invoiceaddress: address,
  carrierinformation: carrierInformation,
  buyers: listOf('buyer', Buyer).optional(),
  addresses: listOf('address', Address).optional(),
  additionals,
});
export type AccountUpdate = z.input<typeof AccountUpdate>;

/** A retail customer; no operation deletes one. */
export const CustomerUpdate = z.strictObject({
  id,
  store: whole.optional(),
  type: text,
  status: text,
  ...person,
});
export type CustomerUpdate = z.input<typeof CustomerUpdate>;

const WindowVariation = z.strictObject({
  id,
  type: text,
  productlimit: whole.optional(),
  variationlimit: whole.optional(),
});

export const DeliveryWindowUpdate = z.strictObject({
  id,
  status: text,
  description: text,
  startdate: text,
  stopdate: text,
  atonce: trueFalse,
  variations: listOf('variation', WindowVariation).optional(),
  variationsremove: listOf('variation', WindowVariation).optional(),
});
export type DeliveryWindowUpdate = z.input<typeof DeliveryWindowUpdate>;

const InvoiceItem = z.strictObject({
  itemid: text,
  qty: text,
  price: text,
  tax: text,
  subtotal: text,
  description: text,
  product: reference,
  variation: reference,
  size: reference,
  discount: text,
  sku: text,
});

export const InvoiceUpdate = z.strictObject({
  id,
  store: text,
  status: text,
  serialno: text,
  documenttype: text,
  type: text,
  currency: text,
  currencyrate: text,
  basecurrency: text,
  total: text,
  vat: text,
  totalpaid: text,
  invoicedate: text,
  orderdate: text,
  duedate: text,
  buyer: reference,
  account: reference,
  order: reference,
  shipment: reference,
  refund: reference,
  paymentterms: text,
  shippingterms: text,
  internalinformation: text,
  ponumber: text,
  billingaddress: address,
  shippingaddress: address,
  items: z
    .strictObject({
      invoiceitem: z.array(InvoiceItem).readonly().optional(),
      additional: z.array(Amount).readonly().optional(),
    })
    .optional(),
  locked: yesNo,
});
export type InvoiceUpdate = z.input<typeof InvoiceUpdate>;

export const MarketUpdate = z.strictObject({ id, store: text, type: text, description: text });
export type MarketUpdate = z.input<typeof MarketUpdate>;

/** Payment terms and shipping terms: their title is `name`, `description` a longer text. */
export const TermsUpdate = z.strictObject({ id, name: text, description: text, duedays: text });
export type TermsUpdate = z.input<typeof TermsUpdate>;

export const PriceAlterationDateUpdate = z.strictObject({
  id,
  status: text,
  name: text,
  store: text,
  startdate: text,
});
export type PriceAlterationDateUpdate = z.input<typeof PriceAlterationDateUpdate>;

/** `priceb`: the recommended retail price; `altered…`: from the price alteration date on. */
const prices = { price: text, priceb: text, alteredprice: text, alteredpriceb: text };
const PricedProduct = z.strictObject({
  id,
  ...prices,
  variation: z
    .array(z.strictObject({ id, ...prices }))
    .readonly()
    .optional(),
});

/** Prices stand on the product or on its variations, never on sizes. */
export const PriceListUpdate = z.strictObject({
  id,
  store: text,
  type: text,
  currency: text,
  description: text,
  items: listOf('product', PricedProduct).optional(),
});
export type PriceListUpdate = z.input<typeof PriceListUpdate>;

export const SalesRepUpdate = z.strictObject({
  id,
  email: text,
  name: text,
  percent: text,
  mastersalesrep: MasterSalesReps,
});
export type SalesRepUpdate = z.input<typeof SalesRepUpdate>;

/** A size of a size table; a table cannot be changed once it is created. */
export const SizeUpdate = z.strictObject({
  id,
  description: text,
  sku: text,
  ean: text,
  comment: text,
  sizetable: z.strictObject({ id, description: text, stockdivisor: text, stockunit: text }).optional(),
});
export type SizeUpdate = z.input<typeof SizeUpdate>;

export const WarehouseUpdate = z.strictObject({ id, description: text });
export type WarehouseUpdate = z.input<typeof WarehouseUpdate>;
