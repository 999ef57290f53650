import { say } from '../../terminal/output';
import type { System } from './finding';

export interface Progress {
  /** One that has been looked at. */
  readonly without: (system: System) => void;
  /** Prints above what is shown. */
  readonly above: (printing: () => void) => void;
  readonly end: () => void;
}

/** Back to the beginning of the line, and away with what stands there. */
const WIPE = '\r\u001b[2K';

/**
 * Which systems are still looked at, as the last line of a terminal; nowhere else.
 *
 * @param seconds how long each may take
 */
export function progress(
  systems: readonly System[],
  seconds: number,
  stream: Pick<typeof process.stderr, 'isTTY' | 'write'> = process.stderr,
): Progress {
  if (!stream.isTTY) return { without: () => undefined, above: (printing) => printing(), end: () => undefined };
  const left = new Set(systems);
  const show = (): void => {
    if (left.size > 0)
      stream.write(WIPE + say`… looking at ${[...left].join(', ')} (at most ${seconds} s each)`.toString());
  };
  const wipe = (): void => void stream.write(WIPE);
  show();
  return {
    without: (system) => {
      left.delete(system);
      wipe();
      show();
    },
    above: (printing) => {
      wipe();
      printing();
      show();
    },
    end: wipe,
  };
}
