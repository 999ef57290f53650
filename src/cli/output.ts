import { colour } from './colour';

export type Paint = (text: string) => string;

/** A cell of a table; colour comes after the width is known. */
export interface Cell {
  readonly text: string;
  readonly paint?: Paint;
}

/** Whether a person looks at it: columns, headings and colour, or one plain line per record. */
export const isTerminal = (): boolean => process.stdout.isTTY;

export const print = (text: string): void => console.log(text);
/** Beside the result: progress and hints never mix with what a script reads. */
export const note = (text: string): void => console.error(text);
export const printJson = (value: unknown): void => console.log(JSON.stringify(value, null, 2));

/** Control, escape and direction characters of foreign text, which a terminal would obey. */
// eslint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;

/** Text of vendors and people, made safe to show on one line. */
export const printable = (text: string): string => text.replace(UNPRINTABLE, ' ').trim();

const plainCell = (cell: Cell | string): Cell => (typeof cell === 'string' ? { text: cell } : cell);

/**
 * Rows as columns with a heading on a terminal (the last column gives way where it is too narrow), else one line per
 * row with tabs and no heading.
 */
export function table(
  heading: readonly string[],
  rows: readonly (readonly (Cell | string)[])[],
  layout: { readonly terminal: boolean; readonly width: number } = {
    terminal: isTerminal(),
    width: process.stdout.columns ?? 120,
  },
): string {
  const cells = rows.map((row) =>
    row.map(plainCell).map(({ text, paint }) => ({ text: printable(text), ...(paint === undefined ? {} : { paint }) })),
  );
  if (!layout.terminal) return cells.map((row) => row.map(({ text }) => text).join('\t')).join('\n');
  const widths = heading.map((title, column) =>
    Math.max(title.length, ...cells.map((row) => row[column]?.text.length ?? 0)),
  );
  const last = heading.length - 1;
  const before = widths.slice(0, last).reduce((total, width) => total + width + 2, 0);
  widths[last] = Math.max(10, Math.min(widths[last] ?? 0, layout.width - before));
  const line = (row: readonly Cell[]): string =>
    row
      .map(({ text, paint = (same: string) => same }, column) => {
        const width = widths[column] ?? 0;
        const fitted = text.length > width ? `${text.slice(0, width - 1)}…` : text;
        return paint(fitted) + (column === last ? '' : ' '.repeat(width - fitted.length));
      })
      .join('  ')
      .trimEnd();
  return [line(heading.map((text) => ({ text, paint: colour.dim }))), ...cells.map(line)].join('\n');
}

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
] as const;

/** How long ago an instant was: `12 s`, `5 min`, `3 h`, `2 d`. */
export function age(instant: string | Date, now: number = Date.now()): string {
  const seconds = Math.max(0, Math.round((now - new Date(instant).getTime()) / 1000));
  for (const [unit, length] of UNITS) if (seconds >= length) return `${Math.floor(seconds / length)} ${unit}`;
  return `${seconds} s`;
}
