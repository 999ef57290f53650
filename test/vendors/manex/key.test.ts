import { createServer, type AddressInfo } from 'node:net';
import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { VendorError } from '../../../src/transport/http/vendor-error';
import { ManExClient } from '../../../src/vendors/manex/client';
import { startFaultyServer, type Behaviour, type FaultyServer } from '../../transport/http/faulty-server';

/** Every form it may take keeps the word. */
const apiKey = 'k/1?&Canary';
const path = `/api/SO/Add/${encodeURIComponent(apiKey)}`;
const limits = { deadlineMs: 700, idleMs: 400, maxBytes: 5_000 };

let server: FaultyServer;
let behave: Behaviour;
let manex: ManExClient;
beforeAll(async () => {
  server = await startFaultyServer((response, request) => behave(response, request));
  manex = new ManExClient({ endpoint: server.origin, apiKey, limits });
});
afterAll(() => server.close());

const calls: Readonly<Record<string, (client: ManExClient) => Promise<unknown>>> = {
  write: (client) => client.soAdd({ soNo: '7', custNo: '8' }),
  read: (client) => client.soGet({ soNo: '7' }),
};

/** What the call fails with, once nothing in it shows the key or an address. */
async function endOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => new Error('expected the call to fail'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof VendorError)) throw error;
  const shown = [
    inspect(error, { depth: 10, showHidden: true, getters: true }),
    ...[String(error), error.stack ?? '', JSON.stringify(error), inspect(error.cause, { depth: 10, showHidden: true })],
    ...Reflect.ownKeys(error).map((name) => String(Reflect.get(error, name))),
  ].join('\n');
  expect(shown).not.toMatch(/canary|k%2F1|127\.0\.0\.1|https?:/i);
  return error.code;
}

const json = { 'content-type': 'application/json; charset=utf-8' };
const answer =
  (status: number, headers: Readonly<Record<string, string>>, body: string | Buffer): Behaviour =>
  (response: ServerResponse) =>
    response.writeHead(status, headers).end(body);
const envelope = (members: Readonly<Record<string, unknown>>): Behaviour =>
  answer(200, json, JSON.stringify({ Code: 403, Message: '', IsValidUser: true, ResponseObject: null, ...members }));
const found = (record: Readonly<Record<string, unknown>>): Behaviour =>
  envelope({ Code: 200, Message: 'Sales Order details:', ResponseObject: record });
const uri = `http://127.0.0.1:7400${path}`;
const order = { SONO: '0000000007', CUSTNO: apiKey, IS_CLOSED: false, SODETAILList: [] };

const failures: readonly [string, Behaviour, RegExp][] = [
  ['a cut connection', (response) => response.destroy(), /^RESET/],
  ['silence', () => undefined, /^IDLE$/],
  [
    'an endless trickle',
    (response) => {
      response.writeHead(200, json);
      const timer = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(timer));
    },
    /^DEADLINE$/,
  ],
  [
    'half an answer',
    (response) => {
      response.writeHead(200, { ...json, 'content-length': '1000' }).write(`{"Message":"${uri}`);
      setImmediate(() => response.destroy());
    },
    /^TRUNCATED$/,
  ],
  ['too much', answer(200, json, uri.repeat(1_000)), /^TOO_LARGE$/],
  ['a compressed answer', answer(200, { ...json, 'content-encoding': 'gzip' }, gzipSync(uri)), /^UNEXPECTED_ENCODING$/],
  [
    'a wrong charset',
    answer(200, { 'content-type': 'application/json; charset=utf-8' }, Buffer.from([0x22, 0xff])),
    /^BAD_CHARSET$/,
  ],
  ['no answer', answer(200, json, ''), /^EMPTY$/],
  ['an outage page', answer(503, { 'content-type': 'text/html' }, `<a href="${uri}">`), /^HTTP_503$/],
  ['a page', answer(200, { 'content-type': 'text/html' }, `<a href="${uri}">`), /^BAD_CONTENT_TYPE$/],
  ['a redirect', answer(302, { location: uri }, ''), /^HTTP_302$/],
  ['too many requests', answer(429, { 'retry-after': '2', 'x-request-id': path }, uri), /^HTTP_429$/],
  [
    'a refusal by the web server',
    answer(401, { ...json, 'www-authenticate': uri }, JSON.stringify({ Message: uri })),
    /^BAD_ENVELOPE$/,
  ],
  [
    'no such address',
    answer(404, json, JSON.stringify({ Message: `No HTTP resource matches '${uri}'.` })),
    /^ROUTE_NOT_FOUND$/,
  ],
  ['no such verb', answer(405, json, JSON.stringify({ Message: uri, MessageDetail: uri })), /^ROUTE_NOT_FOUND$/],
  ['a server error', answer(500, json, JSON.stringify({ ExceptionMessage: uri })), /^HTTP_500$/],
  ['no JSON', answer(200, { ...json, 'x-request-id': path }, uri), /^NOT_JSON$/],
  ['hostile depth', answer(200, json, `${'['.repeat(200)}"${apiKey}"${']'.repeat(200)}`), /^TOO_DEEP$/],
  ['no envelope', answer(200, { ...json, 'x-request-id': path }, JSON.stringify({ [apiKey]: uri })), /^BAD_ENVELOPE$/],
  ['a dangling reference', envelope({ ResponseObject: { $ref: apiKey } }), /^BAD_REFERENCE$/],
  ['a refused key', envelope({ Message: `Invalid API Key ${apiKey}.`, IsValidUser: false }), /^INVALID_API_KEY$/],
  ['a refusal', envelope({ Message: `Locked: ${path} ${path.toLowerCase()} ${apiKey.toUpperCase()}` }), /^REFUSED$/],
  ['words unknown', envelope({ Code: 200, Message: `Saved for ${apiKey} at ${path}.` }), /^UNKNOWN_MESSAGE$/],
  [
    'another’s success',
    envelope({ Code: 200, Message: `Sales Order ${apiKey} deleted successfully.` }),
    /^WRONG_ANSWER$/,
  ],
];

