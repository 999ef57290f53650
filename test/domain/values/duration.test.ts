import * as fc from 'fast-check';
import { durationMs, milliseconds } from '../../../src/domain/values/duration';

it.each([
  ['250 milliseconds', 250],
  ['30 seconds', 30_000],
  ['1 minute', 60_000],
  ['12 hours', 43_200_000],
  ['5 days', 432_000_000],
  ['2 weeks', 1_209_600_000],
  ['0 seconds', 0],
])('reads %s', (text, expected) => {
  expect(durationMs(text)).toBe(expected);
  expect(milliseconds(text)).toBe(expected);
});

it.each([
  '',
  '30',
  'seconds',
  '30s',
  '1.5 hours',
  '-1 day',
  ' 1 day',
  '1  day',
  '1 month',
  '1 dayss',
  '1 constructor',
  '1e3 days',
  '1234567 days',
])('takes %p for no duration, and says how to write one', (text) => {
  expect(durationMs(text)).toBeUndefined();
  expect(() => milliseconds(text)).toThrow(`not a duration: '${text}' (write it like "30 seconds")`);
});

it('counts every unit in the next smaller one', () => {
  const steps = [
    ['week', 'day', 7],
    ['day', 'hour', 24],
    ['hour', 'minute', 60],
    ['minute', 'second', 60],
    ['second', 'millisecond', 1000],
  ] as const;
  fc.assert(
    fc.property(fc.nat(999), fc.constantFrom(...steps), (count, [large, small, times]) => {
      expect(milliseconds(`${count} ${large}s`)).toBe(milliseconds(`${count * times} ${small}s`));
      expect(milliseconds(`${count} ${large}`)).toBe(milliseconds(`${count} ${large}s`));
    }),
  );
});
