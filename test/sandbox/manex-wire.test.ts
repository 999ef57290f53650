import * as fc from 'fast-check';
import { ManExCaller } from './manex-calls';

const key = '1234567890';
const missing = (path: string) => ({
  $id: '1',
  Message: `No HTTP resource was found that matches the request URI 'http://localhost${path}'.`,
});

test('a wrong address gets the body of the document, which has no Code', () => {
  const manex = new ManExCaller();
  const { status, body } = manex.answered({ method: 'GET', path: '/api/SOGet/123456789', query: 'SONO=800' });
  expect(status).toBe(404);
  expect(body).toEqual({
    ...missing('/api/SOGet/123456789?SONO=800'),
    MessageDetail: "No type was found that matches the controller named 'SOGet'.",
  });
});

test('an unknown action and a wrong verb get what ASP.NET says', () => {
  const manex = new ManExCaller();
  expect(manex.answered({ path: `/api/SO/Remove/${key}` })).toEqual({
    status: 404,
    body: {
      ...missing(`/api/SO/Remove/${key}`),
      MessageDetail: "No action was found on the controller 'SO' that matches the request.",
    },
  });
  const { status, body } = manex.answered({ method: 'DELETE', path: `/api/SO/ItemDelete/${key}` });
  expect(status).toBe(405);
  expect(body).toEqual({ $id: '1', Message: "The requested resource does not support http method 'DELETE'." });
});

test('a wrong key is the one error with IsValidUser false', () => {
  const { status, body } = new ManExCaller().answered({ path: '/api/SO/Get/0000000000', body: '{"SoNo":"1"}' });
  expect(status).toBe(200);
  expect(body).toEqual({
    $id: '1',
    Code: 403,
    Message: 'Invalid API Key.',
    SessionId: null,
    IsValidUser: false,
    ResponseObject: null,
  });
});

test('paths know no case, and the key may come in the query', () => {
  const manex = new ManExCaller();
  expect(manex.sandbox.owns('/API/SO/ItemAdd/x')).toBe(true);
  expect(manex.sandbox.owns('/ams/system/api')).toBe(false);
  const get = { method: 'GET', path: `/API/so/GET/${key}`, query: 'sono=1' };
  expect(manex.answered(get).body.Message).toBe('Sales Order does not exists.');
  expect(manex.answered({ path: '/api/SO/Get', query: `apiKey=${key}&SoNo=1` }).body.IsValidUser).toBe(true);
});

