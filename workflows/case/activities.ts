import {
  ActivityFailure,
  type ActivityInterfaceFor,
  ApplicationFailure,
  isCancellation,
  type LocalActivityInterfaceFor,
  proxyActivities,
  proxyLocalActivities,
  sleep,
} from '@temporalio/workflow';
import { milliseconds } from '../../src/domain/values/duration';
import { taskQueues, type VendorName } from '../../src/domain/case/names';
import { pauseAfterLostSession } from './lost-session';
import { askAboutRefusedRead, readPatiently, type Reader, type ReadWayOut } from './questions';
import type { VendorCall } from './write';

/** An ms-formatted string, as the SDK types it. */
type Duration = Parameters<typeof sleep>[0];

/** What a call needs of its workflow: its time limits, as ms-formatted strings. */
export interface Timed {
  readonly policy: {
    readonly fulfilment: {
      readonly calls: { readonly write: string; readonly read: string };
      readonly longestPause: string;
    };
  };
}

/** The proxy of a factory's activities, by either kind of call. */
type On<A extends object> = ActivityInterfaceFor<A> | LocalActivityInterfaceFor<A>;
type Chosen<A extends object, I, O> = (on: On<A>) => (input: I) => Promise<O>;

export type Call<I, O> = (caller: Timed, input: I) => Promise<O>;

/** An activity that changes something at its vendor, in one attempt, and the call by which it does. */
export interface WritingCall<I, O> extends Call<I, O>, VendorCall {}

/** An activity that looks at a record and marks it as it was taken in. */
export interface Acknowledge<I, O> extends WritingCall<I, O> {
  /**
   * The same as a local activity, in the short time of a read and at a quarter of the cost. The history does not show a
   * local activity that was killed with its worker and is run again. So use it only where a second run ends like the
   * first.
   */
  readonly local: Call<I, O>;
}

/** An activity that reads, and is read again until it is answered. */
export interface Read<I, O> {
  /** @param wayOut what a person may choose where it is refused or not answered; by default that of the workflow */
  (reader: Reader, input: I, wayOut?: ReadWayOut): Promise<O>;
  /** The same read, which Temporal alone repeats: that it ends shows that the vendor is there. */
  awaited(caller: Timed, input: I): Promise<O>;
}

/** Where activities run, and whose they are. */
interface Queue {
  readonly vendor: VendorName;
  /** @default the vendor's own */
  readonly taskQueue?: string;
}

/**
 * Declares the activities of one factory, each once: what it is to the vendor, and its line in the Web UI. Makes a proxy
 * for each call. A workflow can wait for months, and would keep its proxies in memory.
 */
