import { isCalendarDay } from './calendar';

/** Instants are ISO 8601 in UTC with `Z`, and keep the fraction of a second they came with; a day alone is `YYYY-MM-DD`. */
const FORM =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,](\d{1,9})\d{0,20})?)?)?\s?(Z|[+-]\d{2}:?\d{2})?$/i;

/** Longer is no date; what is not looked at costs nothing. */
const LONGEST = 64;

/** An instant as it was written, taken apart. */
export interface WrittenInstant {
  /** A day of the calendar. */
  readonly date: string;
  /** `HH:mm:ss`, midnight where there is none. */
  readonly time: string;
  /** Digits behind the point, without trailing zeros. */
  readonly fraction: string;
  /** `Z` or `+02:00`; undefined where it says none. */
  readonly offset: string | undefined;
}

/** The parts of an instant in any of the forms it may have; blanks around it do not count. Undefined for what is none. */
export function writtenInstant(given: string): WrittenInstant | undefined {
  const text = given.trim();
  if (text.length > LONGEST) return undefined;
  const [, date, time = '00:00', seconds = '00', fraction = '', zone] = FORM.exec(text) ?? [];
  if (date === undefined || !isCalendarDay(date)) return undefined;
  return {
    date,
    time: `${time}:${seconds}`,
    fraction: fraction.replace(/0{1,9}$/, ''),
    offset: zone?.toUpperCase().replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2'),
  };
}

interface Moment {
  /** Epoch milliseconds of the whole second. */
  readonly second: number;
  readonly fraction: string;
}

function momentOf(text: string): Moment | undefined {
  const written = writtenInstant(text);
  if (written === undefined) return undefined;
  const { date, time, fraction, offset = 'Z' } = written;
  const second = Date.parse(`${date}T${time}${offset}`);
  return Number.isNaN(second) ? undefined : { second, fraction };
}

/**
 * An instant as `YYYY-MM-DDTHH:mm:ss[.fraction]Z`, in one notation for one instant: the fraction keeps up to nine digits
 * and no zeros at its end. A time without offset is UTC, a date alone its midnight, and a blank may stand for the `T`.
 *
 * @returns undefined for what is no instant, impossible dates included
 */
export function readInstant(text: string): string | undefined {
  const moment = momentOf(text);
  if (moment === undefined) return undefined;
  const whole = new Date(moment.second).toISOString().slice(0, -'.000Z'.length);
  return `${whole}${moment.fraction === '' ? '' : `.${moment.fraction}`}Z`;
}

/**
 * As {@link readInstant}, but a day alone stays `YYYY-MM-DD`: it is that day wherever it is read, and no instant.
 *
 * @returns undefined for what is neither
 */
export function readDayOrInstant(text: string): string | undefined {
  const given = text.trim();
  const day = given.slice(0, 10);
  // A zone says nothing of a day that has no time.
  return isCalendarDay(day) && given.length <= LONGEST && ZONE.test(given.slice(10)) ? day : readInstant(given);
}

const ZONE = /^(?:Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * Which is the earlier: -1, 0 or 1. With and without a fraction compare rightly (as text they do not: `.` sorts before
 * `Z`). A day alone is its midnight in UTC. What is no instant, such as the empty text of a record nobody has seen yet,
 * is earlier than every instant, and among its like sorts as text.
 */
export function compareInstants(left: string, right: string): -1 | 0 | 1 {
  const [a, b] = [momentOf(left), momentOf(right)];
  if (a === undefined || b === undefined) {
    if (a === undefined && b === undefined) return order(left, right);
    return a === undefined ? -1 : 1;
  }
  return order(a.second, b.second) || order(a.fraction.padEnd(9, '0'), b.fraction.padEnd(9, '0'));
}

function order<T extends string | number>(left: T, right: T): -1 | 0 | 1 {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
