import { inspect } from 'node:util';
import type { HttpRequest } from '../../../src/transport/http/http';
import { VendorError } from '../../../src/transport/http/vendor-error';
import type { Behaviour } from './faulty-server';

/** In the URL, the headers and the body of every request, and in many an answer; in no error. */
export const CANARY = 'CANARY-5ecret';
export const limits = { deadlineMs: 250, idleMs: 150, maxBytes: 10_000 };
export const xml =
  (body: string | Buffer, contentType = 'text/xml; charset=utf-8', status = 200): Behaviour =>
  (response) =>
    void response.writeHead(status, { 'content-type': contentType }).end(body);

export const requestTo = (origin: string, change: Partial<HttpRequest> = {}): HttpRequest => ({
  vendor: 'vendor',
  operation: 'operation',
  effect: 'write',
  url: `${origin}/api/${CANARY}?key=${CANARY}`,
  method: 'POST',
  headers: { 'content-type': 'text/plain', 'x-token': CANARY },
  body: `${CANARY} é`,
  secrets: [CANARY],
  contentTypes: /^text\/xml/,
  readableStatuses: [200, 500],
  limits,
  options: {},
  ...change,
});

/** @throws unless the call ends with a VendorError, and unless that keeps every secret to itself. */
export async function errorOf(call: Promise<unknown>): Promise<VendorError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof VendorError)) throw new Error(`no VendorError but ${inspect(error)}`);
  const shown =
    inspect(error, { depth: 10, showHidden: true, getters: true }) + JSON.stringify(error) + String(error.stack);
  expect(shown).not.toContain(CANARY);
  expect(shown).not.toContain('127.0.0.1');
  expect(error.cause).toBeUndefined();
  return error;
}
