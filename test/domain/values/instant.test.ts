import * as fc from 'fast-check';
import { compareInstants, readDayOrInstant, readInstant } from '../../../src/domain/values/instant';

describe('an instant', () => {
  it.each([
    ['2026-01-05T09:00:00Z', '2026-01-05T09:00:00Z'],
    [' 2026-01-05T09:00:00Z\n', '2026-01-05T09:00:00Z'],
    ['2026-01-05T10:00:00+01:00', '2026-01-05T09:00:00Z'],
    ['2026-01-05T04:30:00-0430', '2026-01-05T09:00:00Z'],
    ['2026-01-05T09:00:00.25', '2026-01-05T09:00:00.25Z'],
    ['2026-11-28T09:00:00.800Z', '2026-11-28T09:00:00.8Z'],
    ['2026-11-28 10:00:00.000001+01:00', '2026-11-28T09:00:00.000001Z'],
    ['2026-11-28T09:00:00.000Z', '2026-11-28T09:00:00Z'],
    ['2026-01-05 09:00', '2026-01-05T09:00:00Z'],
    ['2026-01-05', '2026-01-05T00:00:00Z'],
    ['2024-02-29', '2024-02-29T00:00:00Z'],
    ['2026-02-29', undefined],
    ['2026-13-01', undefined],
    ['2026-01-05T25:00:00Z', undefined],
    ['05/01/2026', undefined],
    ['tomorrow', undefined],
    ['', undefined],
    [`2026-01-05${' '.repeat(100_000)}x`, undefined],
  ])('%.40s is %s', (text, instant) => {
    expect(readInstant(text)).toBe(instant);
  });

  it.each([
    ['2027-01-25', '2027-01-25'],
    [' 2027-01-25 ', '2027-01-25'],
    ['2027-01-25T12:00:00Z', '2027-01-25T12:00:00Z'],
    ['2027-01-25T00:00:00+13:00', '2027-01-24T11:00:00Z'],
    ['2027-02-30', undefined],
  ])('is not made of a day alone: %s is %s', (text, read) => {
    expect(readDayOrInstant(text)).toBe(read);
  });
});

describe('which is earlier', () => {
  it.each<[string, string, number]>([
    ['2026-11-28T09:00:00Z', '2026-11-28T09:00:00.8Z', -1],
    ['2026-11-28T09:00:00.8Z', '2026-11-28T09:00:01Z', -1],
    ['2026-11-28T09:00:00.75Z', '2026-11-28T09:00:00.8Z', -1],
    ['2026-11-28T09:00:00.1Z', '2026-11-28T09:00:00.10Z', 0],
    ['2026-11-28T09:00:00.100000001Z', '2026-11-28T09:00:00.1Z', 1],
    ['2026-11-28T09:00:00Z', '2026-11-28T10:00:00+01:00', 0],
    ['2026-11-28', '2026-11-28T00:00:00Z', 0],
    ['2026-11-28', '2026-11-28T00:00:00.001Z', -1],
    ['', '2026-11-28T00:00:00Z', -1],
    ['', '', 0],
  ])('%s and %s', (left, right, result) => {
    expect(compareInstants(left, right)).toBe(result);
    expect(compareInstants(right, left)).toBe(result === 0 ? 0 : -result);
  });

  it('is told of milliseconds as numbers tell it, however many of their digits are written', () => {
    const epochs = fc.integer({ min: 0, max: 4_000_000_000_000 });
    const written = (epoch: number): string => readInstant(new Date(epoch).toISOString()) ?? '';
    fc.assert(
      fc.property(epochs, fc.integer({ min: -2_000, max: 2_000 }), (epoch, apart) => {
        expect(compareInstants(written(epoch), written(epoch + apart))).toBe(Math.sign(-apart) + 0);
      }),
    );
  });
});

describe('a day with a zone and no time', () => {
  it.each(['2026-12-22', '2026-12-22Z', '2026-12-22+01:00', '2026-12-22-0500', ' 2026-12-22+14:00 '])(
    '%j is that day',
    (text) => {
      expect(readDayOrInstant(text)).toBe('2026-12-22');
    },
  );
  it.each(['2026-02-31Z', '2026-12-22+', '2026-12-22x'])('%j is none', (text) => {
    expect(readDayOrInstant(text)).toBeUndefined();
  });
});
