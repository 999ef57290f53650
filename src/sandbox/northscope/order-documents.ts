import { company } from '../seed';
import { customerAddressRows, itemOf, siteOf, unitOf } from './master-data';
import { Refused } from './refused';
import { isQuantity, type NorthScopeState, type OrderLine, type SalesOrder } from './state';
import { objectOf, objectsOf, textOf, type TreeObject } from './tree';

/** A document's date as NorthScope stores it: `2026-01-05T00:00:00.000`, no zone; '' where it is missing. */
function storedDate(text: string, name: string): string {
  if (text === '') return '';
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:T.*)?$/.exec(text) ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const instant = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== date) {
    throw new Refused(`${name} '${text}' is not a valid date.`);
  }
  return `${date}T00:00:00.000`;
}

function required(tree: TreeObject, name: string): string {
  const value = textOf(tree, name);
  if (value === '') throw new Refused(`${name} is required.`);
  return value;
}

function orderLine(state: NorthScopeState, orderId: string, line: TreeObject, position: number): OrderLine {
  const itemId = required(line, 'Item');
  const item = itemOf(itemId);
  if (item === undefined) throw new Refused(`Item '${itemId}' does not exist.`);
  const units = required(line, 'Units');
  if (!isQuantity(units)) throw new Refused(`Units '${units}' is not valid.`);
  const uom = required(line, 'UnitsUOM');
  const unit = unitOf(item, uom);
  if (unit === undefined) throw new Refused(`UnitsUOM '${uom}' is not valid for item '${itemId}'.`);
  const sequence = textOf(line, 'Sequence') === '' ? String(position) : textOf(line, 'Sequence');
  if (!/^\d{1,18}$/.test(sequence)) throw new Refused(`Sequence '${sequence}' is not valid.`);
  const orderItemSk = state.generateKey('order item', orderId, String(position));
  return { orderItemSk, sequence, itemId, units, ...unit, reservations: [] };
}

/** Company, customer with address, and site must be known; the reason goes to the queue's ErrorText. */
function checkHeader(header: TreeObject): void {
  const companyId = required(header, 'Company');
  if (companyId !== company.companyId) throw new Refused(`Company '${companyId}' does not exist.`);
  const customerId = required(header, 'Customer');
  const addresses = customerAddressRows.filter((row) => row.CustomerID === customerId);
  if (addresses.length === 0) throw new Refused(`Customer '${customerId}' does not exist.`);
  const addressId = required(header, 'ShipToAddress');
  if (!addresses.some((row) => row.AddressID === addressId)) {
    throw new Refused(`ShipToAddress '${addressId}' does not exist for customer '${customerId}'.`);
  }
  const siteId = required(header, 'Site');
  if (siteOf(siteId) === undefined) throw new Refused(`Site '${siteId}' does not exist.`);
}

function newOrder(state: NorthScopeState, orderId: string, document: TreeObject): SalesOrder {
  const header = objectOf(document, 'Header');
  const dates = objectOf(header, 'Dates');
  checkHeader(header);
  const lines = objectsOf(objectOf(document, 'Lines'), 'Line');
  if (lines.length === 0) throw new Refused('Lines is required.');
  const today = state.now().toISOString().slice(0, 10);
  return {
    headerSk: state.generateKey('order', orderId),
    orderId,
    poNumber: textOf(header, 'PurchaseOrder'),
    customerId: textOf(header, 'Customer'),
    addressId: textOf(header, 'ShipToAddress'),
    siteId: textOf(header, 'Site'),
    orderDate: storedDate(textOf(dates, 'OrderDate') || today, 'OrderDate'),
    shipByDate: storedDate(textOf(dates, 'ShipByDate'), 'ShipByDate'),
    lines: lines.map((line, index) => orderLine(state, orderId, line, index + 1)),
    status: 'New',
    carrier: textOf(header, 'Carrier'),
    tracking: '',
    shipDate: '',
  };
}

/** The order a document creates; undefined where it exists already and nothing is to be done. */
function entered(state: NorthScopeState, document: TreeObject): SalesOrder | undefined {
  const header = objectOf(document, 'Header');
  const orderId = required(header, 'Order');
  const orderType = required(header, 'OrderType');
  const status = required(header, 'Status');
  if (orderId.length > 50) throw new Refused('Order must be at most 50 characters.');
  if (state.order(orderId) !== undefined) return undefined;
  if (status !== 'New' || orderType !== 'Order') throw new Refused(`Order '${orderId}' does not exist.`);
  return newOrder(state, orderId, document);
}

/**
 * SO Order (docs/vendors/northscope.md#so-order): see the queue for the document. All orders of a document or none.
 *
 * @throws Refused with the queue's ErrorText
 */
export function enterSalesOrders(state: NorthScopeState, data: TreeObject): void {
  const documents = objectsOf(objectOf(data, 'SalesOrders'), 'SalesOrder');
  if (documents.length === 0) throw new Refused('SalesOrders/SalesOrder is required.');
  const orders = documents.map((document) => entered(state, document));
  for (const order of orders) if (order !== undefined && state.order(order.orderId) === undefined) state.add(order);
}
