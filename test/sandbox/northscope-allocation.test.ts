import { allocation, NorthScopeCaller, soOrder } from './northscope-calls';

let northscope: NorthScopeCaller;
let item: string;

beforeEach(() => {
  northscope = new NorthScopeCaller();
  item = northscope.order('SO-1');
});

test('adds up: the same call twice allocates twice', () => {
  const call = northscope.prepare(allocation({ item, units: '100' }));
  expect(call).toMatchObject({ operation: 'AllocateSalesOrders', key: 'SO-1' });
  expect(northscope.lot('503')).toMatchObject({ AllocatedUnits: '0.00000' });
  expect(call.commit()).toMatchObject({ outcome: 'ok', effects: 1 });
  expect(northscope.allocate({ item, units: '100' })).toEqual({
    Timestamp: '2026-01-05T09:00:00.123',
    Success: 'true',
  });
  expect(northscope.line('SO-1')).toMatchObject({ OrderUnits: '150.00000', AllocatedUnits: '200.00000' });
  expect(northscope.lot('503')).toMatchObject({
    OnHandUnits: '9000.00000',
    AllocatedUnits: '200.00000',
    AvailableUnits: '8800.00000',
  });
  expect(northscope.rows('ListSalesOrders')).toMatchObject([{ StatusName: 'In Process' }]);
});

test('converts by the item’s schedule', () => {
  expect(northscope.allocate({ item, units: '2.2', uom: 'Box' }).Success).toBe('true');
  expect(northscope.line('SO-1')).toMatchObject({ AllocatedUnits: '33.00000' });
  const boxed = northscope.order(
    'SO-2',
    soOrder('SO-2', { lines: '<Line><Item>0071</Item><Units>10</Units><UnitsUOM>box</UnitsUOM></Line>' }),
  );
  northscope.allocate({ item: boxed, units: '30', uom: 'Each' });
  expect(northscope.line('SO-2')).toMatchObject({ OrderUnits: '10.00000', UnitsUOM: 'Box', AllocatedUnits: '2.00000' });
  expect(northscope.lot('503')).toMatchObject({ AllocatedUnits: '63.00000' });
  expect(northscope.allocate({ item: boxed, units: '10' }).Error).toBe('10 Each cannot be expressed in Box.');
});

test.each([
  [{ item: '1' }, "OrderItemSK '1' does not exist."],
  [{ lot: '999' }, "LotSK '999' does not exist."],
  [{ lot: '501' }, "Lot 'L-2601' does not hold item '0071'."],
  [{ lot: '504' }, "Lot 'L-2604' is not at site 'SEATTLE'."],
  [{ uom: 'Case' }, "UnitsUOM 'Case' is not valid for item '0071'."],
  [{ units: '' }, "AllocateUnits is required: item '0071' is managed by units."],
  [{ units: '0' }, "AllocateUnits '0' is not valid."],
  [{ units: '-1' }, "AllocateUnits '-1' is not valid."],
  [{ units: '1e3' }, "AllocateUnits '1e3' is not valid."],
  [{ units: '0.000001' }, "AllocateUnits '0.000001' is not valid."],
  [{ units: '9000.00001' }, /insufficient available inventory/],
])('refuses %j, and with it the good allocation beside it', (bad, message) => {
  const call = northscope.prepare(allocation({ item, units: '1' }, { item, ...bad }));
  const { answer, ...end } = call.commit();
  expect(end).toEqual({ outcome: 'refused', effects: 0 });
  expect(northscope.allocate({ item, units: '1' }, { item, ...bad }).Error).toMatch(message);
  expect(answer.body).toContain('<Success>false</Success>');
  expect(northscope.lot('503')).toMatchObject({ AllocatedUnits: '0.00000' });
  expect(northscope.line('SO-1')).toMatchObject({ AllocatedUnits: '0.00000' });
});

test('two allocations of one request share what the lot has', () => {
  expect(northscope.allocate({ item, units: '5000' }, { item, units: '4000.5' }).Error).toMatch(/insufficient/);
  expect(northscope.allocate({ item, units: '5000' }, { item, units: '4000' }).Success).toBe('true');
  expect(northscope.lot('503')).toMatchObject({ AvailableUnits: '0.00000' });
});

test('JSON sends an array, also of one', () => {
  const one = { OrderItemSK: item, LotSK: '503', AllocateUnits: '5', UnitsUOM: 'Each' };
  const json = (Allocation: unknown) =>
    JSON.stringify({ NSRequest: { RequestName: 'AllocateSalesOrders', RequestContent: { Allocation } } });
  expect(northscope.send(json(one)).Error).toBe('Allocation must be an array.');
  expect(northscope.send(json([]))).toMatchObject({ Success: 'false', Error: 'Allocation is required.' });
  expect(northscope.send(json([one]))).toMatchObject({ Success: 'true' });
  expect(northscope.prepare(json([one, one])).key).toBe('SO-1');
});

test('keys name the orders, sorted', () => {
  const other = northscope.order('SO-0');
  expect(northscope.prepare(allocation({ item }, { item: other }, { item: '1' })).key).toBe('SO-0,SO-1');
});

