import type { Instant } from '../claritum-actions';

/** UTC as the vendor writes it: whole seconds and `Z`. */
export const utc = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

/** Later than the version before, also when both fall into one second; now where that said no time at all. */
function laterThan(before: string): string {
  const now = new Date();
  const earliest = Date.parse(before) + 1000;
  return utc(Number.isNaN(earliest) ? now : new Date(Math.max(now.getTime(), earliest)));
}

/** The `lastModified` of a record that changes now. */
export function changedAt(before: string, { sameInstant, lastModified }: Instant): string {
  if (lastModified !== '') return lastModified;
  return sameInstant ? before : laterThan(before);
}
