/** One UTF-16 unit, and where in the original text that stands which it was made of. */
interface Unit {
  readonly text: string;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** A text that was made of another one, unit by unit. */
export type Traced = readonly Unit[];

/** A text made of itself. */
export const copied = (text: string): Traced =>
  text.split('').map((unit, index) => ({ text: unit, from: index, to: index + 1 }));

export const textOf = (traced: Traced): string => traced.map(({ text }) => text).join('');

/**
 * The text with each match replaced, as `String.replaceAll` does it; the same object where nothing matches.
 *
 * @param pattern global, and never matching nothing
 */
export function rewritten(traced: Traced, pattern: RegExp, by: (found: string) => string): Traced {
  const made: Unit[] = [];
  let next = 0;
  for (const match of textOf(traced).matchAll(pattern)) {
    const [found] = match;
    const end = match.index + found.length;
    for (const unit of traced.slice(next, match.index)) made.push(unit);
    const from = traced[match.index]?.from ?? 0;
    const to = traced[end - 1]?.to ?? from;
    for (const text of by(found).split('')) made.push({ text, from, to });
    next = end;
  }
  return next === 0 ? traced : made.concat(traced.slice(next));
}
