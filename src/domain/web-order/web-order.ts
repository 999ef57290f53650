import { add, subtract } from '../values/decimal';

/**
 * An order of the web shop, as Centra tells it (docs/vendors/centra.md#events_get): its whole state at the time of the
 * event. All values are text: money and quantities decimal strings, identifiers as they came, instants ISO 8601 in UTC
 * with `Z`. `null` is not told or empty.
 */
export interface WebOrder {
  /** Our own id where one was given, else Centra's order number: the key of updates, and of our workflow. */
  readonly id: string;
  /** Centra's own, also where `id` is ours; null in events that do not tell it. */
  readonly orderNumber: string | null;
  /** `retail` or `wholesale`; an open set. */
  readonly type: string;
  /** A whole number; every update names it. */
  readonly store: string;
  /** `processing`, `completed`, `pending`, `confirmed`, `cancelled` (Centra also writes `canceled`); an open set. */
  readonly status: string | null;
  /** Null where it is not told. */
  readonly isLocked: boolean | null;
  /** Instant of the order. */
  readonly created: string | null;
  /** As Centra writes it; no format is documented. */
  readonly preferredShippingDate: string | null;
  /** ISO 4217. */
  readonly currency: string;
  /** Units of `baseCurrency` for one of `currency`. */
  readonly currencyRate: string | null;
  readonly baseCurrency: string | null;
  readonly total: string | null;
  /** What is charged, or for the voucher given, besides the lines. */
  readonly shipping: string | null;
  readonly handling: string | null;
  readonly voucher: string | null;
  readonly payment: WebOrderPayment;
  readonly customer: WebOrderCustomer;
  readonly deliveryAddress: WebOrderAddress | null;
  readonly billingAddress: WebOrderAddress | null;
  readonly lines: readonly WebOrderLine[];
  readonly shipments: readonly WebOrderShipment[];
  /** The customer's own number, of wholesale orders. */
  readonly poNumber: string | null;
  /** What the customer wrote beside the order. */
  readonly message: string | null;
  readonly marketId: string | null;
  readonly priceListId: string | null;
}

/** Centra documents no list of payment states: what it says is kept beside what we read in it. */
export interface WebOrderPayment {
  /** The payment plug-in, like `dibs-window`. */
  readonly name: string | null;
  /** `cc`, `inv` …; an open set. */
  readonly type: string | null;
  readonly method: string | null;
  /** `incomplete` until all is received; an open set. */
  readonly status: string | null;
  /** What is received so far, in the order's currency. */
  readonly received: string | null;
  readonly entries: readonly WebOrderPaymentEntry[];
  /** The money is reserved or received: somebody's bank has said yes. */
  readonly isAuthorised: boolean;
  /** All of it is received, "captured" in the card trade. */
  readonly isPaid: boolean;
}

export interface WebOrderPaymentEntry {
  /** `auth`, `capture` …; an open set. */
  readonly type: string | null;
  readonly value: string | null;
  readonly isPaid: boolean | null;
  readonly created: string | null;
  /** The payment provider's number. */
  readonly transaction: string | null;
}

/** Who ordered: a retail customer, or the buyer of a wholesale account. */
export interface WebOrderCustomer {
  readonly customerId: string | null;
  readonly accountId: string | null;
  readonly buyerId: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly telephone: string | null;
}

export interface WebOrderAddress {
  readonly company: string | null;
  readonly attention: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly address1: string | null;
  readonly address2: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly postCode: string | null;
  /** ISO 3166 alpha-2. */
  readonly country: string | null;
  readonly email: string | null;
  readonly telephone: string | null;
}

/** One size of one variation of one product: what is picked. */
export interface WebOrderLine {
  /** The only key that is unique in an order: the same size may stand there twice at two prices. */
  readonly orderItemId: string;
  readonly productId: string;
  readonly variationId: string | null;
  readonly sizeId: string;
  /**
   * The SKUs of product and size put together, which is the article's where its variation has none: Centra's orders do
   * not tell the variation's. Empty where neither has one.
   */
  readonly sku: string;
  readonly description: string | null;
  /** Of one unit; null only where the whole line is cancelled and Centra does not repeat its price. */
  readonly price: string | null;
  readonly originalPrice: string | null;
  /** As Centra writes it; whether per cent or money is not documented. */
  readonly discount: string | null;
  /** Per cent. */
  readonly taxRate: string | null;
  readonly isPreorder: boolean;
  /** With what has been cancelled since. */
  readonly ordered: string;
  /** Cancelled so far. */
  readonly cancelled: string;
  /** `whole`: a virtual product that nobody picks; `part`: what is picked for it. */
  readonly bundle: 'none' | 'whole' | 'part';
}

/** Some units of a line. */
export interface WebOrderQuantity {
  readonly orderItemId: string;
  readonly quantity: string;
}

export interface WebOrderShipment {
  /** Of whoever created it; Centra creates them by itself where it is set up so. */
  readonly id: string;
  readonly isShipped: boolean;
  readonly isPaid: boolean;
  /** Released for despatch; null where it is not told. */
  readonly isReleased: boolean | null;
  readonly carrier: string | null;
  readonly tracking: string | null;
  readonly created: string | null;
  readonly lines: readonly WebOrderQuantity[];
  readonly refunds: readonly WebOrderRefund[];
}

export interface WebOrderRefund {
  /** Unique among all refunds of the shop. */
  readonly id: string;
  /** `confirmed` …; an open set. */
  readonly status: string | null;
  readonly lines: readonly WebOrderQuantity[];
}

/** What is told to Centra when goods have left. */
export interface WebOrderDespatch {
  /** Centra's own where it created the shipment, else of our choice, the same at every repetition. */
  readonly shipmentId: string;
  /** 1, 2, … as text, of a shipment that we create; null where it is there. */
  readonly sequence: string | null;
  readonly carrier: string | null;
  readonly service: string | null;
  readonly tracking: string | null;
  /** Take the payment; harmless where it is taken already. */
  readonly capture: boolean;
  /** Nothing more will be shipped. */
  readonly isLast: boolean;
  /** None where the shipment holds them already. */
  readonly lines: readonly WebOrderQuantity[];
}

/** What is told to Centra when money is given back. */
export interface WebOrderRefundRequest {
  readonly shipmentId: string;
  readonly sequence: string | null;
  /** Of our choice, unique among all refunds of the shop, the same at every repetition. */
  readonly refundId: string;
  readonly comment: string | null;
  readonly lines: readonly WebOrderQuantity[];
}

/** What of a line is still wanted. */
export const wanted = ({ ordered, cancelled }: WebOrderLine): string => subtract(ordered, cancelled);

/** Units of a line in shipments that have left. */
export const shippedOf = ({ shipments }: WebOrder, orderItemId: string): string =>
  totalOf(
    shipments.filter(({ isShipped }) => isShipped).flatMap(({ lines }) => lines),
    orderItemId,
  );

/** Units of a line that were refunded. */
export const refundedOf = ({ shipments }: WebOrder, orderItemId: string): string =>
  totalOf(
    shipments.flatMap(({ refunds }) => refunds.flatMap(({ lines }) => lines)),
    orderItemId,
  );

const totalOf = (lines: readonly WebOrderQuantity[], orderItemId: string): string =>
  lines.filter((line) => line.orderItemId === orderItemId).reduce((sum, { quantity }) => add(sum, quantity), '0');
