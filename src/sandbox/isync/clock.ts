/** The server stands in South Africa: UTC+2, no summer time (docs/vendors/isync.md#dates-and-figures). */
const SERVER_OFFSET_MS = 2 * 3_600_000;

const DATE_TIME = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})(?:\.(\d+))?)?(?:(Z)|([+-])(\d{2}):(\d{2}))?$/;

const wholeSeconds = (time: number): string => new Date(time).toISOString().slice(0, 19);

/** An instant as the server writes it: its own wall clock, no zone, milliseconds where there are any. */
export function serverTime(instant: Date): string {
  const local = new Date(instant.getTime() + SERVER_OFFSET_MS).toISOString();
  return local.slice(0, -1).replace(/\.?0{1,3}$/, '');
}

/** The server's calendar date, as the midnight it begins with. */
export const serverToday = (instant: Date): string => `${serverTime(instant).slice(0, 10)}T00:00:00`;

/**
 * Reads an xs:dateTime or xs:date as .NET does: without a zone it is server time; an offset is converted to it; of `Z`
 * only the mark is lost, the hours stay, because a database column keeps no kind. The results compare as text.
 * @returns `2026-01-05T09:00:00` or with up to seven decimals; undefined for what is no such time
 */
export function readDateTime(text: string): string | undefined {
  const [whole, date = '', time = '00:00:00', fraction = '', , sign, hours = '0', minutes = '0'] =
    DATE_TIME.exec(text.trim()) ?? [];
  if (whole === undefined || date.startsWith('0000')) return undefined;
  const stated = Date.parse(`${date}T${time}Z`);
  // Date.parse takes 24:00:00, and some engines the 30th of February, for the next day.
  if (Number.isNaN(stated) || wholeSeconds(stated) !== `${date}T${time}`) return undefined;
  const digits = fraction.slice(0, 7).replace(/0{1,7}$/, '');
  const decimals = digits === '' ? '' : `.${digits}`;
  if (sign === undefined) return `${date}T${time}${decimals}`;
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
  return `${wholeSeconds(stated - offset + SERVER_OFFSET_MS)}${decimals}`;
}
