import { SandboxFront } from '../../src/sandbox/front';
import { ManExSandbox } from '../../src/sandbox/manex/sandbox';
import { call } from './http-caller';
import { samplesOf, shapeOf, textsOf } from './samples';

const key = '1234567890';
const manex = new ManExSandbox();
const front = new SandboxFront([manex]);
let origin = '';
beforeAll(async () => {
  origin = `http://127.0.0.1:${await front.listen(0)}`;
});
afterAll(() => front.close());
beforeEach(() => manex.reset({ seed: 1, orders: 0 }));

interface Envelope {
  readonly Message: string;
  readonly SessionId: string | null;
  readonly ResponseObject: { readonly [member: string]: unknown } | null;
}

interface Sent {
  readonly method: string;
  readonly headers?: Record<string, string>;
  readonly query?: string;
  readonly body?: string;
}

async function send(action: string, { query = '', body = '', method, headers }: Sent): Promise<Envelope> {
  const framed = { ...headers, 'content-length': String(Buffer.byteLength(body)) };
  const end = await call(`${origin}/API/SO/${action}/${key}${query}`, { method, headers: framed, body });
  expect(end.status).toBe(200);
  return JSON.parse(end.body ?? '') as Envelope;
}

const post = (action: string, parameters: Readonly<Record<string, string>>): Promise<Envelope> =>
  send(action, { method: 'POST', body: JSON.stringify(parameters) });

interface Line {
  readonly UNIQUELN: string;
  readonly SOPRICESList: readonly { readonly PLPRICELNK: string }[];
  readonly DueDateList: readonly { readonly DUEDT_UNIQ: string }[];
}

async function firstLine(): Promise<Line> {
  const { ResponseObject } = await post('Get', { SoNo: '785' });
  const [line] = (ResponseObject?.['SODETAILList'] ?? []) as Line[];
  if (line === undefined) throw new Error('the order has no line');
  return line;
}

/** What must be there for the operation: order 785 with a line, and for prices and due dates one of each. */
async function prepared(action: string): Promise<Readonly<Record<string, string>>> {
  if (action === 'Add') return {};
  await post('Add', { SoNo: '785', custNo: '0000000008' });
  const part = { part_num: 'BRO-A4-16', revision: 'A', uOfMeas: 'EACH', soDet_Desc: 'Loud', ord_qty: '20' };
  await post('ItemADD', { SoNo: '785', ...part });
  const { UNIQUELN } = await firstLine();
  if (/Price|DueDate/.test(action)) {
    await post('PriceAdd', { SoNo: '785', UNIQUELN, price: '1', saletypeid: 'RESTOCKING' });
    await post('DueDateAdd', { SONO: '785', UNIQUELN, QTY: '5', DUE_DTS1: '2026-01-14' });
  }
  const { SOPRICESList, DueDateList } = await firstLine();
  return {
    UNIQUELN,
    PLPRICELNK: SOPRICESList[0]?.PLPRICELNK ?? '',
    DUEDT_UNIQ: DueDateList[0]?.DUEDT_UNIQ ?? '',
  };
}

/** The document's stand-ins, and the value each stands for; all that is changed in a sample. */
function filled(text: string, keys: Readonly<Record<string, string>>): string {
  const values: Readonly<Record<string, string>> = {
    ...{ SONO: '785', 'sales order number': '785', 'Sales Order number': '785', '0000000000': '785' },
    ...{ CUSTNO: '0000000008', UniqueLN: keys['UNIQUELN'] ?? '', 'line item number': '1', LINENUMBER: '1' },
    ...{ PARTNUMBER: 'BRO-A4-16', 'part number': 'BRO-A4-16', Partnumber: 'BRO-A4-16' },
    ...{ REVISION: 'A', revision: 'A', DESCRIPTION: 'Loud', QTY: '5' },
    ...{ DueDateUnique: keys['DUEDT_UNIQ'] ?? '', DUEDATEUNIQUE: keys['DUEDT_UNIQ'] ?? '' },
    ...{ 'YYYY-MM-DD': '2026-01-15', 'YYYY-DD-MM': '2026-01-15' },
    ...keys,
  };
  const standIns = Object.keys(values).toSorted((a, b) => b.length - a.length);
  const value = new RegExp(`(?<==|:\\s?['"])(?:${standIns.join('|')})`, 'g');
  return text.replaceAll(value, (standIn) => values[standIn] ?? '');
}

