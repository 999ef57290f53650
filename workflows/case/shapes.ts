import { ApplicationFailure } from '@temporalio/workflow';
import { bounds, cut } from '../../src/domain/values/bounds';
import type { CancelRequest, DoneRequest } from './messages';

/**
 * Messages come from outside: a signal without its payload must not stop an order for good, because it stands in the
 * history and would fail every workflow task from then on. What the handlers rely on is looked at, and every record
 * passes the gate that Claritum's lists pass.
 */
export type Shape = Readonly<Record<string, (value: unknown) => boolean>>;

export const text = (value: unknown): boolean => typeof value === 'string';
export const textOrNull = (value: unknown): boolean => value === null || text(value);
const textOrMissing = (value: unknown): boolean => value === undefined || text(value);
export const list =
  (shape: Shape) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.every((entry) => has(entry, shape));
export const shaped =
  (shape: Shape) =>
  (value: unknown): boolean =>
    has(value, shape);

export function has(value: unknown, shape: Shape): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(shape).every(([name, isRight]) => isRight(Reflect.get(value, name)));
}

export const texts = (value: unknown): boolean => Array.isArray(value) && value.every(text);

export const passes = (fault: string | undefined): boolean => fault === undefined;

/** The Update's validator: shape only, as for `decide`; a cancellation may come without anything. */
export function assertCancelRequest(request?: unknown): asserts request is CancelRequest | undefined {
  if (request === undefined || request === null) return;
  if (Array.isArray(request) || !isCancellation(request))
    throw malformed('a cancellation is {"by"?: "…", "reason"?: "…"}, all texts, or nothing');
  const fault = nameFault(request.by);
  if (fault !== undefined) throw malformed(`the cancellation does not pass: ${fault}`);
}

/** As for a cancellation. */
export function assertDoneRequest(request: unknown): asserts request is DoneRequest {
  if (!isDoneRequest(request)) throw malformed('what was done is {"task": "task-3", "by"?: "…"}');
  const fault = nameFault(request.by);
  if (fault !== undefined) throw malformed(`what was done does not pass: ${fault}`);
}

const isDoneRequest = (request: unknown): request is DoneRequest => has(request, { task: text, by: textOrMissing });

const isCancellation = (request: unknown): request is CancelRequest =>
  has(request, { by: textOrMissing, reason: textOrMissing });

/** A name decides who may approve afterwards, so it is never cut. */
export const nameFault = (by: unknown): string | undefined =>
  typeof by === 'string' && by.length > bounds.line ? `by is longer than ${bounds.line} characters` : undefined;

export const malformed = (message: string): ApplicationFailure =>
  ApplicationFailure.create({ type: 'MalformedAnswer', message: cut(message), nonRetryable: true });

/** The Update's validator: shape only, because what it rejects leaves no trace in the history. */
export function assertAnswer(answer: unknown): void {
  if (!has(answer, { choice: text, decision: textOrMissing, by: textOrMissing, reason: textOrMissing }))
    throw malformed('an answer is {"choice": "…", "decision"?: "…", "by"?: "…", "reason"?: "…"}, all texts');
}
