import type {
  Company,
  CustomerAddress,
  Item,
  Lot,
  Site,
  UomConversion,
  WarehouseOrder,
  WarehouseOrderLine,
} from '../../domain/stock/inventory';
import { isNoDate } from '../../domain/values/no-date';
import type * as wire from './schema';

/** A site with all that ListSites tells of it. */
export interface SiteRecord extends Site {
  readonly dataEntityCompanySk: string | null;
  readonly addressLine1: string | null;
  readonly addressLine2: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly zip: string | null;
  readonly country: string | null;
  readonly phone1: string | null;
  readonly fax: string | null;
}

/** A ship-to address with all that ListCustomerAddresses tells of it. */
export interface CustomerAddressRecord extends CustomerAddress {
  readonly customerSk: string | null;
  readonly addressLine1: string | null;
  readonly addressLine2: string | null;
  readonly state: string | null;
  /** AddressTypeEN: 3 and 4 are seen, and explained nowhere. */
  readonly addressType: string | null;
  readonly companyId: string | null;
}

export const toSite = (site: wire.Site): SiteRecord => ({
  siteSk: site.SiteSK,
  siteId: site.SiteID,
  siteName: site.SiteName,
  companyId: site.CompanyID,
  dataEntityCompanySk: site.DataEntityCompanySK,
  addressLine1: site.AddressLine1,
  addressLine2: site.AddressLine2,
  city: site.City,
  state: site.State,
  zip: site.Zip,
  country: site.Country,
  phone1: site.Phone1,
  fax: site.Fax,
});

export const toItem = (item: wire.Item): Item => ({
  itemSk: item.ItemSK,
  itemId: item.ItemID,
  description: item.ItemDescription,
  uomScheduleSk: item.UOMScheduleSK,
  unitsUom: item.UnitsUOM,
  isInactive: item.InactiveFlag,
});

/** `ConversionValue` is how many `ToUOMID` make one `FromUOMID`: one Bag is 18.14369 kg in the vendor's sample. */
export const toUomConversion = (schedule: wire.Schedule): UomConversion => ({
  scheduleSk: schedule.ScheduleSK,
  from: schedule.FromUOMID,
  to: schedule.ToUOMID,
  factor: schedule.ConversionValue,
});

export const toCustomerAddress = (address: wire.CustomerShipTo): CustomerAddressRecord => ({
  customerSk: address.CustomerSK,
  customerId: address.CustomerID,
  customerName: address.CustomerName,
  addressId: address.AddressID,
  addressName: address.AddressName,
  addressLine1: address.AddressLine1,
  addressLine2: address.AddressLine2,
  city: address.City,
  state: address.State,
  zip: address.Zip,
  country: address.Country,
  addressType: address.AddressTypeEN,
  companyId: address.CompanyID,
});

export const toCompany = (company: wire.Company): Company => ({
  dataEntityCompanySk: company.DataEntityCompanySK,
  companyId: company.CompanyID,
});

export const toLot = (lot: wire.Lot): Lot => ({
  lotSk: lot.LotSK,
  lot: lot.Lot,
  itemId: lot.ItemID,
  siteId: lot.SiteID,
  availableUnits: lot.AvailableUnits,
  unitsUom: lot.UnitsUOM,
});

const toWarehouseOrderLine = (detail: wire.SalesOrderDetail): WarehouseOrderLine => ({
  orderItemSk: detail.OrderItemSK,
  itemId: detail.ItemID,
  unitsUom: detail.UnitsUOM,
  orderUnits: detail.OrderUnits,
  allocatedUnits: detail.AllocatedUnits,
  shippedUnits: detail.ShippedUnits,
});

/** `2026-01-05T00:00:00.000`, without zone: its day, padded. What is no such date, or stands for none, is nothing to compare by. */
function toCalendarDate(text: string | null): string | null {
  if (text === null || isNoDate(text)) return null;
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:$|T)/.exec(text) ?? [];
  return year === '' ? null : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

export const toWarehouseOrder = (order: wire.SalesOrder): WarehouseOrder => ({
  orderId: order.OrderID,
  poNumber: order.PONumber,
  statusName: order.StatusName,
  siteId: order.SiteID,
  customerId: order.CustomerID,
  addressId: order.ShipToAddressID,
  orderDate: toCalendarDate(order.OrderDate),
  shipByDate: toCalendarDate(order.ShipByDate),
  lines: distinct(order.SalesOrderDetailList.map(toWarehouseOrderLine)),
});

/**
 * A list without its exact repetitions: a lot listed twice must not be allocated twice. Records that differ in anything
 * stay, whatever their keys.
 */
export function distinct<T>(records: readonly T[]): T[] {
  const isNew = newness();
  return records.filter(isNew);
}

/** Says of one record after the other whether it is no exact repetition of one before. */
export function newness(): (record: unknown) => boolean {
  const seen = new Set<string>();
  return (record) => {
    const before = seen.size;
    return seen.add(JSON.stringify(record)).size > before;
  };
}
