import { existsSync, readFileSync } from 'node:fs';

const LINES = 10;

/** The last lines of a log file, indented, with where to read on; what to show when the process behind it failed. */
export function lastLines(path: string): string {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n').slice(-LINES) : [];
  return [...lines.filter((line) => line !== '').map((line) => `  ${line.slice(0, 400)}`), `  (log: ${path})`].join(
    '\n',
  );
}
