import { z } from 'zod';
import { issuesAsText } from '../../transport/formats/issues';
import type { SoapInput } from '../../transport/formats/soap-value';
import {
  AccountUpdate,
  CustomerUpdate,
  DeliveryWindowUpdate,
  InvoiceUpdate,
  MarketUpdate,
  PriceAlterationDateUpdate,
  PriceListUpdate,
  SalesRepUpdate,
  SizeUpdate,
  TermsUpdate,
  WarehouseUpdate,
} from './master-data-requests';
import { OrderCancellation, OrderUpdate } from './order-requests';
import { ProductUpdate } from './product-requests';
import { id, listOf } from './fields';

/** What each update sends: one list of one kind, its entries without an element around them in `events_Done` only. */
export const requests = {
  events_Done: z.strictObject({ event: z.array(id).readonly() }),
  accounts_Update: z.strictObject({ accounts: listOf('account', AccountUpdate) }),
  customers_Update: z.strictObject({ customers: listOf('customer', CustomerUpdate) }),
  deliverywindows_Update: z.strictObject({ deliverywindows: listOf('deliverywindow', DeliveryWindowUpdate) }),
  invoices_Update: z.strictObject({ invoices: listOf('invoice', InvoiceUpdate) }),
  markets_Update: z.strictObject({ markets: listOf('market', MarketUpdate) }),
  orders_Update: z.strictObject({ orders: listOf('order', OrderUpdate) }),
  paymentterms_Update: z.strictObject({ paymentterms: listOf('paymentterms', TermsUpdate) }),
  pricealterationdates_Update: z.strictObject({
    pricealterationdates: listOf('pricealterationdate', PriceAlterationDateUpdate),
  }),
  pricelists_Update: z.strictObject({ pricelists: listOf('pricelist', PriceListUpdate) }),
  products_Update: z.strictObject({ products: listOf('product', ProductUpdate) }),
  salesreps_Update: z.strictObject({ salesreps: listOf('salesrep', SalesRepUpdate) }),
  shippingterms_Update: z.strictObject({ shippingterms: listOf('shippingterms', TermsUpdate) }),
  sizes_Update: z.strictObject({ sizes: listOf('size', SizeUpdate) }),
  warehouses_Update: z.strictObject({ warehouses: listOf('warehouse', WarehouseUpdate) }),
};

/** `orders_Update` once more, as the call that may not be repeated. */
export const cancellationRequest = z.strictObject({ orders: listOf('order', OrderCancellation) });

/** A request as it is written, its members in the order of the WSDL; or the path and reason why it cannot be. */
export type Written = { readonly parts: { readonly [part: string]: SoapInput } } | { readonly fault: string };

/** Checks and orders a request: nothing that the shape does not know is sent, and nothing that is no text. */
export function write(schema: z.ZodType<object>, request: unknown): Written {
  const read = schema.safeParse(request);
  return read.success ? { parts: membersOf(read.data) } : { fault: issuesAsText(read.error, { at: ['request'] }) };
}

const membersOf = (record: object): { readonly [part: string]: SoapInput } =>
  Object.fromEntries(
    Object.entries(record)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, inputOf(value)]),
  );

function inputOf(value: unknown): SoapInput {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(inputOf);
  if (typeof value === 'object' && value !== null) return membersOf(value);
  throw new TypeError('a shape let through what is not text');
}
