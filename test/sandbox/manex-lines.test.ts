import { ManExCaller } from './manex-calls';

const item = { SoNo: '789', part_num: 'BRO-A4-16', revision: 'A', soDet_Desc: 'Loud', uOfMeas: 'each' };

function withOrder(): ManExCaller {
  const manex = new ManExCaller();
  manex.send('Add', { SoNo: '789', custNo: '0000000008' });
  return manex;
}

test('lists lines by descending number, without part and revision, as the sample does', () => {
  const manex = withOrder();
  expect(manex.message('ItemADD', { ...item, ord_qty: '20', eachQty: '2' })).toBe(
    'Sales Order Item added successfully.',
  );
  manex.send('ItemADD', { ...item, line_no: '7' });
  manex.send('ItemADD', item);
  const lines = manex.lines('789');
  expect(lines.map((line) => line['LINE_NO'])).toEqual(['0000008', '0000007', '0000001']);
  expect(lines[2]).toMatchObject({
    $id: '5',
    DueDateList: [],
    SOPRICESList: [],
    UNIQ_KEY: '_44Y0WP6H4',
    SONO: '0000000789',
    UOFMEAS: 'each',
    ORD_QTY: 20,
    EACHQTY: 2,
    BALANCE: 20,
    Sodet_Desc: 'Loud ',
    STATUS: 'STANDARD ',
    PART_NUM: null,
    REVISION: null,
  });
  expect(lines[2]?.['UNIQUELN']).toMatch(/^_[A-Z0-9]{9}$/);
});

test('adds the same line twice without a word', () => {
  const manex = withOrder();
  manex.send('ItemADD', { ...item, line_no: '1' });
  manex.send('ItemADD', { ...item, line_no: '1' });
  const lines = manex.lines('789');
  expect(lines.map((line) => line['LINE_NO'])).toEqual(['0000001', '0000001']);
  expect(new Set(lines.map((line) => line['UNIQUELN'])).size).toBe(2);
  expect(manex.message('ItemEdit', { SoNo: '789', line_no: '1', ord_qty: '4' })).toBe('UniqLn not provided.');
});

test.each([
  ['an unknown order', { ...item, SoNo: '1' }, 'Sales Order does not exists.'],
  ['an unknown part', { ...item, part_num: 'X' }, 'Sales Order Item add failed.Part does not exists.'],
  ['another revision', { ...item, revision: 'Z' }, 'Sales Order Item add failed.Part does not exists.'],
  ['no unit', { ...item, uOfMeas: '' }, 'uOfMeas not provided.'],
  ['no description', { ...item, soDet_Desc: undefined }, 'soDet_Desc not provided.'],
  ['an unknown status', { ...item, status: 'Lost' }, 'Sales Order Item add failed.Status is not valid.'],
  ['a negative quantity', { ...item, ord_qty: '-1' }, 'Sales Order Item add failed.ORD_QTY is not valid.'],
  [
    'an each-quantity above the ordered',
    { ...item, ord_qty: '2', eachQty: '2' },
    'Sales Order Item add failed.EachQty must be less than the order quantity.',
  ],
])('refuses a line with %s', (_, body, message) => {
  const manex = withOrder();
  expect(manex.send('ItemADD', body)).toMatchObject({ Code: 403, Message: message });
  expect(manex.lines('789')).toEqual([]);
});

test('edits quantity and status; the balance moves along', () => {
  const manex = withOrder();
  manex.send('ItemADD', { ...item, ord_qty: '20' });
  const line = { SoNo: '789', UNIQUELN: manex.lines('789')[0]?.['UNIQUELN'] };
  const edit = { ...line, PART_NUM: 'BRO-A4-16', revision: 'A', Ord_Qty: '40', status: 'Admin Hold', DELIFREQ: 'MO' };
  expect(manex.message('ItemEdit', edit)).toBe('Sales Order Item edited successfully.');
  expect(manex.lines('789')[0]).toMatchObject({ ORD_QTY: 40, BALANCE: 40, STATUS: 'ADMIN HOLD', DELIFREQ: 'MO' });
  expect(manex.prepare('ItemEdit', edit).commit()).toMatchObject({ outcome: 'ok', effects: 0 });
});

test('keeps the status of a line without balance unless the quantity grows', () => {
  const manex = withOrder();
  manex.send('ItemADD', item);
  const line = { SoNo: '789', line_no: '1' };
  expect(manex.send('ItemEdit', { ...line, status: 'Closed' })).toMatchObject({ Code: 403, IsValidUser: true });
  expect(manex.message('ItemEdit', { ...line, status: 'Standard' })).toBe('Sales Order Item edited successfully.');
  expect(manex.message('ItemEdit', { ...line, status: 'Closed', ord_qty: '1' })).toMatch(/edited successfully/);
  expect(manex.lines('789')[0]).toMatchObject({ STATUS: 'CLOSED ', ORD_QTY: 1 });
});

test('wants a revision with a part number, and a line to edit', () => {
  const manex = withOrder();
  manex.send('ItemADD', item);
  expect(manex.message('ItemEdit', { SoNo: '789', line_no: '1', Part_Num: 'BRO-A4-16' })).toBe(
    'Revision not provided.',
  );
  expect(manex.message('ItemEdit', { SoNo: '789' })).toBe('UniqLn not provided.');
  expect(manex.message('ItemEdit', { SoNo: '789', line_no: '9' })).toBe('Sales Order Item does not exists.');
  expect(manex.message('ItemEdit', { SoNo: '1', line_no: '1' })).toBe('Sales Order does not exists.');
});

test('reads one line, deletes it with what hangs on it, and says so the second time', () => {
  const manex = new ManExCaller();
  const uniqueLn = manex.orderWithLine('789');
  const line = { SONO: '789', uniqueln: uniqueLn };
  manex.send('PriceAdd', { ...line, price: '1' });
  expect(manex.send('ItemGet', { UNIQUELN: uniqueLn })).toMatchObject({
    Message: 'Sales Order Item details:',
    SessionId: null,
    ResponseObject: { UNIQUELN: uniqueLn, SOPRICESList: [{ PRICE: 1 }] },
  });
  expect(manex.message('ItemDelete', { SONO: '789' })).toBe('UniqLn not provided.');
  expect(manex.message('ItemDelete', line)).toBe('Sales Order Item deleted successfully.');
  expect(manex.message('ItemDelete', line)).toBe('Sales Order Item does not exists.');
  expect(manex.message('ItemGet', { UNIQUELN: uniqueLn })).toBe('Sales Order Item does not exists.');
  expect(manex.message('PriceGet', { UNIQUELN: uniqueLn })).toBe('Sales Order Price does not exists.');
});

test('hides prices and due dates where told to, and PriceGet still knows them', () => {
  const manex = new ManExCaller({ childLists: false });
  const uniqueLn = manex.orderWithLine('789');
  manex.send('PriceAdd', { SoNo: '789', uniqueLn, price: '1' });
  expect(manex.lines('789')[0]).toMatchObject({ SOPRICESList: [], DueDateList: [] });
  expect(manex.message('PriceGet', { UNIQUELN: uniqueLn })).toBe('Sales Order Price details:');
});

test('an UNIQUELN of a deleted line is not given away again', () => {
  const manex = new ManExCaller();
  const uniqueLn = manex.orderWithLine('789');
  manex.send('ItemDelete', { SONO: '789', UNIQUELN: uniqueLn });
  manex.send('ItemADD', item);
  expect(manex.lines('789')[0]?.['UNIQUELN']).not.toBe(uniqueLn);
});
