import type { SalesOrder, SalesOrderLine } from '../../domain/purchase-order/sales-order';
import { answerError } from '../../transport/http/failure';
import type { ReadAnswer } from '../../transport/http/http';
import type { JsonText } from '../../transport/formats/json';
import type { Verdict } from '../../transport/http/outcome';
import { refusalError, type RefusalRow } from '../../transport/http/refusal';
import type { VendorError } from '../../transport/http/vendor-error';
import { issuesAsText, type Issues } from '../../transport/formats/issues';
import { quote } from '../../transport/formats/secrets';
import { beginningOf } from '../../transport/formats/wording';
import { readRecord, type RecordSchema } from '../../transport/reading/record';
import { inTurns } from '../../transport/reading/turns';
import { toSalesOrder, toSalesOrderLine } from './mapping';
import type { OperationRules } from './operations';
import { Envelope, RoutingError, SalesOrderDetail, SalesOrderHead } from './schema';

/** Any operation's success; not the expected one means that this is not the answer to our request. */
const anySuccess = /^Sales Order.*( successfully\.?|details:)$/i;

/**
 * Short words for the refusals that somebody acts on; first match wins. ManEx itself spells `does not exists` and
 * `does not exits`, and glues `add failed.` to the reason (docs/vendors/manex.md#soadd). The texts for a number that is
 * taken are nowhere documented, so any wording of it counts.
 */
const refusals: readonly RefusalRow[] = [
  { code: 'DUPLICATE_SO', of: /^SO\/Add$/, text: /already|duplicate|(must be|not) unique/i },
  { code: 'CUSTOMER_NOT_FOUND', text: /Customer does not exi(s)?ts?/i },
  { code: 'ITEM_NOT_FOUND', text: /^Sales Order Item (with uniqueLn:.{0,100} )?does not exi(s)?ts?/i },
  { code: 'PRICE_NOT_FOUND', text: /^Sales Order Price does not exi(s)?ts?/i },
  { code: 'DUE_DATE_NOT_FOUND', text: /^Sales Order Due Date does not exi(s)?ts?/i },
  { code: 'SO_NOT_FOUND', text: /^Sales Order does not exi(s)?ts?/i },
  { code: 'PARAMETER_MISSING', text: /not provided/i },
  { code: 'NULL_REFERENCE', text: /Object reference not set/i },
];

/** One answer under judgement. */
export interface JudgedAnswer {
  readonly expected: OperationRules;
  readonly answer: ReadAnswer<JsonText>;
  /** What must not be shown even where the answer quotes it. */
  readonly secrets: readonly string[];
}

const errorOf = ({ expected, answer }: JudgedAnswer, verdict: Verdict, code: string, reason: string): VendorError =>
  answerError(expected, verdict, code, reason, answer);

/**
 * The `ResponseObject` of an operation that succeeded, or undefined where a read found no record.
 *
 * Success is the operation's own message from a known user; `Code` alone decides nothing, because a successful
 * PriceEdit carries 403 and so does every refusal. Anything else from a known user is a refusal only with Code 403:
 * an unknown message under another code proves neither.
 *
 * @throws VendorError
 */
export function readObject(judged: JudgedAnswer): unknown {
  const body = judged.answer.content;
  const envelope = Envelope.safeParse(body);
  if (!envelope.success) throw noEnvelopeError(judged, body, envelope.error);
  const { Code, IsValidUser, ResponseObject } = envelope.data;
  const whole = envelope.data.Message.replace(/^\$\$/, '');
  const message = beginningOf(whole);
  const { expected, secrets, answer } = judged;
  if (!IsValidUser) throw errorOf(judged, 'credentials-refusal', 'INVALID_API_KEY', 'the API key was refused');
  if (expected.done.test(message)) return ResponseObject;
  if (expected.absent?.test(message) === true) return undefined;
  if (anySuccess.test(message)) {
    throw errorOf(
      judged,
      'unreadable',
      'WRONG_ANSWER',
      `the answer is for another operation: ${quote(whole, secrets)}`,
    );
  }
  if (Code !== '403') {
    const reason = `the answer is neither a known success nor a refusal: ${quote(whole, secrets)}`;
    throw errorOf(judged, 'unreadable', 'UNKNOWN_MESSAGE', reason);
  }
  throw refusalError(refusals, { call: expected, text: whole, secrets, answer });
}

/** The web server answers a path it does not know with a body that repeats the URL, key and all: none of it is told. */
function noEnvelopeError(judged: JudgedAnswer, body: unknown, error: Issues): VendorError {
  const { status } = judged.answer;
  if ((status === 404 || status === 405) && RoutingError.safeParse(body).success) {
    return errorOf(judged, 'vendor-refusal', 'ROUTE_NOT_FOUND', 'the configured endpoint does not have this operation');
  }
  return errorOf(
    judged,
    'unreadable',
    'BAD_ENVELOPE',
    `not ManEx's envelope: ${issuesAsText(error, { between: ' ' })}`,
  );
}

const badRecordError = (judged: JudgedAnswer, fault: string): VendorError =>
  errorOf(judged, 'unreadable', 'BAD_RECORD', `ResponseObject: ${fault}`);

/**
 * The record in a read's answer.
 *
 * @param at where in the `ResponseObject` it stands
 * @throws VendorError MalformedResponse, naming the members that are missing or wrong.
 */
export function assertRecord<T>(
  judged: JudgedAnswer,
  schema: RecordSchema<T>,
  object: unknown,
  ...at: readonly PropertyKey[]
): T {
  const read = readRecord(schema, object, { at, between: ' ' });
  if ('record' in read) return read.record;
  throw badRecordError(judged, read.fault);
}

/**
 * An order, its lines in turns. One that is named twice is there once: it carries ManEx's own key.
 *
 * @throws VendorError as {@link assertRecord} does
 */
export async function readSalesOrder(judged: JudgedAnswer, object: unknown): Promise<SalesOrder> {
  const head = SalesOrderHead.safeParse(object);
  if (!head.success) throw badRecordError(judged, issuesAsText(head.error, { between: ' ' }));
  const lines = new Map<string, SalesOrderLine>();
  await inTurns(head.data.SODETAILList, (line, index) => {
    const detail = assertRecord(judged, SalesOrderDetail, line, 'SODETAILList', index);
    if (!lines.has(detail.UNIQUELN)) lines.set(detail.UNIQUELN, toSalesOrderLine(detail));
  });
  return toSalesOrder(head.data, [...lines.values()]);
}

/** For a record with another key than the one asked for. */
export const wrongRecordError = (judged: JudgedAnswer): VendorError =>
  errorOf(judged, 'unreadable', 'WRONG_RECORD', 'the answer holds another record than the one requested');
