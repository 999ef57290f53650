import { InvalidArgumentError, Option } from 'commander';
import { compare, isDecimal, isPositive } from '../domain/values/decimal';
import { durationMs } from '../domain/values/duration';
import { isBlankName } from '../domain/case/person-names';

export const json = (): Option => new Option('--json', 'print JSON, for scripts');
export const by = (what: string): Option =>
  new Option('--by <name>', `who ${what} (default: your login name)`).argParser(name);

/** Examples under a command's help. */
export const examples = (...lines: readonly string[]): string =>
  ['', 'Examples:', ...lines.map((line) => `  $ npx waybill ${line}`)].join('\n');

export function number(lowest: number, highest: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= lowest && value <= highest) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${lowest} to ${highest}.`);
  };
}
export const port = number(1, 65_535);

/** A name that is not blank, because a blank would pass as a name. */
export function name(text: string): string {
  if (!isBlankName(text)) return text.trim();
  throw new InvalidArgumentError('It must be a name.');
}

/** A quantity; 0 drops a delivery. */
export function quantity(text: string): string {
  if (isDecimal(text) && compare(text, '0') >= 0) return text;
  throw new InvalidArgumentError('It must be a decimal like 150 or 12.5, not less than 0.');
}

export function price(text: string): string {
  if (isDecimal(text) && isPositive(text)) return text;
  throw new InvalidArgumentError('It must be a decimal like 0.85, more than 0.');
}

export function calendarDay(text: string): string {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text)) return text;
  throw new InvalidArgumentError('It must be a date like 2026-03-31.');
}

const SHORT: Readonly<Record<string, string>> = { s: 'seconds', min: 'minutes', h: 'hours', d: 'days', w: 'weeks' };

/** Milliseconds of `90min`, `2h` or `3 d`, as ages are printed, or of `2 hours`, as policies say it. */
export function length(text: string): number {
  const [, count, unit] = /^(\d+) ?(s|min|h|d|w)$/.exec(text) ?? [];
  const value = durationMs(count === undefined ? text : `${count} ${SHORT[unit ?? ''] ?? ''}`);
  if (value !== undefined) return value;
  throw new InvalidArgumentError('It must be a length of time like 90min, 2h or 3d.');
}
