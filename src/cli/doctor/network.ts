import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { TLSSocket } from 'node:tls';
import { errno } from '../../terminal/errno';
import { causeOf } from '../../transport/http/cause';
import { bothTimes } from './calls';
import { checksOf, type Finding, type System } from './finding';

const ANSWERS_WITHIN_MS = 10_000;
/** A smaller difference can come from the `Date` header, which has whole seconds, or from a slow answer. */
const CLOCK_TOLERANCE_MS = 30_000;
const EXPIRES_SOON_DAYS = 21;
const DAY_MS = 24 * 60 * 60 * 1000;

interface Met {
  readonly status: number;
  /** Where a redirect leads, without query; null where there is none. */
  readonly location: string | null;
  /** How far the server's clock is ahead of ours, in milliseconds; null where it names no time. */
  readonly aheadMs: number | null;
  readonly tls: { readonly protocol: string; readonly validTo: Date } | null;
}

/** A second try may succeed after these. A wrong name, port or certificate stays wrong. */
const PASSING: ReadonlySet<string> = new Set(['ABORT_ERR', 'ETIMEDOUT', 'ECONNRESET', 'EAI_AGAIN']);

/**
 * Whether somebody answers at the endpoint, by what certificate, at what time: one GET without credentials, and a second
 * where the first was cut or not answered. The last finding is `bad` exactly when nobody answered, and then nothing else need be tried.
 *
 * @param variable the environment variable that names the endpoint
 */
export async function examineNetwork(
  system: System,
  variable: string,
  endpoint: string,
  answersWithinMs: number = ANSWERS_WITHIN_MS,
): Promise<Finding[]> {
  const url = new URL(endpoint);
  const why = (code: string) => explained(code, url, variable, answersWithinMs);
  const first = await tryEndpoint(url, answersWithinMs);
  const isAgain = typeof first === 'string' && PASSING.has(first);
  const met = isAgain ? await tryEndpoint(url, answersWithinMs) : first;
  const { bad, notice } = checksOf(system);
  if (typeof met === 'string') {
    const { says, fix } = why(met);
    const check = /CERT|ISSUER|SIGNATURE/.test(met) ? 'TLS' : 'reachable';
    return [bad(check, bothTimes(says, isAgain ? why(first).says : undefined), fix)];
  }
  return [
    ...(isAgain ? [notice('reachable', `answered only at the second try; the first time: ${why(first).says}`)] : []),
    ...[reachable(system, variable, url, met), tls(system, url, met), clock(system, met)],
  ];
}

/** What was met, or the code of what failed. */
async function tryEndpoint(url: URL, answersWithinMs: number): Promise<Met | string> {
  try {
    return await meet(url, answersWithinMs);
  } catch (error) {
    return errno(error) ?? (error instanceof Error ? error.name : String(error));
  }
}

function reachable(system: System, variable: string, url: URL, { status, location }: Met): Finding {
  const { good, notice } = checksOf(system);
  if (location !== null) {
    return notice(
      'reachable',
      `${url.origin} redirects to ${location} (HTTP ${status}); Waybill does not follow redirects`,
      `if the service has moved, set ${variable} to its new address`,
    );
  }
  return status >= 502 && status <= 504
    ? notice(
        'reachable',
        `${url.origin} answers, but the server behind it does not (HTTP ${status})`,
        'try again later',
      )
    : good('reachable', `${url.origin} answers`);
}

function clock(system: System, { aheadMs }: Met): Finding {
  const { good, notice } = checksOf(system);
  if (aheadMs === null) return notice('clock', 'the server sends no Date header');
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  return Math.abs(aheadMs) > CLOCK_TOLERANCE_MS
    ? notice(
        'clock',
        `the server’s clock is ${inWords(seconds)} ${aheadMs > 0 ? 'ahead of' : 'behind'} this machine’s`,
        'check NTP on this machine; if its clock is right, tell the vendor',
      )
    : good('clock', `differs from this machine’s by at most ${Math.max(1, seconds)} s`);
}

