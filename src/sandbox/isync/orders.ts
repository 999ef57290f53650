import type { ShipAction } from '../world';
import { serverTime, serverToday } from './clock';
import { checkAboveZero, checkArticle, checkAtLeastZero, checkStatus, checkTexts, linesOf, numberOf } from './checks';
import { withScale } from './numbers';
import type { ISyncOptions } from './options';
import { Refused } from './refused';
import type { ISyncState, OrderLine, WebSalesOrder } from './state';
import { isValues, textOf } from '../values';
import type { Values } from '../values';

/**
 * Seen in the document's reply, explained nowhere (docs/vendors/isync.md#getwebsalesorder): here, the warehouse works
 * on it.
 */
const IN_WORK = '11';
const APPROVED = '3';

const flag = (values: Values, member: string, otherwise: boolean): boolean => {
  const value = values[member];
  return typeof value === 'boolean' ? value : otherwise;
};

const addressMembers = [
  ...['AddressLine1', 'AddressLine2', 'AltNumber', 'City', 'Company', 'Country', 'Email', 'FullName'],
  ...['Mobile', 'Phone', 'PostCode', 'Province'],
] as const;

const texts = (values: Values, members: readonly string[]): Values =>
  Object.fromEntries(members.map((member) => [member, textOf(values, member)]));

function check(given: Values, state: ISyncState, { unknownBarcode }: ISyncOptions): void {
  const { DeliveryDetail: address } = given;
  if (!isValues(address)) throw new Refused('DeliveryDetail is required.');
  checkTexts(address, ['AddressLine1']);
  const lines = linesOf(given['LineItems']);
  checkTexts(given, ['PONumber', 'RequiredDate', 'TrackNo']);
  checkStatus(given);
  for (const { line, where } of lines) {
    checkArticle(line, where);
    checkAtLeastZero(line, ['ExRate', 'SellingPrice'], where);
    checkAboveZero(line, ['Units'], where);
    checkStatus(line, where);
    const barcode = textOf(line, 'ThirdPartyBarcode');
    const isKnown = numberOf(line, 'CNTypeID') !== '0' || state.stock.idOf(barcode) !== undefined;
    if (unknownBarcode === 'refuse' && !isKnown) throw new Refused(`${where}no product has the barcode '${barcode}'.`);
  }
}

function orderLine(state: ISyncState, given: Values, salesOrderId: string, index: number): OrderLine {
  const barcode = textOf(given, 'ThirdPartyBarcode');
  const isStockItem = numberOf(given, 'CNTypeID') === '0';
  return {
    CNTypeID: numberOf(given, 'CNTypeID'),
    Comment: textOf(given, 'Comment'),
    Commission: '0.00',
    Discount: withScale(numberOf(given, 'Discount'), 2),
    DueDate: textOf(given, 'DueDate') || serverToday(state.now()),
    ExRate: withScale(numberOf(given, 'ExRate'), 4),
    InvoiceDate: null,
    InvoiceNumber: '',
    InvoiceReference: '',
    InvoiceSubCustomer: false,
    InvoiceUnits: '0.00',
    ProductStockID: (isStockItem ? state.stock.idOf(barcode) : undefined) ?? '0',
    Reference: textOf(given, 'Reference'),
    SODetailID: state.idWithin(salesOrderId, `line ${index}`),
    SalesOrderID: salesOrderId,
    SellingPrice: withScale(numberOf(given, 'SellingPrice'), 2),
    StatusID: numberOf(given, 'StatusID'),
    ThirdPartyBarcode: barcode,
    Units: withScale(numberOf(given, 'Units'), 2),
  };
}

function deliveryDetail(state: ISyncState, address: Values, salesOrderId: string): Values {
  return {
    AddressDetailID: state.idWithin(salesOrderId, 'address'),
    ...texts(address, addressMembers),
    WarehouseID: null,
  };
}

/**
 * PersistWebSalesOrder (docs/vendors/isync.md#persistwebsalesorder): creates the order and reserves its goods.
 * @returns the order, as GetWebSalesOrder would show it (assumed)
 * @throws Refused for what the tables forbid; nothing has changed then
 */
