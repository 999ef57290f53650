const UNITS: Readonly<Record<string, number>> = {
  millisecond: 1,
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};

/** Milliseconds of a duration like `"30 seconds"`, `"1 minute"`, `"5 days"`; undefined where it is none. */
export function durationMs(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,6}) (millisecond|second|minute|hour|day|week)s?$/.exec(text) ?? [];
  const length = UNITS[unit ?? ''];
  return count === undefined || length === undefined ? undefined : Number(count) * length;
}

/** As {@link durationMs}. @throws RangeError where the text is no duration: policies are checked before they get here. */
export function milliseconds(text: string): number {
  const length = durationMs(text);
  if (length === undefined) throw new RangeError(`not a duration: '${text}' (write it like "30 seconds")`);
  return length;
}