function inWords(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

function tls(system: System, url: URL, met: Met): Finding {
  const { good, notice } = checksOf(system);
  if (met.tls === null && isOwn(url.hostname)) return good('TLS', 'not needed: the server is on this machine');
  if (met.tls === null) {
    return notice(
      'TLS',
      `plain http to ${url.hostname}: others can read the credentials`,
      'use https, except in a test',
    );
  }
  const { protocol, validTo } = met.tls;
  const days = Math.floor((validTo.getTime() - Date.now()) / DAY_MS);
  const says = `${protocol}, certificate valid until ${validTo.toISOString().slice(0, 10)}`;
  return days < EXPIRES_SOON_DAYS
    ? notice('TLS', `${says}: ${days} ${days === 1 ? 'day' : 'days'} left`, 'ask the vendor to renew it before then')
    : good('TLS', says);
}

const isOwn = (hostname: string): boolean => /^(localhost|\[::1\]|127\.\d+\.\d+\.\d+)$/.test(hostname);

async function meet(url: URL, answersWithinMs: number): Promise<Met> {
  return new Promise((resolve, reject) => {
    const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const signal = AbortSignal.timeout(answersWithinMs);
    const request = open(url, { method: 'GET', agent: false, signal }, (response) => {
      resolve(read(url, response));
      response.destroy();
    });
    request.once('error', reject);
    request.end();
  });
}

function read(url: URL, { statusCode = 0, headers, socket }: IncomingMessage): Met {
  const told = Date.parse(headers.date ?? '');
  return {
    status: statusCode,
    location: statusCode >= 300 && statusCode < 400 ? place(headers.location ?? '', url) : null,
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

/** A query may hold what must not be shown. */
function place(location: string, url: URL): string {
  if (!URL.canParse(location, url.href)) return 'nowhere';
  const { origin, pathname } = new URL(location, url.href);
  return `${origin}${pathname}`;
}

/** What a code of Node or OpenSSL means for the endpoint, and its fix. An unknown code is told as it is. */
function explained(
  code: string,
  { hostname, host }: URL,
  variable: string,
  answersWithinMs: number,
): { says: string; fix: string } {
  const trust = 'ask the vendor to send the whole chain, or set NODE_EXTRA_CA_CERTS to its certificate authority';
  const scheme = `check http or https in ${variable}`;
  const silent = {
    says: `timed out: ${host} does not answer within ${answersWithinMs / 1000} s`,
    fix: 'check the firewall, or ask the vendor to allow this machine',
  };
  const noWay = { says: `${causeOf(code)}: ${host}`, fix: 'check this machine’s network or VPN' };
  const untraced = { says: `${causeOf(code)}: this machine cannot verify it`, fix: trust };
  const noTls = { says: `TLS handshake failed: ${host} does not use TLS, or another version`, fix: scheme };
  const known: Readonly<Record<string, { says: string; fix: string }>> = {
    ENOTFOUND: {
      says: `DNS lookup failed: no host has the name ${hostname}`,
      fix: `check the spelling in ${variable}`,
    },
    EAI_AGAIN: { says: `DNS lookup failed: no answer for ${hostname} now`, fix: 'check this machine’s DNS' },
    ECONNREFUSED: {
      says: `connection refused: no server listens at ${host}`,
      fix: `check the port in ${variable}, or start the server`,
    },
    EHOSTUNREACH: noWay,
    ENETUNREACH: noWay,
    ECONNRESET: { says: `connection reset by ${host}`, fix: `${scheme}, or ask the vendor` },
    ABORT_ERR: silent,
    ETIMEDOUT: silent,
    CERT_HAS_EXPIRED: { says: 'certificate expired', fix: 'ask the vendor to renew it' },
    CERT_NOT_YET_VALID: { says: 'certificate not yet valid', fix: 'check this machine’s clock' },
    ERR_TLS_CERT_ALTNAME_INVALID: {
      says: `the certificate is for another host name than ${hostname}`,
      fix: `use in ${variable} the name that the certificate is for`,
    },
    DEPTH_ZERO_SELF_SIGNED_CERT: { says: 'self-signed certificate', fix: trust },
    SELF_SIGNED_CERT_IN_CHAIN: {
      says: 'self-signed certificate in the chain: its authority is not known here',
      fix: trust,
    },
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: untraced,
    UNABLE_TO_GET_ISSUER_CERT: untraced,
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untraced,
    EPROTO: noTls,
  };
  if (code.startsWith('HPE_')) return { says: `${host} does not answer in HTTP`, fix: scheme };
  if (code.startsWith('ERR_SSL_')) return noTls;
  return known[code] ?? { says: `${host} cannot be reached (${code})`, fix: `check ${variable}` };
}
