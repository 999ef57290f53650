import { nameKey } from '../../domain/values/likeness';
import { likeliest } from '../../domain/values/spelling';
import { printable } from '../../domain/values/printable';
import { checksOf, type Finding, type System } from './finding';

/** A name that the policy writes, and where: `customers[0].customerId`. */
export interface PolicyName {
  readonly place: string;
  readonly name: string;
}

/** So many lines of one kind are told; how many more there are is told in one. */
const MOST_LINES = 10;

/** The entries of each key, in their order. */
export function grouped<T>(
  all: Iterable<T>,
  keyOf: (each: T) => string,
): ReadonlyMap<string, readonly [T, ...(readonly T[])]> {
  const groups = new Map<string, [T, ...T[]]>();
  for (const each of all) {
    const key = keyOf(each);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return groups;
}

/** Each name once, with all places where the policy writes it. */
export const byName = (names: readonly PolicyName[]) => grouped(names, ({ name }) => name);

/** So many characters of a vendor's name are told. */
const LONGEST_TOLD = 100;
const quoted = (name: string): string => `'${printable(name, LONGEST_TOLD)}'`;

/** What may have been meant, as the end of a sentence; of few names all that there are, where none is alike. */
export function meant(name: string, known: readonly string[]): string {
  const likely = likeliest(known, name);
  const unseen = likely.find((each) => nameKey(each) === nameKey(name));
  if (unseen !== undefined)
    return `; ${quoted(unseen)} looks the same, but differs in invisible characters: type it again`;
  if (likely.length > 0) return `; did you mean ${likely.map(quoted).join(' or ')}?`;
  const all = [...new Set(known)];
  return all.length === 0 || all.length > 5
    ? ''
    : `; there ${all.length === 1 ? 'is' : 'are'} ${all.map(quoted).join(', ')}`;
}

/** How one kind of names is looked up. */
export interface Lookup {
  readonly system: System;
  /** `policy: sites`. */
  readonly check: string;
  /** As the end of `'SEATTLE' is …`: `no site of NorthScope`. */
  readonly missing: string;
  /** What to do, after `fix <place> in <file>`. */
  readonly orElse: string;
  /** The policy's file. */
  readonly path: string;
}

/**
 * One line where the vendor knows every name, else one for each that it does not know.
 *
 * @param known what the vendor calls them, by which a name is known and nothing else
 * @param candidates among which is looked for what was meant @default `known`
 */
export function lookedUp(
  { system, check, missing, orElse, path }: Lookup,
  names: readonly PolicyName[],
  known: ReadonlySet<string>,
  candidates: readonly string[] = [...known],
): Finding[] {
  const { good, bad } = checksOf(system);
  const wanted = byName(names);
  const absent = [...wanted].filter(([name]) => !known.has(name));
  const all = wanted.size === 1 ? 'the one name is' : `all ${wanted.size} names are`;
  if (absent.length === 0) return [good(check, `${all} known`)];
  const lines = firstOf(absent, ([name, [{ place }, ...others]]) => {
    const places = others.length === 0 ? place : `${place} and ${others.length} more`;
    return bad(
      check,
      `${places}: '${name}' is ${missing}${meant(name, candidates)}`,
      `fix ${place} in ${path}${orElse}`,
    );
  });
  return [...lines, ...unsaid(system, check, absent.length)];
}

/** The first lines of many; no more is made than is told. */
export const firstOf = <T>(all: readonly T[], line: (each: T) => Finding): Finding[] =>
  all.slice(0, MOST_LINES).map(line);

/** How many more there are than were told. */
export const unsaid = (system: System, check: string, count: number, state: 'bad' | 'notice' = 'bad'): Finding[] =>
  count <= MOST_LINES
    ? []
    : [
        checksOf(system)[state](
          check,
          `and ${count - MOST_LINES} more like these`,
          'fix these first, then run it again',
        ),
      ];
