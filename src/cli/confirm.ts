import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { prompt, say, type Printable } from '../terminal/output';

/** Whether there is a person to ask. */
export const canAsk = (): boolean => process.stdin.isTTY && process.stderr.isTTY;

/** Asks a person; only a plain yes counts, an end of input is a no. */
export function isConfirmed(
  question: Printable,
  from: Readable = process.stdin,
  to: Writable = process.stderr,
): Promise<boolean> {
  prompt(say`${question} [y/N]`, to);
  const lines = createInterface({ input: from });
  return new Promise((resolve) => {
    lines.once('line', (line) => {
      resolve(/^y(es)?$/i.test(line.trim()));
      lines.close();
    });
    lines.once('close', () => resolve(false));
  });
}
