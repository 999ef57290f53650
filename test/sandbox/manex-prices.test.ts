import { ManExCaller } from './manex-calls';

let manex: ManExCaller;
let line: { SoNo: string; UNIQUELN: string };

beforeEach(() => {
  manex = new ManExCaller();
  line = { SoNo: '799', UNIQUELN: manex.orderWithLine('799') };
});

const priceLink = (): unknown => manex.send('PriceGet', line).ResponseObject?.['PLPRICELNK'];
const dueDates = (): Readonly<Record<string, unknown>>[] => manex.lines('799')[0]?.['DueDateList'] as never;

test('a price: added, read, edited with Code 403, deleted', () => {
  expect(manex.send('PriceAdd', { ...line, price: '1.10', taxable: '1', saletypeid: 'restocking' })).toMatchObject({
    Code: 200,
    Message: 'Sales Order Price added successfully.',
  });
  expect(manex.send('PriceGet', { UNIQUELN: line.UNIQUELN }).ResponseObject).toMatchObject({
    SONO: '0000000799',
    DESCRIPTIO: 'Brochure ',
    QUANTITY: 20,
    PRICE: 1.1,
    EXTENDED: 22,
    TAXABLE: true,
    FLAT: false,
    RECORDTYPE: 'P',
    SALETYPEID: 'RESTOCKING',
  });
  const link = priceLink();
  expect(manex.send('PriceEdit', { ...line, plpricelink: link, price: '2' })).toMatchObject({
    Code: 403,
    Message: 'Sales Order Price edited successfully.',
    IsValidUser: true,
  });
  expect(manex.send('PriceGet', line).ResponseObject).toMatchObject({ PRICE: 2, EXTENDED: 40, TAXABLE: true });
  expect(manex.message('PriceDelete', { ...line, PLPRICELNK: link })).toBe('Sales Order Price deleted successfully.');
  expect(manex.message('PriceDelete', { ...line, PLPRICELNK: link })).toBe('Sales Order Price does not exists.');
});

test('a line takes a second price; PriceGet tells of the first', () => {
  manex.send('PriceAdd', { ...line, price: '1' });
  manex.send('PriceAdd', { ...line, price: '2' });
  expect(manex.lines('799')[0]?.['SOPRICESList']).toHaveLength(2);
  expect(manex.send('PriceGet', line).ResponseObject).toMatchObject({ PRICE: 1 });
});

test.each([
  ['PriceAdd', { UNIQUELN: '' }, "Sales Order item with uniqueLn:'' does not exits in SO:'0000000799'."],
  ['PriceAdd', { SoNo: '785' }, "' does not exits in SO:'0000000785'."],
  ['PriceAdd', {}, 'Price not provided.'],
  ['PriceAdd', { price: 'a lot' }, 'Sales Order Price add failed.PRICE is not valid.'],
  ['PriceAdd', { price: '1', saleTypeID: 'GIFT' }, 'Sales Order Price add failed.Sale type does not exists.'],
  ['PriceAdd', { price: '1', taxable: 'maybe' }, 'Sales Order Price add failed.TAXABLE is not valid.'],
  ['PriceEdit', { price: '1' }, 'PlPriceLnk not provided.'],
  ['PriceEdit', { price: '1', PLPRICELNK: 'X' }, 'Sales Order Price does not exists.'],
  ['PriceDelete', {}, 'PlPriceLnk not provided.'],
  ['PriceGet', { UNIQUELN: 'X' }, 'Sales Order Price does not exists.'],
  ['DueDateAdd', { UNIQUELN: '' }, "Sales Order item with uniqueLn:'' does not exits in SO:'0000000799'."],
  ['DueDateAdd', { Qty: '5' }, 'Due_DTS1 not provided.'],
  ['DueDateAdd', { Due_DTS1: '2026-01-14' }, 'Qty not provided.'],
  ['DueDateAdd', { Qty: '0', Due_DTS1: '2026-01-14' }, '$$Sales Order Due Date add failed.Qty is not valid.'],
  [
    'DueDateAdd',
    { Qty: '5', Due_DTS1: '2026-01-17' },
    '$$Sales Order Due Date add failed.Due_DTS1 is not a working day.',
  ],
  [
    'DueDateAdd',
    { Qty: '5', Due_DTS1: '2026-14-01' },
    '$$Sales Order Due Date add failed.DUE_DTS1 is not a valid date.',
  ],
  [
    'DueDateAdd',
    { Qty: '5', Due_DTS1: '2026-01-14', Ship_Dts: '2026-01-14' },
    '$$Sales Order Due Date add failed.Ship_Dts must be prior to Due_DTS1.',
  ],
  ['DueDateEdit', { Qty: '5' }, 'DueDt_Uniq not provided.'],
  ['DueDateEdit', { DueDt_Uniq: 'X' }, '$$Sales Order Due Date does not exists.'],
  ['DueDateGet', { DueDateUniq: 'X' }, '$$Sales Order Due Date does not exists.'],
  ['DueDateDelete', {}, 'DueDt_Uniq not provided.'],
  ['DueDateDelete', { DueDt_Uniq: 'X' }, '$$Sales Order Due Date does not exists.'],
])('%s with %j is refused', (action, fields, message) => {
  const call = manex.prepare(action, { ...line, ...fields });
  const { answer, ...end } = call.commit();
  expect(end).toEqual({ outcome: 'refused', effects: 0 });
  const body = JSON.parse(answer.body);
  expect(body).toMatchObject({ Code: 403, IsValidUser: true, ResponseObject: null });
  expect(body.Message).toContain(message);
});

