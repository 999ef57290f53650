import { company } from '../seed';
import { baseUnit, customerAddressRows, itemOf, siteOf } from './master-data';
import { allocatedUnits, availableUnits, fiveDecimals, shippedUnits } from './state';
import type { Lot, OrderLine, SalesOrder } from './state';

const none = '0.00000';

/** A line of ListSalesOrders, assumed (docs/vendors/northscope.md#the-lists). */
function detailRow(line: OrderLine) {
  const item = itemOf(line.itemId);
  return {
    OrderItemSK: line.orderItemSk,
    LineSort: line.sequence,
    ItemSK: item?.ItemSK ?? '',
    ItemID: line.itemId,
    ItemDescription: item?.ItemDescription ?? '',
    OrderUnits: fiveDecimals(line.units),
    UnitsUOM: line.uom,
    OrderWeight: none,
    WeightUOM: '',
    AllocatedUnits: fiveDecimals(allocatedUnits(line)),
    AllocatedWeight: none,
    ShippedUnits: fiveDecimals(shippedUnits(line)),
    ShippedWeight: none,
    Price: none,
  };
}

/** A header of ListSalesOrders, assumed (docs/vendors/northscope.md#the-lists); what a WhereClause may name. */
export function orderHeaderRow(order: SalesOrder) {
  const address = customerAddressRows.find((row) => row.CustomerID === order.customerId);
  return {
    OrderHeaderSK: order.headerSk,
    OrderID: order.orderId,
    OrderType: 'Order',
    StatusName: order.status,
    CustomerSK: address?.CustomerSK ?? '',
    CustomerID: order.customerId,
    CustomerName: address?.CustomerName ?? '',
    ShipToAddressID: order.addressId,
    SiteSK: siteOf(order.siteId)?.SiteSK ?? '',
    SiteID: order.siteId,
    CompanyID: company.companyId,
    DataEntityCompanySK: company.dataEntityCompanySk,
    PONumber: order.poNumber,
    OrderDate: order.orderDate,
    ShipByDate: order.shipByDate,
    ActualShipDate: order.shipDate,
    CarrierID: order.carrier,
    TrackingNumber: order.tracking,
  };
}

export const orderDetailRows = (order: SalesOrder) => order.lines.map(detailRow);

/** A lot of ListInventoryLots, assumed (docs/vendors/northscope.md#the-lists). */
export function lotRow(lot: Lot) {
  return {
    LotSK: lot.lotSk,
    Lot: lot.lot,
    ItemSK: itemOf(lot.itemId)?.ItemSK ?? '',
    ItemID: lot.itemId,
    SiteSK: siteOf(lot.siteId)?.SiteSK ?? '',
    SiteID: lot.siteId,
    Owner: company.companyId,
    OnHandUnits: fiveDecimals(lot.onHand),
    AllocatedUnits: fiveDecimals(lot.allocated),
    AvailableUnits: fiveDecimals(availableUnits(lot)),
    UnitsUOM: baseUnit,
    OnHandWeight: none,
    AllocatedWeight: none,
    AvailableWeight: none,
    WeightUOM: '',
  };
}
