import { FailureType } from '../../domain/case/failure-types';

/** Whether the operation changes anything at the vendor (the tables of operations in docs/vendors). */
export type Effect = 'read' | 'write';

/** How the exchange ended on the wire. */
export type ExchangeEnd =
  /** A whole HTTP answer came. */
  | 'answered'
  /** No connection: refused, DNS, TLS, unusable endpoint. */
  | 'unreachable'
  /** The send-by instant had passed. */
  | 'expired'
  /** The connection was cut before an answer, or the vendor spoke no HTTP. */
  | 'reset'
  | 'deadline'
  | 'idle'
  | 'aborted'
  /** The answer ended before its announced end. */
  | 'truncated'
  /** An answer that we refuse to read on: too many bytes, compressed, or not in the charset it claims. */
  | 'unacceptable';

/** What the body says, judged by whoever knows the vendor; `unread` where nobody looked. */
export type Verdict =
  | 'unread'
  /** The answer of the operation that was called. */
  | 'readable'
  /** Not what the vendor's documents promise: HTML, nothing at all, another operation's answer, truncated text. */
  | 'unreadable'
  /** The vendor understood and said no: nothing took effect. */
  | 'vendor-refusal'
  /** The vendor refused the credentials. */
  | 'credentials-refusal'
  /** The vendor no longer knows the session; nothing took effect. */
  | 'session-refusal'
  /** The vendor has no such record. */
  | 'missing-record'
  /** A fault that proves neither effect nor refusal (`Receiver: Unknown error`). */
  | 'inconclusive-fault';

/** All that is known of one attempt. */
export interface Evidence {
  /** `not-sent`: not a byte of the request was handed to a connected socket. */
  readonly phase: 'not-sent' | 'sent';
  readonly effect: Effect;
  readonly ending: ExchangeEnd;
  /** HTTP status, where a status line came. */
  readonly status?: number;
  readonly verdict: Verdict;
}

/** The one meaning an attempt has. `unreadable` exists for reads only: a write without a readable answer is `unknown`. */
export type Outcome =
  | 'done'
  | 'not-sent'
  | 'throttled'
  | 'refused'
  | 'unauthorised'
  | 'session-lost'
  | 'not-found'
  | 'unknown'
  | 'unreadable';

interface Row {
  readonly when: (evidence: Evidence) => boolean;
  readonly outcome: Outcome | ((evidence: Evidence) => Outcome);
}

const verdict =
  (wanted: Verdict) =>
  (evidence: Evidence): boolean =>
    evidence.verdict === wanted;
const status =
  (test: (code: number) => boolean) =>
  (evidence: Evidence): boolean =>
    evidence.status !== undefined && test(evidence.status);
const interruptions: ReadonlySet<ExchangeEnd> = new Set([
  'unreachable',
  'expired',
  'reset',
  'deadline',
  'idle',
  'aborted',
  'truncated',
]);

const table: readonly Row[] = [
  { when: ({ phase }) => phase === 'not-sent', outcome: 'not-sent' },
  { when: ({ ending }) => interruptions.has(ending), outcome: 'unknown' },
  { when: verdict('session-refusal'), outcome: 'session-lost' },
  { when: verdict('credentials-refusal'), outcome: 'unauthorised' },
  { when: verdict('vendor-refusal'), outcome: 'refused' },
  { when: verdict('missing-record'), outcome: ({ effect }) => (effect === 'read' ? 'not-found' : 'refused') },
  { when: verdict('inconclusive-fault'), outcome: 'unknown' },
  {
    when: ({ ending, verdict: body, status: code = 0 }) =>
      ending === 'answered' && body === 'readable' && code >= 200 && code < 300,
    outcome: 'done',
  },
  { when: status((code) => code === 429), outcome: 'throttled' },
  { when: status((code) => code === 401 || code === 403), outcome: 'unauthorised' },
  { when: status((code) => code >= 500 || code === 408 || code === 425), outcome: 'unknown' },
];

/**
 * Decides what one attempt means. Pure and total; the first row that matches wins.
 *
 * | # | evidence | outcome |
 * | --- | --- | --- |
 * | 1 | nothing was sent, whatever the reason | `not-sent` |
 * | 2 | sent; reset, deadline, idle, aborted or truncated | `unknown`, for reads too: ask again |
 * | 3 | body: the session is not known any more | `session-lost` |
 * | 4 | body: credentials refused | `unauthorised` |
 * | 5 | body: the vendor says no (a business fault; also with status 500) | `refused` |
 * | 6 | body: no such record | read `not-found`, write `refused` |
 * | 7 | body: a fault that proves nothing | `unknown` |
 * | 8 | 2xx and the body is the operation's own answer | `done` |
 * | 9 | 429 | `throttled`: nothing took effect |
 * | 10 | 401, 403 | `unauthorised` |
 * | 11 | 5xx, 408, 425 without a readable fault | `unknown`: such a status proves nothing |
 * | 12 | the rest: HTML, empty or foreign 2xx, 1xx, 3xx (never followed), other 4xx, oversized, compressed, mis-encoded | write `unknown`, read `unreadable` |
 */
export function classify(evidence: Evidence): Outcome {
  const row = table.find(({ when }) => when(evidence));
  if (row === undefined) return evidence.effect === 'write' ? 'unknown' : 'unreadable';
  return typeof row.outcome === 'function' ? row.outcome(evidence) : row.outcome;
}

/** The failure type of every outcome but `done`. A session that stays lost after its renewal is refused credentials. */
export const failureTypeOf: Readonly<Record<Exclude<Outcome, 'done'>, FailureType>> = {
  'not-sent': FailureType.VendorUnavailable,
  throttled: FailureType.VendorThrottled,
  refused: FailureType.VendorRejected,
  unauthorised: FailureType.VendorUnauthorized,
  'session-lost': FailureType.VendorUnauthorized,
  'not-found': FailureType.DocumentNotFound,
  unknown: FailureType.OutcomeUnknown,
  unreadable: FailureType.MalformedResponse,
};

/** One hour: a vendor that asks for more is asked again after that. */
export const MAX_RETRY_AFTER_MS = 3_600_000;

/**
 * Milliseconds to wait by a `Retry-After` header (RFC 9110 §10.2.3): seconds or an HTTP date, at most one hour, never
 * negative; undefined where there is none or it is neither.
 *
 * @param now epoch milliseconds
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  const wait = /^\d{1,15}$/.test(text)
    ? Number(text) * 1000
    : /^[A-Z][a-z]{2,8},? /.test(text)
      ? Date.parse(text) - now
      : NaN;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), MAX_RETRY_AFTER_MS);
}
