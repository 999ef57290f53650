import { inspect } from 'node:util';
import type { VendorAnswer } from '../../../src/sandbox/vendor';
import { VendorError } from '../../../src/transport/http/vendor-error';
import { ManExClient } from '../../../src/vendors/manex/client';
import { serve, type Reaction, type Served } from '../served';

const apiKey = 'k/1?&canary';
let served: Served;
let reaction: Reaction;
let manex: ManExClient;

const json = (body: unknown, status = 200): VendorAnswer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const envelope = (message: string, more: Readonly<Record<string, unknown>> = {}): VendorAnswer =>
  json({ $id: '1', Code: 403, Message: message, SessionId: null, IsValidUser: true, ResponseObject: null, ...more });
const done = (message: string): VendorAnswer => envelope(message, { Code: 200 });

beforeAll(async () => {
  served = await serve(() => reaction);
  manex = new ManExClient({
    endpoint: served.origin,
    apiKey,
    limits: { deadlineMs: 1_600, idleMs: 1_000, maxBytes: 20_000 },
  });
});
afterAll(() => served.close());

const writes = {
  write: () => manex.soAdd({ soNo: '7', custNo: '8' }),
  priceEdit: () =>
    manex.priceEdit({ soNo: '7', uniqueLn: 'A6WDVN62YM', plPriceLnk: 'GAWG8ODL6Q', price: '1.2', saleTypeId: 'OTHER' }),
  itemEdit: () => manex.itemEdit({ soNo: '7', uniqueLn: 'A6WDVN62YM', status: 'Closed' }),
};
const read = () => manex.soGet({ soNo: '7' });

/** The failure's type and code, or `done`; whatever is thrown must not show the key or an address. */
async function ending(call: () => Promise<unknown>, answer: Reaction): Promise<string> {
  reaction = answer;
  const error: unknown = await call().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(/canary|k%2F1|127\.0\.0\.1|http:/);
  if (error === undefined) return 'done';
  if (!(error instanceof VendorError)) throw error;
  return `${error.type} ${error.code}`;
}

it('tells a refusal by the beginning of its message, however long it is', async () => {
  const message = `Customer does not exist. ${'at ManEx.Orders.Add() '.repeat(300)}`;
  expect(await ending(writes.write, envelope(message))).toBe('VendorRejected CUSTOMER_NOT_FOUND');
  const begun = `Sales Order added successfully.${' no'.repeat(2_000)}`;
  expect(await ending(writes.write, done(begun))).toBe('OutcomeUnknown UNKNOWN_MESSAGE');
});

