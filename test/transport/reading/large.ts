import { APART_FROM } from '../../../src/transport/reading/read';

const ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';
const NAMES = `xmlns:SOAP-ENV="${ENVELOPE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`;

export const ENVELOPE_HEAD = `<SOAP-ENV:Envelope ${NAMES}><SOAP-ENV:Body>`;
export const ENVELOPE_TAIL = '</SOAP-ENV:Body></SOAP-ENV:Envelope>';

/** A SOAP envelope around this body, made as long as wanted by a comment before it. */
export function envelopeOf(body: string, length = 0): string {
  const [head, tail] = [`<SOAP-ENV:Envelope ${NAMES}>`, `<SOAP-ENV:Body>${body}</SOAP-ENV:Body></SOAP-ENV:Envelope>`];
  const missing = length - Buffer.byteLength(head + tail);
  return missing <= 0 ? head + tail : `${head}<!--${'-x'.repeat(missing).slice(0, missing - 7)}-->${tail}`;
}

export const responseOf = (operation: string, result: string, length?: number): string =>
  envelopeOf(`<ns1:${operation}Response xmlns:ns1="u">${result}</ns1:${operation}Response>`, length);

/** Just what is read in another thread, and some more. */
export const LARGE = APART_FROM + 1_000;
export const roomy = { deadlineMs: 20_000, idleMs: 10_000, maxBytes: 64 << 20 };
