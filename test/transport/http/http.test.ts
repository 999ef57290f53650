import { gzipSync } from 'node:zlib';
import { FailureType } from '../../../src/domain/case/failure-types';
import { send } from '../../../src/transport/http/http';
import { CANARY, errorOf, limits, requestTo, xml } from './attempt';
import { startFaultyServer, type Behaviour, type FaultyServer } from './faulty-server';

let server: FaultyServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const { OutcomeUnknown, MalformedResponse, VendorThrottled, VendorUnauthorized } = FailureType;

describe('every way an answer can fail', () => {
  it.each<[string, Behaviour, string, FailureType, FailureType]>([
    [
      'reset without an answer',
      (_, request) => request.socket.resetAndDestroy(),
      'RESET',
      OutcomeUnknown,
      OutcomeUnknown,
    ],
    ['closed without an answer', (_, request) => request.socket.end(), 'RESET', OutcomeUnknown, OutcomeUnknown],
    ['silence', () => undefined, 'IDLE', OutcomeUnknown, OutcomeUnknown],
    [
      'headers, then silence',
      (response) => response.writeHead(200, { 'content-type': 'text/xml' }).flushHeaders(),
      'IDLE',
      OutcomeUnknown,
      OutcomeUnknown,
    ],
    ['a byte at a time', dripping, 'DEADLINE', OutcomeUnknown, OutcomeUnknown],
    [
      'less than its Content-Length',
      (response, request) => {
        response.writeHead(200, { 'content-type': 'text/xml', 'content-length': 500 });
        response.write('<a>');
        setImmediate(() => request.socket.end());
      },
      'TRUNCATED',
      OutcomeUnknown,
      OutcomeUnknown,
    ],
    [
      'chunks without the last one',
      (response, request) => {
        response.writeHead(200, { 'content-type': 'text/xml' });
        response.write('<a>');
        setImmediate(() => request.socket.resetAndDestroy());
      },
      'TRUNCATED',
      OutcomeUnknown,
      OutcomeUnknown,
    ],
    ['no HTTP', (_, request) => request.socket.end(`${CANARY}\r\n\r\n`), 'NOT_HTTP', OutcomeUnknown, OutcomeUnknown],
    [
      'an upgrade nobody asked for',
      (_, request) => request.socket.end('HTTP/1.1 101 X\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'),
      'RESET',
      OutcomeUnknown,
      OutcomeUnknown,
    ],
    ['nothing at all with 200', xml(''), 'EMPTY', OutcomeUnknown, MalformedResponse],
    ['blanks with 200', xml(' \r\n'), 'EMPTY', OutcomeUnknown, MalformedResponse],
    ['HTML with 200', xml(CANARY, 'text/html'), 'BAD_CONTENT_TYPE', OutcomeUnknown, MalformedResponse],
    ['no content type', (response) => response.end('<a/>'), 'BAD_CONTENT_TYPE', OutcomeUnknown, MalformedResponse],
    [
      'an accepted without body',
      (response) => response.writeHead(202).end(),
      'HTTP_202',
      OutcomeUnknown,
      MalformedResponse,
    ],
    ['HTML with 500', xml(CANARY, 'text/html', 500), 'HTTP_500', OutcomeUnknown, OutcomeUnknown],
    [
      '400 KB of HTML with 502',
      xml('<br>'.repeat(100_000), 'text/html', 502),
      'HTTP_502',
      OutcomeUnknown,
      OutcomeUnknown,
    ],
    ['XML with 503', xml('<a/>', 'text/xml', 503), 'HTTP_503', OutcomeUnknown, OutcomeUnknown],
    ['404', xml(CANARY, 'text/html', 404), 'HTTP_404', OutcomeUnknown, MalformedResponse],
    ['401', xml(CANARY, 'text/html', 401), 'HTTP_401', VendorUnauthorized, VendorUnauthorized],
    ['429', xml(CANARY, 'text/html', 429), 'HTTP_429', VendorThrottled, VendorThrottled],
    [
      'gzip',
      (response) =>
        response
          .writeHead(200, { 'content-type': 'text/xml', 'content-encoding': 'gzip' })
          .end(gzipSync('<a>'.padEnd(1e6))),
      'UNEXPECTED_ENCODING',
      OutcomeUnknown,
      MalformedResponse,
    ],
    ['more bytes than allowed', xml('x'.repeat(20_000)), 'TOO_LARGE', OutcomeUnknown, MalformedResponse],
    ['bytes without end', endless, 'TOO_LARGE', OutcomeUnknown, MalformedResponse],
    ['bytes that are no UTF-8', xml(Buffer.from([0x3c, 0xe9, 0x3e])), 'BAD_CHARSET', OutcomeUnknown, MalformedResponse],
    ['an unknown charset', xml('<a/>', 'text/xml; charset=klingon'), 'BAD_CHARSET', OutcomeUnknown, MalformedResponse],
  ])('%s', async (_, behave, code, asWrite, asRead) => {
    server = await startFaultyServer(behave);
    const isWaiting = code === 'IDLE' || code === 'DEADLINE';
    // A busy machine must not run into the limits where they are not what is tested.
    const change = isWaiting ? {} : { limits: { ...limits, deadlineMs: 20_000, idleMs: 20_000 } };
    const write = await errorOf(send(requestTo(server.origin, change)));
    expect([write.type, write.code]).toEqual([asWrite, code]);
    const read = await errorOf(send(requestTo(server.origin, { ...change, effect: 'read' })));
    expect([read.type, read.code]).toEqual([asRead, code]);
    expect(server.requests).toHaveLength(2);
  });

  it('tells how long a throttling vendor wants to be left alone, and under which number it knows the request', async () => {
    server = await startFaultyServer((response) =>
      response.writeHead(429, { 'retry-after': '7', 'x-request-id': 'req-1' }).end(),
    );
    const error = await errorOf(send(requestTo(server.origin)));
    expect(error).toMatchObject({ status: 429, retryAfterMs: 7_000, requestId: 'req-1' });
  });

  it.each([301, 302, 303, 307, 308])('does not follow a %i', async (status) => {
    const target = await startFaultyServer(xml('<a/>'));
    server = await startFaultyServer((response) => response.writeHead(status, { location: target.origin }).end());
    const error = await errorOf(send(requestTo(server.origin)));
    expect(error).toMatchObject({ type: OutcomeUnknown, status });
    expect(target.connections()).toBe(0);
    await target.close();
  });
});

