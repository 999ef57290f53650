import {
  warehouseOrderDifferences,
  type WarehouseOrder,
  type WarehouseOrderRequest,
} from '../../../src/domain/stock/inventory';

const request: WarehouseOrderRequest = {
  orderId: '0000900001-1',
  companyId: 'WAYBILL',
  poNumber: 'PO-SHARED ',
  customerId: 'ALPINE',
  addressId: 'MAIN',
  siteId: 'SEATTLE',
  orderDate: '2027-01-04',
  shipByDate: '2027-01-22',
  lines: [{ itemId: 'BRO-A4-16', units: '100', unitsUom: 'Each' }],
};
const line = {
  ...{ orderItemSk: '1', itemId: 'BRO-A4-16', unitsUom: 'Each', orderUnits: '100.00000' },
  ...{ allocatedUnits: '0', shippedUnits: '0' },
};
const shown = (changes: Partial<WarehouseOrder> = {}): WarehouseOrder => ({
  orderId: request.orderId,
  poNumber: 'PO-SHARED',
  statusName: 'New',
  siteId: 'SEATTLE',
  customerId: 'ALPINE',
  addressId: 'MAIN',
  orderDate: '2027-01-04',
  shipByDate: '2027-01-22',
  lines: [line],
  ...changes,
});

it('finds no difference where all that is shown is ours, whatever is not shown', () => {
  expect(warehouseOrderDifferences(shown(), request)).toEqual([]);
  const terse = { customerId: null, addressId: null, orderDate: null, shipByDate: null, siteId: '' };
  expect(warehouseOrderDifferences(shown({ ...terse, statusName: 'Shipped' }), request)).toEqual([]);
});

it('takes an order that was entered on the day before or after for one of the same day', () => {
  for (const orderDate of ['2027-01-03', '2027-01-05'])
    expect(warehouseOrderDifferences(shown({ orderDate }), request)).toEqual([]);
});

it.each<[string, Partial<WarehouseOrder>]>([
  ['PONumber', { poNumber: 'PO-OTHER' }],
  ['PONumber', { poNumber: '' }],
  ['customer', { customerId: 'BOREALIS' }],
  ['ship-to', { addressId: 'EAST' }],
  ['site', { siteId: 'TACOMA' }],
  ['order date', { orderDate: '2027-01-02' }],
  ['order date', { orderDate: '2027-01-06' }],
  ['ShipByDate', { shipByDate: '2027-01-21' }],
  ['item', { lines: [{ ...line, itemId: '0071' }] }],
  ['number of units', { lines: [{ ...line, orderUnits: '70.00000' }] }],
  ['unit', { lines: [{ ...line, unitsUom: 'Box' }] }],
  ['lines are 2', { lines: [line, { ...line, orderItemSk: '2' }] }],
  ['lines are 0', { lines: [] }],
  ['status', { statusName: 'Cancelled' }],
  ['status', { statusName: 'UserBypassed' }],
  ['status', { statusName: 'VOIDED' }],
])('names the %s that is not ours', (name, changes) => {
  const differences = warehouseOrderDifferences(shown(changes), request);
  expect(differences).toHaveLength(1);
  expect(differences[0]).toContain(name);
});