export function persistOrder(state: ISyncState, given: Values, options: ISyncOptions): WebSalesOrder {
  check(given, state, options);
  const poNumber = textOf(given, 'PONumber');
  if (options.duplicatePoNumber === 'refuse' && state.ordersOf(poNumber).length > 0) {
    throw new Refused(`A sales order with the PO Number '${poNumber}' already exists.`);
  }
  const address = given['DeliveryDetail'];
  const detail = isValues(address) ? address : {};
  const id = state.newSalesOrderId(poNumber);
  const order: WebSalesOrder = {
    Comments: textOf(given, 'Comments'),
    DeliveryDetail: deliveryDetail(state, detail, id),
    DeliveryMethodID: numberOf(given, 'DeliveryMethodID'),
    EntitlementID: '0',
    IsGift: flag(given, 'IsGift', false),
    IsXStock: flag(given, 'IsXStock', true),
    LineItems: linesOf(given['LineItems']).map(({ line }, index) => orderLine(state, line, id, index)),
    PONumber: poNumber,
    PaymentMethodID: numberOf(given, 'PaymentMethodID'),
    PrintInvoice: flag(given, 'PrintInvoice', true),
    RequiredDate: textOf(given, 'RequiredDate'),
    SalesOrderID: id,
    SpecialInstructions: textOf(given, 'SpecialInstructions'),
    StatusID: numberOf(given, 'StatusID'),
    TrackNo: textOf(given, 'TrackNo'),
    WebCustomerName: textOf(detail, 'FullName'),
    WebSale: true,
  };
  state.put(order);
  for (const line of order.LineItems) {
    if (line.CNTypeID === '0') state.stock.reserve(line.ThirdPartyBarcode, line.Units);
  }
  return order;
}

const isOpen = ({ InvoiceUnits }: OrderLine): boolean => InvoiceUnits === '0.00';

const lineInWork = (line: OrderLine): OrderLine => ({
  ...line,
  StatusID: line.StatusID === APPROVED ? IN_WORK : line.StatusID,
});

/** What people tell of a parcel. */
type Parcel = Pick<ShipAction, 'tracking' | 'invoiceNumber'>;

/** @returns the order's SalesOrderID */
function invoiceAndShip(state: ISyncState, order: WebSalesOrder, { tracking, invoiceNumber }: Parcel): string {
  const invoice: Values = {
    InvoiceDate: serverTime(state.now()).slice(0, 19),
    InvoiceNumber: invoiceNumber || `INV-${order.SalesOrderID.padStart(8, '0')}`,
    InvoiceReference: tracking,
  };
  const lines = order.LineItems.map((line) =>
    isOpen(line) ? { ...line, ...invoice, InvoiceUnits: line.Units, StatusID: IN_WORK } : line,
  );
  state.put({ ...order, StatusID: IN_WORK, LineItems: lines });
  return order.SalesOrderID;
}

/**
 * The people invoice and ship what is open of a web order, of each one with that PONumber, whether it was approved or
 * not. The parcel's number goes to the lines' `InvoiceReference`, the one member there is for it (assumed).
 * @returns the SalesOrderIDs, none where everything was shipped before; undefined for an unknown order
 */
export function ship(state: ISyncState, { webOrder, ...parcel }: ShipAction): readonly string[] | undefined {
  const orders = state.ordersOf(webOrder);
  if (orders.length === 0) return undefined;
  return orders.filter(({ LineItems }) => LineItems.some(isOpen)).map((order) => invoiceAndShip(state, order, parcel));
}

/**
 * What the warehouse does by itself: an approved order is taken on ({@link IN_WORK}) in one step and leaves in the next.
 * @param isLeft whether an order, by its PONumber, is left alone
 * @returns the SalesOrderIDs of what moved
 */
export function workOnOrders(
  state: ISyncState,
  isLeft: (poNumber: string) => boolean = () => false,
): readonly string[] {
  const open = state.allOrders().filter(({ LineItems, PONumber }) => LineItems.some(isOpen) && !isLeft(PONumber));
  return open.flatMap((order) => {
    if (order.StatusID === IN_WORK) {
      return [invoiceAndShip(state, order, { tracking: `NW-${order.PONumber}`, invoiceNumber: '' })];
    }
    if (order.StatusID !== APPROVED) return [];
    state.put({ ...order, StatusID: IN_WORK, LineItems: order.LineItems.map(lineInWork) });
    return [order.SalesOrderID];
  });
}
