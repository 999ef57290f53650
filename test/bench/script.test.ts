import { resolve } from 'node:path';
import { readFileSync } from 'node:fs';
import { temporal } from '@temporalio/proto';
import { countsOf } from './counts';
import { type Events, scriptOf } from './script';
import { spread } from './rounds';
import { slope } from './waiting';

/** The story of one order, as it was recorded for replay. */
const recorded = (name: string): Events =>
  temporal.api.history.v1.History.fromObject(JSON.parse(readFileSync(resolve(__dirname, '../histories', name), 'utf8')))
    .events;

it.each(['straight-through', 'two-despatches'])(
  'repeats what an order (%s) had Temporal do, step for step',
  (story) => {
    const events = recorded(`fulfil-purchase-order.${story}.json`);
    const counts = countsOf(events);
    const { steps, heard, ended, signals } = scriptOf(events);
    const number = (...kinds: string[]): number => steps.filter((step) => kinds.includes(step.do)).length;

    expect(counts.events).toBe(events.length);
    expect({
      activities: number('activity'),
      localActivities: number('local'),
      timers: number('timer', 'wait'),
      upserts: number('upsert'),
      signalsReceived: heard,
    }).toEqual({
      activities: counts.activities,
      localActivities: counts.localActivities,
      timers: counts.timers,
      upserts: counts.upserts,
      signalsReceived: counts.signalsReceived,
    });
    expect(signals).toHaveLength(heard);
    expect(ended).toBe(true);
    // A step never waits for a signal that came after it.
    expect(steps.every((step, index) => step.heard >= (steps[index - 1]?.heard ?? 0))).toBe(true);
  },
);

it('tells timers that ran out from timers a signal cut short', () => {
  const { steps } = scriptOf(recorded('fulfil-purchase-order.straight-through.json'));
  const waits = steps.filter((step) => step.do === 'wait');
  expect(steps.filter((step) => step.do === 'timer').length).toBeGreaterThan(0);
  expect(waits.length).toBeGreaterThan(0);
  for (const wait of waits) expect(wait.until).toBeGreaterThan(wait.heard);
});

it('leaves a workflow that still waits waiting', () => {
  const events = recorded('fulfil-purchase-order.straight-through.json');
  const started = events.findIndex((event) => event.timerStartedEventAttributes);
  const { steps, ended } = scriptOf(events.slice(0, started + 1));
  expect(ended).toBe(false);
  expect(steps.at(-1)).toMatchObject({ do: 'wait', until: null });
});

it('takes the middle of several values, and the mean of the two middle ones', () => {
  expect(spread([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
  expect(spread([4, 1, 2, 3]).median).toBe(2.5);
});

it('takes how steeply values rise, whatever they begin with', () => {
  expect(slope([100, 103, 106, 109])).toBe(3);
  expect(slope([7, 7, 7])).toBe(0);
  // One that stands out leaves the line between the others.
  expect(slope([0, 90, 20])).toBe(10);
  expect(slope([100, 103, 160, 109, 112, 115])).toBe(3);
});
