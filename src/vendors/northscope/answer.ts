import type { z } from 'zod';
import { bounds } from '../../domain/values/bounds';
import { printable } from '../../domain/values/printable';
import { failure, type CallName } from '../../transport/http/failure';
import type { ReadAnswer } from '../../transport/http/http';
import type { JsonText } from '../../transport/formats/json';
import type { Verdict } from '../../transport/http/outcome';
import type { VendorError } from '../../transport/http/vendor-error';
import { beginningOf } from '../../transport/formats/wording';
import { inTurns, isTooLarge, MOST_VALUES } from '../../transport/reading/turns';
import { writeXml, type XmlContent, type XmlInput } from '../../transport/formats/xml';
import { newness } from './mapping';
import { Response, Token, lists, type ListShape } from './schema';

export type Format = 'xml' | 'json';

/** One request as it goes into the envelope; `name` may be an alias of the operation. */
export interface Message {
  readonly name: string;
  readonly content: { readonly [member: string]: XmlInput | undefined };
  readonly format: Format;
}

/** The body of a request (vendors/northscope.md §1); in JSON, a list of one stays a list. */
export function writeRequest({ name, content, format }: Message): string {
  const request = { RequestName: name, RequestContent: content };
  return format === 'json' ? JSON.stringify({ NSRequest: request }) : writeXml('NSRequest', request);
}

/** One answer under judgement. `hide` takes out of vendor text what must not be shown. */
export interface Case {
  readonly call: CallName;
  /** Of the request, and by the contract of its answer. */
  readonly format: Format;
  readonly answer: ReadAnswer<XmlContent | JsonText>;
  readonly hide: (text: string) => string;
}

/** The one text NorthScope has for everything about credentials, a wrong password as well as an expired token. */
const loginRefused = /^The login information that was provided was invalid\.?$/i;

/**
 * Short words for the refusals that somebody acts on; first match wins. No refusal but the login's is documented, so
 * the patterns are loose, and a text that none of them knows is plainly REFUSED.
 */
const refusals: readonly { readonly code: string; readonly text: RegExp }[] = [
  { code: 'UNKNOWN_REQUEST', text: /request ?name|(unknown|unsupported|invalid) (web )?request/i },
  { code: 'FORMAT_NOT_SUPPORTED', text: /JSON is not supported/i },
  { code: 'INVALID_WHERE_CLAUSE', text: /where ?clause|syntax/i },
  { code: 'INSUFFICIENT_AVAILABLE', text: /insufficient|not enough|exceed|available/i },
  { code: 'INVALID_UOM', text: /UOM\b|unit of measure/i },
  { code: 'UNKNOWN_RECORD', text: /does not exist|not found|unknown/i },
];

function ended({ call, answer }: Case, verdict: Verdict, code: string, reason: string): VendorError {
  const { status, requestId } = answer;
  return failure(call, { phase: 'sent', ending: 'answered', status, verdict }, { code, reason, requestId });
}

/** The refusal of the credentials: for a login, or for a token that was renewed without avail. */
export const credentialsRefused = (judged: Case): VendorError =>
  ended(judged, 'credentials-refusal', 'INVALID_LOGIN', 'NorthScope refused the login or the session');

/** The login is accepted, and its new token refused as the old one was: somebody else's login may have voided it. */
export const sessionLost = (judged: Case): VendorError =>
  ended(judged, 'credentials-refusal', 'SESSION_LOST', 'NorthScope refused the session, and a new one as well');

/** A static token is nothing that could be renewed: somebody has to look. */
export const staticTokenRefused = (judged: Case): VendorError =>
  ended(judged, 'credentials-refusal', 'INVALID_TOKEN', 'NorthScope refused the static token, which is never renewed');

/** The content of NSResponse. In XML that is the root, whose name is looked at already; in JSON it is a member. */
function contentOf({ format, answer: { content, contentType } }: Case): unknown {
  if (typeof content === 'object' && content !== null && 'NSResponse' in content) return content['NSResponse'];
  const isJson = /json/i.test(contentType) || (format === 'json' && !/xml/i.test(contentType));
  return isJson ? undefined : content;
}

