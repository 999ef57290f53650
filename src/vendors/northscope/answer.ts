import { answerError, type CallName } from '../../transport/http/failure';
import type { ReadAnswer } from '../../transport/http/http';
import type { JsonText } from '../../transport/formats/json';
import type { Verdict } from '../../transport/http/outcome';
import { refusalError, type RefusalRow } from '../../transport/http/refusal';
import type { Attempt } from '../../transport/http/session';
import type { VendorError } from '../../transport/http/vendor-error';
import { issuesAsText } from '../../transport/formats/issues';
import { beginningOf } from '../../transport/formats/wording';
import { readRecord } from '../../transport/reading/record';
import { inTurns } from '../../transport/reading/turns';
import type { XmlContent } from '../../transport/formats/xml';
import { newness } from './mapping';
import type { Format } from './requests';
import { Response, Token, lists, type ListShape } from './schema';

/** One answer under judgement. */
export interface JudgedAnswer {
  readonly call: CallName;
  /** Of the request, and so of its answer. */
  readonly format: Format;
  readonly answer: ReadAnswer<XmlContent | JsonText>;
  /** What must not be shown even where the answer quotes it. */
  readonly secrets: readonly string[];
}

/** The one text NorthScope has for everything about credentials, a wrong password as well as an expired token. */
const loginRefused = /^The login information that was provided was invalid\.?$/i;

/**
 * Short words for the refusals that somebody acts on; first match wins. No refusal but the login's is documented, so
 * the patterns are loose, and a text that none of them knows is plainly REFUSED.
 */
const refusals: readonly RefusalRow[] = [
  { code: 'UNKNOWN_REQUEST', text: /request ?name|(unknown|unsupported|invalid) (web )?request/i },
  { code: 'FORMAT_NOT_SUPPORTED', text: /JSON is not supported/i },
  { code: 'INVALID_WHERE_CLAUSE', text: /where ?clause|syntax/i },
  { code: 'INSUFFICIENT_AVAILABLE', text: /insufficient|not enough|exceed|available/i },
  { code: 'INVALID_UOM', text: /UOM\b|unit of measure/i },
  { code: 'UNKNOWN_RECORD', text: /does not exist|not found|unknown/i },
];

const errorOf = ({ call, answer }: JudgedAnswer, verdict: Verdict, code: string, reason: string): VendorError =>
  answerError(call, verdict, code, reason, answer);

/** By what a request says who it comes from. */
export type Presented = 'login' | 'session' | 'static token';

/** What it means that this is refused: a session was renewed without avail, perhaps by somebody else's login. */
const refusedKeys: Readonly<Record<Presented, { readonly code: string; readonly reason: string }>> = {
  login: { code: 'INVALID_LOGIN', reason: 'NorthScope refused the login or the session' },
  session: { code: 'SESSION_LOST', reason: 'NorthScope refused the session, and a new one as well' },
  'static token': { code: 'INVALID_TOKEN', reason: 'NorthScope refused the static token, which is never renewed' },
};

/** The content of NSResponse. In XML that is the root, whose name is looked at already; in JSON it is a member. */
function contentOf({ format, answer: { content, contentType } }: JudgedAnswer): unknown {
  if (typeof content === 'object' && content !== null && 'NSResponse' in content) return content['NSResponse'];
  const isJson = /json/i.test(contentType) || (format === 'json' && !/xml/i.test(contentType));
  return isJson ? undefined : content;
}

/**
 * The response of a request that succeeded, or the refusal of its key: such a request was not carried out and may be sent
 * again.
 *
 * @throws VendorError for every other end
 */
export function readResponse(judged: JudgedAnswer, presented: Presented): Attempt<Response> {
  const result = Response.safeParse(contentOf(judged));
  if (!result.success) {
    throw errorOf(
      judged,
      'unreadable',
      'BAD_ENVELOPE',
      `not NorthScope's response: ${issuesAsText(result.error, { between: ' ' })}`,
    );
  }
  const { Success, Error: error } = result.data;
  const { answer, call, secrets } = judged;
  if (!Success && loginRefused.test(beginningOf(error))) {
    const { code, reason } = refusedKeys[presented];
    return { keyRefused: errorOf(judged, 'credentials-refusal', code, reason) };
  }
  if (!Success) throw refusalError(refusals, { call, text: error, secrets, answer });
  const { status } = answer;
  if (status >= 300)
    throw errorOf(judged, 'unreadable', `HTTP_${status}`, `NorthScope reports success with HTTP ${status}`);
  return { answer: result.data };
}

/** The member of a response wherever it stands: lists come directly, the token under ResponseContent. */
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
export async function readRecords<Wire, Domain>(
  judged: JudgedAnswer,
  { member: name, entries, record }: ListShape<Wire>,
  toDomain: (wire: Wire) => Domain,
  body: Response,
): Promise<Domain[]> {
  const badRecordError = (fault: string): VendorError =>
    errorOf(judged, 'unreadable', 'BAD_RECORD', `${name}: ${fault}`);
  const list = member(body, name);
  if (list === undefined) throw errorOf(judged, 'unreadable', 'WRONG_ANSWER', `the answer holds no ${name}`);
  const found = entries.safeParse(list);
  if (!found.success) throw badRecordError(issuesAsText(found.error, { between: ' ' }));
  const all: Domain[] = [];
  const isNew = newness();
  await inTurns(found.data, (entry, index) => {
    const read = readRecord(record, entry, { at: [index], between: ' ' });
    if ('fault' in read) throw badRecordError(read.fault);
    const known = toDomain(read.record);
    if (isNew(known)) all.push(known);
  });
  return all;
}

/** @throws VendorError when a successful login brought no token. */
export function readToken(judged: JudgedAnswer, body: Response): string {
  const result = Token.safeParse({ SessionToken: member(body, 'SessionToken') });
  if (!result.success) throw errorOf(judged, 'unreadable', 'WRONG_ANSWER', 'the answer holds no session token');
  return result.data.SessionToken;
}

/**
 * A write is answered with a bare success. One that carries another operation's payload answers another request, and
 * proves nothing about ours.
 *
 * @throws VendorError OutcomeUnknown
 */
export function assertBareSuccess(judged: JudgedAnswer, body: Response): void {
  const foreign = [...Object.values(lists).map(({ member: name }) => name), 'SessionToken'].find(
    (name) => member(body, name) !== undefined,
  );
  if (foreign !== undefined) throw errorOf(judged, 'unreadable', 'WRONG_ANSWER', `NorthScope answered with ${foreign}`);
}
