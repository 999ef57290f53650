import {
  ActivityFailure,
  ApplicationFailure,
  condition,
  isCancellation,
  sleep,
  TimeoutFailure,
} from '@temporalio/workflow';
import type { FailureFacts } from '../activities/failure';
import type { Fact } from '../src/domain/decision';
import { milliseconds } from '../src/domain/duration';
import { FailureType } from '../src/domain/failure-types';
import type { DecisionDesk } from './decisions';
import { pauseAfterLostSession } from './lost-session';
import type { ReadWatcher } from './vendors';

/** A look-up that saw the vendor's records and could not tell from them: a human is asked. */
export const CANNOT_TELL = 'cannot tell';

/** One writing call of the story, with what it takes to find out what became of it. */
export interface Write<T> {
  /** Verb and object, as an operator says it: `add the price 0.85 in ManEx`. */
  readonly what: string;
  readonly facts: readonly Fact[];
  send(): Promise<T>;
  /**
   * Looks for our own key in the vendor's records: undefined where it is certainly not there, `cannot tell` where the
   * vendor does not show enough. Absent where nothing can be looked up at all.
   */
  find?(): Promise<T | undefined | typeof CANNOT_TELL>;
  /** Look before the first attempt too: something of ours stands there already, from an earlier life of the order. */
  readonly lookFirst?: boolean;
  /** When nothing is found, or nothing can be looked up: is the same call sent again, or is a human asked? */
  readonly otherwise: 'send again' | 'ask';
  /** What counts as the result when a human says it happened. */
  assumed(): Promise<T>;
  /**
   * The way out where a human sees no other: giving the order up, which undoes it, or doing this one thing by hand. After
   * the point of no return only the latter is offered. @default 'give up' while that is possible
   */
  readonly wayOut?: 'give up' | 'done by hand';
  /**
   * A refusal goes to a human, or back to the caller who knows what to do; of refused credentials no caller does.
   * @default 'ask'
   */
  readonly refused?: 'ask' | 'throw';
}

/** What a call needs of its workflow. */
export interface Caller {
  readonly desk: DecisionDesk;
  /** How long an unknown outcome settles before it is looked up (`fulfilment.settle`). */
  readonly settle: string;
  /** Shows what is being waited for; null clears it. */
  waiting(text: string | null): void;
  /** Adds a line to the order's steps. */
  note(text: string): void;
  /** False once goods have left or nothing can be undone any more: then giving up is no choice. */
  readonly mayGiveUp: boolean;
  /** Lists what only a human can do. */
  task(text: string): void;
  /** Why nothing more may be sent (the order is being cancelled); null while it may. */
  readonly interruption: string | null;
}

type End<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'not-sent'; readonly because: string }
  | { readonly kind: 'throttled'; readonly waitMs: number }
  | { readonly kind: 'refused'; readonly failure: ApplicationFailure }
  | { readonly kind: 'unknown'; readonly because: string };

/** How many unknown ends in a row are resolved by looking before a human is asked. */
const LOOKS = 3;
const NEXT_TRY_MS = [1_000, 2_000, 5_000, 15_000, 60_000];

/**
 * Carries a write out to a certain end (design §5.2): one attempt; *not sent* is tried again; *refused* goes to a human;
 * *unknown* settles, is looked up, and is then adopted, sent again with the same reference, or put to a human. Never a
 * blind repetition, never a silent skip.
 *
 * @throws ApplicationFailure `GivenUp` when a human gives the step up; the refusal itself where `refused` is 'throw'.
 */
