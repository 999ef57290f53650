import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { TLSSocket } from 'node:tls';
import { errno } from '../errno';
import { checksOf, type Finding, type System } from './finding';

const ANSWERS_WITHIN_MS = 10_000;
/** Half of what a coarse `Date` header and a slow answer can explain goes unsaid. */
const CLOCK_TOLERANCE_MS = 30_000;
const EXPIRES_SOON_DAYS = 21;
const DAY_MS = 24 * 60 * 60 * 1000;

interface Met {
  readonly status: number;
  /** How far the server's clock is ahead of ours, in milliseconds; null where it names no time. */
  readonly aheadMs: number | null;
  readonly tls: { readonly protocol: string; readonly validTo: Date } | null;
}

/**
 * Whether somebody answers at the endpoint, by what certificate, at what time: one GET without credentials. The last
 * finding is `bad` exactly when nobody answered, and then nothing else need be tried.
 *
 * @param variable the environment variable that names the endpoint
 */
export async function network(system: System, variable: string, endpoint: string): Promise<Finding[]> {
  const { good, notice, bad } = checksOf(system);
  const url = new URL(endpoint);
  let met: Met;
  try {
    met = await meet(url);
  } catch (error) {
    const { says, fix } = explained(error, url, variable);
    return [bad('reachable', says, fix)];
  }
  const clock = (): Finding => {
    if (met.aheadMs === null) return notice('clock', 'the server names no time');
    const seconds = Math.round(Math.abs(met.aheadMs) / 1000);
    const where = `${seconds} s ${met.aheadMs > 0 ? 'ahead of' : 'behind'} this machine's`;
    return Math.abs(met.aheadMs) > CLOCK_TOLERANCE_MS
      ? notice('clock', `the server's is ${where}`, 'let both machines keep time (NTP), or tell the vendor')
      : good('clock', `agrees with this machine's to ${Math.max(1, seconds)} s`);
  };
  return [good('reachable', `${url.origin} answers (HTTP ${met.status})`), tls(system, url, met), clock()];
}

function tls(system: System, url: URL, met: Met): Finding {
  const { good, notice } = checksOf(system);
  if (met.tls === null && isOwn(url.hostname)) return good('TLS', 'none, and none needed: it is on this machine');
  if (met.tls === null) {
    return notice(
      'TLS',
      `plain http to ${url.hostname}: credentials can be read on the way`,
      'use https outside a test',
    );
  }
  const { protocol, validTo } = met.tls;
  const days = Math.floor((validTo.getTime() - Date.now()) / DAY_MS);
  const says = `${protocol}, certificate valid until ${validTo.toISOString().slice(0, 10)}`;
  return days < EXPIRES_SOON_DAYS
    ? notice('TLS', `${says}: ${days} days left`, 'have the vendor renew it in time')
    : good('TLS', says);
}

const isOwn = (hostname: string): boolean => /^(localhost|\[::1\]|127\.\d+\.\d+\.\d+)$/.test(hostname);

async function meet(url: URL): Promise<Met> {
  return new Promise((resolve, reject) => {
    const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
    const request = open(url, { method: 'GET', agent: false, signal }, (response) => {
      resolve(read(response));
      response.destroy();
    });
    request.once('error', reject);
    request.end();
  });
}

function read({ statusCode = 0, headers, socket }: IncomingMessage): Met {
  const told = Date.parse(headers.date ?? '');
  return {
    status: statusCode,
    aheadMs: Number.isNaN(told) ? null : told - Date.now(),
    tls:
      socket instanceof TLSSocket
        ? {
            protocol: socket.getProtocol() ?? 'TLS',
            validTo: new Date(socket.getPeerCertificate().valid_to),
          }
        : null,
  };
}

/** By what the codes of Node and OpenSSL mean for whoever set the endpoint; anything else is told by its code. */
function explained(error: unknown, { hostname, host }: URL, variable: string): { says: string; fix: string } {
  const code = errno(error) ?? (error instanceof Error ? error.name : String(error));
  const trust = 'have the vendor send its whole chain, or name its authority in NODE_EXTRA_CA_CERTS';
  const known: Readonly<Record<string, { says: string; fix: string }>> = {
    ENOTFOUND: { says: `no machine is called ${hostname}`, fix: `mind the spelling in ${variable}` },
    EAI_AGAIN: { says: `the name ${hostname} cannot be looked up now`, fix: 'look after this machine’s DNS' },
    ECONNREFUSED: { says: `nothing listens at ${host}`, fix: `mind the port in ${variable}, or start the server` },
    ECONNRESET: { says: `${host} hangs up`, fix: `mind http or https in ${variable}, or ask the vendor` },
    EPROTO: { says: `${host} speaks no TLS we understand`, fix: `mind http or https in ${variable}` },
    TimeoutError: {
      says: `${host} does not answer within ${ANSWERS_WITHIN_MS / 1000} s`,
      fix: 'look for a firewall on the way, or ask the vendor to let this machine in',
    },
    CERT_HAS_EXPIRED: { says: 'its certificate has expired', fix: 'have the vendor renew it' },
    ERR_TLS_CERT_ALTNAME_INVALID: {
      says: `its certificate is not for ${hostname}`,
      fix: `use in ${variable} the name that the certificate is for`,
    },
    DEPTH_ZERO_SELF_SIGNED_CERT: { says: 'its certificate is signed by itself', fix: trust },
    SELF_SIGNED_CERT_IN_CHAIN: { says: 'its certificate comes from an authority unknown here', fix: trust },
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: { says: 'its certificate cannot be traced to a known authority', fix: trust },
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: { says: 'its certificate cannot be traced to a known authority', fix: trust },
  };
  return (
    known[code === 'AbortError' ? 'TimeoutError' : code] ?? {
      says: `${host} cannot be reached (${code})`,
      fix: `mind ${variable}`,
    }
  );
}