export function activitiesOf<A extends object>({ vendor, taskQueue = taskQueues[vendor] }: Queue) {
  const patient = (
    { policy: { fulfilment } }: Timed,
    summary: string,
    startToCloseTimeout: Duration = '30 seconds',
  ): ActivityInterfaceFor<A> =>
    proxyActivities<A>({
      taskQueue,
      summary,
      startToCloseTimeout,
      // Temporal itself retries what is safe to repeat, which costs no events.
      retry: {
        initialInterval: Math.min(1_000, milliseconds(fulfilment.longestPause)),
        backoffCoefficient: 2,
        maximumInterval: fulfilment.longestPause as Duration,
      },
    });

  const once = <I, O>(operation: string, summary: string, chosen: Chosen<A, I, O>): WritingCall<I, O> => {
    const write: Call<I, O> = ({ policy: { fulfilment } }, input) => {
      const startToCloseTimeout = fulfilment.calls.write as Duration;
      return chosen(proxyActivities<A>({ taskQueue, summary, startToCloseTimeout, retry: { maximumAttempts: 1 } }))(
        input,
      );
    };
    return Object.assign(write, { vendor, operation });
  };

  /** As a local activity, within the short time that a workflow task may be held up. */
  const locally =
    <I, O>(summary: string, chosen: Chosen<A, I, O>, maximumAttempts: number): Call<I, O> =>
    async ({ policy: { fulfilment } }, input) => {
      const within = fulfilment.calls.read as Duration;
      const on = proxyLocalActivities<A>({
        summary,
        startToCloseTimeout: within,
        scheduleToCloseTimeout: within,
        retry: { initialInterval: '100 milliseconds', maximumAttempts },
      });
      try {
        return await chosen(on)(input);
      } catch (error) {
        throw asOrdinary(summary, error);
      }
    };

  return {
    /**
     * Writes in one attempt, because a crash or a time-out must not send it twice. The Web UI shows the steps that find
     * out its outcome (`carry-out.ts`).
     *
     * @param operation as the vendor's page in docs/vendors names the call that changes something: `SO/PriceAdd`
     */
    writes: once,

    /** Looks at a record, and marks it where it is as it was taken in; in one attempt, as what writes. */
    acknowledges<I, O>(operation: string, summary: string, chosen: Chosen<A, I, O>): Acknowledge<I, O> {
      return Object.assign(once(operation, summary, chosen), { local: locally(summary, chosen, 1) });
    },

    /** Finds first and then undoes: Temporal repeats it as often as it takes. */
    undoes:
      <I, O>(summary: string, chosen: Chosen<A, I, O>): Call<I, O> =>
      (caller, input) =>
        chosen(patient(caller, summary, caller.policy.fulfilment.calls.write as Duration))(input),

    /**
     * Reads, as a local activity, a quarter of the cost. A vendor that hangs must not hold up workflow tasks, so after two
     * short tries the same read goes on as an ordinary activity, patiently; one that is refused for good (credentials, a
     * rule of the vendor's) is put to a person by the workflow.
     */
    reads<I, O>(summary: string, chosen: Chosen<A, I, O>): Read<I, O> {
      const awaited = (caller: Timed, input: I): Promise<O> => chosen(patient(caller, summary))(input);
      const local = locally(summary, chosen, 2);
      const read = async (reader: Reader, input: I, wayOut?: ReadWayOut): Promise<O> => {
        const way = (): Promise<Attempted<O>> => attempted(() => awaited(reader, input));
        for (let sessionsLost = 0; ;) {
          const first = await attempted(() => local(reader, input));
          if ('value' in first) return first.value;
          const last = first.isFinal
            ? first
            : await readPatiently(reader, { vendor, what: summary, because: first.error.message }, way, wayOut);
          if ('value' in last) return last.value;
          if (!last.isFinal) throw last.error;
          const pause = pauseAfterLostSession(last.failure, sessionsLost);
          sessionsLost = pause === undefined ? 0 : sessionsLost + 1;
          if (pause === undefined) await askAboutRefusedRead(reader, summary, last.failure, wayOut);
          else await sleep(pause);
        }
      };
      return Object.assign(read, { awaited });
    },
  };
}

/** Resolves once a vendor has answered, be it with a refusal. */
export async function untilAnswered(read: () => Promise<unknown>): Promise<void> {
  const ended = await attempted(read);
  if ('error' in ended && !ended.isFinal) throw ended.error;
}

/** The failure of a local activity comes without the wrapping of an ordinary one's: with it, one reader is enough. */
function asOrdinary(summary: string, error: unknown): unknown {
  if (isCancellation(error) || !(error instanceof Error) || error instanceof ActivityFailure) return error;
  return new ActivityFailure(error.message, summary, undefined, 'MAXIMUM_ATTEMPTS_REACHED', undefined, error);
}

type Attempted<T> =
  | { readonly value: T }
  | { readonly isFinal: false; readonly error: Error }
  | { readonly isFinal: true; readonly error: Error; readonly failure: ApplicationFailure };

/** How a read ended; final is what the vendor refuses for good, so that trying again alone does not help. */
async function attempted<T>(way: () => Promise<T>): Promise<Attempted<T>> {
  try {
    return { value: await way() };
  } catch (error) {
    if (isCancellation(error) || !(error instanceof Error)) throw error;
    const cause = error instanceof ActivityFailure ? (error.cause ?? error) : error;
    if (!(cause instanceof ApplicationFailure) || cause.nonRetryable !== true) return { isFinal: false, error: cause };
    return { isFinal: true, error, failure: cause };
  }
}
