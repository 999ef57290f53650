import { type Events, isLocalActivity } from './script';

/** What one workflow cost, counted in its history. */
export interface Counts {
  readonly events: number;
  readonly workflowTasks: number;
  readonly activities: number;
  readonly localActivities: number;
  readonly timers: number;
  readonly upserts: number;
  readonly signalsReceived: number;
  /** Workflow tasks nobody took in time: the worker was too busy, and they were given out anew. */
  readonly lateTasks: number;
  /** Attempts of activities and workflow tasks that failed. */
  readonly failures: number;
}

export const countNames = [
  'events',
  'workflowTasks',
  'activities',
  'localActivities',
  'timers',
  'upserts',
  'signalsReceived',
  'lateTasks',
  'failures',
] as const satisfies readonly (keyof Counts)[];

/** What each figure is called in the report. */
export const countTitles: Readonly<Record<keyof Counts, string>> = {
  events: 'history events',
  workflowTasks: 'workflow tasks',
  activities: 'ordinary activities',
  localActivities: 'local activities',
  timers: 'timers started',
  upserts: 'search-attribute upserts',
  signalsReceived: 'signals received',
  lateTasks: 'workflow tasks not taken in time',
  failures: 'failed attempts',
};

type Event = Events[number];

const counted: Readonly<Record<keyof Counts, (event: Event) => unknown>> = {
  events: () => true,
  workflowTasks: (event) => event.workflowTaskScheduledEventAttributes,
  activities: (event) => event.activityTaskScheduledEventAttributes,
  localActivities: isLocalActivity,
  timers: (event) => event.timerStartedEventAttributes,
  upserts: (event) => event.upsertWorkflowSearchAttributesEventAttributes,
  signalsReceived: (event) => event.workflowExecutionSignaledEventAttributes,
  lateTasks: (event) => event.workflowTaskTimedOutEventAttributes,
  failures: (event) =>
    event.activityTaskFailedEventAttributes ??
    event.activityTaskTimedOutEventAttributes ??
    event.workflowTaskFailedEventAttributes ??
    event.activityTaskStartedEventAttributes?.lastFailure,
};

export const countsOf = (events: Events): Counts =>
  mapCounts((name) => events.filter((event) => Boolean(counted[name](event))).length);

/** The figures made one by one. */
export const mapCounts = (figure: (name: keyof Counts) => number): Counts => ({
  events: figure('events'),
  workflowTasks: figure('workflowTasks'),
  activities: figure('activities'),
  localActivities: figure('localActivities'),
  timers: figure('timers'),
  upserts: figure('upserts'),
  signalsReceived: figure('signalsReceived'),
  lateTasks: figure('lateTasks'),
  failures: figure('failures'),
});
