import { createSecureServer, createServer as createHttp2, type Http2SecureServer, type Http2Server } from 'node:http2';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tlsFault } from '../../src/config/temporal-tls';
import { selfSigned } from '../transport/http/certificate';

type Pair = ReturnType<typeof selfSigned>;
const server = selfSigned({ name: 'temporal' });
const client = selfSigned({ name: 'client' });
const past = new Date('2021-01-01T00:00:00Z');

let open: Server | Http2Server | Http2SecureServer | undefined;
afterEach(async () => {
  await new Promise((resolve) => (open === undefined ? resolve(undefined) : open.close(resolve)));
  open = undefined;
});

async function listening(made: Server | Http2Server | Http2SecureServer): Promise<string> {
  open = made;
  // A client that is refused, or goes, is what these tests are about.
  made.on('sessionError', () => undefined).on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(made.address() as AddressInfo).port}`;
}
const bytes = (pem: string): Uint8Array => Buffer.from(pem);
const trusting = ({ cert }: Pair) => ({ serverRootCACertificate: bytes(cert) });
const presenting = ({ cert, key }: Pair) => ({ clientCertPair: { crt: bytes(cert), key: bytes(key) } });
const mutual = (trusted: Pair) => ({ ...server, ca: trusted.cert, requestCert: true, rejectUnauthorized: true });
const both = 'TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH';

describe('why Temporal cannot be reached', () => {
  it('a server without TLS, though TLS is configured', async () => {
    const address = await listening(createHttp2());
    expect(await tlsFault({ address, tls: true })).toBe(
      `Temporal at ${address} does not use TLS, but TLS is configured: remove TEMPORAL_TLS, TEMPORAL_TLS_… and TEMPORAL_API_KEY (which turns TLS on too), or set TEMPORAL_ADDRESS to an address with TLS`,
    );
  });

  it('a server with TLS, though none is configured', async () => {
    const address = await listening(createSecureServer(server));
    const told = `Temporal at ${address} requires TLS: set TEMPORAL_TLS=true, and TEMPORAL_TLS_SERVER_CA_CERT_PATH if its certificate authority is your own`;
    for (const tls of [undefined, null, false] as const) expect(await tlsFault({ address, tls })).toBe(told);
  });

  it('an authority that is unknown', async () => {
    const address = await listening(createSecureServer(server));
    const told = `Temporal at ${address} has a certificate of an unknown authority: set TEMPORAL_TLS_SERVER_CA_CERT_PATH to the certificate of the authority that signed it`;
    expect(await tlsFault({ address, tls: true })).toBe(told);
    expect(await tlsFault({ address, tls: trusting(client) })).toBe(told);
  });

  it('a certificate for another name', async () => {
    const elsewhere = selfSigned({ address: 2 });
    const address = await listening(createSecureServer(elsewhere));
    expect(await tlsFault({ address, tls: trusting(elsewhere) })).toBe(
      `Temporal at ${address} has a certificate for another host name than 127.0.0.1: set TEMPORAL_TLS_SERVER_NAME or TEMPORAL_ADDRESS to the name in the certificate`,
    );
    expect(
      await tlsFault({ address, tls: { ...trusting(elsewhere), serverNameOverride: 'temporal.example' } }),
    ).toMatch(/for another host name than temporal\.example: set TEMPORAL_TLS_SERVER_NAME/);
  });

  it('a certificate that has expired', async () => {
    const expired = selfSigned({ until: past });
    const address = await listening(createSecureServer(expired));
    expect(await tlsFault({ address, tls: trusting(expired) })).toBe(
      `Temporal at ${address} has an expired certificate: ask for a new one, or check the clock of this machine`,
    );
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'a client certificate that is missing, foreign or over: %s',
    async (maxVersion) => {
      const old = selfSigned({ name: 'old', until: past });
      const address = await listening(createSecureServer({ ...mutual(client), maxVersion }));
      expect(await tlsFault({ address, tls: trusting(server) })).toMatch(
        `Temporal at ${address} closes the connection during the TLS handshake (`,
      );
      expect(await tlsFault({ address, tls: trusting(server) })).toMatch(
        `as if a client certificate were missing: set both ${both}`,
      );
      expect(await tlsFault({ address, tls: { ...trusting(server), ...presenting(server) } })).toMatch(
        new RegExp(
          `^Temporal at ${address} refuses the client certificate \\(.*\\): use a certificate in ${both} from an authority`,
        ),
      );
      expect(await tlsFault({ address, tls: { ...trusting(server), ...presenting(old) } })).toMatch(
        new RegExp(
          `^Temporal at ${address} refuses the client certificate, which expired on Jan +1 00:00:00 2021 GMT: renew`,
        ),
      );
      expect(await tlsFault({ address, tls: { ...trusting(server), ...presenting(client) } })).toBeUndefined();
    },
  );

  it('a certificate and a key that do not belong together, or are none', async () => {
    const address = await listening(createSecureServer(server));
    const mixed = { ...presenting({ cert: client.cert, key: server.key }), ...trusting(server) };
    expect(await tlsFault({ address, tls: mixed })).toMatch(/configured certificates cannot be used \(ERR_OSSL_/);
    const none = { ...presenting({ cert: 'nothing', key: 'nothing' }), ...trusting(server) };
    expect(await tlsFault({ address, tls: none })).toMatch(/cannot be used \(ERR_OSSL_.*all in PEM$/);
  });

  it('something that is no Temporal at all', async () => {
    const address = await listening(createServer((socket) => socket.resume().end('SSH-2.0-x\r\n')));
    expect(await tlsFault({ address, tls: true })).toMatch(
      new RegExp(`^Temporal at ${address} fails the TLS handshake \\(.*\\): check TEMPORAL_ADDRESS and TEMPORAL_TLS$`),
    );
    expect(await tlsFault({ address })).toBeUndefined();
  });

  it('is none of TLS where nothing listens, or all is well', async () => {
    const address = await listening(createSecureServer(server));
    expect(await tlsFault({ address, tls: trusting(server) })).toBeUndefined();
    await new Promise((resolve) => open?.close(resolve));
    open = undefined;
    for (const tls of [true, false]) expect(await tlsFault({ address, tls })).toBeUndefined();
    const plain = await listening(createHttp2());
    expect(await tlsFault({ address: plain })).toBeUndefined();
  });
});
