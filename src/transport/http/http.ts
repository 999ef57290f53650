import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type IncomingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { CallLimits, CallOptions, ConnectionUse } from './call';
import { Exchange, type Digest } from './exchange';
import { callError } from './failure';
import type { Effect } from './outcome';
import { read } from '../reading/read';
import { decodeBody, type Content, type Form, type Reading } from '../reading/reading';

/** One request, sent at most once. */
export interface HttpRequest {
  readonly vendor: string;
  /** As the vendor's page in docs/vendors names it. */
  readonly operation: string;
  readonly effect: Effect;
  /** @default 'shared' */
  readonly connection?: ConnectionUse | undefined;
  /** http or https, without credentials; may hold a key, and is never shown anywhere. */
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as UTF-8. */
  readonly body?: string;
  /** Values that must not be shown even where the vendor quotes them, also in its id of the request. */
  readonly secrets: readonly string[];
  /** Tested against the answer's Content-Type; anything else is an unreadable answer. */
  readonly contentTypes: RegExp;
  /** The statuses whose body the caller can judge (200; 500 where faults come with it). */
  readonly readableStatuses: readonly number[];
  readonly limits: CallLimits;
  readonly options: CallOptions;
}

/** A whole answer with a readable status and the right content type; never empty. What it says is not judged. */
export interface AnswerHead {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly contentType: string;
  /** The vendor's id of the request, where it names one that holds no secret. */
  readonly requestId: string | undefined;
}

/** An answer as text. */
export interface HttpAnswer extends AnswerHead {
  readonly text: string;
}

/** An answer screened and parsed. */
export interface ReadAnswer<T> extends AnswerHead {
  readonly content: T;
}

/**
 * Idle connections are dropped before common servers drop theirs (5 s): a request on a connection the vendor is just
 * closing ends as *unknown*. For a write that costs a look-up, or a question to a person: see `connection`.
 */
const keepAlive = { keepAlive: true, scheduling: 'lifo', maxFreeSockets: 8, timeout: 2_000 } as const;
const protocols = {
  'http:': { request: httpRequest, agent: new HttpAgent(keepAlive) },
  'https:': { request: httpsRequest, agent: new HttpsAgent(keepAlive) },
} as const;

/**
 * Sends one request, once: no retry, no redirect, no proxy, no compression. `sendBy` and `signal` are looked at again
 * on the connected socket, just before the first byte. For answers that stay small: the text is decoded here.
 *
 * @throws VendorError and nothing else; without URL, headers, bodies and causes (ADR 3)
 */
export async function send(request: HttpRequest): Promise<HttpAnswer> {
  const { content, ...head } = await exchange(request, async (body) => decodeBody(body));
  return { ...head, text: content };
}

/**
 * Like {@link send}, and reads the answer, a large one in another thread. Deadline and signal hold until it is read. An
 * answer that cannot be read as that form fails the call with the {@link UnreadableReason} as its code.
 *
 * @throws VendorError and nothing else
 */
export async function sendAndRead<F extends Form>(
  request: HttpRequest,
  reading: Reading<F>,
): Promise<ReadAnswer<Content<F>>> {
  return exchange(request, async (body, signal) => read(body, reading, signal));
}

async function exchange<T>(request: HttpRequest, digest: Digest<T>): Promise<ReadAnswer<T>> {
  const endpoint = endpointOf(request.url);
  if (endpoint === undefined) {
    throw callError(
      request,
      { phase: 'not-sent', ending: 'unreachable', verdict: 'unread' },
      { code: 'BAD_ENDPOINT', reason: 'the configured endpoint is not an http or https URL, or it holds credentials' },
    );
  }
  const { url, protocol } = endpoint;
  const open = (headers: Record<string, string>): ClientRequest => {
    const { request: start, agent } = protocols[protocol];
    // Without an agent, Node opens a connection for this request alone, and tells the server so.
    return start(url, { method: request.method, headers, agent: request.connection === 'own' ? false : agent });
  };
  return new Exchange(request, open, digest).run();
}

function endpointOf(text: string): { url: URL; protocol: keyof typeof protocols } | undefined {
  // `new URL` throws an error that quotes its input.
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const { protocol } = url;
  if (url.username !== '' || url.password !== '') return undefined;
  return protocol === 'http:' || protocol === 'https:' ? { url, protocol } : undefined;
}
