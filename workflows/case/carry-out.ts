import {
  ActivityFailure,
  ApplicationFailure,
  condition,
  isCancellation,
  sleep,
  TimeoutFailure,
} from '@temporalio/workflow';
import { milliseconds } from '../../src/domain/values/duration';
import { FailureType, type FailureFacts } from '../../src/domain/case/failure-types';
import { DONE_BY_HAND, givenUp, overtaken } from './leaving';
import { pauseAfterLostSession } from './lost-session';
import { Patience } from './patience';
import { askAboutOutcome, askAboutRefusal, BEFORE_THIS_RUN, type Doubt } from './questions';
import { CANNOT_TELL, callFacts, wayOutOf, type Caller, type Write } from './write';

type End<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'not-sent'; readonly because: string; readonly waitMs: number }
  | { readonly kind: 'refused'; readonly failure: ApplicationFailure }
  | { readonly kind: 'unknown'; readonly because: string };

/** The first pause after a call that reached nobody. */
const NOT_SENT_MS = 1_000;
/** How many unknown ends in a row are told as steps of the order; after them, only how often it was tried is shown. */
const TOLD = 3;

/**
 * Carries a write out to a certain end (docs/promises.md): one attempt; *not sent* is tried again; *refused* goes to a person;
 * *unknown* settles, is looked up, and is then adopted, sent again with the same reference, or put to a person. What does no
 * harm when it is repeated is repeated with growing pauses ({@link Patience}). Never a blind repetition, never a silent skip.
 *
 * @throws ApplicationFailure `GivenUp` when a person gives the step up; `Overtaken` where it is no longer wanted so; the refusal
 *   itself where `refused` is 'throw'.
 */
export async function carryOut<T>(caller: Caller, write: Write<T>): Promise<T> {
  if (write.lookFirst === true) {
    const standing = await write.find?.();
    if (standing === CANNOT_TELL) {
      const said = await askAboutOutcome(caller, write, BEFORE_THIS_RUN);
      if (said !== undefined) return said.value;
      unlessOvertaken(caller, write, false);
    } else if (standing !== undefined) return standing;
  }
  const patience = new Patience(caller, {
    ...write,
    vendor: write.call.vendor,
    facts: callFacts(write),
    waysOut: [wayOutOf(caller, write)],
  });
  try {
    return await untilDone(caller, write, patience);
  } finally {
    await patience.end();
  }
}

async function untilDone<T>(caller: Caller, write: Write<T>, patience: Patience): Promise<T> {
  let unknown = 0;
  let sessionsLost = 0;
  let again: string | undefined;
  for (let first = write.scheduledAt; ; first = undefined) {
    // What has been sent already is brought to a certain end first.
    if (first === undefined && caller.interruption !== null) throw givenUp(write.what, caller.interruption);
    if (again !== undefined) caller.note(`${again}: ${write.what}`);
    again = undefined;
    const scheduledAt = first ?? new Date().toISOString();
    const end = await endOf(caller, write);
    switch (end.kind) {
      case 'done':
        caller.waiting(null);
        return end.value;
      case 'not-sent':
        await patience.pause(end.because, NOT_SENT_MS, end.waitMs);
        break;
      case 'refused': {
        await patience.end();
        const pause = pauseAfterLostSession(end.failure, sessionsLost);
        sessionsLost = pause === undefined ? 0 : sessionsLost + 1;
        if (pause !== undefined) {
          caller.waiting(`session lost, tried again soon: ${write.what}`);
          await condition(() => caller.interruption !== null, pause);
          break;
        }
        // An earlier try ended unknown. It may have taken effect after the look-up, and cause this refusal.
        const late = unknown === 0 ? undefined : await write.find?.();
        if (late !== undefined && late !== CANNOT_TELL) {
          caller.note(`refused, and ${write.saysOf?.(late) ?? 'so already'}: ${write.what}`);
          return late;
        }
        if (write.refused === 'throw' && end.failure.type !== FailureType.VendorUnauthorized) throw end.failure;
        if ((await askAboutRefusal(caller, write, end.failure)) === DONE_BY_HAND) return write.assumed();
        break;
      }
      case 'unknown': {
        unknown += 1;
        const ended = await resolve(caller, write, patience, { because: end.because, scheduledAt, times: unknown });
        if ('value' in ended) return ended.value;
        again = ended.again;
        break;
      }
    }
    const left = patience.wayOut;
    if (left?.choice === DONE_BY_HAND) {
      caller.note(`done by hand, says ${left.by}: ${write.what}`);
      return write.assumed();
    }
    if (left !== undefined) throw givenUp(write.what, left.by);
    unlessOvertaken(caller, write, end.kind === 'refused');
  }
}

