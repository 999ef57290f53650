import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createSecureServer, createServer, type Http2SecureServer, type Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { examineTemporal } from '../../src/cli/doctor/temporal';
import { connect, Unreachable } from '../../worker/connect';
import { selfSigned } from '../transport/http/certificate';
import { waybill } from './run-waybill';

// Processes on a busy machine: the time limit is there for what hangs.
jest.setTimeout(120_000);

const pair = selfSigned({ name: 'temporal' });
let cwd: string;
let server: Http2Server | Http2SecureServer;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'waybill-tls-'));
  writeFileSync(join(cwd, 'ca.pem'), pair.cert);
});
afterEach(async () => {
  rmSync(cwd, { recursive: true });
  await new Promise((resolve) => server.close(resolve));
});

async function listening(made: Http2Server | Http2SecureServer): Promise<string> {
  server = made.on('sessionError', () => undefined).on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(made.address() as AddressInfo).port}`;
}

/** How the command line, its doctor and the worker each tell it. */
async function told(env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const list = await waybill(['list'], { cwd, env });
  const doctor = await waybill(['doctor', 'temporal', '--json'], { cwd, env });
  const error: unknown = await connect({ ...env, HOME: cwd }).catch((reason: unknown) => reason);
  const [{ says }] = JSON.parse(doctor.stdout) as [{ says: string }];
  if (!(error instanceof Unreachable)) throw error;
  // Node itself warns of a certificate that is asked for by an address.
  return [/^waybill: (.*)$/m.exec(list.stderr)?.[1] ?? list.stderr, says, error.message];
}
const thrice = (text: string): readonly string[] => [text, text, text];

it('a server without TLS, though TLS is configured', async () => {
  const TEMPORAL_ADDRESS = await listening(createServer());
  expect(await told({ TEMPORAL_ADDRESS, TEMPORAL_TLS: 'true' })).toEqual(
    thrice(
      `Temporal at ${TEMPORAL_ADDRESS} does not use TLS, but TLS is configured: remove TEMPORAL_TLS, TEMPORAL_TLS_… and TEMPORAL_API_KEY (which turns TLS on too), or set TEMPORAL_ADDRESS to an address with TLS.`,
    ),
  );
});

it('is told by doctor although nobody has said where Temporal is', async () => {
  const before = process.env;
  const TEMPORAL_ADDRESS = await listening(createServer());
  process.env = { ...before, TEMPORAL_ADDRESS, TEMPORAL_TLS: 'true' };
  try {
    const { value } = await examineTemporal({ isSetUp: false, temporalOfUp: undefined }).next();
    expect(value).toMatchObject({ state: 'bad', says: expect.stringContaining('does not use TLS') as string });
  } finally {
    process.env = before;
  }
});

it('a server with TLS, though none is configured', async () => {
  const TEMPORAL_ADDRESS = await listening(createSecureServer(pair));
  expect(await told({ TEMPORAL_ADDRESS })).toEqual(
    thrice(
      `Temporal at ${TEMPORAL_ADDRESS} requires TLS: set TEMPORAL_TLS=true, and TEMPORAL_TLS_SERVER_CA_CERT_PATH if its certificate authority is your own.`,
    ),
  );
});

it('a server that wants a client certificate', async () => {
  const client = selfSigned({ name: 'client' });
  const TEMPORAL_ADDRESS = await listening(
    createSecureServer({ ...pair, ca: client.cert, requestCert: true, rejectUnauthorized: true }),
  );
  const env = { TEMPORAL_ADDRESS, TEMPORAL_TLS_SERVER_CA_CERT_PATH: join(cwd, 'ca.pem') };
  for (const text of await told(env)) {
    expect(text).toMatch(
      /closes the connection during the TLS handshake \(.*\), as if a client certificate were missing: set both TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH\.$/,
    );
  }
});

it('a certificate that is not there', async () => {
  const TEMPORAL_ADDRESS = await listening(createServer());
  for (const text of await told({ TEMPORAL_ADDRESS, TEMPORAL_TLS_SERVER_CA_CERT_PATH: join(cwd, 'none.pem') })) {
    expect(text).toMatch(
      /^The Temporal configuration \(TEMPORAL_\* variables, TEMPORAL_CONFIG_FILE\) cannot be read: .*none\.pem/,
    );
  }
});
