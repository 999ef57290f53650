const wall = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Stockholm',
  ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
});

/** The instance's own time without a zone, as captured events have it: `2019-03-27 12:52:20`. */
export const localTime = (instant: Date): string => wall.format(instant);

/** The same instant with its offset, as orders have it: `2019-03-27T12:52:20+01:00`. */
export function offsetTime(instant: Date): string {
  const local = localTime(instant).replace(' ', 'T');
  const minutes = Math.round((Date.parse(`${local}Z`) - instant.getTime()) / 60_000);
  const two = (count: number): string => String(count).padStart(2, '0');
  return `${local}${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}