describe('a good answer', () => {
  it('is as long as allowed, and not a byte longer', async () => {
    server = await startFaultyServer(xml('x'.repeat(limits.maxBytes)));
    expect((await send(requestTo(server.origin))).text).toHaveLength(limits.maxBytes);
    const less = { ...limits, maxBytes: limits.maxBytes - 1 };
    expect((await errorOf(send(requestTo(server.origin, { limits: less })))).code).toBe('TOO_LARGE');
  });

  it.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from('<a>é€</a>'), 'text/xml'],
    ['UTF-8 with a mark', Buffer.from('\uFEFF<a>é€</a>'), 'text/xml'],
    ['UTF-16 with a mark', Buffer.from('\uFEFF<a>é€</a>', 'utf16le'), 'text/xml'],
    ['UTF-16 by its content type', Buffer.from('<a>é€</a>', 'utf16le'), 'text/xml; charset="utf-16"'],
    ['big-endian UTF-16', Buffer.from('<a>é€</a>', 'utf16le').swap16(), 'text/xml; charset=utf-16'],
    ['Latin-1 by its content type', Buffer.from([0x3c, 0xe9, 0x3e]), 'text/xml;charset=ISO-8859-1'],
    [
      'Latin-1 by its declaration',
      Buffer.from("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>", 'latin1'),
      'text/xml',
    ],
  ])('is decoded: %s', async (_, bytes, contentType) => {
    server = await startFaultyServer(xml(bytes, contentType));
    const { text } = await send(requestTo(server.origin));
    expect(text).toContain('é');
    expect(text).not.toMatch(/[\uFEFF\uFFFD]/);
  });

  it('comes with its status, and went out as written', async () => {
    server = await startFaultyServer(xml('<a/>', 'text/xml', 500));
    const answer = await send(requestTo(server.origin));
    expect(answer).toMatchObject({ status: 500, text: '<a/>', contentType: 'text/xml', requestId: undefined });
    expect(server.requests[0]?.body).toBe(`${CANARY} é`);
    expect(server.requests[0]?.headers).toMatchObject({ 'accept-encoding': 'identity', 'x-token': CANARY });
  });

  it('leaves the connection open for the next call', async () => {
    server = await startFaultyServer(xml('<a/>'));
    for (let i = 0; i < 5; i += 1) await send(requestTo(server.origin));
    expect(server.connections()).toBe(1);
  });

  it('is not waited for twice: a connection lost under its second call is not opened again', async () => {
    let calls = 0;
    server = await startFaultyServer((response, request) => {
      calls += 1;
      if (calls === 1) xml('<a/>')(response, request);
      else request.socket.resetAndDestroy();
    });
    await send(requestTo(server.origin));
    const error = await errorOf(send(requestTo(server.origin)));
    expect([error.type, error.code]).toEqual([OutcomeUnknown, 'RESET_REUSED']);
    expect([server.requests.length, server.connections()]).toEqual([2, 1]);
  });
});

describe('cancelling a call that was sent', () => {
  it('leaves its outcome unknown and closes the connection', async () => {
    const controller = new AbortController();
    server = await startFaultyServer(() => controller.abort());
    const closed = server.nextClose();
    const error = await errorOf(send(requestTo(server.origin, { options: { signal: controller.signal } })));
    expect([error.type, error.code]).toEqual([OutcomeUnknown, 'ABORTED']);
    await closed;
  });

  it('takes its own deadline before the client’s', async () => {
    server = await startFaultyServer(() => undefined);
    const error = await errorOf(send(requestTo(server.origin, { options: { deadlineMs: 20 } })));
    expect(error.message).toContain('within 20 ms');
  });
});

function dripping(...[response]: Parameters<Behaviour>): void {
  response.writeHead(200, { 'content-type': 'text/xml' });
  const timer = setInterval(() => response.write('x'), 20);
  response.on('close', () => clearInterval(timer));
}

function endless(...[response]: Parameters<Behaviour>): void {
  response.writeHead(200, { 'content-type': 'text/xml' });
  const more = (): void => {
    if (!response.destroyed) response.write('x'.repeat(4_000), more);
  };
  more();
}
