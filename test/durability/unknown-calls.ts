import { defaultPayloadConverter } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import { asInstant } from './acknowledged';
import type { UnknownCall } from './auditor/evidence';

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;
type Failure = temporal.api.failure.v1.IFailure;

/** Ends by which the vendor may have done what it was asked for. */
const UNKNOWN: readonly unknown[] = ['OutcomeUnknown', 'MalformedResponse'];

/**
 * The calls of a history whose end nobody knew: what the worker says so of, and what it said nothing of in time.
 *
 * @param activities the name of each activity, by the id of the event that scheduled it
 */
export function unknownIn(
  events: readonly HistoryEvent[],
  activities: ReadonlyMap<string, string>,
): readonly UnknownCall[] {
  return events.flatMap((event) => {
    const { activityTaskFailedEventAttributes: failed, activityTaskTimedOutEventAttributes: timedOut } = event;
    const ended = failed ?? timedOut;
    const isUnknown = Boolean(timedOut) || UNKNOWN.includes(failed?.failure?.applicationFailureInfo?.type);
    if (!ended || !isUnknown) return [];
    const activity = activities.get(String(ended.scheduledEventId)) ?? '';
    return [
      { activity, at: asInstant(event.eventTime), isLost: Boolean(timedOut) || codeOf(failed?.failure) === 'DEADLINE' },
    ];
  });
}

/** The word by which a failed call says why. */
function codeOf(failure: Failure | null | undefined): unknown {
  const [payload] = failure?.applicationFailureInfo?.details?.payloads ?? [];
  const facts: unknown = payload ? defaultPayloadConverter.fromPayload(payload) : undefined;
  return typeof facts === 'object' && facts !== null ? Reflect.get(facts, 'code') : undefined;
}
