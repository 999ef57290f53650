import { addDays } from '../values/calendar';
import { asQuantity, compare, maximum } from '../values/decimal';

/**
 * The goods side in NorthScope (docs/vendors/northscope.md#the-lists). Units are decimal strings with the vendor's own
 * decimals.
 */
export interface WarehouseOrder {
  readonly orderId: string;
  readonly poNumber: string;
  readonly statusName: string;
  readonly siteId: string;
  /** Null where NorthScope does not show it; so are the next three. */
  readonly customerId: string | null;
  readonly addressId: string | null;
  /** Calendar dates `YYYY-MM-DD`. */
  readonly orderDate: string | null;
  readonly shipByDate: string | null;
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

/** What was ever allocated: shipping may or may not lower the figure, what has left was allocated once. */
export const allocatedUnits = ({ allocatedUnits: allocated, shippedUnits }: WarehouseOrderLine): string =>
  maximum(allocated, shippedUnits);

/** An SO Order document for the inbound queue (docs/vendors/northscope.md#so-order). */
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

/**
 * In what an order that NorthScope shows under our OrderID is not the one we would send, or sent; empty where it is the
 * same. NorthScope keeps no note of ours, so that only the content tells, as far as it is shown.
 */
export function warehouseOrderDifferences(shown: WarehouseOrder, ours: WarehouseOrderRequest): string[] {
  const unlike = (name: string, found: string | null, wanted: string): string[] =>
    found === null || found === wanted.trim() ? [] : [`its ${name} is '${found}', ours '${wanted}'`];
  const [line] = shown.lines;
  const [wanted] = ours.lines;
  return [
    ...(isGone(shown) ? [`its status is '${shown.statusName}'`] : []),
    ...unlike('PONumber', shown.poNumber, ours.poNumber),
    ...unlike('customer', shown.customerId, ours.customerId),
    ...unlike('ship-to', shown.addressId, ours.addressId),
    ...unlike('site', shown.siteId === '' ? null : shown.siteId, ours.siteId),
    ...(isSameDay(shown.orderDate, ours.orderDate) ? [] : unlike('order date', shown.orderDate, ours.orderDate)),
    ...unlike('ShipByDate', shown.shipByDate, ours.shipByDate),
    ...(line === undefined || wanted === undefined || shown.lines.length !== ours.lines.length
      ? [`its lines are ${shown.lines.length}, ours ${ours.lines.length}`]
      : [
          ...unlike('item', line.itemId, wanted.itemId),
          ...(compare(line.orderUnits, wanted.units) === 0
            ? []
            : unlike('number of units', asQuantity(line.orderUnits), asQuantity(wanted.units))),
          ...unlike('unit', line.unitsUom === '' ? null : line.unitsUom, wanted.unitsUom),
        ]),
  ];
}

/** NorthScope's times have no zone: the day it enters an order may be the one before ours, or the next. */
const isSameDay = (shown: string | null, ours: string): boolean =>
  shown === null || (shown >= addDays(ours, -1) && shown <= addDays(ours, 1));

/** Whether nothing more comes of the order, by the words of its status. */
export const isGone = ({ statusName }: WarehouseOrder): boolean => /cancel|void|bypass|delete|reject/i.test(statusName);

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