export async function carryOut<T>(caller: Caller, write: Write<T>): Promise<T> {
  let unreached = 0;
  let unknown = 0;
  let sessionsLost = 0;
  if (write.lookFirst === true) {
    const standing = await write.find?.();
    if (standing === CANNOT_TELL) {
      const said = await asked(caller, write, BEFORE_THIS_RUN);
      if (said !== undefined) return said.value;
    } else if (standing !== undefined) return standing;
  }
  for (;;) {
    if (caller.interruption !== null) throw givenUp(write.what, caller.interruption);
    const sentAt = new Date().toISOString();
    const end = await endOf(write);
    switch (end.kind) {
      case 'done':
        caller.waiting(null);
        return end.value;
      case 'not-sent':
        caller.waiting(`not reached, tried again soon: ${write.what} (${end.because})`);
        await unlessInterrupted(caller, NEXT_TRY_MS[Math.min(unreached, NEXT_TRY_MS.length - 1)] ?? 60_000);
        unreached += 1;
        break;
      case 'throttled':
        caller.waiting(`asked to wait: ${write.what}`);
        await unlessInterrupted(caller, end.waitMs);
        break;
      case 'refused': {
        const pause = pauseAfterLostSession(end.failure, sessionsLost);
        sessionsLost = pause === undefined ? 0 : sessionsLost + 1;
        if (pause !== undefined) {
          caller.waiting(`session lost, tried again soon: ${write.what}`);
          await unlessInterrupted(caller, pause);
          break;
        }
        if (write.refused === 'throw' && end.failure.type !== FailureType.VendorUnauthorized) throw end.failure;
        if ((await askAboutRefusal(caller, write, end.failure)) === 'done by hand') return write.assumed();
        break;
      }
      case 'unknown': {
        unknown += 1;
        const found = await resolve(caller, write, { because: end.because, sentAt, looks: unknown });
        if (found !== undefined) return found.value;
        break;
      }
    }
  }
}

async function unlessInterrupted(caller: Caller, ms: number): Promise<void> {
  await condition(() => caller.interruption !== null, ms);
}

async function endOf<T>(write: Write<T>): Promise<End<T>> {
  try {
    return { kind: 'done', value: await write.send() };
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    return endOfFailure(error);
  }
}

function endOfFailure({ cause }: ActivityFailure): End<never> {
  if (cause instanceof TimeoutFailure) {
    return cause.timeoutType === 'SCHEDULE_TO_START'
      ? { kind: 'not-sent', because: 'no worker took it' }
      : { kind: 'unknown', because: 'the worker did not come back' };
  }
  if (!(cause instanceof ApplicationFailure)) return { kind: 'unknown', because: cause?.message ?? 'no reason given' };
  switch (cause.type) {
    case FailureType.VendorUnavailable:
      return { kind: 'not-sent', because: cause.message };
    case FailureType.VendorThrottled:
      return { kind: 'throttled', waitMs: factsOf(cause)?.retryAfterMs ?? 1_000 };
    case FailureType.VendorRejected:
    case FailureType.VendorUnauthorized:
    case FailureType.DocumentNotFound:
      return { kind: 'refused', failure: cause };
    default:
      return { kind: 'unknown', because: cause.message };
  }
}

/** Whether a call that failed like this may have taken effect. */
export const endedUnknown = (error: unknown): boolean =>
  error instanceof ActivityFailure && endOfFailure(error).kind === 'unknown';

/** The machine-readable side of a failure, as `activities/failure.ts` wrote it. */
const factsOf = ({ details }: ApplicationFailure): FailureFacts | undefined => details?.[0] as FailureFacts | undefined;

/**
 * Puts a refusal to a human.
 *
 * @throws ApplicationFailure `GivenUp`.
 */
async function askAboutRefusal(
  caller: Caller,
  {
    what,
    facts,
    wayOut = caller.mayGiveUp ? 'give up' : 'done by hand',
  }: Pick<Write<unknown>, 'what' | 'facts' | 'wayOut'>,
  refusal: ApplicationFailure,
): Promise<'try again' | 'done by hand'> {
  caller.waiting(`refused: ${what}`);
  const { choice, by } = await caller.desk.ask({
    kind: 'refused-call',
    question: `Refused: ${what}. Put right what the vendor complains of, then try again; or take the other way out.`,
    facts: [...facts, { label: 'refusal', value: refusal.message }],
    choices: ['try again', wayOut],
  });
  caller.waiting(null);
  if (choice === 'give up') throw givenUp(what, by);
  if (choice === 'done by hand') caller.note(`done by hand, says ${by}: ${what}`);
  return choice === 'done by hand' ? 'done by hand' : 'try again';
}