/**
 * The response of a request that succeeded, or `session-lost` where the vendor refused the token: such a request was
 * not carried out and may be sent again.
 *
 * @throws VendorError
 */
export function response(judged: Case): Response | 'session-lost' {
  const result = Response.safeParse(contentOf(judged));
  if (!result.success) {
    throw ended(judged, 'unreadable', 'BAD_ENVELOPE', `not NorthScope's response: ${pathsOf(result.error)}`);
  }
  const { Success, Error: error } = result.data;
  const told = beginningOf(error);
  const { status } = judged.answer;
  if (!Success && loginRefused.test(told)) return 'session-lost';
  if (!Success) {
    const code = refusals.find(({ text }) => text.test(told))?.code ?? 'REFUSED';
    throw ended(
      judged,
      'vendor-refusal',
      code,
      `refused: ${printable(judged.hide(error), bounds.message) || 'no reason given'}`,
    );
  }
  if (status >= 300) throw ended(judged, 'unreadable', `HTTP_${status}`, `a success with HTTP status ${status}`);
  return result.data;
}

/** Where an answer breaks its schema, without any of its values. */
const pathsOf = ({ issues }: z.ZodError, ...before: readonly string[]): string =>
  printable(
    issues
      .slice(0, 5)
      .map(({ path, message }) => `${[...before, ...path].join('.')} ${message}`)
      .join('; '),
    bounds.message,
  );

/** The member of a response wherever it stands: lists come directly, the token under ResponseContent (§C.4-11). */
function member(body: Response, name: string): unknown {
  const content: unknown = body['ResponseContent'];
  return name in body
    ? body[name]
    : typeof content === 'object' && content !== null && name in content
      ? Object.entries(content).find(([key]) => key === name)?.[1]
      : undefined;
}

/**
 * The records of a list answer, each once; others are let in while they are read. An answer without the list's element is
 * refused: taken for *none*, it would have a document created a second time.
 *
 * @throws VendorError MalformedResponse, naming the members that are missing or wrong.
 */
export async function records<Wire, Domain>(
  judged: Case,
  { member: name, entries, record }: ListShape<Wire>,
  toDomain: (wire: Wire) => Domain,
  body: Response,
): Promise<Domain[]> {
  const bad = (fault: string): VendorError => ended(judged, 'unreadable', 'BAD_RECORD', `${name}: ${fault}`);
  const list = member(body, name);
  if (list === undefined) throw ended(judged, 'unreadable', 'WRONG_ANSWER', `the answer holds no ${name}`);
  const found = entries.safeParse(list);
  if (!found.success) throw bad(pathsOf(found.error));
  const all: Domain[] = [];
  const isNew = newness();
  await inTurns(found.data, (entry, index) => {
    if (isTooLarge(entry)) throw bad(`${index} has more than ${MOST_VALUES} values`);
    const read = record.safeParse(entry);
    if (!read.success) throw bad(pathsOf(read.error, String(index)));
    const known = toDomain(read.data);
    if (isNew(known)) all.push(known);
  });
  return all;
}

/** @throws VendorError when a successful login brought no token. */
export function token(judged: Case, body: Response): string {
  const result = Token.safeParse({ SessionToken: member(body, 'SessionToken') });
  if (!result.success) throw ended(judged, 'unreadable', 'WRONG_ANSWER', 'the answer holds no session token');
  return result.data.SessionToken;
}

/**
 * A write is answered with a bare success. One that carries another operation's payload answers another request, and
 * proves nothing about ours.
 *
 * @throws VendorError OutcomeUnknown
 */
export function bareSuccess(judged: Case, body: Response): void {
  const foreign = [...Object.values(lists).map(({ member: name }) => name), 'SessionToken'].find(
    (name) => member(body, name) !== undefined,
  );
  if (foreign !== undefined) throw ended(judged, 'unreadable', 'WRONG_ANSWER', `answered with ${foreign}`);
}