describe.each(Object.entries(calls))('the key is not shown by a %s that ends with', (_kind, call) => {
  it.each(failures)('%s', async (_what, behaviour, code) => {
    behave = behaviour;
    expect(await endOf(call(manex))).toMatch(code);
  });

  it('a cancellation under way', async () => {
    const gone = new AbortController();
    behave = () => gone.abort(new Error(uri));
    const options = { signal: gone.signal };
    const cancelled =
      _kind === 'read' ? manex.soGet({ soNo: '7' }, options) : manex.soAdd({ soNo: '7', custNo: '8' }, options);
    expect(await endOf(cancelled)).toBe('ABORTED');
  });

  it('something that is not HTTP', async () => {
    const raw = createServer((socket) =>
      socket.on('error', () => undefined).once('data', () => socket.end(`${uri}\r\n\r\n`)),
    );
    await new Promise<void>((resolve) => raw.listen(0, '127.0.0.1', resolve));
    const { port } = raw.address() as AddressInfo;
    expect(await endOf(call(new ManExClient({ endpoint: `http://127.0.0.1:${port}`, apiKey, limits })))).toBe(
      'NOT_HTTP',
    );
    await new Promise((resolve) => raw.close(resolve));
  });

  it.each([
    ['nobody there', 'http://127.0.0.1:1', /^ECONNREFUSED$/],
    ['no such host', `http://canary.invalid`, /^(ENOTFOUND|EAI_AGAIN|DEADLINE|IDLE)$/],
    ['no URL', `no url ${apiKey}`, /^BAD_ENDPOINT$/],
    ['another protocol', `ftp://canary.example/${apiKey}`, /^BAD_ENDPOINT$/],
    ['credentials in the URL', `http://canary:${encodeURIComponent(apiKey)}@127.0.0.1`, /^BAD_ENDPOINT$/],
  ])('%s', async (_what, endpoint, code) => {
    expect(await endOf(call(new ManExClient({ endpoint, apiKey, limits })))).toMatch(code);
  });

  it('a server that speaks no TLS', async () => {
    const secure = new ManExClient({ endpoint: server.origin.replace('http:', 'https:'), apiKey, limits });
    expect(await endOf(call(secure))).toMatch(/^(EPROTO|ERR_SSL_\w+|CLOSED|ECONNRESET)$/);
  });
});

describe('the key is not shown', () => {
  it.each<[string, Behaviour, string]>([
    ['a member that is malformed', found({ ...order, IS_CLOSED: uri }), 'BAD_RECORD'],
    ['another record', found({ ...order, SONO: apiKey }), 'WRONG_RECORD'],
  ])('by a read of %s', async (_what, behaviour, code) => {
    behave = behaviour;
    expect(await endOf(manex.soGet({ soNo: '7' }))).toBe(code);
  });

  it('by an input that holds it by mistake, or a call that never leaves', async () => {
    expect(await endOf(manex.soAdd({ soNo: apiKey, custNo: apiKey }))).toBe('INVALID_INPUT');
    expect(await endOf(manex.soGet({ soNo: '7' }, { sendBy: Date.now() - 1 }))).toBe('SEND_BY_PASSED');
    expect(await endOf(manex.soGet({ soNo: '7' }, { signal: AbortSignal.abort(apiKey) }))).toBe('ABORTED');
  });

  it('by the client itself', () => {
    expect(inspect(manex, { depth: 10, showHidden: true, getters: true })).not.toContain('anary');
    expect(JSON.stringify(manex)).toBe('{}');
  });

  it('and was in the address of everything that was sent', async () => {
    let asked = '';
    behave = (response, { url = '' }) => {
      asked = url;
      response.destroy();
    };
    await endOf(manex.soAdd({ soNo: '7', custNo: '8' }));
    expect(asked).toBe(path);
  });
});
