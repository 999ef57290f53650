import pc from 'picocolors';
import { isShellLine, type ShellLine } from '../domain/values/command-line';
import { printable, printableJson, printableLines } from '../domain/values/printable';

/** What may go to a terminal or into an error; only {@link say} and what is made of it produce it. */
class PrintableText {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}
export type Printable = PrintableText;

/** What may stand in a line: a text passes the gate here, once; the others have passed it. */
export type Piece = string | number | Printable | ShellLine;

const shown = (piece: Piece): string =>
  piece instanceof PrintableText || isShellLine(piece) ? piece.toString() : printable(String(piece));

/** A template whose own words are printed as they are, and whose values are one line of text, whatever they hold. */
export const say = (parts: TemplateStringsArray, ...pieces: readonly Piece[]): Printable =>
  new PrintableText(parts.map((part, index) => part + shown(pieces[index] ?? '')).join(''));

/** Text of several lines, such as a log or a stack: its line breaks stay. */
export const block = (text: string): Printable => new PrintableText(printableLines(text));

/** The pieces one after the other, `separator` (ours) between them. */
export const joined = (pieces: readonly Piece[], separator = ', '): Printable =>
  new PrintableText(pieces.map(shown).join(separator));
export const lines = (pieces: readonly Piece[]): Printable => joined(pieces, '\n');

/** Filled with blanks to a column of so many characters: behind it, or before it where `width` is negative. */
export const padded = (piece: Piece, width: number): Printable =>
  new PrintableText(width < 0 ? shown(piece).padStart(-width) : shown(piece).padEnd(width));

export type Paint = (piece: Piece) => Printable;

/** Whether a person looks at it: columns, headings and colour, or one plain line per record. */
export const isTerminal = (): boolean => process.stdout.isTTY;
/** Characters of a line, where that is known. */
export const terminalWidth = (otherwise: number): number => process.stdout.columns ?? otherwise;

/**
 * Colour for a person at a terminal only (NO_COLOR honoured): output that goes elsewhere is plain, also under CI. Off a
 * terminal `isTTY` is undefined, which createColors would take for "decide yourself".
 */
const colours = pc.createColors(process.stdout.isTTY ? pc.isColorSupported : false);
const painted =
  (paint: (text: string) => string): Paint =>
  (piece) =>
    new PrintableText(paint(shown(piece)));
export const colour = {
  bold: painted(colours.bold),
  dim: painted(colours.dim),
  cyan: painted(colours.cyan),
  green: painted(colours.green),
  red: painted(colours.red),
  yellow: painted(colours.yellow),
} as const;

export const print = (text: Printable): void => console.log(text.toString());
/** Beside the result: progress and hints never mix with what a script reads. */
export const note = (text: Printable): void => console.error(text.toString());
/** A question, the cursor behind it. */
export const prompt = (text: Printable, to: { write(text: string): unknown } = process.stderr): void => {
  to.write(`${text.toString()} `);
};
/** Takes the last so many lines of the terminal back. */
export const eraseLines = (count: number): void => {
  if (count > 0) process.stdout.write(`\u001b[${count}A\u001b[J`);
};

export const printJson = (value: unknown): void => console.log(printableJson(JSON.stringify(value, null, 2)));
/** JSON on one line, for another program of ours. */
export const printRecord = (value: unknown): void => console.log(printableJson(JSON.stringify(value)));

/** A cell of a table; colour comes after the width is known. */
export interface Cell {
  readonly text: Piece;
  readonly paint?: Paint;
}

const plainCell = (cell: Cell | Piece): Cell => (typeof cell === 'object' && 'text' in cell ? cell : { text: cell });

interface ShownCell {
  readonly text: string;
  readonly paint: Paint;
}

const asItIs: Paint = (piece) => new PrintableText(shown(piece));

type Row = readonly (Cell | Piece)[];

/**
 * Rows as columns with a heading on a terminal (the last column gives way where it is too narrow), else one line per
 * row with tabs and no heading.
 */
export const table = (...given: Parameters<typeof tableLines>): Printable => lines(tableLines(...given));

/** The lines of a {@link table}. */
export function tableLines(
  heading: readonly string[],
  rows: readonly Row[],
  layout: { readonly terminal: boolean; readonly width: number } = {
    terminal: isTerminal(),
    width: terminalWidth(120),
  },
): Printable[] {
  const cells = rows.map((row) =>
    row.map(plainCell).map(({ text, paint = asItIs }): ShownCell => ({ text: shown(text), paint })),
  );
  if (!layout.terminal)
    return cells.map((row) =>
      joined(
        row.map(({ text }) => text),
        '\t',
      ),
    );
  const widths = heading.map((title, column) =>
    Math.max(title.length, ...cells.map((row) => row[column]?.text.length ?? 0)),
  );
  const last = heading.length - 1;
  const before = widths.slice(0, last).reduce((total, width) => total + width + 2, 0);
  widths[last] = Math.max(10, Math.min(widths[last] ?? 0, layout.width - before));
  const line = (row: readonly ShownCell[]): Printable => {
    const columns = row
      .map(({ text, paint }, column) => {
        const width = widths[column] ?? 0;
        const fitted = text.length > width ? `${text.slice(0, width - 1)}…` : text;
        return paint(fitted).toString() + (column === last ? '' : ' '.repeat(width - fitted.length));
      })
      .join('  ')
      .trimEnd();
    return new PrintableText(columns);
  };
  return [line(heading.map((text) => ({ text, paint: colour.dim }))), ...cells.map(line)];
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
