/** Calendar dates as `YYYY-MM-DD`: ManEx's dates have no zone and no time of day. */
const forms = [
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})$/,
  /^(?<month>\d{2})-(?<day>\d{2})-(?<year>\d{4})$/,
] as const;

const oneDay = 86_400_000;

const written = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/**
 * `MM-DD-YYYY` or `YYYY-MM-DD` as `YYYY-MM-DD`; undefined for anything else
 * (docs/vendors/manex.md#what-its-documents-leave-open).
 */
export function readDate(text: string): string | undefined {
  for (const form of forms) {
    const parts = form.exec(text)?.groups;
    if (parts === undefined) continue;
    const date = `${parts['year']}-${parts['month']}-${parts['day']}`;
    const instant = Date.parse(`${date}T00:00:00Z`);
    // Date.parse refuses month 13 but rolls 30 February over.
    return !Number.isNaN(instant) && written(instant) === date ? date : undefined;
  }
  return undefined;
}

/** Monday to Friday; the vendor's holidays are not known here. */
export function isWorkingDay(date: string): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** The working day before a date. */
export function workingDayBefore(date: string): string {
  let instant = Date.parse(`${date}T00:00:00Z`);
  do {
    instant -= oneDay;
  } while (!isWorkingDay(written(instant)));
  return written(instant);
}

/** A stored date: `2014-11-13T00:00:00`, without zone. */
export const stored = (date: string): string => `${date}T00:00:00`;

/** The calendar part of a stored date. */
export const calendarPart = (storedDate: string): string => storedDate.slice(0, 10);
