import { existsSync, readFileSync, statSync } from 'node:fs';
import { block, type Printable } from '../terminal/output';

const LINES = 10;
const LONGEST_LINE = 400;
/** pino's number for a warning; whatever is below it tells of ordinary work. */
const WARNING = 40;
const ORDINARY = new Set(['trace', 'debug', 'info']);

interface LogLine {
  /** Epoch milliseconds; undefined where the line does not say. */
  readonly at: number | undefined;
  /** What a person should read of it; empty where it tells of ordinary work. */
  readonly text: string;
}

/**
 * What a log says of a failure: the last of its warnings, errors and plain lines, indented and readable, and where to
 * read on. A line that bears no time is as old as the one before it, or as the file where there is none.
 *
 * @param since what was written earlier says nothing about the failure and is left out
 */
export function lastLines(path: string, since?: Date): Printable {
  const lines = existsSync(path) ? relevant(path, since?.getTime() ?? 0) : [];
  return block(
    [...lines.slice(-LINES).map((text) => `  ${text.slice(0, LONGEST_LINE)}`), `  (log: ${path})`].join('\n'),
  );
}

function relevant(path: string, since: number): string[] {
  if (statSync(path).mtimeMs < since) return [];
  const lines = readFileSync(path, 'utf8').split('\n').map(readLine);
  const lastOld = lines.findLastIndex(({ at }) => at !== undefined && at < since);
  const first = lastOld === -1 ? 0 : lines.findIndex(({ at }, index) => index > lastOld && at !== undefined);
  if (first === -1) return [];
  return lines
    .slice(first)
    .map(({ text }) => text)
    .filter((text) => text !== '');
}

function readLine(line: string): LogLine {
  const entry = line.startsWith('{') ? parsed(line) : undefined;
  if (entry === undefined) return { at: undefined, text: line.trimEnd() };
  const { time, level, msg, error, err } = entry;
  const instant = typeof time === 'string' || typeof time === 'number' ? new Date(time) : undefined;
  const at = instant === undefined || Number.isNaN(instant.getTime()) ? undefined : instant.getTime();
  const isOrdinary = typeof level === 'number' ? level < WARNING : ORDINARY.has(String(level).toLowerCase());
  const cause = typeof error === 'string' ? error : messageOf(err);
  const said = [at === undefined ? '' : new Date(at).toISOString(), typeof msg === 'string' ? msg : '', cause];
  return { at, text: isOrdinary ? '' : said.filter((part) => part !== '').join(' ') };
}

const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';

/** Undefined for what only looks like JSON: it is shown as it stands. */
function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const entry: Readonly<Record<string, unknown>> = JSON.parse(line);
    return entry;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
