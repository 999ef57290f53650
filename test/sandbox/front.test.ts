import { connect } from 'node:net';
import { SandboxFront } from '../../src/sandbox/front';
import { MAX_BODY_BYTES } from '../../src/sandbox/read-body';
import { startCounter } from './counter-sandbox';
import type { CounterSandbox } from './counter-sandbox';
import { CounterVendor } from './counter-vendor';
import { call } from './http-caller';

let sandbox: CounterSandbox;
beforeEach(async () => {
  sandbox = await startCounter();
});
afterEach(() => sandbox.close());

/** Raw bytes on a raw socket; what comes back until the other side closes, or until `until` has been seen. */
function raw(bytes: string, until?: RegExp): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(sandbox.origin).port), '127.0.0.1');
    let seen = '';
    socket.on('data', (chunk) => {
      seen += chunk.toString('latin1');
      if (until?.test(seen)) socket.destroy();
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(seen));
    socket.write(bytes, 'latin1');
  });
}

const head = (line: string, ...headers: string[]) =>
  [line, 'Host: x', 'Connection: close', ...headers, '', ''].join('\r\n');

describe('the front', () => {
  it('writes one line per understood call, in order of arrival', async () => {
    await sandbox.call('note/A');
    await sandbox.call('list');
    const lines = await sandbox.calls();
    expect(lines).toEqual([
      {
        n: 1,
        at: expect.any(String),
        vendor: 'counter',
        operation: 'note',
        key: 'A',
        outcome: 'ok',
        effects: 1,
        fault: null,
      },
      {
        n: 2,
        at: expect.any(String),
        vendor: 'counter',
        operation: 'list',
        key: '',
        outcome: 'ok',
        effects: 0,
        fault: null,
      },
    ]);
  });

  it('answers 404 where no vendor is, and keeps the control to itself unless it is opened', async () => {
    const front = new SandboxFront([new CounterVendor()]);
    const origin = `http://127.0.0.1:${await front.listen(0)}`;
    expect((await call(`${origin}/nobody`)).status).toBe(404);
    expect((await call(`${origin}/_sandbox/ledger`, { method: 'GET' })).status).toBe(404);
    expect((await call(`${origin}/_sandbox/reset`)).status).toBe(404);
    await front.close();
  });

  it('listens on the loopback only', async () => {
    const front = new SandboxFront([]);
    const port = await front.listen(0);
    expect((await call(`http://127.0.0.1:${port}/`)).status).toBe(404);
    expect((await call(`http://127.0.0.2:${port}/`, { patienceMs: 1000 })).error).toBeDefined();
    await front.close();
  });

  it('ends every connection when it closes, also those that wait for ever', async () => {
    await sandbox.fault({ fault: 'timeout' });
    const waiting = sandbox.call('note/A', { patienceMs: 60_000 });
    await sandbox.line(({ effects }) => effects === 1);
    await sandbox.close();
    expect((await waiting).error).toBe('ECONNRESET');
    sandbox = await startCounter();
  });

  it('keeps a connection for the next call', async () => {
    const request = ['POST /counter/note/A HTTP/1.1', 'Host: x', 'Content-Length: 0', '', ''].join('\r\n');
    const seen = await raw(request + request, /noted A[^]*noted A/);
    expect(seen.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
  });

  it('shows a defect of the sandbox itself as what it is', async () => {
    expect((await sandbox.call('broken/A')).status).toBe(500);
    const { value } = await sandbox.control('health', undefined, 'GET');
    expect(value).toEqual({ ok: false, defects: [expect.stringContaining('a defect of the vendor')] });
  });
});

describe('hostile requests', () => {
  const hostile: readonly (readonly [string, string, RegExp])[] = [
    ['a request line no URL can read', head('POST //[ HTTP/1.1', 'Content-Length: 0'), /^HTTP\/1\.1 404/],
    ['an absolute target', head('POST http://[::/nobody HTTP/1.1', 'Content-Length: 0'), /^HTTP\/1\.1 404/],
    [
      'bad gzip',
      `${head('POST /counter/note/A HTTP/1.1', 'Content-Encoding: gzip', 'Content-Length: 3')}abc`,
      /^HTTP\/1\.1 415/,
    ],
    [
      'an unknown charset',
      head('POST /counter/note/A HTTP/1.1', 'Content-Type: a/b; charset=klingon', 'Content-Length: 0'),
      /^HTTP\/1\.1 415/,
    ],
    [
      'bytes that are no UTF-8',
      `${head('POST /counter/note/A HTTP/1.1', 'Content-Length: 2')}\u00c3(`,
      /^HTTP\/1\.1 400/,
    ],
    [
      'a body announced too long',
      head('POST /counter/note/A HTTP/1.1', `Content-Length: ${MAX_BODY_BYTES + 1}`),
      /^HTTP\/1\.1 413/,
    ],
    ['no HTTP at all', '\u0000\u0001\u0002 nonsense\r\n\r\n', /^HTTP\/1\.1 400/],
    ['headers without end', `GET / HTTP/1.1\r\nX: ${'x'.repeat(200_000)}\r\n\r\n`, /^(HTTP\/1\.1 (400|431)|$)/],
    ['a tunnel', head('CONNECT example.com:443 HTTP/1.1'), /^(HTTP\/1\.1 4|$)/],
    ['an upgrade', head('GET /counter/note/A HTTP/1.1', 'Upgrade: websocket'), /^HTTP\/1\.1 200/],
  ];

  it.each(hostile)('%s leaves it alive', async (_, bytes, answer) => {
    expect(await raw(bytes, /^HTTP\/1\.1 \d\d\d/)).toMatch(answer);
    expect((await sandbox.call('note/still-here')).status).toBe(200);
    expect((await sandbox.control('health', undefined, 'GET')).value).toEqual({ ok: true, defects: [] });
  });

  it('a body that grows too long is refused without being kept', async () => {
    const end = await sandbox.call('note/A', {
      headers: { 'transfer-encoding': 'chunked' },
      body: 'x'.repeat(MAX_BODY_BYTES + 1),
    });
    expect(end.status).toBe(413);
    expect(sandbox.counter.noted).toEqual([]);
  });

  it('a caller that hangs up in the middle of its body is no call', async () => {
    const socket = connect(Number(new URL(sandbox.origin).port), '127.0.0.1');
    socket.write('POST /counter/note/A HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.destroy();
    await sandbox.call('note/B');
    expect((await sandbox.calls()).map(({ key }) => key)).toEqual(['B']);
  });

  it('a caller that hangs up before its slow answer leaves it alive', async () => {
    await sandbox.fault({ fault: 'slow', ms: 1 });
    await Promise.all([
      sandbox.call('note/A', { patienceMs: 1 }),
      sandbox.call('note/B', { patienceMs: 2 }),
      sandbox.call('note/C', { patienceMs: 3 }),
    ]);
    expect((await sandbox.call('note/D')).status).toBe(200);
  });

  it('a web page cannot reach the control', async () => {
    const end = await call(`${sandbox.origin}/_sandbox/reset`, { headers: { origin: 'https://evil.example' } });
    expect(end.status).toBe(403);
  });
});
