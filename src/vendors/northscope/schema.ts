import { z } from 'zod';
import { isDecimal, readDecimal } from '../../domain/values/decimal';

/**
 * NorthScope's wire shapes (docs/vendors/northscope.md#the-lists). Every leaf is text; an empty element means
 * *not set*. Unknown members are dropped.
 */
const Text = z.union([z.string(), z.boolean()]).transform((value) => String(value).trim());
const Key = Text.refine((value) => value !== '', 'is empty');
/** Sent back to NorthScope as it is: one that was damaged on the way would name nothing, or something else. */
const KeyToSend = Key.refine((value) => !value.includes('\uFFFD'), 'holds an invalid character (U+FFFD)');
const TextOrEmpty = Text.nullish().transform((value) => value ?? '');
const TextOrNull = Text.nullish().transform((value) => (value === undefined || value === '' ? null : value));
const Decimal = Text.transform((value) => readDecimal(value) ?? value).refine(isDecimal, 'is not a decimal number');
/** A quantity that must be there, but may be *not set*: nothing allocated yet. Left out, it would be a guess. */
const Quantity = z
  .union([Text, z.null()])
  .transform((value) => (value === null || value === '' ? '0' : (readDecimal(value) ?? value)))
  .refine(isDecimal, 'is not a decimal number');
const FlagOrFalse = Text.nullish().transform((value, context) => {
  if (value === undefined || value === null || /^(false|no|0|)$/i.test(value)) return false;
  if (/^(true|yes|1)$/i.test(value)) return true;
  context.addIssue({ code: 'custom', message: 'is neither true nor false' });
  return z.NEVER;
});

/**
 * `<List><Record/></List>`: one record is an object, several are an array, an empty list is none. A list of anything
 * else is refused: taken for an empty one, it would hide what is there.
 */
const entriesOf = (name: string) =>
  z.unknown().transform((list, context): readonly unknown[] => {
    if (list === '' || list === null) return [];
    const members = typeof list === 'object' && !Array.isArray(list) ? Object.entries(list) : [];
    const found = members.find(([key]) => key === name);
    if (found !== undefined) return Array.isArray(found[1]) ? found[1] : [found[1]];
    context.addIssue({ code: 'custom', message: `is not a list of ${name}` });
    return z.NEVER;
  });

const listOf = <T extends z.ZodType>(name: string, record: T) => entriesOf(name).pipe(z.array(record));

/** `Success` is a string in JSON as well as in XML; a boolean is taken too. */
export const Response = z.looseObject({
  Success: Text.refine((value) => /^(true|false)$/i.test(value), 'is neither true nor false').transform((value) =>
    /^true$/i.test(value),
  ),
  Error: TextOrEmpty,
});
export type Response = z.infer<typeof Response>;

export const Token = z.object({ SessionToken: Key });

export const Site = z.object({
  SiteSK: Key,
  SiteID: Key,
  SiteName: TextOrEmpty,
  CompanyID: TextOrEmpty,
  DataEntityCompanySK: TextOrNull,
  AddressLine1: TextOrNull,
  AddressLine2: TextOrNull,
  City: TextOrNull,
  State: TextOrNull,
  Zip: TextOrNull,
  Country: TextOrNull,
  Phone1: TextOrNull,
  Fax: TextOrNull,
});
export type Site = z.infer<typeof Site>;

export const Item = z.object({
  ItemSK: Key,
  ItemID: Key,
  ItemDescription: TextOrEmpty,
  UOMScheduleSK: Key,
  UnitsUOM: TextOrEmpty,
  InactiveFlag: FlagOrFalse,
});
export type Item = z.infer<typeof Item>;

export const Schedule = z.object({ ScheduleSK: Key, FromUOMID: Key, ToUOMID: Key, ConversionValue: Decimal });
export type Schedule = z.infer<typeof Schedule>;

export const CustomerShipTo = z.object({
  CustomerSK: TextOrNull,
  CustomerID: Key,
  CustomerName: TextOrEmpty,
  AddressID: Key,
  AddressName: TextOrEmpty,
  AddressLine1: TextOrNull,
  AddressLine2: TextOrNull,
  City: TextOrNull,
  State: TextOrNull,
  Zip: TextOrNull,
  Country: TextOrNull,
  AddressTypeEN: TextOrNull,
  CompanyID: TextOrNull,
});
export type CustomerShipTo = z.infer<typeof CustomerShipTo>;

export const Company = z.object({ DataEntityCompanySK: Key, CompanyID: Key });
export type Company = z.infer<typeof Company>;

export const Lot = z.object({
  LotSK: KeyToSend,
  Lot: TextOrEmpty,
  ItemID: Key,
  SiteID: Key,
  AvailableUnits: Quantity,
  UnitsUOM: TextOrEmpty,
});
export type Lot = z.infer<typeof Lot>;

export const SalesOrderDetail = z.object({
  OrderItemSK: KeyToSend,
  ItemID: Key,
  UnitsUOM: TextOrEmpty,
  OrderUnits: Quantity,
  AllocatedUnits: Quantity,
  ShippedUnits: Quantity,
});
export type SalesOrderDetail = z.infer<typeof SalesOrderDetail>;

export const SalesOrder = z.object({
  OrderID: Key,
  PONumber: TextOrEmpty,
  StatusName: TextOrEmpty,
  SiteID: TextOrEmpty,
  CustomerID: TextOrNull,
  ShipToAddressID: TextOrNull,
  OrderDate: TextOrNull,
  ShipByDate: TextOrNull,
  SalesOrderDetailList: listOf('SalesOrderDetail', SalesOrderDetail),
});
export type SalesOrder = z.infer<typeof SalesOrder>;

/** The list of one request: which member of the reply holds it, and how it and each of its records are read. */
export interface ListShape<Wire> {
  readonly member: string;
  readonly entries: z.ZodType<readonly unknown[]>;
  readonly record: z.ZodType<Wire>;
}

const list = <Wire>(member: string, name: string, record: z.ZodType<Wire>): ListShape<Wire> => ({
  member,
  entries: entriesOf(name),
  record,
});

/** The list requests by the headings of the document. */
export const lists = {
  ListSites: list('SiteList', 'Site', Site),
  ListUOMSchedules: list('ScheduleList', 'Schedule', Schedule),
  ListSalesOrders: list('SalesOrderList', 'SalesOrder', SalesOrder),
  ListItems: list('ItemList', 'Item', Item),
  ListCustomerAddresses: list('CustomerShipToList', 'CustomerShipTo', CustomerShipTo),
  ListCompanies: list('CompanyList', 'Company', Company),
  ListInventoryLots: list('LotList', 'Lot', Lot),
} as const;

export type ListHeading = keyof typeof lists;
