import { X509Certificate } from 'node:crypto';
import { connect as connectPlainly, isIP, type Socket } from 'node:net';
import { connect as connectByTls, type ConnectionOptions } from 'node:tls';

/** How Temporal is to be reached, as `@temporalio/envconfig` reads it from the environment. */
export interface TemporalLink {
  /** Host and port. */
  readonly address: string;
  readonly tls?: boolean | null | TemporalTls | undefined;
}

interface TemporalTls {
  readonly serverNameOverride?: string | undefined;
  readonly serverRootCACertificate?: Uint8Array | undefined;
  readonly clientCertPair?: { readonly crt: Uint8Array; readonly key: Uint8Array } | null | undefined;
}

const WITHIN_MS = 3_000;

/**
 * Why a Temporal that did not answer cannot be reached by TLS, or without it, as one sentence with the variables that
 * fix it;
 * undefined where that is not the reason. The libraries themselves say no more than that there was no connection. Looks by a connection
 * of its own, which sends no credentials but the client certificate.
 */
export async function tlsFault({ address, tls }: TemporalLink): Promise<string | undefined> {
  const place = placeOf(address);
  const where = `Temporal at ${address}`;
  if (tls === undefined || tls === null || tls === false) {
    const isTls = isHandshake(await byTls({ ...place, rejectUnauthorized: false }));
    return isTls && (await plainly(place)) !== 'http2'
      ? `${where} requires TLS: set TEMPORAL_TLS=true, and TEMPORAL_TLS_SERVER_CA_CERT_PATH if its certificate authority is your own`
      : undefined;
  }
  const settings = tls === true ? {} : tls;
  const met = await byTls({ ...place, ...optionsOf(settings, place.host) });
  if (met.end === 'answered') return undefined;
  if (!met.isSecure && (await plainly(place)) === 'http2') return `${where} ${WITHOUT_TLS}`;
  // Some servers close the connection on a bad client certificate. A second try without one shows whether they use TLS.
  const isTls = HUNG_UP.test(met.end) && isHandshake(await byTls({ ...place, rejectUnauthorized: false }));
  const told = explained(
    { ...met, isSecure: met.isSecure || isTls },
    settings,
    settings.serverNameOverride ?? place.host,
  );
  return told === undefined ? undefined : `${where} ${told}`;
}

const HUNG_UP = /^(?:ECONNRESET|EPIPE|CLOSED)$/;
const WITHOUT_TLS =
  'does not use TLS, but TLS is configured: remove TEMPORAL_TLS, TEMPORAL_TLS_… and TEMPORAL_API_KEY (which turns TLS on too), or set TEMPORAL_ADDRESS to an address with TLS';

interface Place {
  readonly host: string;
  readonly port: number;
}

function placeOf(address: string): Place {
  const [, host = address, port = '7233'] = /^(?:\w+:\/\/\/?)?\[?(.*?)\]?(?::(\d{1,5}))?$/.exec(address) ?? [];
  return { host, port: Number(port) };
}

const optionsOf = ({ serverNameOverride, serverRootCACertificate, clientCertPair }: TemporalTls, host: string) => {
  const servername = serverNameOverride ?? host;
  return {
    ...(isIP(servername) === 0 ? { servername } : {}),
    ...(serverRootCACertificate === undefined ? {} : { ca: Buffer.from(serverRootCACertificate) }),
    ...(clientCertPair === undefined || clientCertPair === null
      ? {}
      : { cert: Buffer.from(clientCertPair.crt), key: Buffer.from(clientCertPair.key) }),
  };
};

/** How a connection ended: `answered` where the server spoke, else the code of Node or OpenSSL, `SILENT` or `CLOSED`. */
interface Met {
  /** The handshake was done. */
  readonly isSecure: boolean;
  readonly end: string;
}

const isHandshake = ({ isSecure, end }: Met): boolean => isSecure || /ALERT/.test(end);

