import { distortions } from '../vendor';
import type { CommitResult, ListDistortion, PreparedCall, VendorAnswer } from '../vendor';
import * as contracts from './contracts';
import { deserialise, SerializationError } from './deserialise';
import { operations } from './operations';
import type { Operation } from './operations';
import type { ISyncOptions } from './options';
import { Refused } from './refused';
import { serialise } from './serialise';
import type { Document } from './serialise';
import type { Sessions } from './sessions';
import { executeResponse, faultResponse } from './soap-answer';
import { WcfFault } from './soap-fault';
import type { ISyncState } from './state';
import { textOf } from '../values';
import type { Values } from '../values';

/** What stands behind Execute at the moment of a call. */
export interface Service {
  readonly state: ISyncState;
  readonly sessions: Sessions;
  readonly options: ISyncOptions;
}

/** What .NET has for a time that was not sent. */
const NO_TIME = '0001-01-01T00:00:00';

export const xml = (status: number, body: string): VendorAnswer => ({
  status,
  headers: { 'content-type': 'text/xml; charset=utf-8' },
  body,
});

/** HTTP 500, as WCF says it of itself. */
export const internalFault = (): VendorAnswer => xml(500, faultResponse(WcfFault.internal()));

/** A response correlated to its request: five members are the caller's own, whatever they were. */
function answer(message: Values, resultXml: string | null, refusal?: string): VendorAnswer {
  const { Action = null, Identifier = null, Instance = null, MessageType = null, Source = null } = message;
  return xml(
    200,
    executeResponse({
      ...{ Action, Identifier, Instance, MessageType, Source },
      PublishDate: textOf(message, 'PublishDate') || NO_TIME,
      ResponseText: refusal ?? 'OK',
      ResultXml: resultXml,
      Successflag: refusal === undefined,
    }),
  );
}

/** Reasons are told as they are; anything else is a defect of the sandbox and must not look like an answer. */
function reasonOf(error: unknown): string {
  if (error instanceof Refused || error instanceof SerializationError) return error.message;
  throw error;
}

function read(message: Values, { criteria }: Operation, { requiredMembers }: ISyncOptions): Values {
  const values = deserialise(textOf(message, 'MessageXml'), criteria, requiredMembers === 'exception');
  if (values === null) throw new Refused('Object reference not set to an instance of an object.');
  return values;
}

function distorted(document: Document | null, how: ListDistortion): Document | null {
  if (document === null || 'contract' in document) return document;
  const { item, entries } = document;
  return { item, entries: distortions[how](entries) };
}

type Given = { readonly values: Values } | { readonly refusal: string };

/** The inner document is read once, for the key; what is wrong with it is told when the call is carried out. */
function given(message: Values, operation: Operation, options: ISyncOptions): Given {
  try {
    return { values: read(message, operation, options) };
  } catch (error) {
    return { refusal: reasonOf(error) };
  }
}

/** A well-formed answer to another MessageType, all else as the caller sent it. */
function otherAnswer(message: Values, operation: Operation): VendorAnswer {
  const other = operation.isList
    ? { name: 'GetWebSalesOrder', document: { contract: contracts.webSalesOrder, values: { PONumber: '0' } } }
    : { name: 'GetProductStockUnits', document: { item: contracts.productStockUnits, entries: [] } };
  return answer({ ...message, MessageType: other.name }, serialise(other.document));
}

/**
 * Prepares one call of Execute. A key that is not good is answered before anything else is looked at, as is a
 * MessageType that is no operation.
 */
export function prepareExecute(message: Values, service: Service): PreparedCall | { readonly answer: VendorAnswer } {
  const { state, sessions, options } = service;
  if (!sessions.accepts(textOf(message, 'SessionKey'))) {
    return { answer: answer(message, null, 'Invalid session key') };
  }
  const messageType = textOf(message, 'MessageType');
  const operation = operations.get(messageType);
  if (operation === undefined) {
    return { answer: answer(message, null, `Operation '${messageType.slice(0, 100)}' is not available.`) };
  }
  const criteria = given(message, operation, options);
  const run = (shape: (document: Document | null) => Document | null): CommitResult => {
    try {
      if ('refusal' in criteria) throw new Refused(criteria.refusal);
      const { document, effects } = operation.run(state, criteria.values, options);
      const shaped = shape(document);
      return { answer: answer(message, shaped && serialise(shaped)), outcome: 'ok', effects };
    } catch (error) {
      return { answer: answer(message, null, reasonOf(error)), outcome: 'refused', effects: 0 };
    }
  };
  return {
    operation: operation.name,
    key: 'refusal' in criteria ? '' : [...new Set(operation.keys(criteria.values))].toSorted().join(','),
    commit: () => run((document) => document),
    refusal: (more = '') => answer(message, null, `The request could not be processed.${more}`),
    credentials: [textOf(message, 'SessionKey')],
    soapFault: internalFault,
    wrongAnswer: () => otherAnswer(message, operation),
    loseSession: () => sessions.void(),
    ...(operation.isList ? { distortList: (how) => run((document) => distorted(document, how)) } : {}),
  };
}
