const FORM = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * An instant as `YYYY-MM-DDTHH:mm:ssZ` (fractions dropped). Claritum says "UTC" and no more (contract.md §C.1-11), so a
 * time without offset is UTC, a date alone its midnight, and the blank that PHP likes may stand for the `T`.
 *
 * @returns undefined for what is no instant, impossible dates included
 */
export function readInstant(text: string): string | undefined {
  const [, date, time = '00:00', seconds = '00', , offset = 'Z'] = FORM.exec(text.trim()) ?? [];
  if (date === undefined || !isOnCalendar(date)) return undefined;
  const zone = /^z$/i.test(offset) ? 'Z' : offset.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2');
  const epoch = Date.parse(`${date}T${time}:${seconds}${zone}`);
  return Number.isNaN(epoch) ? undefined : new Date(epoch).toISOString().replace('.000Z', 'Z');
}

/** JavaScript takes 31 February for 3 March. */
function isOnCalendar(date: string): boolean {
  const epoch = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(epoch) && new Date(epoch).toISOString().startsWith(date);
}

/** What the vendor's people see where no date is set, and what PHP makes of an empty database column. */
export const isNoDate = (text: string): boolean => /^\s*(?:TBC|0000-00-00.*)?\s*$/i.test(text);