/** What opens HTTP/2 (RFC 9113 §3.4): a server answers it with its settings. */
const PREFACE = Buffer.concat([
  Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]),
]);

async function byTls(options: ConnectionOptions): Promise<Met> {
  let isSecure = false;
  try {
    const socket = connectByTls({ ...options, ALPNProtocols: ['h2'] }, () => {
      isSecure = true;
      socket.write(PREFACE);
    });
    const { end } = await endOf(socket);
    return { isSecure, end };
  } catch (error) {
    // What cannot be used at all (a key without its certificate) is thrown at once.
    return { isSecure, end: codeOf(error) };
  }
}

/** @returns `http2` where the server speaks it without TLS */
async function plainly(place: Place): Promise<'http2' | 'other'> {
  const socket = connectPlainly(place, () => socket.write(PREFACE));
  const { first } = await endOf(socket);
  // The type of a frame is its fourth byte; settings have the fourth type.
  return first?.[3] === 4 && first[0] === 0 ? 'http2' : 'other';
}

async function endOf(socket: Socket): Promise<{ readonly end: string; readonly first?: Uint8Array }> {
  return new Promise((resolve) => {
    const done = (end: string, first?: Uint8Array): void => {
      resolve(first === undefined ? { end } : { end, first });
      socket.destroy();
    };
    socket.setTimeout(WITHIN_MS, () => done('SILENT'));
    socket.once('data', (first: Uint8Array) => done('answered', first));
    socket.on('error', (error) => done(codeOf(error)));
    socket.once('close', () => done('CLOSED'));
  });
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'ERROR';

const AUTHORITY = 'set TEMPORAL_TLS_SERVER_CA_CERT_PATH to the certificate of the authority that signed it';
const CLIENT = 'TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH';

/** By the codes of Node and OpenSSL; undefined for what has nothing to do with TLS. */
function explained({ isSecure, end }: Met, settings: TemporalTls, name: string): string | undefined {
  if (
    /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_SIGNATURE_FAILURE|CERT_UNTRUSTED)$/.test(
      end,
    )
  ) {
    return `has a certificate of an unknown authority: ${AUTHORITY}`;
  }
  if (end === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `has a certificate for another host name than ${name}: set TEMPORAL_TLS_SERVER_NAME or TEMPORAL_ADDRESS to the name in the certificate`;
  }
  if (end === 'CERT_HAS_EXPIRED')
    return 'has an expired certificate: ask for a new one, or check the clock of this machine';
  if (end === 'CERT_NOT_YET_VALID') return 'has a certificate that is not valid yet: check the clock of this machine';
  if (/^ERR_OSSL_/.test(end)) {
    return `cannot be called: the configured certificates cannot be used (${end}); check ${CLIENT}, which belong together, and TEMPORAL_TLS_SERVER_CA_CERT_PATH, all in PEM`;
  }
  if (end === 'SILENT') return undefined;
  if (isSecure || /ALERT/.test(end)) return clientFault(settings, end);
  return /^(?:ERR_SSL_|EPROTO$)/.test(end) || HUNG_UP.test(end)
    ? `fails the TLS handshake (${end}): check TEMPORAL_ADDRESS and TEMPORAL_TLS`
    : undefined;
}

/** The server has hung up after it saw, or missed, the certificate of the client. */
function clientFault({ clientCertPair }: TemporalTls, end: string): string {
  if (clientCertPair === undefined || clientCertPair === null) {
    return `closes the connection during the TLS handshake (${end}), as if a client certificate were missing: set both ${CLIENT}`;
  }
  const { validTo } = new X509Certificate(Buffer.from(clientCertPair.crt));
  return new Date(validTo) < new Date()
    ? `refuses the client certificate, which expired on ${validTo}: renew the files of ${CLIENT}`
    : `refuses the client certificate (${end}): use a certificate in ${CLIENT} from an authority that Temporal trusts`;
}
