import { company } from '../seed';
import { companyRows, customerAddressRows, itemRows, siteRows, uomRows } from './master-data';
import { lotRow, orderDetailRows, orderHeaderRow } from './records';
import { Refused } from './refused';
import type { NorthScopeState } from './state';
import { textOf, type TreeObject } from './tree';
import { readWhereClause, WhereClauseError } from './where-clause';

/** One list request: where its rows come from and what encloses them. */
export interface ListRequest {
  readonly name: string;
  readonly listName: string;
  readonly entryName: string;
  rows(state: NorthScopeState): readonly TreeObject[];
  /** What a WhereClause may name; also what it may name when there are no rows. */
  readonly columns: readonly string[];
  /** What a row carries besides its columns; worked out for the rows asked for only. */
  complete?(state: NorthScopeState, row: TreeObject): TreeObject;
}

const columnsOf = (row: TreeObject | undefined): string[] => Object.keys(row ?? {});

const fixed = (name: string, listName: string, entryName: string, rows: readonly TreeObject[]): ListRequest => ({
  ...{ name, listName, entryName },
  rows: () => rows,
  columns: columnsOf(rows[0]),
});

const lotColumns = [
  ...['LotSK', 'Lot', 'ItemSK', 'ItemID', 'SiteSK', 'SiteID', 'Owner', 'OnHandUnits', 'AllocatedUnits'],
  ...['AvailableUnits', 'UnitsUOM', 'OnHandWeight', 'AllocatedWeight', 'AvailableWeight', 'WeightUOM'],
];

/** Header columns only (docs/vendors/northscope.md#the-lists). */
const orderColumns = [
  ...['OrderHeaderSK', 'OrderID', 'OrderType', 'StatusName', 'CustomerSK', 'CustomerID', 'CustomerName'],
  ...['ShipToAddressID', 'SiteSK', 'SiteID', 'CompanyID', 'DataEntityCompanySK', 'PONumber', 'OrderDate'],
  ...['ShipByDate', 'ActualShipDate', 'CarrierID', 'TrackingNumber'],
];

export const companies = fixed('ListCompanies', 'CompanyList', 'Company', companyRows);
export const sites = fixed('ListSites', 'SiteList', 'Site', siteRows);
export const uomSchedules = fixed('ListUOMSchedules', 'ScheduleList', 'Schedule', uomRows);
export const items = fixed('ListItems', 'ItemList', 'Item', itemRows);
export const customerAddresses = fixed(
  'ListCustomerAddresses',
  'CustomerShipToList',
  'CustomerShipTo',
  customerAddressRows,
);

export const inventoryLots: ListRequest = {
  ...{ name: 'ListInventoryLots', listName: 'LotList', entryName: 'Lot', columns: lotColumns },
  rows: (state) => state.allLots().map(lotRow),
};

export const salesOrders: ListRequest = {
  ...{ name: 'ListSalesOrders', listName: 'SalesOrderList', entryName: 'SalesOrder', columns: orderColumns },
  rows: (state) => state.allOrders().map(orderHeaderRow),
  complete: (state, row) => {
    const order = state.order(textOf(row, 'OrderID'));
    return { ...row, SalesOrderDetailList: { SalesOrderDetail: order === undefined ? [] : orderDetailRows(order) } };
  },
};

/** The list, directly under NSResponse (docs/vendors/northscope.md#the-lists). */
export const listed = ({ listName, entryName }: ListRequest, rows: readonly TreeObject[]): TreeObject => ({
  [listName]: { [entryName]: rows },
});

function checkCompany(content: TreeObject): void {
  const sk = textOf(content, 'DataEntityCompanySK');
  if (sk === '') throw new Refused('DataEntityCompanySK is required.');
  if (sk !== company.dataEntityCompanySk) throw new Refused(`DataEntityCompanySK '${sk}' does not exist.`);
}

/**
 * The rows a request asks for.
 *
 * @throws Refused without a known company (ListCompanies needs none), or for a WhereClause the database does not take
 */
export function selectRows(state: NorthScopeState, list: ListRequest, content: TreeObject): readonly TreeObject[] {
  if (list !== companies) checkCompany(content);
  const rows = wanted(list, list.rows(state), textOf(content, 'WhereClause'));
  return rows.map((row) => list.complete?.(state, row) ?? row);
}

/** The OrderIDs that a list of sales orders is filtered by alone, each in full. */
export function namedOrders(content: TreeObject): string {
  const clause = textOf(content, 'WhereClause');
  if (!clause.startsWith('OrderID IN (') && !clause.startsWith('OrderID = ')) return '';
  const ids = clause.split("'").filter((_, index) => index % 2 === 1);
  return [...new Set(ids)].toSorted().join(',');
}

function wanted(list: ListRequest, rows: readonly TreeObject[], clause: string): readonly TreeObject[] {
  if (clause === '') return rows;
  try {
    return rows.filter(readWhereClause(clause, list.columns));
  } catch (error) {
    if (error instanceof WhereClauseError) throw new Refused(error.message, { cause: error });
    throw error;
  }
}
