/** Longer is not one of these. */
const LONGEST = 64;

/** Year 0, the year before it, and the year 1, whatever the day. */
const BEFORE_TIME = /^[+-]?0*[01]-\d\d?-\d\d?(?:\D|$)/;

/** The first days that some systems can hold, and therefore write where nobody has set a date. */
const FIRST_DAYS: ReadonlySet<string> = new Set(['1753-01-01', '1899-12-30', '1900-01-01']);

/** Midnight, or no time at all: at another time somebody has written it. */
const MIDNIGHT = /^(?:[T ]00:00(?::00(?:[.,]0{1,9})?)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * Whether a text is what systems write where no date is set: nothing; year 0 and the day before it that PHP makes of
 * `0000-00-00` (`-0001-11-30`); the year 1, where .NET counts from; and the first days of SQL Server's two kinds of date and
 * of OLE, to which an empty date is cast. Nothing is ever ordered, or due, on one of these. The first day of Unix is not
 * among them: it is a wrong date rather than none.
 */
export function isNoDate(text: string): boolean {
  const given = text.trim();
  if (given.length > LONGEST) return false;
  const isFirstDay = FIRST_DAYS.has(given.slice(0, 10)) && MIDNIGHT.test(given.slice(10));
  return given === '' || isFirstDay || BEFORE_TIME.test(given);
}
