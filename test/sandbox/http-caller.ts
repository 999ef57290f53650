import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';

/** How one request ended: an answer, or the error the caller saw. */
export interface CallEnd {
  readonly status?: number;
  readonly headers?: IncomingHttpHeaders;
  readonly body?: string;
  readonly error?: string;
}

export interface CallOptions {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Milliseconds until the caller gives up. */
  readonly patienceMs?: number;
}

/** One request on a connection of its own; never rejects, for how it ends is what the tests look at. */
export function call(url: string, { method = 'POST', headers = {}, body = '', patienceMs = 5000 }: CallOptions = {}) {
  return new Promise<CallEnd>((resolve) => {
    const signal = AbortSignal.timeout(patienceMs);
    const outgoing = request(url, { method, headers, agent: false, signal }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', (error) => resolve({ error: error.message }));
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text });
      });
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => resolve({ error: error.code ?? error.message }));
    outgoing.end(body);
  });
}

/** The JSON answer of a control request. */
export async function control(origin: string, path: string, body?: unknown, method = 'POST') {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  // Node frames the body of a DELETE only by a length that is told.
  const headers = { 'content-length': String(Buffer.byteLength(text)) };
  const end = await call(`${origin}/_sandbox/${path}`, { method, headers, body: text });
  return { status: end.status, value: JSON.parse(end.body ?? 'null') as unknown };
}

/** Waits until `look` returns something; the test's own time limit is the limit. */
export async function eventually<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
