import {
  lackedBy,
  nothingWaits,
  warehouseNews,
  type WaitingOrder,
  type WarehouseWatermark,
} from '../../../src/domain/feed/warehouse-news';
import type { Lot, WarehouseOrder, WarehouseOrderLine } from '../../../src/domain/stock/inventory';

const SO_NO = '0000010231';
const waiting: readonly WaitingOrder[] = [{ workflowId: 'purchase-order:CL-10231', soNos: [SO_NO] }];

const order = (line: Partial<WarehouseOrderLine> = {}, changes: Partial<WarehouseOrder> = {}): WarehouseOrder => ({
  orderId: `${SO_NO}-1`,
  poNumber: 'PO-10231',
  statusName: 'Released',
  siteId: 'SEATTLE',
  customerId: null,
  addressId: null,
  orderDate: null,
  shipByDate: null,
  lines: [
    {
      orderItemSk: '1',
      itemId: '0071',
      unitsUom: 'Each',
      orderUnits: '100.00000',
      allocatedUnits: '100.00000',
      shippedUnits: '0',
      ...line,
    },
  ],
  ...changes,
});
const lacking = order({ allocatedUnits: '40.00000' });
const lot = (availableUnits: string, changes: Partial<Lot> = {}): Lot => ({
  lotSk: '9',
  lot: 'L-9',
  itemId: '0071',
  siteId: 'SEATTLE',
  availableUnits,
  unitsUom: 'Each',
  ...changes,
});

interface Look {
  readonly orders?: readonly WarehouseOrder[];
  readonly lots?: readonly Lot[];
  readonly waits?: readonly WaitingOrder[];
}
const look = (seen: WarehouseWatermark, { orders = [order()], lots = [], waits = waiting }: Look) =>
  warehouseNews({ waiting: waits, orders, lots }, seen);
const seenAs = (first: Look): WarehouseWatermark => look(nothingWaits, first).watermark;
const isTold = (seen: WarehouseWatermark, shown: Look): boolean => look(seen, shown).told.length === 1;

describe('an order that is seen for the first time', () => {
  it.each<[string, Look, boolean]>([
    ['is as it must be: all has a lot, nothing has left', {}, false],
    ['lacks stock that there is none of', { orders: [lacking], lots: [lot('0')] }, false],
    ['lacks stock that came meanwhile', { orders: [lacking], lots: [lot('5')] }, true],
    ['has goods that left meanwhile', { orders: [order({ shippedUnits: '1' })] }, true],
    ['was cancelled meanwhile', { orders: [order({}, { statusName: 'Cancelled' })] }, true],
    ['does not show', { orders: [] }, true],
  ])('%s', (_what, shown, told) => {
    expect(isTold(nothingWaits, shown)).toBe(told);
  });
});

describe('an order that was seen before', () => {
  it.each<[string, WarehouseOrder, WarehouseOrder, boolean]>([
    ['shows the same', order(), order(), false],
    ['has shipped', order(), order({ shippedUnits: '30' }), true],
    ['has shipped more', order({ shippedUnits: '30' }), order({ shippedUnits: '31' }), true],
    ['was allocated by a person', lacking, order(), true],
    ['has lost its lot', order(), lacking, true],
    ['was reduced', order(), order({ orderUnits: '90' }), true],
    ['has another status', order(), order({}, { statusName: 'Void' }), true],
  ])('%s', (_what, before, now, told) => {
    expect(isTold(seenAs({ orders: [before] }), { orders: [now] })).toBe(told);
  });

  it('has one more order in NorthScope, in whatever sequence they are listed', () => {
    const both = [order(), order({}, { orderId: `${SO_NO}-1.2` })];
    const seen = seenAs({});
    expect(isTold(seen, { orders: both })).toBe(true);
    expect(isTold(look(seen, { orders: both }).watermark, { orders: both.toReversed() })).toBe(false);
  });

  it('shows no longer', () => {
    expect(isTold(seenAs({}), { orders: [] })).toBe(true);
  });

  it.each<[string, readonly Lot[], readonly Lot[], boolean]>([
    ['is told of a new lot of what it lacks', [], [lot('5')], true],
    ['is told of more in a lot', [lot('5')], [lot('6')], true],
    ['is told of what another left of a lot: it may have been refused all of it', [lot('6')], [lot('5')], true],
    ['is not told of a lot that is as it was', [lot('5')], [lot('5')], false],
    ['is not told of a lot that is used up', [lot('5')], [lot('0')], false],
    ['is not told of another item', [], [lot('5', { itemId: 'BRO-A4' })], false],
    ['is not told of another site', [], [lot('5', { siteId: 'TACOMA' })], false],
  ])('%s', (_what, before, now, told) => {
    expect(isTold(seenAs({ orders: [lacking], lots: before }), { orders: [lacking], lots: now })).toBe(told);
  });

  it('is told of stock at any site where NorthScope shows none of its own', () => {
    const anywhere = { orders: [order({ allocatedUnits: '0' }, { siteId: '' })] };
    expect(isTold(seenAs(anywhere), { ...anywhere, lots: [lot('5', { siteId: 'TACOMA' })] })).toBe(true);
  });

  it('is not told of stock where it lacks none, or is gone', () => {
    expect(isTold(seenAs({}), { lots: [lot('5')] })).toBe(false);
    expect(lackedBy(order({ allocatedUnits: '0' }, { statusName: 'Cancelled' }))).toEqual([]);
    expect(lackedBy(order({ allocatedUnits: '0', shippedUnits: '100' }))).toEqual([]);
  });

  it('is known when it waits again, as it was', () => {
    const between = look(seenAs({ orders: [order({ shippedUnits: '30' })] }), { waits: [], orders: [] });
    expect(between.told).toEqual([]);
    expect(isTold(between.watermark, { orders: [order({ shippedUnits: '30' })] })).toBe(false);
    expect(isTold(between.watermark, { orders: [order({ shippedUnits: '100' })] })).toBe(true);
  });
});

it('tells each order of its own only', () => {
  const other = { workflowId: 'purchase-order:CL-10232', soNos: ['0000010232', '4500000000'] };
  const waits = [...waiting, other];
  const before = [order(), order({}, { orderId: '0000010232-1' })];
  const now = [order(), order({ shippedUnits: '1' }, { orderId: '0000010232-1' })];
  expect(look(seenAs({ waits, orders: before }), { waits, orders: now }).told).toEqual([other.workflowId]);
});

it('remembers those that wait before those that did, so that none is told at every look', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => [`purchase-order:${index}`, 'x'] as const);
  const { watermark } = look({ orders: Object.fromEntries(many), lots: {} }, {});
  expect(Object.keys(watermark.orders)).toHaveLength(10_000);
  expect(isTold(watermark, {})).toBe(false);
});