/**
 * Puts a refused read to a human; there is nothing to do by hand, so once giving up is no choice, it is mended and tried.
 *
 * @throws ApplicationFailure `GivenUp`.
 */
async function askAboutRefusedRead(caller: Caller, what: string, refusal: ApplicationFailure): Promise<void> {
  caller.waiting(`refused: ${what}`);
  const { choice, by } = await caller.desk.ask({
    kind: 'refused-call',
    question: `Refused: ${what}. Nothing was changed by it. Put right what the vendor complains of, then try again.`,
    facts: [{ label: 'refusal', value: refusal.message }],
    choices: ['try again', ...(caller.mayGiveUp ? ['give up'] : [])],
  });
  caller.waiting(null);
  if (choice === 'give up') throw givenUp(what, by);
}

/** Shows a workflow's failing reads, and asks about refused ones. */
export const watching = (caller: Caller): ReadWatcher => ({
  refused: (what, refusal) => askAboutRefusedRead(caller, what, refusal),
  retrying: (what, because) => caller.waiting(because === null ? null : `tried again and again: ${what} (${because})`),
});

export const givenUp = (what: string, by: string): ApplicationFailure =>
  ApplicationFailure.create({ type: 'GivenUp', message: `given up by ${by}: ${what}`, nonRetryable: true });

interface Doubt {
  readonly because: string;
  readonly sentAt: string;
  readonly looks: number;
}

/** What is looked for before it is sent: by an earlier life of the order, if by any. */
const BEFORE_THIS_RUN: Doubt = {
  because: 'nothing yet: it is looked for before it is sent, and the vendor does not show enough',
  sentAt: 'not by this run of the order',
  looks: 0,
};

/** The value where it turns out to have happened; undefined where the same call is to be sent again. */
async function resolve<T>(caller: Caller, write: Write<T>, doubt: Doubt): Promise<{ value: T } | undefined> {
  caller.waiting(`outcome unknown, settling: ${write.what}`);
  caller.note(`outcome unknown: ${write.what} (${doubt.because})`);
  await sleep(milliseconds(caller.settle));
  const value = await write.find?.();
  if (value !== undefined && value !== CANNOT_TELL) {
    caller.note(`found, adopted: ${write.what}`);
    caller.waiting(null);
    return { value };
  }
  if (write.otherwise === 'send again' && doubt.looks <= LOOKS && value !== CANNOT_TELL) {
    caller.note(
      write.find === undefined ? `safe to repeat, sent again: ${write.what}` : `not found, sent again: ${write.what}`,
    );
    return undefined;
  }
  return asked(caller, write, doubt);
}

async function asked<T>(
  caller: Caller,
  write: Write<T>,
  { because, sentAt }: Doubt,
): Promise<{ value: T } | undefined> {
  caller.waiting(`outcome unknown, a human must look: ${write.what}`);
  const { choice, by } = await caller.desk.ask({
    kind: 'unknown-outcome',
    question: `Nobody knows whether this happened: ${write.what}. Look in the vendor's own screens, then say so.`,
    facts: [...write.facts, { label: 'sent at', value: sentAt }, { label: 'what came back', value: because }],
    choices: [
      'it happened',
      'send it again',
      ...(caller.mayGiveUp && write.wayOut !== 'done by hand' ? ['give up'] : []),
    ],
  });
  if (choice === 'give up') throw givenUp(write.what, by);
  caller.note(`${by} says '${choice}': ${write.what}`);
  caller.waiting(null);
  return choice === 'it happened' ? { value: await write.assumed() } : undefined;
}