/** How curl sends what a document shows: `-d` says that everything is a form, and from a file it drops the lines. */
const ways = (query: string, bodies: readonly string[]): [string, Sent][] => [
  ['in the URL, GET', { method: 'GET', query }],
  ['in the URL, POST', { method: 'POST', query }],
  ...bodies.flatMap((body, index): [string, Sent][] => [
    [`as JSON ${index}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body }],
    [`as JSON ${index}, by GET`, { method: 'GET', body }],
    [`by curl -d ${index}`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body }],
    [
      `by curl -d @file ${index}`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: body.replaceAll('\n', ''),
      },
    ],
  ]),
];

const samples = samplesOf('manex');
const sent = samples.flatMap((sample) => {
  const [query = ''] = textsOf(sample, 'query');
  const [answer] = textsOf(sample, 'answer');
  // An image in the document; by analogy (docs/vendors/manex.md#soitemedit).
  const documented = JSON.parse(
    answer ??
      '{"$id":"1","Code":200,"Message":"Sales Order Item edited successfully.","SessionId":null,"IsValidUser":true,"ResponseObject":null}',
  ) as Envelope;
  return ways(query, textsOf(sample, 'body')).map(([way, request]) => [sample.name, way, request, documented] as const);
});

test('all fifteen operations are there', () => {
  expect(new Set(samples.map(({ name }) => name)).size).toBe(15);
});

/** As text, because the order of members is the vendor's as well; of a record only what it consists of. */
const comparable = (envelope: Envelope): string =>
  JSON.stringify({
    ...envelope,
    SessionId: shapeOf(envelope.SessionId),
    ResponseObject: shapeOf(envelope.ResponseObject),
  });

test.each(sent)('%s %s gets the documented answer', async (action, _way, request, documented) => {
  const keys = await prepared(action);
  const { query = '', body = '' } = request;
  const answer = await send(action, { ...request, query: filled(query, keys), body: filled(body, keys) });
  expect(comparable(answer)).toBe(comparable(documented));
});

const noItem = /^Sales Order item with uniqueLn:'UNIQUELN' does not exits in SO:'[^']*'\.$/;
/** With the stand-ins left in, nothing of it is there. */
const refusals: readonly [string, RegExp][] = [
  ['Add', /^Sales Order add failed\.Customer does not exists\.$/],
  ['Edit', /^Sales Order edit failed\.Object reference not set to an instance of an object\.$/],
  ['Get', /^Sales Order does not exists\.$/],
  ['ItemADD', /^Sales Order does not exists\.$/],
  ['ItemEdit', /^Sales Order does not exists\.$/],
  ['ItemGet', /^Sales Order Item does not exists\.$/],
  ['ItemDelete', /^Sales Order does not exists\.$/],
  ['PriceAdd', noItem],
  ['PriceEdit', noItem],
  ['PriceGet', /^Sales Order Price does not exists\.$/],
  ['PriceDelete', /^Sales Order Price does not exists\.$/],
  ['DueDateAdd', noItem],
  ['DueDateEdit', noItem],
  ['DueDateGet', /^\$\$Sales Order Due Date does not exists\.$/],
  ['DueDateDelete', /^\$\$Sales Order Due Date does not exists\.$/],
];

test.each(refusals)('%s with its stand-ins left in is refused as documented', async (action, message) => {
  const [sample] = samples.filter(({ name }) => name === action);
  if (sample === undefined) throw new Error(`no sample of ${action}`);
  for (const [, request] of ways(textsOf(sample, 'query')[0] ?? '', textsOf(sample, 'body'))) {
    const answer = await send(action, request);
    expect(answer).toMatchObject({ Code: 403, IsValidUser: true, ResponseObject: null });
    expect(answer.Message).toMatch(message);
  }
});

test.each([
  ['PriceAdd', {}, "Sales Order item with uniqueLn:'' does not exits in SO:'0000000799'."],
  ['PriceEdit', { PLPRICELNK: 'GAWG8ODL6Q' }, "Sales Order item with uniqueLn:'' does not exits in SO:'0000000799'."],
  ['PriceEdit', {}, 'PlPriceLnk not provided.'],
  ['PriceDelete', {}, 'PlPriceLnk not provided.'],
  ['DueDateAdd', {}, "Sales Order item with uniqueLn:'' does not exits in SO:'0000000799'."],
  ['DueDateEdit', { DUEDT_UNIQ: 'x' }, "Sales Order item with uniqueLn:'' does not exits in SO:'0000000799'."],
  ['DueDateDelete', {}, 'DueDt_Uniq not provided.'],
  ['ItemDelete', {}, 'UniqLn not provided.'],
])('%s %j of order 799 is refused with "%s"', async (action, more, message) => {
  const answer = await post(action, { SoNo: '799', ...more });
  expect(answer).toEqual({
    ...{ $id: '1', Code: 403, Message: message },
    ...{ SessionId: null, IsValidUser: true, ResponseObject: null },
  });
});

test.each(samples.map(({ name }) => name))('%s: a wrong key and a wrong address, as on its page', async (action) => {
  const refused = await call(`${origin}/API/SO/${action}/0000000000`, { method: 'GET' });
  expect(refused.status).toBe(200);
  expect(JSON.parse(refused.body ?? '')).toEqual({
    ...{ $id: '1', Code: 403, Message: 'Invalid API Key.' },
    ...{ SessionId: null, IsValidUser: false, ResponseObject: null },
  });
  const lost = await call(`${origin}/api/SO${action}/123456789?SONO=800`, { method: 'GET' });
  expect(lost.status).toBe(404);
  expect(JSON.parse(lost.body ?? '')).toEqual({
    $id: '1',
    Message: `No HTTP resource was found that matches the request URI '${origin}/api/SO${action}/123456789?SONO=800'.`,
    MessageDetail: `No type was found that matches the controller named 'SO${action}'.`,
  });
});
