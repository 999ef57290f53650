import { cut, jsonBytes } from './bounds';
import { isShellLine, type ShellLine } from './command-line';
import { printable } from './printable';

/** Markdown for the Web UI; only {@link asMarkdown} and what joins its parts make it. */
class MarkdownText {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}
export type Markdown = MarkdownText;

/** What may stand in Markdown: a text and a figure show as they are, a command as code. */
type Piece = string | number | Markdown | ShellLine;

/** A template whose own words are Markdown, and whose values are text, whatever they hold. */
export const asMarkdown = (parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markdown =>
  new MarkdownText(parts.map((part, index) => part + written(pieces[index] ?? '')).join(''));

/** The pieces with Markdown of ours between them. */
export const joined = (pieces: readonly Piece[], separator: Markdown): Markdown =>
  new MarkdownText(pieces.map(written).join(separator.toString()));

const LINE = new MarkdownText('\n');
const PARAGRAPH = new MarkdownText('\n\n');
export const lines = (pieces: readonly Piece[]): Markdown => joined(pieces, LINE);
export const paragraphs = (pieces: readonly Piece[]): Markdown => joined(pieces, PARAGRAPH);

function written(piece: Piece): string {
  if (piece instanceof MarkdownText) return piece.toString();
  if (typeof piece === 'string' && ORDINARY.test(piece)) return piece;
  return isShellLine(piece) ? codeSpan(piece.toString()) : escaped(printable(String(piece)));
}

/** Most references and figures: an order of a thousand deliveries shows thousands, at every step. */
const ORDINARY = /^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)?$/;

/** A line as code: the fence is longer than any run of back-ticks in it. */
function codeSpan(line: string): string {
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${line}${fence}`;
}

/**
 * What a renderer would read something into, wherever the text is put: CommonMark, GitHub's tables, lists, strike-outs, notes
 * and bare addresses, the Web UI's own `{workflowId}`, and what the Web UI of Temporal's own servers knows beyond them
 * (mathematics, definitions, dashes, dots, fractions and signs such as `(c)`). A hyphen, point, colon or stroke within a
 * reference, a figure or a sentence is left alone, so that it can be read where nothing renders it.
 */
const ACTIVE =
  /[\\`*_{}[\]<>|~#@=+$\u2044]|&(?=[#\p{L}\p{N}])|(?<!.):|:(?=\S)|(?<![\p{L}\p{N}])-|-(?![\p{L}\p{N}])|(?<!\p{L})[.](?!\d)|(?<!\d)[.](?=\S)|(?<=[wW])[.]|(?<!\P{N})\)|\((?=(?:[cCrR]|[tT][mM])\))|(?<=\d)\/(?=\d)|'(?=')/gu;
/** By its number: the Web UI of Temporal's own servers takes a backslash before some characters only. */
const escaped = (text: string): string => text.replaceAll(ACTIVE, (character) => `&#${character.charCodeAt(0)};`);

/** The text that {@link summary} made Markdown of, for where nothing renders it; also by the releases that wrote backslashes. */
export const unescaped = (summarised: string): string =>
  summarised.replaceAll(/\\([!-/:-@[-`{-~])|&#(\d{2,4});/g, (_, character?: string, code?: string) =>
    character === undefined ? String.fromCharCode(Number(code)) : character,
  );

/** Bytes that Temporal takes as a summary; one that is longer fails the start or the call that carries it. */
const SUMMARY_BYTES = 400;

/** One line about a workflow, as Markdown that shows just this text, cut to what Temporal takes. */
export function summary(text: string): string {
  let kept = printable(text, SUMMARY_BYTES);
  while (jsonBytes(escaped(kept)) - 2 > SUMMARY_BYTES) kept = cut(kept, kept.length - 1);
  return escaped(kept);
}