test('a due date: added in either form, read, edited, deleted', () => {
  expect(manex.message('DueDateAdd', { ...line, QTY: '12', DUE_DTS1: '01-14-2026', Ship_Dts: '01-12-2026' })).toBe(
    '$$Sales Order Due Date added successfully.',
  );
  const key = dueDates()[0]?.['DUEDT_UNIQ'];
  expect(manex.send('DueDateGet', { DueDateUniq: key })).toMatchObject({
    Message: '$$Sales Order Due Date details:',
    ResponseObject: {
      $id: '2',
      DUEDT_UNIQ: key,
      DUE_DTS1: '2026-01-14T00:00:00',
      SHIP_DTS: '2026-01-12T00:00:00',
      COMMIT_DTS: '2026-01-14T00:00:00',
      QTY: 12,
      START_DTS: null,
      UNIQUELN: line.UNIQUELN,
    },
  });
  const edit = { ...line, DueDt_Uniq: key, Due_DTS: '2026-01-19', Qty: '20' };
  expect(manex.message('DueDateEdit', edit)).toBe('$$Sales Order Due Date edited successfully.');
  expect(dueDates()[0]).toMatchObject({ QTY: 20, DUE_DTS1: '2026-01-19T00:00:00', SHIP_DTS: '2026-01-16T00:00:00' });
  expect(manex.message('DueDateDelete', { dueDt_Uniq: key })).toBe('$$Sales Order Due Date deleted successfully.');
  expect(dueDates()).toEqual([]);
});

test('due dates together never exceed the ordered quantity, from either side', () => {
  manex.send('DueDateAdd', { ...line, Qty: '15', Due_DTS1: '2026-01-14' });
  const tooMuch = '$$Sales Order Due Date add failed.The total quantity must be less than or equal to order quantity.';
  expect(manex.message('DueDateAdd', { ...line, Qty: '6', Due_DTS1: '2026-01-15' })).toBe(tooMuch);
  expect(manex.message('DueDateAdd', { ...line, Qty: '5', Due_DTS1: '2026-01-15' })).toMatch(/added successfully/);
  expect(manex.message('ItemEdit', { ...line, ord_qty: '19' })).toMatch(/^Sales Order Item edit failed\./);
});

test('says the copied text of the DueDateEdit sample where told to', () => {
  const literal = new ManExCaller({ literalDueDateEditText: true });
  expect(literal.message('DueDateEdit', { SoNo: '1' })).toBe('PlPriceLnk not provided.');
});
