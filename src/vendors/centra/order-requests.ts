import { z } from 'zod';
import {
  additionals,
  address,
  amount,
  carrierInformation,
  id,
  listOf,
  MasterSalesReps,
  reference,
  text,
  trueFalse,
  whole,
  yesNo,
} from './fields';

const Size = z.strictObject({
  id,
  sku: text,
  qty: text,
  preorder: yesNo,
  description: text,
  /** The one key that is unique in an order: always name it (docs/vendors/centra.md#orders_update). */
  orderitem: reference,
  warehouseitems: listOf('warehouse', z.strictObject({ id, qty: text })).optional(),
  supplierorderitems: listOf('supplierorder', z.strictObject({ id, qty: text, eta: text })).optional(),
});

const Product = z.strictObject({
  id,
  tax: text,
  sku: text,
  origprice: text,
  price: text,
  discount: text,
  qty: text,
  subtotal: text,
  description: text,
  variation: reference,
  brand: reference,
  sizes: listOf('size', Size).optional(),
  type: text,
  comment: text,
});
const products = listOf('product', Product).optional();

const Refund = z.strictObject({
  /** Ours; unique among all refunds, not in the order only. */
  id,
  shipping: amount,
  voucher: amount,
  products,
  comment: text,
  returnfee: amount,
  handling: amount,
  status: text,
  type: text,
});

const Shipment = z.strictObject({
  /** Chosen by who creates it. */
  id,
  paid: yesNo,
  shipped: yesNo,
  goodtogo: yesNo,
  /** Takes the payment where that is possible and not done yet; may always be sent. */
  capture: yesNo,
  appendix: text,
  shipmenttotal: text,
  paidtotal: text,
  currency: text,
  currencyrate: text,
  basecurrency: text,
  created: text,
  shippingaddress: address,
  carrierinformation: carrierInformation,
  products,
  refunds: listOf('refund', Refund).optional(),
  shipping: amount,
  handling: amount,
  voucher: amount,
});

const SalesRep = z.strictObject({ id, email: text, name: text, percent: text, mastersalesrep: MasterSalesReps });

const Payments = z.strictObject({
  name: text,
  type: text,
  total: text,
  status: text,
  method: text,
  payment: z
    .array(
      z.strictObject({
        type: text,
        paid: yesNo,
        value: text,
        created: text,
        transaction: text,
        document: text,
      }),
    )
    .readonly()
    .optional(),
});

/** What names the order in every update; the type is `retail` or `wholesale`, as the order's event said it. */
const key = { id, type: id, store: whole };

/** Everything of an order that may be sent again: all but its cancellations. */
export const OrderUpdate = z.strictObject({
  id: key.id,
  ordernumber: text,
  type: key.type,
  store: key.store,
  locked: yesNo,
  status: text,
  ordertotal: text,
  currency: text,
  currencyrate: text,
  basecurrency: text,
  created: text,
  internal: trueFalse,
  preferred_shipping_date: text,
  buyer: z.strictObject({ id, description: text, firstname: text, lastname: text, email: text }).optional(),
  salesrep: SalesRep.optional(),
  mastersalesrep: listOf('salesrep', SalesRep).optional(),
  account: reference,
  paymentterms: reference,
  shippingterms: reference,
  deliverywindow: z
    .strictObject({ id, description: text, type: text, atonce: trueFalse, start: text, stop: text })
    .optional(),
  collection: reference,
  additionals,
  primary_warehouse: z.strictObject({ warehouse: reference }).optional(),
  shipping: amount,
  handling: amount,
  voucher: amount,
  payments: Payments.optional(),
  products,
  shipments: listOf('shipment', Shipment).optional(),
  carrierinformation: carrierInformation,
  customer: reference,
  shippingaddress: address,
  billingaddress: address,
  internalinformation: text,
  other: text,
  ponumber: text,
  market: reference,
  pricelist: reference,
  ecvatno: text,
});
export type OrderUpdate = z.input<typeof OrderUpdate>;

/** "Cancel n of these": each time it arrives n more are cancelled (docs/vendors/centra.md#cancelled-units). */
export const OrderCancellation = z.strictObject({
  ...key,
  cancelled: listOf('product', Product),
});
export type OrderCancellation = z.input<typeof OrderCancellation>;
