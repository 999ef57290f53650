import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { allCells, type Cell } from './cells';
import type { Fault } from './faults';
import { sequenceCells, type SequenceCell } from './sequence-cells';

/** What a process is told of a writing call, or is not: it keeps its contract where it ends well after each. */
export const ends = [
  'not sent',
  'throttled',
  'refused',
  'unknown and happened',
  'unknown and did not happen',
  'killed',
] as const;
export type End = (typeof ends)[number];

/** Which of them a fault is on the wire; null for one that is answered all the same. */
export function endOf({ tells, hits, hasEffect }: Fault): End | null {
  if (hits !== null) return 'killed';
  switch (tells) {
    case 'not sent':
    case 'log in again':
      return 'not sent';
    case 'wait':
      return 'throttled';
    case 'refused':
      return 'refused';
    case 'nothing':
      return hasEffect ? 'unknown and happened' : 'unknown and did not happen';
    case 'all':
      return null;
  }
}

/** In an order that depends on nothing but the rotation: another one in another. */
function drawn<T extends { readonly name: string }>(some: readonly T[], rotation: number): readonly T[] {
  const lot = ({ name }: T): string => createHash('sha256').update(`${rotation} ${name}`).digest('hex');
  return some
    .map((each) => ({ each, lot: lot(each) }))
    .toSorted((a, b) => (a.lot < b.lot ? -1 : 1))
    .map(({ each }) => each);
}

function grouped<T>(all: readonly T[], groupOf: (each: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const each of all) groups.set(groupOf(each), [...(groups.get(groupOf(each)) ?? []), each]);
  return [...groups.values()];
}

/** Each writing call × each of its ends, once: which fault brings the end about rotates. */
export function contractCells(rotation: number): readonly Cell[] {
  const once = allCells.filter(
    ({ mode, lookupFault, fault }) => mode === 'once' && lookupFault === null && endOf(fault) !== null,
  );
  return grouped(once, ({ operation, fault }) => `${operation.name} ${endOf(fault)}`).flatMap((some) =>
    drawn(some, rotation).slice(0, 1),
  );
}

/** Each change of mind at each moment: how the vendor of that moment is, rotates. */
export const contractSequences = (rotation: number): readonly SequenceCell[] =>
  grouped(sequenceCells, ({ change, moment }) => `${change} ${moment}`).flatMap((some) =>
    drawn(some, rotation).slice(0, 1),
  );

/** One in so many cells of the whole product. */
export const ONE_IN = 8;

/** The rotating part of the whole product, beside the contract. */
export function rotatingCells(rotation: number): readonly Cell[] {
  const contract = new Set(contractCells(rotation));
  const others = allCells.filter((each) => !contract.has(each));
  return drawn(others, rotation).slice(0, Math.round(allCells.length / ONE_IN));
}

/** As long as the numbers that the command line takes. */
export const MOST_ROTATIONS = 99_999;

/** The rotation of the commit that is checked out; 1 where there is none. */
export function rotationOfCommit(): number {
  try {
    const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: __dirname, stdio: ['ignore', 'pipe', 'ignore'] });
    return (Number.parseInt(commit.toString().slice(0, 6), 16) % MOST_ROTATIONS) + 1;
  } catch {
    // No git here, or no repository: what was unpacked from an archive.
    return 1;
  }
}
