/**
 * The sales order of the web shop in iSync (docs/vendors/isync.md#persistwebsalesorder). Dates are local to the
 * vendor's server, without zone: `YYYY-MM-DD`, or `YYYY-MM-DDTHH:mm:ss`. Money, quantities and percentages are decimal
 * strings.
 */
export interface WebSalesOrderRequest {
  /** The shop's order number: the key by which the order is found again. iSync does not promise to refuse a second one. */
  readonly poNumber: string;
  /** The customer's id in the web shop; no parcel number. */
  readonly trackNo: string;
  readonly status: WebSalesOrderStatus;
  readonly requiredDate: string;
  readonly delivery: WebDeliveryAddress;
  readonly comments: string | null;
  readonly specialInstructions: string | null;
  readonly deliveryMethodId: string | null;
  readonly paymentMethodId: string | null;
  /** iSync's default: false. */
  readonly isGift: boolean | null;
  /** iSync's default: true. */
  readonly printInvoice: boolean | null;
  readonly lines: readonly WebSalesOrderRequestLine[];
}

/** The two that may be sent; an order that is read shows others too. */
export type WebSalesOrderStatus = 'pending' | 'approved';

export interface WebSalesOrderRequestLine {
  /** `0` for goods in stock, more for what is not (freight, fees). */
  readonly cnTypeId: string;
  /** May be empty where `cnTypeId` is not `0`. */
  readonly thirdPartyBarcode: string;
  /** Whole and positive; `4.00` counts as whole. */
  readonly units: string;
  readonly sellingPrice: string;
  readonly exRate: string;
  /** Percent. */
  readonly discount: string | null;
  readonly status: WebSalesOrderStatus;
  /** iSync's default: its current date. */
  readonly dueDate: string | null;
}

export interface WebDeliveryAddress {
  readonly fullName: string | null;
  readonly company: string | null;
  readonly addressLine1: string;
  readonly addressLine2: string | null;
  readonly city: string | null;
  readonly province: string | null;
  readonly postCode: string | null;
  readonly country: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly mobile: string | null;
  readonly altNumber: string | null;
}

/** The order as iSync shows it (`GetWebSalesOrder`). */
export interface WebSalesOrder {
  readonly poNumber: string;
  /** iSync's own number. */
  readonly salesOrderId: string;
  readonly trackNo: string | null;
  /** 1 pending, 3 approved, 11 seen and unexplained: an open set. */
  readonly statusId: string;
  readonly requiredDate: string | null;
  readonly comments: string | null;
  readonly webCustomerName: string | null;
  readonly lines: readonly WebSalesOrderLine[];
}

export interface WebSalesOrderLine {
  readonly soDetailId: string | null;
  readonly cnTypeId: string;
  readonly thirdPartyBarcode: string;
  /** With the vendor's own decimals (`4.00`). */
  readonly units: string;
  readonly sellingPrice: string;
  readonly exRate: string | null;
  readonly discount: string | null;
  readonly statusId: string;
  readonly dueDate: string | null;
  /** Null until the line is invoiced. */
  readonly invoiceNumber: string | null;
  readonly invoiceDate: string | null;
  readonly invoiceUnits: string;
}
