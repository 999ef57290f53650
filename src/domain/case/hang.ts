import type { VendorName } from './names';

/** A call that a vendor does not take at present. */
export interface Hang {
  readonly vendor: VendorName;
  /** Verb and object, as an operator says it. */
  readonly what: string;
  /** ISO instant at which it failed first. */
  readonly since: string;
  /** How often it failed, as far as the workflow was told: what Temporal repeats by itself counts as one. */
  readonly tries: number;
  /** What came back last. */
  readonly because: string;
  /** ISO instant of the next try; null while Temporal repeats it by itself. */
  readonly nextTryAt: string | null;
  /** ISO instant at which a person is asked, if it has not come off by then. */
  readonly askAt: string;
}

/** Milliseconds after which lists show it: a vendor that is back at once is not worth a line. */
export const LASTING_MS = 60_000;

/** Whether lists show it: it has lasted, or a person is asked about it. @param now epoch milliseconds */
export const isLasting = ({ since, askAt }: Pick<Hang, 'since'> & Partial<Pick<Hang, 'askAt'>>, now: number): boolean =>
  now >= Math.min(Date.parse(since) + LASTING_MS, askAt === undefined ? Infinity : Date.parse(askAt));

/** The vendors' names as people read them. */
export const vendorTitles: Readonly<Record<VendorName, string>> = {
  claritum: 'Claritum',
  manex: 'ManEx',
  northscope: 'NorthScope',
};

/** What hangs, and since when, as one sentence: `ManEx has not done this since 2026-01-05T09:00:00.000Z: close the line … (connection refused)`. */
export const hangSentence = (hang: Hang): string =>
  `${vendorTitles[hang.vendor]} has not done this since ${hang.since}: ${hang.what} (${hang.because}); ${triesOf(hang)}`;

/** What Temporal repeats by itself tells the workflow neither how often nor when. */
function triesOf({ vendor, tries, nextTryAt }: Hang): string {
  if (nextTryAt !== null) return `failed ${tries === 1 ? 'once' : `${tries} times`}, next try at ${nextTryAt}`;
  if (tries > 1) return `failed ${tries} times, next try once ${vendorTitles[vendor]} answers again`;
  return 'tried again and again: its pending activity shows how often, and when next';
}
