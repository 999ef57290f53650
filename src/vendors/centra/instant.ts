import { isCalendarDay } from '../../domain/calendar';

const FORM = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * An instant as `YYYY-MM-DDTHH:mm:ssZ` (fractions dropped). Centra writes some with their offset and some without: those
 * are its own local time, Stockholm's (contract.md §C.2-9). In the hour that autumn repeats, the earlier one is meant.
 *
 * @returns null for what is no instant, impossible dates included: nothing may depend on it
 */
export function readInstant(text: string): string | null {
  const [, date, time = '00:00', seconds = '00', , offset] = FORM.exec(text.trim()) ?? [];
  if (date === undefined || !isCalendarDay(date)) return null;
  const local = Date.parse(`${date}T${time}:${seconds}Z`);
  if (Number.isNaN(local)) return null;
  const epoch = offset === undefined ? fromStockholm(local) : local - offsetMs(offset);
  return new Date(epoch).toISOString().replace('.000Z', 'Z');
}

const HOUR_MS = 3_600_000;

function offsetMs(offset: string): number {
  if (/^z$/i.test(offset)) return 0;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(offset) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * HOUR_MS + Number(minutes) * 60_000);
}

const stockholm = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Stockholm', hour: '2-digit', hourCycle: 'h23' });

/** @param local the reading of the clock, as if it were UTC */
function fromStockholm(local: number): number {
  const clock = new Date(local).getUTCHours();
  const summer = local - 2 * HOUR_MS;
  return Number(stockholm.format(summer)) === clock ? summer : local - HOUR_MS;
}
