import { checkSync } from 'recheck';
import { sourceFiles, sourceText } from './imports';
import { patternsIn, type Pattern } from './patterns';

/** Where the product's code stands; of `bin` the one file that is no TypeScript. */
const folders = ['src', 'activities', 'workflows', 'worker'] as const;
const others = ['bin/waybill.js'] as const;

/**
 * The checker's own JavaScript, in this process: it is there on every system, and says the same on all of them. Its programs
 * for single systems would be quicker, and Java's is not everywhere.
 */
process.env['RECHECK_SYNC_BACKEND'] = 'pure';

const settings = {
  // What takes that long is a pattern nobody can judge, on any machine: it counts as failed.
  timeout: 30_000,
  // Bounded repetitions are worked out like the others, not tried with chosen texts.
  maxRepeatCount: 1_000,
} as const;

/**
 * What speaks against a pattern, or undefined: that its time may grow faster than the text, with a text that shows it; or
 * that this cannot be worked out. To have tried and found nothing is no proof.
 */
export function patternFault({ source, flags }: Pick<Pattern, 'source' | 'flags'>): string | undefined {
  const result = checkSync(source, flags, settings);
  if (result.status === 'vulnerable') return `${result.complexity.summary}, for ${result.attack.pattern}`;
  if (result.status === 'unknown') return `cannot be judged (${result.error.kind}): write it more simply`;
  return result.complexity.isFuzz
    ? 'can only be tried, not proved: write it without looking ahead or back, and more simply'
    : undefined;
}

export interface Checked {
  /** Different ones. */
  readonly patterns: number;
  /** One line for each place that fails. */
  readonly faults: readonly string[];
}

/** Every pattern of some source texts, each judged once however often it occurs. */
export function checkPatterns(texts: ReadonlyMap<string, string>): Checked {
  const found = [...texts].map(([file, text]) => patternsIn(file, text));
  const refused = found.flatMap(({ refusals }) => refusals).map(({ at, why }) => `${at}: ${why}`);
  const judged = new Map<string, string | undefined>();
  const faults = found
    .flatMap(({ patterns }) => patterns)
    .flatMap((pattern) => {
      const written = `/${pattern.source}/${pattern.flags}`;
      if (!judged.has(written)) judged.set(written, patternFault(pattern));
      const fault = judged.get(written);
      return fault === undefined ? [] : [`${pattern.at}: ${written}: ${fault}`];
    });
  return { patterns: judged.size, faults: [...refused, ...faults] };
}

/** The product's own files. */
export const productTexts = (): ReadonlyMap<string, string> =>
  new Map([...sourceFiles(...folders), ...others].map((file) => [file, sourceText(file)]));