describe('the warehouse', () => {
  test('ships at most what is allocated; on hand and allocated fall, the order closes when all has left', () => {
    const { sandbox } = northscope;
    expect(sandbox.despatch({ order: 'SO-1' })).toEqual([]);
    northscope.allocate({ item, units: '100' });
    expect(
      sandbox.despatch({ order: 'SO-1', units: '40', date: '2026-01-07', carrier: 'UPS', tracking: '1Z' }),
    ).toEqual(['SO-1']);
    expect(northscope.line('SO-1')).toMatchObject({ AllocatedUnits: '100.00000', ShippedUnits: '40.00000' });
    expect(northscope.lot('503')).toMatchObject({
      OnHandUnits: '8960.00000',
      AllocatedUnits: '60.00000',
      AvailableUnits: '8900.00000',
    });
    expect(sandbox.openOrders()).toEqual([
      {
        orderId: 'SO-1',
        poNumber: 'PO-1',
        orderUnits: '150.00000',
        allocatedUnits: '100.00000',
        shippedUnits: '40.00000',
      },
    ]);
    expect(northscope.rows('ListSalesOrders')).toMatchObject([
      { StatusName: 'In Process', CarrierID: 'UPS', TrackingNumber: '1Z', ActualShipDate: '2026-01-07T00:00:00.000' },
    ]);
    northscope.allocate({ item, units: '50' });
    expect(sandbox.despatch({ order: 'SO-1' })).toEqual(['SO-1']);
    expect(northscope.rows('ListSalesOrders')).toMatchObject([{ StatusName: 'Shipped' }]);
    expect(northscope.lot('503')).toMatchObject({ OnHandUnits: '8850.00000', AllocatedUnits: '0.00000' });
    expect(sandbox.openOrders()).toEqual([]);
    expect(northscope.allocate({ item }).Error).toBe("Order 'SO-1' is shipped.");
  });

  test('fills the orders of a purchase order one after the other', () => {
    const second = northscope.order('SO-2');
    northscope.allocate({ item, units: '100' }, { item: second, units: '100' });
    expect(northscope.sandbox.despatch({ order: 'PO-1', units: '130' })).toEqual(['SO-1', 'SO-2']);
    expect(northscope.line('SO-1')).toMatchObject({ ShippedUnits: '100.00000' });
    expect(northscope.line('SO-2')).toMatchObject({ ShippedUnits: '30.00000' });
    expect(northscope.sandbox.despatch({ order: 'PO-1' })).toEqual(['SO-2']);
  });

  test('counts in Each, whatever unit the order was written in', () => {
    const lines = '<Line><Item>0071</Item><Units>2</Units><UnitsUOM>Box</UnitsUOM></Line>';
    const boxed = northscope.order('SO-2', soOrder('SO-2', { lines }));
    northscope.allocate({ item: boxed, units: '2', uom: 'Box' });
    northscope.sandbox.despatch({ order: 'SO-2', units: '10' });
    expect(northscope.line('SO-2')).toMatchObject({ OrderUnits: '2.00000', ShippedUnits: '0.66667' });
    expect(northscope.sandbox.openOrders()[1]).toMatchObject({ orderUnits: '30.00000', shippedUnits: '10.00000' });
    northscope.sandbox.despatch({ order: 'SO-2', units: '20' });
    expect(northscope.line('SO-2')).toMatchObject({ ShippedUnits: '2.00000' });
    expect(northscope.sandbox.openOrders()).toMatchObject([{ orderId: 'SO-1' }]);
  });

  test('knows nothing of other orders or senseless units', () => {
    northscope.allocate({ item });
    const before = northscope.sandbox.ledger();
    expect(northscope.sandbox.despatch({ order: 'SO-9' })).toBeUndefined();
    expect(northscope.sandbox.despatch({ order: '' })).toBeUndefined();
    expect(northscope.sandbox.despatch({ order: 'SO-1', units: 'some' })).toBeUndefined();
    expect(northscope.sandbox.ledger()).toEqual(before);
  });

  test('counts lots, also below what is allocated, and begins new ones', () => {
    const { sandbox } = northscope;
    northscope.allocate({ item, units: '10' });
    expect(sandbox.setStock({ lot: 'L-2603', item: '', site: '', onHand: '4' })).toEqual(['503']);
    expect(northscope.lot('503')).toMatchObject({ OnHandUnits: '4.00000', AvailableUnits: '-6.00000' });
    const [added] = sandbox.setStock({ lot: 'L-NEW', item: '0071', site: 'TACOMA', onHand: '7.5' }) ?? [];
    expect(northscope.lot(String(added))).toMatchObject({ Lot: 'L-NEW', SiteSK: '2', OnHandUnits: '7.50000' });
    expect(sandbox.setStock({ lot: 'L-X', item: '71', site: 'TACOMA', onHand: '1' })).toBeUndefined();
    expect(sandbox.setStock({ lot: 'L-X', item: '0071', site: '', onHand: '1' })).toBeUndefined();
    expect(sandbox.setStock({ lot: '503', item: '', site: '', onHand: '-1' })).toBeUndefined();
  });
});

test('reset forgets orders, stock, queue and sessions', () => {
  northscope.allocate({ item });
  northscope.sandbox.reset({ seed: 1, orders: 3 });
  expect(northscope.sandbox.ledger()).toEqual(new NorthScopeCaller().sandbox.ledger());
  expect(() => northscope.rows('ListSites')).toThrow('The login information');
  northscope.token = northscope.login();
  expect(northscope.order('SO-1')).toBe(item);
  northscope.sandbox.reset({ seed: 2, orders: 3 });
  northscope.token = northscope.login();
  expect(northscope.order('SO-1')).not.toBe(item);
});
