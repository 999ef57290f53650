import { Context } from '@temporalio/activity';
import type { FailureType } from '../../../src/domain/case/failure-types';
import { VendorError } from '../../../src/transport/http/vendor-error';
import type { SmallAnswer } from './small-vendor';

/** The activities of the smallest vendor: what its client would make of an answer, it says itself. */
export function createSmallActivities(origin: string) {
  const post = async (path: string, ref: string): Promise<SmallAnswer> => {
    const { cancellationSignal } = Context.current();
    const answer = await fetch(new URL(path, origin), { method: 'POST', body: ref, signal: cancellationSignal });
    return JSON.parse(await answer.text());
  };
  const done = async (path: string, ref: string): Promise<boolean> => {
    const { isThere, failure } = await post(path, ref);
    if (failure === undefined) return isThere;
    const { type, message, code, retryAfterMs } = failure;
    if (type === null) throw new TypeError(message);
    const retrying = retryAfterMs === undefined ? {} : { retryAfterMs };
    throw new VendorError({ vendor: 'manex', operation: 'add', type, code, message, ...retrying });
  };
  const activities = {
    async add(ref: string): Promise<void> {
      await done('/add', ref);
    },
    /** Looks, and adds where it is not there. */
    async acknowledge(ref: string): Promise<void> {
      if (!(await activities.find(ref))) await activities.add(ref);
    },
    find: (ref: string): Promise<boolean> => done('/find', ref),
    /** Finds first, and then undoes. */
    async remove(ref: string): Promise<void> {
      await done('/remove', ref);
    },
  };
  return activities;
}

export type SmallActivities = ReturnType<typeof createSmallActivities>;

/** A failure as the vendor dictates it; null is an error of ours. */
export interface SmallFailure {
  readonly type: FailureType | null;
  readonly message: string;
  readonly code: string;
  readonly retryAfterMs?: number;
}
