import { performDespatch } from '../../src/sandbox/despatch-action';
import { ManExCaller } from './manex-calls';
import { NorthScopeCaller, soOrder } from './northscope-calls';

const poNumber = 'PO-10231';
const soNo = '0000010231';
const orderId = `${soNo}-1`;
const closing = { SoNo: soNo, status: 'Closed' };
const isComplete =
  'Sales Order Item edit failed.Line item balance is 0, status cannot be changed without increasing the quantity.';

describe('a despatch', () => {
  let manex: ManExCaller;
  let northscope: NorthScopeCaller;
  let uniqueLn: string;

  const warehouseOrder = (id: string, units: number) => {
    const line = `<Line><Item>0071</Item><Sequence>1</Sequence><Units>${units}</Units><UnitsUOM>Each</UnitsUOM></Line>`;
    const item = northscope.order(id, soOrder(id, { header: { PurchaseOrder: poNumber }, lines: line }));
    northscope.allocate({ item, units: String(units) });
  };
  const despatch = (action: object) =>
    performDespatch({ northscope: northscope.sandbox, manex: manex.sandbox }, { ...action });
  const inManEx = () => manex.lines(soNo).map(({ LINE_NO, SHIPPEDQTY, BALANCE }) => [LINE_NO, SHIPPEDQTY, BALANCE]);
  const inNorthScope = (id = orderId) => northscope.line(id)['ShippedUnits'];

  beforeEach(() => {
    manex = new ManExCaller();
    northscope = new NorthScopeCaller();
    manex.send('Add', { SoNo: soNo, custNo: '0000000008', PoNo: poNumber });
    const line = { SoNo: soNo, part_num: 'LBL-0071', uOfMeas: 'EACH', soDet_Desc: 'Label', ord_qty: '20' };
    manex.send('ItemADD', line);
    uniqueLn = String(manex.lines(soNo)[0]?.['UNIQUELN']);
    warehouseOrder(orderId, 20);
  });

  it.each([[{}], [{ in: '' }], [{ in: 'northscope' }]])('with %j moves NorthScope alone, as ever', (where) => {
    expect(despatch({ order: orderId, units: 5, ...where })).toEqual([orderId]);
    expect([inNorthScope(), inManEx()]).toEqual(['5.00000', [['0000001', 0, 20]]]);
  });

  it.each([soNo, orderId, poNumber])('in ManEx, of %s, moves what was shipped and what is still to come', (order) => {
    expect(despatch({ order, units: 5, in: 'manex' })).toEqual([soNo]);
    expect(despatch({ order, units: 7, in: 'manex' })).toEqual([soNo]);
    expect([inNorthScope(), inManEx()]).toEqual(['0.00000', [['0000001', 12, 8]]]);
    expect(manex.message('ItemEdit', { ...closing, UNIQUELN: uniqueLn })).toBe('Sales Order Item edited successfully.');
  });

  it('in ManEx, of all there is, leaves a line that is complete and that nobody can close', () => {
    expect(despatch({ order: orderId, in: 'manex' })).toEqual([soNo]);
    expect(inManEx()).toEqual([['0000001', 20, 0]]);
    expect(manex.message('ItemEdit', { ...closing, UNIQUELN: uniqueLn })).toBe(isComplete);
    expect(despatch({ order: orderId, in: 'manex' })).toEqual([]);
    const more = { SoNo: soNo, UNIQUELN: uniqueLn, ord_qty: '25', status: 'Priority-1' };
    expect(manex.message('ItemEdit', more)).toBe('Sales Order Item edited successfully.');
    expect(inManEx()).toEqual([['0000001', 20, 5]]);
  });

  it('in ManEx goes line by line, past what is cancelled or closed', () => {
    const line = { SoNo: soNo, part_num: 'LBL-0071', uOfMeas: 'EACH', soDet_Desc: 'Label' };
    manex.send('ItemADD', { ...line, ord_qty: '3', status: 'Cancel' });
    manex.send('ItemADD', { ...line, ord_qty: '9' });
    expect(despatch({ order: soNo, units: '25', in: 'manex' })).toEqual([soNo]);
    expect(inManEx().toReversed()).toEqual([
      ['0000001', 20, 0],
      ['0000002', 0, 3],
      ['0000003', 5, 4],
    ]);
  });

  it('in both moves as much in ManEx as left NorthScope, of each order its own', () => {
    manex.orderWithLine('0000010233');
    warehouseOrder('0000010233-1', 6);
    expect(despatch({ order: poNumber, units: 22, in: 'both' })).toEqual([
      ...[orderId, '0000010233-1'],
      ...[soNo, '0000010233'],
    ]);
    expect([inNorthScope(), inNorthScope('0000010233-1')]).toEqual(['20.00000', '2.00000']);
    expect([inManEx(), manex.lines('0000010233')[0]?.['BALANCE']]).toEqual([[['0000001', 20, 0]], 18]);
  });

  it('takes nothing of an order that somebody voided, nor of one that is wholly shipped', () => {
    warehouseOrder(`${soNo}-2`, 3);
    expect(despatch({ order: orderId })).toEqual([orderId]);
    expect(northscope.sandbox.voidOrder(poNumber)).toEqual([`${soNo}-2`]);
    expect(despatch({ order: poNumber })).toEqual([]);
    expect(inNorthScope(`${soNo}-2`)).toBe('0.00000');
    expect(northscope.sandbox.openOrders()).toEqual([]);
    expect(northscope.sandbox.voidOrder('NOPE')).toBeUndefined();
  });

  it('in both changes nothing where one of the two does not know the order', () => {
    northscope.order('77-1', soOrder('77-1', { header: { PurchaseOrder: 'PO-ELSE' } }));
    manex.orderWithLine('0000000088');
    expect(['77-1', '0000000088', 'NOPE'].map((order) => despatch({ order, in: 'both' }))).toEqual([
      ...[undefined, undefined, undefined],
    ]);
    expect(despatch({ order: 'NOPE', in: 'manex' })).toBeUndefined();
  });
});
