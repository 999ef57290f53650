import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createHttpsServer } from 'node:https';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { examineNetwork } from '../../src/cli/doctor/network';
import { selfSigned } from '../transport/http/certificate';
import { startFaultyServer, type Behaviour } from '../transport/http/faulty-server';
import { faults } from './examined';
import { waybill } from './run-waybill';

// Processes on a busy machine: the time limit is there for what hangs.
jest.setTimeout(60_000);

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** A server of whatever kind, its connections ended with it. */
const listening = async (server: Server): Promise<string> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        for (const socket of sockets) socket.destroy();
      }),
  );
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
};
const answering = async (behave: Behaviour): Promise<string> => {
  const server = await startFaultyServer(behave);
  closing.push(() => server.close());
  return server.origin;
};
const met = (endpoint: string, withinMs = 30_000) => examineNetwork('manex', 'MANEX_ENDPOINT', endpoint, withinMs);

describe('a server that answers', () => {
  it('is reachable, whatever it says to a question without credentials', async () => {
    const origin = await answering((response) => response.writeHead(401).end());
    const findings = await met(`${origin}/api`);
    expect(faults(findings)).toEqual([]);
    expect(findings.map(({ check, says }) => `${check}: ${says}`)).toEqual([
      `reachable: ${origin} answers`,
      'TLS: not needed: the server is on this machine',
      'clock: differs from this machine’s by at most 1 s',
    ]);
  });

  it.each([
    [3600_000, /60 min ahead of/],
    [-3600_000, /60 min behind/],
    [-90_000, /(89|9\d) s behind/],
    [5 * 3600_000, /5 h ahead of/],
  ])('with a clock %i ms off is told how far', async (off, where) => {
    const origin = await answering((response) =>
      response.writeHead(200, { date: new Date(Date.now() + off).toUTCString() }).end(),
    );
    const told = faults(await met(origin));
    expect(told).toEqual([
      expect.stringMatching(
        /^notice clock: the server’s clock is .* this machine’s; check NTP on this machine; if its clock is right, tell the vendor$/,
      ),
    ]);
    expect(told[0]).toMatch(where);
  });

  it('may be asked by plain http over a network only with a warning', async () => {
    const { port } = new URL(await answering((response) => response.end()));
    // Another name of this machine, which only its system knows.
    expect(faults(await met(`http://0.0.0.0:${port}/`))).toEqual([
      'notice TLS: plain http to 0.0.0.0: others can read the credentials; use https, except in a test',
    ]);
  });

  it('may name no time', async () => {
    const origin = await answering((response) => {
      response.sendDate = false;
      response.end();
    });
    expect(faults(await met(origin))).toEqual(['notice clock: the server sends no Date header']);
  });

  it('may send callers on: that is told without what could be secret in it', async () => {
    const origin = await answering((response) =>
      response.writeHead(301, { location: 'https://new.example/api?key=SECRET' }).end(),
    );
    expect(faults(await met(`${origin}/old`))).toEqual([
      `notice reachable: ${origin} redirects to https://new.example/api (HTTP 301); Waybill does not follow redirects; ` +
        'if the service has moved, set MANEX_ENDPOINT to its new address',
    ]);
  });

  it('may answer for one that does not', async () => {
    const origin = await answering((response) => response.writeHead(502).end());
    expect(faults(await met(origin))).toEqual([
      `notice reachable: ${origin} answers, but the server behind it does not (HTTP 502); try again later`,
    ]);
  });

  it('is sent nothing that is secret', async () => {
    const server = await startFaultyServer((response) => response.end());
    closing.push(() => server.close());
    await met(`${server.origin}/api`);
    expect(server.requests).toEqual([
      { headers: { host: new URL(server.origin).host, connection: 'close' }, body: '' },
    ]);
  });
});

