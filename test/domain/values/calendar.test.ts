import * as fc from 'fast-check';
import {
  addDays,
  calendarDate,
  instantOf,
  isCalendarDay,
  isEarlier,
  isPastDay,
  workingDayOnOrBefore,
  workingDaysBefore,
} from '../../../src/domain/values/calendar';

const weekday = (date: string): string =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' }).format(new Date(`${date}T12:00:00Z`));
const isWorkingDay = (date: string): boolean => !['Sat', 'Sun'].includes(weekday(date));

const dates = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2090-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('the calendar date of an instant', () => {
  it.each([
    ['2026-01-05T23:30:00Z', 'UTC', '2026-01-05'],
    ['2026-01-05T23:30:00Z', 'Europe/Berlin', '2026-01-06'],
    ['2026-01-05T04:59:59Z', 'America/New_York', '2026-01-04'],
    ['2026-01-05T05:00:00Z', 'America/New_York', '2026-01-05'],
    ['2026-01-05T18:30:00Z', 'Asia/Kolkata', '2026-01-06'],
    ['2026-01-05T10:00:00Z', 'Pacific/Kiritimati', '2026-01-06'],
  ])('%s in %s is %s', (instant, timeZone, expected) => {
    expect(calendarDate(instant, timeZone)).toBe(expected);
  });

  it('follows the clock when it goes forward and back', () => {
    // London is one hour ahead from 29 March to 25 October 2026, 01:00 UTC.
    expect(calendarDate('2026-03-28T23:30:00Z', 'Europe/London')).toBe('2026-03-28');
    expect(calendarDate('2026-03-29T23:30:00Z', 'Europe/London')).toBe('2026-03-30');
    expect(calendarDate('2026-10-24T23:30:00Z', 'Europe/London')).toBe('2026-10-25');
    expect(calendarDate('2026-10-25T23:30:00Z', 'Europe/London')).toBe('2026-10-25');
  });

  it('does not depend on the zone this machine is in', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 0, max: 86_399_999 }), (date, milliseconds) => {
        const instant = new Date(Date.parse(`${date}T00:00:00Z`) + milliseconds).toISOString();
        expect(calendarDate(instant, 'UTC')).toBe(date);
        expect([-1, 0, 1].map((days) => addDays(date, days))).toContain(calendarDate(instant, 'America/Los_Angeles'));
      }),
    );
  });

  it.each([
    ['tomorrow', 'UTC'],
    ['2026-01-05T09:00:00Z', 'Europe/Nowhere'],
  ])('is refused for %s in %s', (instant, timeZone) => {
    expect(() => calendarDate(instant, timeZone)).toThrow(RangeError);
  });
});

describe('a calendar day', () => {
  it.each(['America/New_York', 'Pacific/Kiritimati', 'Etc/GMT+12', 'Europe/London', 'UTC'])(
    'stays itself in %s',
    (zone) => {
      for (const day of ['2027-01-25', '2026-03-29', '2028-02-29', '2026-11-01'])
        expect(calendarDate(day, zone)).toBe(day);
    },
  );

  it('is no midnight: an instant is in each zone the day it is there', () => {
    expect(calendarDate('2027-01-25T00:00:00Z', 'America/New_York')).toBe('2027-01-24');
    expect(calendarDate('2027-01-25T00:00:00Z', 'Europe/London')).toBe('2027-01-25');
  });

  it.each([
    ['2027-01-25', true],
    ['2028-02-29', true],
    ['2027-02-29', false],
    ['2027-02-30', false],
    ['2027-13-01', false],
    ['2027-1-5', false],
    ['2027-01-25T00:00:00Z', false],
    ['', false],
  ])('%j: %s', (text, expected) => {
    expect(isCalendarDay(text)).toBe(expected);
  });

  it('is refused where the calendar has no such day', () => {
    expect(() => calendarDate('2027-02-30', 'UTC')).toThrow(RangeError);
  });

  it('is past when it is past everywhere', () => {
    const now = '2027-01-25T09:00:00Z';
    expect(['2027-01-23', '2027-01-24', '2027-01-25'].map((day) => isPastDay(day, now))).toEqual([true, false, false]);
    expect(isPastDay('2027-01-24', '2027-01-25T12:00:00Z')).toBe(true);
    expect(isPastDay('2027-01-24T23:00:00Z', now)).toBe(true);
    expect(isPastDay('2027-01-25T01:00:00Z', now)).toBe(false);
  });

  it('becomes an instant that lies on it', () => {
    const instant = instantOf('2027-01-25');
    for (const zone of ['America/Los_Angeles', 'UTC', 'Australia/Brisbane'])
      expect(calendarDate(instant, zone)).toBe('2027-01-25');
    expect(instantOf('2027-01-25T00:00:00Z')).toBe('2027-01-25T00:00:00Z');
  });
});

describe('adding days', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2100-02-28', 1, '2100-03-01'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-03-29', 1, '2026-03-30'],
  ])('%s and %i is %s', (date, days, expected) => {
    expect(addDays(date, days)).toBe(expected);
  });

  it('can be taken back, and keeps the order of days', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 5000 }), (date, days) => {
        const later = addDays(date, days);
        expect(addDays(later, -days)).toBe(date);
        expect([isEarlier(date, later), isEarlier(later, date), isEarlier(date, date)]).toEqual([true, false, false]);
      }),
    );
  });
});

describe('working days', () => {
  it.each([
    ['2026-01-09', '2026-01-09'],
    ['2026-01-10', '2026-01-09'],
    ['2026-01-11', '2026-01-09'],
    ['2026-01-12', '2026-01-12'],
  ])('on or before %s is %s', (date, expected) => {
    expect(workingDayOnOrBefore(date)).toBe(expected);
  });

  it.each([
    ['2026-01-12', 1, '2026-01-09'],
    ['2026-01-11', 1, '2026-01-09'],
    ['2026-01-16', 5, '2026-01-09'],
    ['2026-01-09', -1, '2026-01-12'],
    ['2026-01-05', 0, '2026-01-05'],
  ])('%s less %i is %s', (date, count, expected) => {
    expect(workingDaysBefore(date, count)).toBe(expected);
  });

  it('are Monday to Friday, and exactly as many as asked lie between', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 60 }), (date, count) => {
        expect(isWorkingDay(workingDayOnOrBefore(date))).toBe(true);
        const before = workingDaysBefore(date, count);
        expect(isWorkingDay(before)).toBe(true);
        const between: string[] = [];
        for (let day = before; isEarlier(day, date); day = addDays(day, 1)) between.push(day);
        expect(between.filter(isWorkingDay)).toHaveLength(count);
      }),
    );
  });

  it('after a working day lead back to it', () => {
    fc.assert(
      fc.property(dates.filter(isWorkingDay), fc.integer({ min: 1, max: 60 }), (date, count) => {
        expect(workingDaysBefore(workingDaysBefore(date, -count), count)).toBe(date);
      }),
    );
  });
});
