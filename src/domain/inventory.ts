/** The goods side in NorthScope (vendors/northscope.md §6). Units are decimal strings with the vendor's own decimals. */
export interface WarehouseOrder {
  readonly orderId: string;
  readonly poNumber: string;
  readonly statusName: string;
  readonly siteId: string;
  readonly lines: readonly WarehouseOrderLine[];
}

export interface WarehouseOrderLine {
  /** The key that `AllocateSalesOrders` takes. */
  readonly orderItemSk: string;
  readonly itemId: string;
  readonly unitsUom: string;
  readonly orderUnits: string;
  readonly allocatedUnits: string;
  readonly shippedUnits: string;
}

/** An SO Order document for the inbound queue (northscope.md §3). */
export interface WarehouseOrderRequest {
  /** At most 25 characters; `OrderID` = SoNo-sequence, also used as SourceTransactionID. */
  readonly orderId: string;
  readonly companyId: string;
  readonly poNumber: string;
  readonly customerId: string;
  readonly addressId: string;
  readonly siteId: string;
  /** Calendar date `YYYY-MM-DD`. */
  readonly orderDate: string;
  readonly shipByDate: string;
  readonly lines: readonly { readonly itemId: string; readonly units: string; readonly unitsUom: string }[];
}

export interface Lot {
  readonly lotSk: string;
  readonly lot: string;
  readonly itemId: string;
  readonly siteId: string;
  readonly availableUnits: string;
  readonly unitsUom: string;
}

export interface Allocation {
  readonly orderItemSk: string;
  readonly lotSk: string;
  readonly units: string;
  readonly unitsUom: string;
}

export interface Site {
  readonly siteSk: string;
  readonly siteId: string;
  readonly siteName: string;
  readonly companyId: string;
}

export interface Item {
  readonly itemSk: string;
  readonly itemId: string;
  readonly description: string;
  readonly uomScheduleSk: string;
  readonly unitsUom: string;
  readonly isInactive: boolean;
}

export interface UomConversion {
  readonly scheduleSk: string;
  readonly from: string;
  readonly to: string;
  /** How many `to` make one `from`. */
  readonly factor: string;
}

export interface CustomerAddress {
  readonly customerId: string;
  readonly customerName: string;
  readonly addressId: string;
  readonly addressName: string;
  readonly city: string | null;
  readonly zip: string | null;
  readonly country: string | null;
}

export interface Company {
  readonly dataEntityCompanySk: string;
  readonly companyId: string;
}
