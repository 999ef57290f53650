/** Calendar dates `YYYY-MM-DD`, free of time zones; instants are ISO 8601 in UTC. */
const DAY = 86_400_000;

const toDay = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const fromDay = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The calendar date of an instant in `timeZone` (IANA name). @throws RangeError for an unreadable instant or zone. */
export function calendarDate(instant: string, timeZone: string): string {
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

/** Lexical comparison is chronological for calendar dates. */
export const isEarlier = (left: string, right: string): boolean => left < right;
