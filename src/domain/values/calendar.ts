/** Calendar dates `YYYY-MM-DD`, free of time zones; instants are ISO 8601 in UTC. */
const DAY = 86_400_000;
const HOUR = 3_600_000;
const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;

const toDay = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const fromDay = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** Whether the text is a calendar day by itself: `2027-02-30` and every instant are none. */
export const isCalendarDay = (text: string): boolean =>
  DATE_ONLY.test(text) && !Number.isNaN(toDay(text)) && fromDay(toDay(text)) === text;

/**
 * The calendar date of an instant in `timeZone` (IANA name); a calendar day has no zone and stays that day.
 *
 * @throws RangeError for an unreadable instant or zone.
 */
export function calendarDate(instant: string, timeZone: string): string {
  if (isCalendarDay(instant)) return instant;
  // JavaScript takes 30 February for 2 March.
  if (DATE_ONLY.test(instant)) throw new RangeError(`${instant} is no day of the calendar`);
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    .formatToParts(new Date(instant))
    .reduce<Record<string, string>>((all, { type, value }) => ({ ...all, [type]: value }), {});
  return `${parts['year']}-${parts['month']}-${parts['day']}`;
}

export const addDays = (date: string, days: number): string => fromDay(toDay(date) + days * DAY);

const isWeekend = (date: string): boolean => [0, 6].includes(new Date(toDay(date)).getUTCDay());

/** The date itself if it is a working day (Monday to Friday), else the working day before: ManEx takes no other. */
export function workingDayOnOrBefore(date: string): string {
  let day = date;
  while (isWeekend(day)) day = addDays(day, -1);
  return day;
}

/** The `count`-th working day before (negative: after) `date`. */
export function workingDaysBefore(date: string, count: number): string {
  const step = count < 0 ? 1 : -1;
  let day = date;
  for (let left = Math.abs(count); left > 0;) {
    day = addDays(day, step);
    if (!isWeekend(day)) left -= 1;
  }
  return day;
}

/**
 * Whether a day or an instant lies on a day before that of `now` (ISO instant). Of a calendar day only what is past in every
 * zone is past; an instant is compared by its day in UTC.
 */
export function isPastDay(date: string, now: string): boolean {
  const westernmost = 12 * HOUR;
  const today = isCalendarDay(date) ? new Date(Date.parse(now) - westernmost).toISOString() : now;
  return isEarlier(date.slice(0, 10), today.slice(0, 10));
}

/** A calendar day as an instant that lies on it in (almost) every zone, its noon in UTC; an instant as it is. */
export const instantOf = (date: string): string => (isCalendarDay(date) ? `${date}T12:00:00Z` : date);

/** Lexical comparison is chronological for calendar dates. */
export const isEarlier = (left: string, right: string): boolean => left < right;