describe("the document's samples", () => {
  test.each([
    ['Add', 'SoNo=800?custNo=0000000008', ''],
    ['Add', '', "{\n\n'SoNo':'800',\n\n'custNo':'0000000008'\n\n}"],
    ['Add', '', 'SoNo=800'],
  ])('%s by %j %j', (action, query, body) => {
    const manex = new ManExCaller();
    const { Message } = manex.answered({ path: `/API/SO/${action}/${key}`, query, body }).body;
    expect(Message).toMatch(body === 'SoNo=800' ? /Object reference not set/ : /^Sales Order added successfully\.$/);
  });

  test('lines, prices and due dates, in the styles of the pages', () => {
    const manex = new ManExCaller();
    const send = (action: string, query: string, body = '') =>
      manex.answered({ path: `/API/SO/${action}/${key}`, query, body }).body;
    send('Add', '', "{ 'SoNo':'800', 'custNo':'0000000008', }");
    send('ItemADD', 'SoNo=800?line_no=1?part_num=BRO-A4-16?revision=A?soDet_Desc=DESCRIPTION?uOfMeas=EACH');
    send(
      'ItemADD',
      '',
      "{'SONO':'800','line_no':'2','part_num':'LBL-0071','revision':'B','sodet_desc':'D','uofmeas':'EACH'}",
    );
    const [second, first] = manex.lines('800');
    const uniqueLn = String(first?.['UNIQUELN']);
    const edit = `SoNo=800&UNIQUELN=${uniqueLn}&UOFMEAS=EACH&TRANSFER_DAYS=5 &ORD_QTY=20&EACHQTY=2&STATUS=STANDARD&DELIFREQ=MO`;
    expect(send('ItemEdit', edit).Message).toBe('Sales Order Item edited successfully.');
    expect(manex.lines('800')[1]).toMatchObject({ TRANS_DAYS: 5, ORD_QTY: 20, EACHQTY: 2, DELIFREQ: 'MO' });
    const price = `SoNo=800&uniqueln=${uniqueLn}&price=1&taxable=1&flat=1&saletypeid=RESTOCKING`;
    expect(send('PriceAdd', price).Message).toBe('Sales Order Price added successfully.');
    const due = `SONO=0000000800&UNIQUELN=${uniqueLn}&QTY=20&DUE_DTS1=2026-01-14`;
    expect(send('DueDateAdd', due).Message).toBe('$$Sales Order Due Date added successfully.');
    expect(send('ItemDelete', `SONO=800?uniqueln=${String(second?.['UNIQUELN'])}`).Message).toMatch(/deleted/);
    expect(manex.lines('800')).toHaveLength(1);
  });

  test('a missing & before the revision is forgiven, as in the sample', () => {
    const manex = new ManExCaller();
    manex.orderWithLine('800');
    const edit = (query: string) => manex.answered({ path: `/api/SO/ItemEdit/${key}`, query }).body.Message;
    const glued = 'SoNo=800&line_no=1&PART_NUM=BRO-A4-16';
    expect(edit(`${glued}revision=A`)).toBe('Sales Order Item edited successfully.');
    expect(edit(`${glued}revision=Z`)).toBe('Sales Order Item edit failed.Part does not exists.');
    expect(edit(glued)).toBe('Revision not provided.');
  });

  test.each([
    ['a quote forgotten at the end of the line', "{'SoNo':'800',\n'custNo':'0000000009',\n'SONote':'it goes on \n}"],
    ['the same on one line, as curl -d @file sends it', "{'SoNo':'800','custNo':'0000000009','SONote':'it goes on }"],
    ['an opening brace forgotten', '"SoNo":"800", \n"custNo":"0000000009",\n"SONote":"it goes on"\n}'],
    ['curly quotes', '{“SoNo”:”800”,‘custNo’:‘0000000009’,“SONote”:“it goes on”}'],
  ])('JSON with %s', (_what, body) => {
    const manex = new ManExCaller();
    expect(manex.message('Add', body)).toBe('Sales Order added successfully.');
    expect(manex.send('Get', { SoNo: '800' }).ResponseObject).toMatchObject({
      CUSTNO: '0000000009',
      SONOTE: 'it goes on',
    });
  });
});

test('the body wins over the query, numbers keep their digits, escapes are undone', () => {
  const manex = new ManExCaller();
  const body = "{SoNo: 0000000789, 'custNo': '0000000008', SONote: 'it\\'s \\u00e9', /* no strict JSON */}";
  manex.answered({ path: `/api/SO/Add/${key}`, query: 'SONO=1&PoNo=a%26b%3Fc+d', body });
  expect(manex.send('Get', { SoNo: '789' }).ResponseObject).toMatchObject({ PONO: 'a&b?c d ', SONOTE: "it's é" });
});

test.each([
  '{',
  '[1]',
  '"text"',
  '{"a":',
  '{"SoNo":"800","custN',
  "{'a':'b\n'c':'d'}",
  '<xml/>',
  '{'.repeat(50_000),
  'x'.repeat(50_000),
])('an unreadable body (%.20s) leaves the action without its model', (body) => {
  const { status, body: answer } = new ManExCaller().answered({ path: `/api/SO/Edit/${key}`, body });
  expect(status).toBe(200);
  expect(answer.Message).toBe('Sales Order edit failed.Object reference not set to an instance of an object.');
});

