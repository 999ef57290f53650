import type { temporal } from '@temporalio/proto';

type Event = temporal.api.history.v1.IHistoryEvent;
export type Events = readonly Event[];

/** One thing a workflow did that Temporal had to carry out, as its history shows it. */
export type Step = { readonly heard: number } & (
  | { readonly do: 'activity'; readonly queue: string }
  | { readonly do: 'local' }
  | { readonly do: 'upsert'; readonly values: Readonly<Record<string, string | string[]>> }
  | { readonly do: 'timer'; readonly ms: number }
  /** A timer that was not let run out: the workflow went on when it had heard so many signals; null: it still waits. */
  | { readonly do: 'wait'; readonly ms: number; readonly until: number | null }
);

/** What the bare workflow does: the steps of a recorded one, in their order. `heard` counts the signals before a step. */
export interface Script {
  readonly steps: readonly Step[];
  /** Signals the recorded workflow was sent before its end. */
  readonly heard: number;
  /** Whether it came to its end; otherwise it waits there for ever. */
  readonly ended: boolean;
  /** For each signal, how many activities of both kinds were scheduled before. */
  readonly signals: readonly { readonly after: number }[];
}

/** Reads the script out of a history; what has no counterpart in a script does not occur in these workflows. */
export function scriptOf(events: Events): Script {
  const ends = timerEnds(events);
  const steps: Step[] = [];
  const signals: Script['signals'][number][] = [];
  for (const event of events) {
    const heard = signals.length;
    if (event.workflowExecutionSignaledEventAttributes) {
      const after = steps.filter((step) => step.do === 'activity' || step.do === 'local').length;
      signals.push({ after });
      continue;
    }
    const step = stepOf(event, ends);
    if (step !== undefined) steps.push({ heard, ...step });
  }
  const ended = events.some((event) => event.workflowExecutionCompletedEventAttributes);
  return { steps, heard: signals.length, ended, signals };
}

/** The local activities' markers, as the SDK names them. */
const LOCAL_ACTIVITY = 'core_local_activity';

export const isLocalActivity = ({ markerRecordedEventAttributes: marker }: Event): boolean =>
  marker?.markerName === LOCAL_ACTIVITY;

type Bare<T> = T extends unknown ? Omit<T, 'heard'> : never;

function stepOf(event: Event, ends: ReadonlyMap<string, number>): Bare<Step> | undefined {
  const activity = event.activityTaskScheduledEventAttributes;
  if (activity) return { do: 'activity', queue: activity.taskQueue?.name ?? '' };
  if (isLocalActivity(event)) return { do: 'local' };
  const upsert = event.upsertWorkflowSearchAttributesEventAttributes;
  if (upsert) return { do: 'upsert', values: keywords(upsert.searchAttributes?.indexedFields ?? {}) };
  const timer = event.timerStartedEventAttributes;
  if (!timer) return undefined;
  const ms = Number(timer.startToFireTimeout?.seconds ?? 0) * 1000 + (timer.startToFireTimeout?.nanos ?? 0) / 1e6;
  const until = ends.get(timer.timerId ?? '');
  if (until === FIRED) return { do: 'timer', ms };
  return { do: 'wait', ms, until: until ?? null };
}

const FIRED = -1;

/** How each timer ended, by its id: it fired, or it was cancelled after so many signals. */
function timerEnds(events: Events): Map<string, number> {
  const ends = new Map<string, number>();
  let heard = 0;
  for (const event of events) {
    if (event.workflowExecutionSignaledEventAttributes) heard += 1;
    const fired = event.timerFiredEventAttributes?.timerId;
    if (fired) ends.set(fired, FIRED);
    const cancelled = event.timerCanceledEventAttributes?.timerId;
    if (cancelled) ends.set(cancelled, heard);
  }
  return ends;
}

function keywords(fields: {
  readonly [name: string]: temporal.api.common.v1.IPayload;
}): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, { data, metadata }]): [string, string | string[]] => {
      const value: unknown = data && data.length > 0 ? JSON.parse(Buffer.from(data).toString('utf8')) : '';
      const texts = Array.isArray(value) ? value.map(String) : [String(value)];
      const isList = Buffer.from(metadata?.['type'] ?? []).toString('utf8') === 'KeywordList';
      return [name, isList ? texts : (texts[0] ?? '')];
    }),
  );
}
