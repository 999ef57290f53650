import type { z } from 'zod';
import { bounds } from '../../domain/values/bounds';
import { printable } from '../../domain/values/printable';
import type { SalesOrder, SalesOrderLine } from '../../domain/purchase-order/sales-order';
import { failure, type CallName } from '../../transport/http/failure';
import type { ReadAnswer } from '../../transport/http/http';
import type { JsonText } from '../../transport/formats/json';
import type { Verdict } from '../../transport/http/outcome';
import { beginningOf } from '../../transport/formats/wording';
import { inTurns, isTooLarge, MOST_VALUES } from '../../transport/reading/turns';
import { toSalesOrder, toSalesOrderLine } from './mapping';
import { Envelope, RoutingError, SalesOrderDetail, SalesOrderHead } from './schema';

/** How one operation's answer says that it is done, and that there is no such record (contract.md §B.5). */
export interface Expectation extends CallName {
  /** The whole message of success, without the `$$` of the due-date messages. */
  readonly done: RegExp;
  /** For reads: the message for a record that does not exist. */
  readonly absent?: RegExp;
}

/** Any operation's success; not the expected one means that this is not the answer to our request. */
const anySuccess = /^Sales Order.*( successfully\.?|details:)$/i;

/**
 * Short words for the refusals that somebody acts on; first match wins. ManEx itself spells `does not exists` and
 * `does not exits`, and glues `add failed.` to the reason (contract.md §C.5-32). The texts for a number that is taken
 * are nowhere documented (§E.14), so any wording of it counts.
 */
const refusals: readonly { readonly code: string; readonly text: RegExp; readonly of?: RegExp }[] = [
  { code: 'DUPLICATE_SO', of: /^SO\/Add$/, text: /already|duplicate|(must be|not) unique/i },
  { code: 'CUSTOMER_NOT_FOUND', text: /Customer does not exi(s)?ts?/i },
  { code: 'ITEM_NOT_FOUND', text: /^Sales Order Item (with uniqueLn:.{0,100} )?does not exi(s)?ts?/i },
  { code: 'PRICE_NOT_FOUND', text: /^Sales Order Price does not exi(s)?ts?/i },
  { code: 'DUE_DATE_NOT_FOUND', text: /^Sales Order Due Date does not exi(s)?ts?/i },
  { code: 'SO_NOT_FOUND', text: /^Sales Order does not exi(s)?ts?/i },
  { code: 'PARAMETER_MISSING', text: /not provided/i },
  { code: 'NULL_REFERENCE', text: /Object reference not set/i },
];

const codeOf = (operation: string, message: string): string =>
  refusals.find(({ of, text }) => (of === undefined || of.test(operation)) && text.test(message))?.code ?? 'REFUSED';

/** One answer under judgement. `hide` takes out of vendor text what must not be shown. */
export interface Case {
  readonly expected: Expectation;
  readonly answer: ReadAnswer<JsonText>;
  readonly hide: (text: string) => string;
}

function ended({ expected, answer }: Case, verdict: Verdict, code: string, reason: string) {
  const { status, requestId } = answer;
  return failure(expected, { phase: 'sent', ending: 'answered', status, verdict }, { code, reason, requestId });
}

/**
 * The `ResponseObject` of an operation that succeeded, or undefined where a read found no record.
 *
 * Success is the operation's own message from a known user; `Code` alone decides nothing, because a successful
 * PriceEdit carries 403 and so does every refusal. Anything else from a known user is a refusal only with Code 403:
 * an unknown message under another code proves neither.
 *
 * @throws VendorError
 */
export function responseObject(judged: Case): unknown {
  const body = judged.answer.content;
  const envelope = Envelope.safeParse(body);
  if (!envelope.success) throw withoutEnvelope(judged, body, envelope.error);
  const { Code, IsValidUser, ResponseObject } = envelope.data;
  const whole = envelope.data.Message.replace(/^\$\$/, '');
  const message = beginningOf(whole);
  const { expected } = judged;
  if (!IsValidUser) throw ended(judged, 'credentials-refusal', 'INVALID_API_KEY', 'the API key was refused');
  if (expected.done.test(message)) return ResponseObject;
  if (expected.absent?.test(message) === true) return undefined;
  const told = printable(judged.hide(whole), bounds.message);
  if (anySuccess.test(message)) {
    throw ended(judged, 'unreadable', 'WRONG_ANSWER', `answered for another operation: ${told}`);
  }
  if (Code !== '403') {
    throw ended(judged, 'unreadable', 'UNKNOWN_MESSAGE', `neither a known success nor a refusal: ${told}`);
  }
  throw ended(judged, 'vendor-refusal', codeOf(expected.operation, message), `refused: ${told}`);
}

/** The web server answers a path it does not know with a body that repeats the URL, key and all: none of it is told. */
function withoutEnvelope(judged: Case, body: unknown, error: z.ZodError) {
  const { status } = judged.answer;
  if ((status === 404 || status === 405) && RoutingError.safeParse(body).success) {
    return ended(judged, 'vendor-refusal', 'ROUTE_NOT_FOUND', 'there is no such operation at the configured endpoint');
  }
  return ended(judged, 'unreadable', 'BAD_ENVELOPE', `not ManEx's envelope: ${pathsOf(error)}`);
}

/** Where a reply breaks its schema, without any of its values. */
const pathsOf = ({ issues }: z.ZodError, ...before: readonly PropertyKey[]): string =>
  printable(
    issues
      .slice(0, 5)
      .map(({ path, message }) => `${[...before, ...path].join('.')} ${message}`)
      .join('; '),
    bounds.message,
  );

/**
 * The record in a read's answer.
 *
 * @param at where in the `ResponseObject` it stands
 * @throws VendorError MalformedResponse, naming the members that are missing or wrong.
 */
export function record<S extends z.ZodType>(
  judged: Case,
  schema: S,
  object: unknown,
  ...at: readonly PropertyKey[]
): z.output<S> {
  if (isTooLarge(object)) {
    const where = ['ResponseObject', ...at].join('.');
    throw ended(judged, 'unreadable', 'BAD_RECORD', `${where} has more than ${MOST_VALUES} values`);
  }
  const result = schema.safeParse(object);
  if (!result.success) {
    throw ended(judged, 'unreadable', 'BAD_RECORD', `ResponseObject: ${pathsOf(result.error, ...at)}`);
  }
  return result.data;
}

/**
 * An order, its lines in turns. One that is named twice is there once: it carries ManEx's own key.
 *
 * @throws VendorError as {@link record} does
 */
export async function salesOrder(judged: Case, object: unknown): Promise<SalesOrder> {
  const head = SalesOrderHead.safeParse(object);
  if (!head.success) throw ended(judged, 'unreadable', 'BAD_RECORD', `ResponseObject: ${pathsOf(head.error)}`);
  const lines = new Map<string, SalesOrderLine>();
  await inTurns(head.data.SODETAILList, (line, index) => {
    const detail = record(judged, SalesOrderDetail, line, 'SODETAILList', index);
    if (!lines.has(detail.UNIQUELN)) lines.set(detail.UNIQUELN, toSalesOrderLine(detail));
  });
  return toSalesOrder(head.data, [...lines.values()]);
}

/** For a record with another key than the one asked for. */
export const wrongRecord = (judged: Case) =>
  ended(judged, 'unreadable', 'WRONG_RECORD', 'answered with another record than the one asked for');
