import type { FailureFacts } from '../../src/domain/case/failure-types';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { ApplicationFailure } from '@temporalio/activity';
import { failureInterceptor } from '../../activities/failure';

/** What the server would tell one attempt of itself. */
export interface AttemptTimes {
  /** @default one minute */
  readonly startToCloseMs?: number;
  /** How long ago the attempt was scheduled. @default 0 */
  readonly scheduledMsAgo?: number;
}

/** The context of one attempt, scheduled just now. */
export const attempt = ({ startToCloseMs = 60_000, scheduledMsAgo = 0 }: AttemptTimes = {}): MockActivityEnvironment =>
  new MockActivityEnvironment(
    { startToCloseTimeoutMs: startToCloseMs, currentAttemptScheduledTimestampMs: Date.now() - scheduledMsAgo },
    { logger: new DefaultLogger('ERROR'), interceptors: [() => ({ inbound: failureInterceptor })] },
  );

/** Runs an activity as one attempt of its own. */
export const run = <P extends readonly unknown[], R>(activity: (...input: P) => Promise<R>, ...input: P): Promise<R> =>
  attempt().run(activity as (...input: readonly unknown[]) => Promise<R>, ...input);

/** The failure an activity ends with; an error of the test where it ends otherwise. */
export async function failureOf(outcome: Promise<unknown>): Promise<ApplicationFailure> {
  const end = await outcome.then(
    (value: unknown) => `it returned ${JSON.stringify(value)}`,
    (error: unknown) => error,
  );
  if (end instanceof ApplicationFailure) return end;
  throw end instanceof Error ? end : new Error(String(end));
}

/** What the failure says of the call. */
export const factsOf = ({ details }: ApplicationFailure): FailureFacts => details?.[0] as FailureFacts;
