import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { selfSigned } from './certificate';

let directory: string;
let server: Server;
let connections = 0;
const bodies: string[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'waybill-tls-'));
  const pair = selfSigned();
  await writeFile(join(directory, 'ca.pem'), pair.cert);
  server = createServer(pair, (request, response) => {
    request.on('data', (chunk: Buffer) => bodies.push(chunk.toString()));
    request.on('end', () => response.writeHead(200, { 'content-type': 'text/xml' }).end('<a/>'));
  });
  server.on('secureConnection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(directory, { recursive: true });
});

async function callFromAnotherProcess(environment: NodeJS.ProcessEnv): Promise<unknown> {
  const { port } = server.address() as AddressInfo;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', require.resolve('./https-caller'), `https://127.0.0.1:${port}/`],
    { env: { ...process.env, ...environment } },
  );
  return JSON.parse(stdout);
}

describe('a call over TLS', () => {
  it('is sent when the handshake is done, and again on the same connection', async () => {
    expect(await callFromAnotherProcess({ NODE_EXTRA_CA_CERTS: join(directory, 'ca.pem') })).toEqual([
      '<a/>',
      '<a/>',
      '<a/>',
    ]);
    expect([bodies, connections]).toEqual([['x', 'x', 'x'], 1]);
  }, 20_000);

  it('is not sent to a server whose certificate nobody vouches for', async () => {
    bodies.length = 0;
    const end = 'VendorUnavailable DEPTH_ZERO_SELF_SIGNED_CERT';
    expect(await callFromAnotherProcess({ NODE_EXTRA_CA_CERTS: '' })).toEqual([end, end, end]);
    expect(bodies).toEqual([]);
  }, 20_000);
});