describe('a server that cannot be reached', () => {
  it('is told by the port', async () => {
    const server = createTcpServer();
    const host = await listening(server);
    await closing.pop()?.();
    expect(faults(await met(`http://${host}/`))).toEqual([
      `bad reachable: connection refused: no server listens at ${host}; check the port in MANEX_ENDPOINT, or start the server`,
    ]);
  });

  it('is told by the name', async () => {
    const [told] = faults(await met('https://no-such-host.invalid/'));
    expect(told).toMatch(/^bad reachable: DNS lookup failed: .* no-such-host\.invalid/);
  });

  it('that says nothing is given up', async () => {
    const host = await listening(createTcpServer());
    expect(faults(await met(`http://${host}/`, 200))).toEqual([
      `bad reachable: timed out: ${host} does not answer within 0.2 s (tried twice); check the firewall, or ask the vendor to allow this machine`,
    ]);
  });

  it('that hangs up is told so', async () => {
    const host = await listening(createTcpServer((socket) => socket.once('data', () => socket.destroy())));
    expect(faults(await met(`http://${host}/`))).toEqual([
      `bad reachable: connection reset by ${host} (tried twice); check http or https in MANEX_ENDPOINT, or ask the vendor`,
    ]);
  });

  it('that hangs up once is told so, and is found at the second try', async () => {
    let tries = 0;
    const origin = await answering((response) => (tries++ === 0 ? response.socket?.destroy() : response.end()));
    const { host } = new URL(origin);
    expect(faults(await met(`${origin}/`))).toEqual([
      `notice reachable: answered only at the second try; the first time: connection reset by ${host}`,
    ]);
  });

  it('that speaks something else is told so', async () => {
    const host = await listening(createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')));
    expect(faults(await met(`http://${host}/`))).toEqual([
      `bad reachable: ${host} does not answer in HTTP; check http or https in MANEX_ENDPOINT`,
    ]);
  });

  it('by https where it speaks http is told so', async () => {
    const origin = await answering((response) => response.end());
    const { host } = new URL(origin);
    expect(faults(await met(`https://${host}/`))).toEqual([
      `bad reachable: TLS handshake failed: ${host} does not use TLS, or another version; check http or https in MANEX_ENDPOINT`,
    ]);
  });

  it('by http where it speaks https is told so', async () => {
    const host = await listening(createHttpsServer(selfSigned(), (_, response) => response.end()));
    expect(faults(await met(`http://${host}/`))).toEqual([
      expect.stringMatching(
        /(connection reset by .* \(tried twice\)|does not answer in HTTP); check http or https in MANEX_ENDPOINT/,
      ),
    ]);
  });
});

it('a certificate is told by what is wrong with it', async () => {
  const DAY = 24 * 60 * 60 * 1000;
  const until = new Date(Date.now() + 5.5 * DAY);
  const good = selfSigned({ name: 'good', until });
  const expired = selfSigned({ name: 'expired', until: new Date(Date.now() - DAY) });
  const another = selfSigned({ name: 'another', address: 2 });
  const unknown = selfSigned({ name: 'unknown' });
  const hosts = await Promise.all(
    [good, expired, another, unknown].map((pair) =>
      listening(createHttpsServer(pair, (_, response) => response.end())),
    ),
  );
  const folder = mkdtempSync(join(tmpdir(), 'waybill-certificates-'));
  writeFileSync(join(folder, 'ca.pem'), [good, expired, another].map(({ cert }) => cert).join(''));
  const [first, second, third, fourth] = hosts.map((host) => `https://${host}/`);
  // Which authorities Node trusts is settled when it starts.
  const { code, stdout } = await waybill(['doctor', 'manex', 'northscope', 'centra', 'isync'], {
    cwd: folder,
    env: {
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
      ...{ MANEX_ENDPOINT: first ?? '', MANEX_API_KEY: 'k' },
      ...{
        NORTHSCOPE_ENDPOINT: second ?? '',
        NORTHSCOPE_LOGIN: 'l',
        NORTHSCOPE_PASSWORD: 'p',
        NORTHSCOPE_COMPANY_SK: '1',
      },
      ...{ CENTRA_ENDPOINT: third ?? '', CENTRA_USERNAME: 'u', CENTRA_PASSWORD: 'p' },
      ...{ ISYNC_ENDPOINT: fourth ?? '', ISYNC_USERNAME: 'u', ISYNC_PASSWORD: 'p' },
    },
  });
  rmSync(folder, { recursive: true });
  expect(code).toBe(1);
  const trust = 'ask the vendor to send the whole chain, or set NODE_EXTRA_CA_CERTS to its certificate authority';
  expect(stdout.split('\n').filter((line) => line.includes('\tTLS\t'))).toEqual([
    `notice\tmanex\tTLS\tTLSv1.3, certificate valid until ${until.toISOString().slice(0, 10)}: 5 days left\task the vendor to renew it before then`,
    'bad\tnorthscope\tTLS\tcertificate expired\task the vendor to renew it',
    'bad\tcentra\tTLS\tthe certificate is for another host name than 127.0.0.1\tuse in CENTRA_ENDPOINT the name that the certificate is for',
    `bad\tisync\tTLS\tself-signed certificate\t${trust}`,
  ]);
});
