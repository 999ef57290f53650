import { ManExCaller } from './manex-calls';

const order = { SoNo: '789', custNo: '0000000008' };

test('adds the minimal order and answers as the document shows', () => {
  const manex = new ManExCaller();
  expect(manex.send('Add', order)).toEqual({
    $id: '1',
    Code: 200,
    Message: 'Sales Order added successfully.',
    SessionId: null,
    IsValidUser: true,
    ResponseObject: null,
  });
});

test('reads an order back with padded columns, zone-less dates and an $id on every object', () => {
  const manex = new ManExCaller();
  manex.send('Add', { ...order, PoNo: 'PO 7', orderDate: '01-31-2026', FOB: 'ORIGIN-CUSTOMER P/U', BILLACCOUNT: 'B1' });
  const { ResponseObject, SessionId, Message } = manex.send('Get', { SoNo: '0000000789' });
  expect(Message).toBe('Sales Order details:');
  expect(SessionId).toMatch(/^[a-z0-9]{24}$/);
  expect(ResponseObject).toMatchObject({
    $id: '2',
    SODETAILList: [],
    SONO: '0000000789',
    CUSTNO: '0000000008',
    PONO: 'PO 7 ',
    ORDERDATE: '2026-01-31T00:00:00',
    FOB: 'ORIGIN-CUST P/U',
    SHIPVIA: 'UPS-GRND TRACK ',
    ORD_TYPE: 'OPEN ',
    SHIPNO: ' ',
    SONOTE: '',
    SOAMOUNT: 0,
    BILLACOUNT: 'B1 ',
    IS_CLOSED: false,
    CustomerName: null,
    UserId: '00000000-0000-0000-0000-000000000000',
  });
});

test.each([
  ['an unknown customer', { ...order, custNo: '0000000077' }, 'Sales Order add failed.Customer does not exists.'],
  ['a customer without its zeros', { ...order, custNo: '8' }, 'Sales Order add failed.Customer does not exists.'],
  ['a number of more than ten digits', { ...order, SoNo: '12345678901' }, 'Sales Order add failed.SoNo is not valid.'],
  [
    'a date of neither form',
    { ...order, orderDate: '31.01.2026' },
    'Sales Order add failed.ORDERDATE is not a valid date.',
  ],
  [
    'a day that does not exist',
    { ...order, orderDate: '2026-02-30' },
    'Sales Order add failed.ORDERDATE is not a valid date.',
  ],
  ['approval without initials', { ...order, SOAPPROVAL: 1 }, 'Sales Order add failed.SOAPPRVINIT not provided.'],
])('refuses %s with Code 403 and adds nothing', (_, body, message) => {
  const manex = new ManExCaller();
  expect(manex.send('Add', body)).toMatchObject({ Code: 403, Message: message, IsValidUser: true });
  expect(manex.sandbox.ledger()).toEqual({ salesOrders: [] });
});

test('refuses a number that exists, also when it comes without its zeros', () => {
  const manex = new ManExCaller();
  manex.send('Add', order);
  const again = manex.prepare('Add', { ...order, SoNo: '0000000789', PoNo: 'other' });
  expect(again.commit()).toMatchObject({ outcome: 'refused', effects: 0 });
  expect(manex.send('Add', order)).toMatchObject({ Code: 403, Message: 'Sales Order add failed.SoNo already exists.' });
  expect(manex.send('Get', order).ResponseObject).toMatchObject({ PONO: ' ' });
});

test('assigns a number to an order without one, tells nobody, and never the same twice', () => {
  const manex = new ManExCaller();
  const send = () => manex.send('Add', { SoNo: '', custNo: '0000000008', PoNo: 'PO-9' });
  expect(send().ResponseObject).toBeNull();
  expect(send().Message).toBe('Sales Order added successfully.');
  const numbers = (manex.sandbox.ledger()['salesOrders'] as { SONO: string }[]).map(({ SONO }) => SONO);
  expect(new Set(numbers).size).toBe(2);
  for (const number of numbers) expect(number).toMatch(/^\d{10}$/);
});

test('edits what is named and leaves the rest', () => {
  const manex = new ManExCaller();
  manex.send('Add', { ...order, PoNo: 'PO-1', SONote: 'note' });
  const edit = manex.prepare('Edit', { ...order, SONote: 'other' });
  expect(edit.commit()).toMatchObject({ outcome: 'ok', effects: 1 });
  expect(manex.prepare('Edit', { ...order, SONote: 'other' }).commit()).toMatchObject({ outcome: 'ok', effects: 0 });
  expect(manex.send('Get', order).ResponseObject).toMatchObject({ PONO: 'PO-1 ', SONOTE: 'other' });
});

test('closes a header by its columns', () => {
  const manex = new ManExCaller();
  manex.send('Add', order);
  manex.send('Edit', { ...order, ORD_TYPE: 'Cancel' });
  expect(manex.send('Get', order).ResponseObject).toMatchObject({ ORD_TYPE: 'CANCEL ', IS_CLOSED: true });
});

test('editing an unknown order ends in the unhandled null', () => {
  const manex = new ManExCaller();
  const message = 'Sales Order edit failed.Object reference not set to an instance of an object.';
  expect(manex.send('Edit', order)).toMatchObject({ Code: 403, Message: message, IsValidUser: true });
});

test('an order that does not exist is answered with a session id all the same', () => {
  const answer = new ManExCaller().send('Get', { SoNo: '785' });
  expect(answer).toMatchObject({ Code: 403, Message: 'Sales Order does not exists.', ResponseObject: null });
  expect(answer.SessionId).toMatch(/^[a-z0-9]{24}$/);
});

test('the ledger holds trimmed text and decimal strings', () => {
  const manex = new ManExCaller();
  const uniqueLn = manex.orderWithLine('789');
  const line = { SoNo: '789', uniqueln: uniqueLn };
  manex.send('PriceAdd', { ...line, price: '1.10', taxable: '1', saletypeid: 'RESTOCKING' });
  manex.send('DueDateAdd', { ...line, Qty: '5', Due_DTS1: '2026-01-14' });
  expect(manex.sandbox.ledger()).toMatchObject({
    salesOrders: [
      {
        SONO: '0000000789',
        PONO: 'PO-1',
        SOAMOUNT: '22',
        SODETAILList: [
          {
            UNIQUELN: uniqueLn,
            PART_NUM: 'BRO-A4-16',
            REVISION: 'A',
            ORD_QTY: '20',
            STATUS: 'STANDARD',
            SOPRICESList: [{ PRICE: '1.1', EXTENDED: '22', TAXABLE: true }],
            DueDateList: [{ QTY: '5', DUE_DTS1: '2026-01-14T00:00:00' }],
          },
        ],
      },
    ],
  });
});

test('reset empties it; keys come from seed and order, not from who was first', () => {
  const manex = new ManExCaller();
  const first = manex.orderWithLine('100');
  const second = manex.orderWithLine('200');
  manex.sandbox.reset({ seed: 1, orders: 3 });
  expect(manex.sandbox.ledger()).toEqual({ salesOrders: [] });
  expect(manex.orderWithLine('200')).toBe(second);
  expect(manex.orderWithLine('100')).toBe(first);
  manex.sandbox.reset({ seed: 2, orders: 3 });
  expect(manex.orderWithLine('100')).not.toBe(first);
});