test('reads a form, and prototypes stay what they are', () => {
  const manex = new ManExCaller();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  manex.answered({ path: `/api/SO/Add/${key}`, headers, body: 'SoNo=5&custNo=0000000009' });
  const json = manex.answered({ path: `/api/SO/Get/${key}`, headers, body: '"SoNo":"5"}' });
  expect(json.body.Message).toBe('Sales Order details:');
  manex.send('Add', '{"__proto__":{"polluted":"yes"},"SoNo":"6","custNo":"0000000009"}');
  expect(manex.sandbox.ledger()['salesOrders']).toHaveLength(2);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

describe('for the front', () => {
  test('preparing changes nothing; refusal and wrong answer neither', () => {
    const manex = new ManExCaller();
    const call = manex.prepare('Add', { SoNo: '42', custNo: '0000000008' });
    expect(JSON.parse(call.refusal().body)).toMatchObject({ Code: 403, IsValidUser: true });
    expect(JSON.parse(call.wrongAnswer().body)).toMatchObject({ Code: 200, Message: expect.stringMatching(/Item/) });
    expect(manex.sandbox.ledger()).toEqual({ salesOrders: [] });
    expect(call.commit()).toMatchObject({ outcome: 'ok', effects: 1 });
  });

  test('names operation and order, also by a key of a deleted line', () => {
    const manex = new ManExCaller();
    const uniqueLn = manex.orderWithLine('42');
    expect(manex.prepare('itemadd', { SoNo: '42' })).toMatchObject({ operation: 'SO/ItemADD', key: '0000000042' });
    manex.send('ItemDelete', { SONO: '42', UNIQUELN: uniqueLn });
    expect(manex.prepare('PriceGet', { UNIQUELN: uniqueLn })).toMatchObject({
      operation: 'SO/PriceGet',
      key: '0000000042',
    });
    expect(manex.prepare('Add', { custNo: '0000000008' }).key).toBe('');
  });

  test('repeats lines as references and permutes them', () => {
    const manex = new ManExCaller();
    manex.orderWithLine('42');
    manex.send('ItemADD', { SoNo: '42', part_num: 'LBL-0071', uOfMeas: 'EACH', soDet_Desc: 'Label' });
    const call = manex.prepare('Get', { SoNo: '42' });
    const lines = (how: 'duplicate-delivery' | 'reorder') =>
      JSON.parse(call.distortList?.(how).answer.body ?? '{}').ResponseObject.SODETAILList;
    expect(lines('duplicate-delivery')).toMatchObject([{ $id: '3' }, { $id: '4' }, { $ref: '3' }, { $ref: '4' }]);
    expect(lines('reorder').map((line: { LINE_NO: string }) => line.LINE_NO)).toEqual(['0000001', '0000002']);
    expect(manex.prepare('ItemGet', {}).distortList).toBeUndefined();
  });
});

test('never throws and never fails by itself, whatever comes', () => {
  const manex = new ManExCaller();
  manex.orderWithLine('1');
  const names = fc.constantFrom(
    'SoNo',
    'custNo',
    'UNIQUELN',
    'ord_qty',
    'price',
    'Qty',
    'Due_DTS1',
    'line_no',
    'status',
    'FOB',
  );
  const values = fc.oneof(
    fc.string(),
    fc.constantFrom('1', '-1', '0000000008', '1e9', '9999999999', '2026-01-05', 'é'),
  );
  const actions = fc.constantFrom(
    'Add',
    'Edit',
    'Get',
    'ItemADD',
    'ItemEdit',
    'PriceAdd',
    'PriceEdit',
    'DueDateAdd',
    'X',
  );
  const bodies = fc.oneof(
    fc.string(),
    fc.json(),
    fc.dictionary(names, values).map((fields) => JSON.stringify(fields)),
  );
  fc.assert(
    fc.property(actions, fc.string(), bodies, (action, query, body) => {
      const { status } = manex.answered({ path: `/api/SO/${action}/${key}`, query, body });
      expect([200, 404]).toContain(status);
    }),
    { numRuns: 500 },
  );
});