describe('what an answer of ManEx means', () => {
  it.each<[string, VendorAnswer, string]>([
    ['its own success', done('Sales Order added successfully.'), 'done'],
    ['its own success under Code 403', envelope('Sales Order added successfully.'), 'done'],
    [
      'everything shown as strings',
      envelope('Sales Order added successfully.', { Code: '200', IsValidUser: 'true', ResponseObject: 'null' }),
      'done',
    ],
    [
      'members in other capitals',
      json({ code: 200, MESSAGE: 'Sales Order added successfully.', isvaliduser: true }),
      'done',
    ],
    ['the success of another operation', done('Sales Order Item deleted successfully.'), 'OutcomeUnknown WRONG_ANSWER'],
    ['a message nobody knows, Code 200', done('Saved.'), 'OutcomeUnknown UNKNOWN_MESSAGE'],
    ['a message nobody knows, Code 403', envelope('Period is closed.'), 'VendorRejected REFUSED'],
    ['a message nobody knows, Code 500', envelope('Deadlock.', { Code: 500 }), 'OutcomeUnknown UNKNOWN_MESSAGE'],
    [
      'a number taken, in other words',
      envelope('Sales Order add failed.SoNo must be unique'),
      'VendorRejected DUPLICATE_SO',
    ],
    ['a refused key', envelope('Invalid API Key.', { IsValidUser: false }), 'VendorUnauthorized INVALID_API_KEY'],
    ['no envelope', json({ hello: 'world' }), 'OutcomeUnknown BAD_ENVELOPE'],
    ['a list', json([1, 2]), 'OutcomeUnknown BAD_ENVELOPE'],
    ['truncated JSON', json('{"Code":200,"Message":"Sales Order added succ'), 'OutcomeUnknown NOT_JSON'],
    ['a reference to nothing', envelope('x', { ResponseObject: { $ref: '9' } }), 'OutcomeUnknown BAD_REFERENCE'],
    ['one to itself', envelope('x', { ResponseObject: { $id: '5', $ref: '5' } }), 'OutcomeUnknown BAD_REFERENCE'],
    [
      'two to each other',
      envelope('x', { ResponseObject: { $id: '5', $ref: '6', x: { $id: '6', $ref: '5' } } }),
      'OutcomeUnknown BAD_REFERENCE',
    ],
    ['nothing', json(''), 'OutcomeUnknown EMPTY'],
    [
      'a maintenance page',
      { ...json('<html>'), headers: { 'content-type': 'text/html' } },
      'OutcomeUnknown BAD_CONTENT_TYPE',
    ],
    ['a server error', json({ Message: 'An error has occurred.' }, 500), 'OutcomeUnknown HTTP_500'],
    ['too many requests', json({}, 429), 'VendorThrottled HTTP_429'],
    [
      'a wrong verb',
      json({ Message: "The requested resource does not support http method 'POST'." }, 405),
      'VendorRejected ROUTE_NOT_FOUND',
    ],
  ])('%s', async (_what, answer, expected) => {
    expect(await ending(writes.write, answer)).toBe(expected);
  });

  it.each<[string, Reaction, string]>([
    ['a cut connection', 'cut', 'OutcomeUnknown RESET'],
    ['silence', 'silence', 'OutcomeUnknown IDLE'],
  ])('%s leaves a write unknown', async (_what, answer, expected) => {
    expect(await ending(writes.write, answer)).toMatch(new RegExp(`^${expected}`));
  });

  it('takes a PriceEdit with Code 403 and the success message for done', async () => {
    expect(await ending(writes.priceEdit, envelope('Sales Order Price edited successfully.'))).toBe('done');
    expect(await ending(writes.priceEdit, envelope('PlPriceLnk not provided.'))).toBe(
      'VendorRejected PARAMETER_MISSING',
    );
    expect(
      await ending(writes.priceEdit, envelope("Sales Order item with uniqueLn:'' does not exits in SO:'0000000799'.")),
    ).toBe('VendorRejected ITEM_NOT_FOUND');
  });

  it('takes either form of the undocumented success of ItemEdit', async () => {
    expect(await ending(writes.itemEdit, done('Sales Order Item edited successfully.'))).toBe('done');
    expect(await ending(writes.itemEdit, done('Sales Order edited successfully.'))).toBe('done');
  });

  it.each<[string, VendorAnswer, string]>([
    ['no such order, misspelt otherwise', envelope('Sales Order does not exits.'), 'done'],
    ['another thing that does not exist', envelope('Customer does not exists.'), 'VendorRejected CUSTOMER_NOT_FOUND'],
    ['the success without a record', done('Sales Order details:'), 'MalformedResponse BAD_RECORD'],
    ['another record kind', done('$$Sales Order Due Date details:'), 'MalformedResponse WRONG_ANSWER'],
    [
      'another order',
      envelope('Sales Order details:', {
        Code: 200,
        ResponseObject: { SONO: '0000000008', CUSTNO: '0000000008', IS_CLOSED: false, SODETAILList: [] },
      }),
      'MalformedResponse WRONG_RECORD',
    ],
    ['truncated JSON', json('{"Code":200'), 'MalformedResponse NOT_JSON'],
  ])('for a read: %s', async (_what, answer, expected) => {
    expect(await ending(read, answer)).toBe(expected);
  });

  it('names the members that a record lacks, and no value', async () => {
    const record = {
      SONO: '0000000007',
      CUSTNO: '0000000008',
      IS_CLOSED: false,
      SODETAILList: [{ ORD_QTY: '1,5' }],
    };
    reaction = envelope('Sales Order details:', { ResponseObject: record });
    await expect(read()).rejects.not.toMatchObject({ message: expect.stringContaining('1,5') as string });
    await expect(read()).rejects.toMatchObject({
      type: 'MalformedResponse',
      message: expect.stringMatching(/SODETAILList\.0\.UNIQUELN.*SODETAILList\.0\.ORD_QTY is not a decimal/s) as string,
    });
    reaction = envelope('Sales Order details:', { ResponseObject: { ...record, IS_CLOSED: 'perhaps' } });
    await expect(read()).rejects.toMatchObject({
      message: expect.stringMatching(/IS_CLOSED is neither true nor false/) as string,
    });
    await expect(read()).rejects.not.toMatchObject({ message: expect.stringContaining('perhaps') as string });
  });

  it('never shows the key, wherever the vendor repeats it', async () => {
    const uri = `${served.origin}/api/SO/Add/${encodeURIComponent(apiKey)}`;
    expect(await ending(writes.write, json({ Message: `No HTTP resource matches '${uri}'.` }, 404))).toBe(
      'VendorRejected ROUTE_NOT_FOUND',
    );
    expect(await ending(writes.write, envelope(`Key ${apiKey} or ${encodeURIComponent(apiKey)} is locked.`))).toBe(
      'VendorRejected REFUSED',
    );
    expect(await ending(writes.write, 'cut')).toMatch(/^OutcomeUnknown/);
    const nowhere = new ManExClient({ endpoint: 'http://127.0.0.1:1', apiKey });
    expect(await ending(() => nowhere.soGet({ soNo: '7' }), 'cut')).toMatch(/^VendorUnavailable/);
    const broken = new ManExClient({ endpoint: `no url ${apiKey}`, apiKey });
    expect(await ending(() => broken.soGet({ soNo: '7' }), 'cut')).toMatch(/^VendorUnavailable/);
    expect(inspect(manex, { depth: 10, showHidden: true })).not.toContain('canary');
  });

  it('cleans and caps what it repeats of the vendor', async () => {
    reaction = envelope(`Locked by \u001b[31mBob\u202e\n${'x'.repeat(5000)}`);
    await expect(writes.write()).rejects.toMatchObject({
      message: expect.stringMatching(/^manex SO\/Add: refused: Locked by Bob x{100,300}…$/) as string,
    });
  });

  it('sends nothing after its send-by instant or once cancelled', async () => {
    const before = served.requests.length;
    const late = manex.soAdd({ soNo: '7', custNo: '8' }, { sendBy: Date.now() - 1 });
    await expect(late).rejects.toMatchObject({ type: 'VendorUnavailable', code: 'SEND_BY_PASSED' });
    const cancelled = manex.soAdd({ soNo: '7', custNo: '8' }, { signal: AbortSignal.abort() });
    await expect(cancelled).rejects.toMatchObject({ type: 'VendorUnavailable', code: 'ABORTED' });
    expect(served.requests).toHaveLength(before);
  });
});
