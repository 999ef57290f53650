import { writtenInstant } from '../../domain/values/instant';
import { isNoDate } from '../../domain/values/no-date';

/**
 * An instant as `YYYY-MM-DDTHH:mm:ssZ` (fractions dropped). Centra writes some with their offset and some without: those
 * are its own local time, Stockholm's (contract.md §C.2-9). In the hour that autumn repeats, the earlier one is meant.
 *
 * @returns null for what is no instant, impossible dates and those that stand for none included: nothing may depend on it
 */
export function readInstant(text: string): string | null {
  const written = writtenInstant(text);
  if (written === undefined || isNoDate(text)) return null;
  const { date, time, offset } = written;
  const clock = Date.parse(`${date}T${time}${offset ?? 'Z'}`);
  if (Number.isNaN(clock)) return null;
  return new Date(offset === undefined ? fromStockholm(clock) : clock).toISOString().replace('.000Z', 'Z');
}

const HOUR_MS = 3_600_000;
const stockholm = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Stockholm', hour: '2-digit', hourCycle: 'h23' });

/** @param local the reading of the clock, as if it were UTC */
function fromStockholm(local: number): number {
  const clock = new Date(local).getUTCHours();
  const summer = local - 2 * HOUR_MS;
  return Number(stockholm.format(summer)) === clock ? summer : local - HOUR_MS;
}
