import { company, customers, itemSchedule, products, sites, uomSchedules } from '../seed';

/** The unit in which lots are kept and all balances are counted. */
export const baseUnit = 'Each';

export const companyRows = [
  { DataEntityCompanySK: company.dataEntityCompanySk, CompanyID: company.companyId, CompanyName: 'Waybill' },
];

/** ListSites' thirteen members (docs/vendors/northscope.md#the-lists). */
export const siteRows = sites.map((site, index) => ({
  SiteSK: site.siteSk,
  SiteID: site.siteId,
  SiteName: site.siteName,
  CompanyID: company.companyId,
  DataEntityCompanySK: company.dataEntityCompanySk,
  AddressLine1: `${(index + 1) * 100} Harbour Way`,
  AddressLine2: '',
  City: site.city,
  State: site.state,
  Zip: site.zip,
  Country: site.country,
  Phone1: `206-555-010${index + 1}`,
  Fax: '',
}));

export const uomRows = uomSchedules.map(({ scheduleSk, from, to, factor }) => ({
  ScheduleSK: scheduleSk,
  FromUOMID: from,
  ToUOMID: to,
  ConversionValue: factor,
}));

/** ListItems' members, assumed (docs/vendors/northscope.md#the-lists). */
export const itemRows = products.map((product, index) => ({
  ItemSK: String(1001 + index),
  ItemID: product.itemId,
  ItemDescription: product.title,
  ItemClassID: 'Finished Goods',
  ItemType: 'Inventory',
  ManagedBy: 'Units',
  LotTracked: 'true',
  UOMScheduleSK: itemSchedule[product.itemId] ?? '1',
  UnitsUOM: baseUnit,
  WeightUOM: '',
  CurrentCost: '0.00000',
  CompanyID: company.companyId,
  DataEntityCompanySK: company.dataEntityCompanySk,
  InactiveFlag: 'false',
}));

const cities: Readonly<Record<string, { name: string; city: string; zip: string }>> = {
  MAIN: { name: 'Main Store', city: 'Seattle', zip: '98109' },
  EAST: { name: 'East Store', city: 'Bellevue', zip: '98004' },
};

/** One row per address, its customer repeated (docs/vendors/northscope.md#the-lists). */
export const customerAddressRows = customers.flatMap((customer, index) =>
  customer.addressIds.map((addressId, position) => ({
    CustomerSK: String(8001 + index),
    CustomerID: customer.customerId,
    CustomerName: customer.name,
    AddressID: addressId,
    AddressName: `${customer.name}, ${cities[addressId]?.name ?? addressId}`,
    AddressLine1: `${(index + 1) * 10 + position} Market Street`,
    AddressLine2: '',
    City: cities[addressId]?.city ?? '',
    State: 'WA',
    Zip: cities[addressId]?.zip ?? '',
    Country: 'US',
    AddressTypeEN: String(3 + position),
    CompanyID: company.companyId,
  })),
);

export type Item = (typeof itemRows)[number];
export const itemOf = (itemId: string): Item | undefined => itemRows.find((row) => row.ItemID === itemId);
export const siteOf = (siteId: string): (typeof siteRows)[number] | undefined =>
  siteRows.find((row) => row.SiteID === siteId);

export interface UnitOfMeasure {
  /** As the schedule spells it. */
  readonly uom: string;
  /** Base units in one of it. */
  readonly factor: string;
}

/** The unit by the item's schedule; undefined where the schedule has none of that name. */
export function unitOf(item: Item, uom: string): UnitOfMeasure | undefined {
  const row = uomRows.find(
    (candidate) =>
      candidate.ScheduleSK === item.UOMScheduleSK &&
      candidate.ToUOMID === baseUnit &&
      candidate.FromUOMID.toLowerCase() === uom.toLowerCase(),
  );
  return row === undefined ? undefined : { uom: row.FromUOMID, factor: row.ConversionValue };
}
