import { type Counts, countNames, mapCounts } from './counts';
import type { Race } from './race';
import type { Waiting } from './waiting';

/** One of ours with the floor it is compared with, run directly before it. */
export interface Round {
  readonly floor: Race;
  readonly ours: Race;
}

export interface WeighedRound {
  readonly floor: Waiting;
  readonly ours: Waiting;
}

/** Several values of one figure. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = (sorted.length - 1) / 2;
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return { median: (low + high) / 2, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN };
}

/** Each count's median by itself. */
export const middle = (all: readonly Counts[]): Counts =>
  mapCounts((name) => spread(all.map((one) => one[name])).median);

/** Each count's mean. */
export const mean = (all: readonly Counts[]): Counts =>
  mapCounts((name) => all.reduce((sum, one) => sum + one[name], 0) / Math.max(1, all.length));

/** How far apart the two sides' means are at most, of what ours is: the floor must do as much as ours. */
export function unlikeness(one: Counts, other: Counts): number {
  return Math.max(...countNames.map((name) => Math.abs(one[name] - other[name]) / Math.max(1, one[name])));
}
