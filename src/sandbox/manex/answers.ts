import type { VendorAnswer } from '../vendor';
import { writeJson, type JsonObject } from './json';

/** What an operation did, before it is wrapped into the envelope. */
export interface Reply {
  readonly code: number;
  readonly message: string;
  readonly object: JsonObject | null;
  /** Null everywhere but on SO/Get (docs/vendors/manex.md#soget). */
  readonly sessionId: string | null;
  readonly effects: number;
}

/** A success without an object: what every Add, Edit and Delete answers. */
export const done = (message: string, effects: number, code = 200): Reply => ({
  code,
  message,
  object: null,
  sessionId: null,
  effects,
});

/** A success with the record asked for. */
export const details = (message: string, object: JsonObject, sessionId: string | null = null): Reply => ({
  code: 200,
  message,
  object,
  sessionId,
  effects: 0,
});

const json = (status: number, body: JsonObject, headers: Readonly<Record<string, string>> = {}): VendorAnswer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: writeJson(body),
});

/** Always with HTTP 200: 403 stands in the body and says *no*, not *forbidden* (docs/vendors/manex.md#the-envelope). */
export const envelope = (reply: Omit<Reply, 'effects'>, isValidUser = true): VendorAnswer =>
  json(200, {
    Code: reply.code,
    Message: reply.message,
    SessionId: reply.sessionId,
    IsValidUser: isValidUser,
    ResponseObject: reply.object,
  });

/** Code 403 with the reason. */
export const refusal = (message: string, sessionId: string | null = null): VendorAnswer =>
  envelope({ code: 403, message, sessionId, object: null });

export const invalidApiKey: VendorAnswer = envelope(
  { code: 403, message: 'Invalid API Key.', sessionId: null, object: null },
  false,
);

/** ASP.NET's own bodies carry no Code (docs/vendors/manex.md#paths-and-verbs). */
export const notFound = (uri: string, detail: string): VendorAnswer =>
  json(404, {
    Message: `No HTTP resource was found that matches the request URI '${uri}'.`,
    MessageDetail: detail,
  });

export const wrongVerb = (method: string): VendorAnswer =>
  json(
    405,
    { Message: `The requested resource does not support http method '${method.toUpperCase()}'.` },
    { allow: 'GET,POST' },
  );

export const serverError = (error: unknown): VendorAnswer =>
  json(500, {
    Message: 'An error has occurred.',
    ExceptionMessage: error instanceof Error ? error.message : String(error),
  });