/** @throws ApplicationFailure `Overtaken`; a cancelled workflow goes its own way. */
function unlessOvertaken(
  caller: Caller,
  write: Pick<Write<unknown>, 'what' | 'isOvertaken'>,
  wasRefused: boolean,
): void {
  if (caller.interruption !== null || write.isOvertaken?.(wasRefused) !== true) return;
  caller.waiting(null);
  throw overtaken(write.what);
}

interface Unknown extends Doubt {
  /** How often in a row its end was unknown. */
  readonly times: number;
}

/** The value where it turns out to have happened; else the same call is to be sent again, and may be told as `again`. */
async function resolve<T>(
  caller: Caller,
  write: Write<T>,
  patience: Patience,
  doubt: Unknown,
): Promise<{ readonly value: T } | { readonly again?: string }> {
  const { what, otherwise } = write;
  const isTold = doubt.times <= TOLD;
  if (isTold) caller.note(`outcome unknown: ${what} (${doubt.because})`);
  if (doubt.times === 1 || otherwise === 'ask') {
    caller.waiting(`outcome unknown, settling: ${what}`);
    await sleep(milliseconds(caller.policy.fulfilment.settle));
  } else {
    await patience.pause(doubt.because, milliseconds(caller.policy.fulfilment.settle));
  }
  const value = await write.find?.();
  if (value !== undefined && value !== CANNOT_TELL) {
    caller.note(`${write.saysOf?.(value) ?? 'found, adopted'}: ${what}`);
    caller.waiting(null);
    return { value };
  }
  if (otherwise === 'ask' || value === CANNOT_TELL) return (await askAboutOutcome(caller, write, doubt)) ?? {};
  if (!isTold) return {};
  return { again: write.find === undefined ? 'safe to repeat, tried again' : 'not found, tried again' };
}

async function endOf<T>({ policy }: Caller, write: Write<T>): Promise<End<T>> {
  try {
    return { kind: 'done', value: await write.send() };
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    return endOfFailure(error, policy.fulfilment.calls.write);
  }
}

function endOfFailure({ cause }: ActivityFailure, within: string): End<never> {
  if (cause instanceof TimeoutFailure) {
    return cause.timeoutType === 'SCHEDULE_TO_START'
      ? { kind: 'not-sent', because: 'no worker took it', waitMs: 0 }
      : { kind: 'unknown', because: `no answer within ${within}` };
  }
  if (!(cause instanceof ApplicationFailure)) return { kind: 'unknown', because: cause?.message ?? 'no reason given' };
  switch (cause.type) {
    case FailureType.VendorUnavailable:
      return { kind: 'not-sent', because: cause.message, waitMs: 0 };
    case FailureType.VendorThrottled:
      return { kind: 'not-sent', because: cause.message, waitMs: factsOf(cause)?.retryAfterMs ?? 0 };
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
  error instanceof ActivityFailure && endOfFailure(error, '').kind === 'unknown';

/** The machine-readable side of a failure, as `activities/failure.ts` wrote it. */
const factsOf = ({ details }: ApplicationFailure): FailureFacts | undefined => details?.[0] as FailureFacts | undefined;
