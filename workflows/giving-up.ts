import { ApplicationFailure } from '@temporalio/workflow';
import { isWithdrawn } from './decisions';

/** The choice that ends the story and undoes it. */
export const GIVE_UP = 'give up';
/** The way out of one step of the story. */
export const DONE_BY_HAND = 'done by hand';
/** The choice that ends a story of which nothing can be undone any more: what is left of it is listed as tasks. */
export const FINISH_BY_HAND = 'finish it by hand';

/** The way out of a look that only a message asked for: the order goes on without it. */
export const GO_ON_WITHOUT = 'go on without it';

const GIVEN_UP = 'GivenUp';
const GONE_ON_WITHOUT = 'GoneOnWithout';
const FINISHED_BY_HAND = 'FinishedByHand';

export const givenUp = (what: string, by: string): ApplicationFailure =>
  ApplicationFailure.create({ type: GIVEN_UP, message: `given up by ${by}: ${what}`, nonRetryable: true });

export const finishedByHand = (what: string, by: string): ApplicationFailure =>
  ApplicationFailure.create({
    type: FINISHED_BY_HAND,
    message: `finished by hand, says ${by}: ${what}`,
    nonRetryable: true,
  });

export const goneOnWithout = (what: string, by: string): ApplicationFailure =>
  ApplicationFailure.create({
    type: GONE_ON_WITHOUT,
    message: `gone on without it, says ${by}: ${what}`,
    nonRetryable: true,
  });

const isOfType = (error: unknown, type: string): error is ApplicationFailure =>
  error instanceof ApplicationFailure && error.type === type;

export const isGivenUp = (error: unknown): error is ApplicationFailure => isOfType(error, GIVEN_UP);
export const isFinishedByHand = (error: unknown): error is ApplicationFailure => isOfType(error, FINISHED_BY_HAND);

export const isGoneOnWithout = (error: unknown): error is ApplicationFailure => isOfType(error, GONE_ON_WITHOUT);

/** A human or the buyer ended it: what was done is undone. Anything else is a fault of ours, and shows as one. */
export const isAbandoned = (error: unknown): error is ApplicationFailure => isWithdrawn(error) || isGivenUp(error);
