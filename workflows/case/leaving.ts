import { ApplicationFailure } from '@temporalio/workflow';

/** The choice that ends the story and undoes it. */
export const GIVE_UP = 'give up' as const;
/** The way out of one step of the story. */
export const DONE_BY_HAND = 'done by hand' as const;
/** The choice that ends a story of which nothing can be undone any more: what is left of it is listed as tasks. */
export const FINISH_BY_HAND = 'finish it by hand' as const;
/** The way out of a look that only a message asked for: the story goes on without it. */
export const GO_ON_WITHOUT = 'go on without it' as const;

/** Marks the failures by which a story is left, apart from those that are faults of ours. */
const LEAVING = 'leaving the story';

/** What leaves the story where it is thrown. @param type tells one way of leaving from another */
const leaving = (type: string, message: string): ApplicationFailure =>
  ApplicationFailure.create({ type, message, nonRetryable: true, details: [LEAVING] });

/** @param type any where it is not said */
export const isLeaving = (error: unknown, type?: string): error is ApplicationFailure =>
  error instanceof ApplicationFailure && error.details?.[0] === LEAVING && (type === undefined || error.type === type);

const GIVEN_UP = 'GivenUp';
const GONE_ON_WITHOUT = 'GoneOnWithout';
const FINISHED_BY_HAND = 'FinishedByHand';
const WITHDRAWN = 'Withdrawn';
const OVERTAKEN = 'Overtaken';

export const givenUp = (what: string, by: string): ApplicationFailure =>
  leaving(GIVEN_UP, `given up by ${by}: ${what}`);
export const finishedByHand = (what: string, by: string): ApplicationFailure =>
  leaving(FINISHED_BY_HAND, `finished by hand, says ${by}: ${what}`);
export const goneOnWithout = (what: string, by: string): ApplicationFailure =>
  leaving(GONE_ON_WITHOUT, `gone on without it, says ${by}: ${what}`);
/** A question was taken back while somebody waited for its answer. */
export const withdrawn = (id: string, reason: string): ApplicationFailure =>
  leaving(WITHDRAWN, `${id} is no longer asked: ${reason}`);

/** What a call was to bring about is no longer wanted so, and nothing of it is under way. */
export const overtaken = (what: string): ApplicationFailure =>
  leaving(OVERTAKEN, `no longer wanted so, and not tried any more: ${what}`);

export const isOvertaken = (error: unknown): error is ApplicationFailure => isLeaving(error, OVERTAKEN);
export const isGivenUp = (error: unknown): boolean => isLeaving(error, GIVEN_UP);
export const isFinishedByHand = (error: unknown): boolean => isLeaving(error, FINISHED_BY_HAND);
export const isGoneOnWithout = (error: unknown): error is ApplicationFailure => isLeaving(error, GONE_ON_WITHOUT);
export const isWithdrawn = (error: unknown): error is ApplicationFailure => isLeaving(error, WITHDRAWN);

/**
 * Runs a story to its end. When it is left early, the thrown reason goes to the one function that ends it or goes on,
 * which may be left early too. Any other error is a bug, and is thrown on; so is a reason that comes back as it was, which
 * would go round for ever.
 */
export async function runToItsEnd<E>(
  story: () => Promise<E>,
  leave: (left: ApplicationFailure) => Promise<E>,
): Promise<E> {
  let left: unknown;
  for (let next = story; ;) {
    try {
      return await next();
    } catch (error) {
      if (!isLeaving(error) || error === left) throw error;
      left = error;
      next = () => leave(error);
    }
  }
}
