import type { Judged } from './judged';

/** A whole run of one matrix: of calls or of changes of mind. */
export interface RunOptions<C, R> {
  readonly cells: readonly C[];
  readonly cli: string;
  /** The workflow bundle. */
  readonly codePath: string;
  readonly seed: number;
  /** How many worlds run beside each other, and how many orders are in flight in each. */
  readonly lanes: number;
  readonly inFlight: number;
  /** Told of every batch that has ended. */
  readonly onJudged: (judged: Judged<R>, left: number) => void;
}

/** The cells of one batch. */
export interface Job<C> {
  readonly cells: readonly C[];
  readonly seed: number;
}

interface Named {
  readonly name: string;
}

/** Seeds of second tries lie far from those of batches: an order number is used once. */
const AGAIN = 10_000;
/** More than a batch holds cells: the second tries of two batches do not meet. */
const TRIES_PER_BATCH = 100;

/** Cut into so many at a time, in their order. */
export function inBatches<C>(cells: readonly C[], size: number): readonly (readonly C[])[] {
  const starts = Array.from({ length: Math.ceil(cells.length / size) }, (_, index) => index * size);
  return starts.map((from) => cells.slice(from, from + size));
}

/** Gathers what came of the jobs, and tells of each how many cells are left. */
export function tally<C, R>({ cells, onJudged }: RunOptions<C, R>) {
  const all: Judged<R>[] = [];
  let left = cells.length;
  const done = (result: Judged<R>): void => {
    all.push(result);
    left -= result.results.length;
    onJudged(result, left);
  };
  return { all, done };
}

/** Takes one open job after the other, beside whoever else takes from them. */
export async function workOff<C>(open: Job<C>[], run: (job: Job<C>) => Promise<void>): Promise<void> {
  for (let job = open.shift(); job !== undefined; job = open.shift()) await run(job);
}

/**
 * Runs a batch. A gathered call is hit by one fault only, and a change may miss its moment: a cell that met nothing is
 * tried once more, alone, and only then counts as never having met it.
 */
export async function tried<C extends Named, R extends Named & { readonly isIdle: boolean }>(
  job: Job<C>,
  run: (job: Job<C>) => Promise<Judged<R>>,
): Promise<Judged<R>> {
  const first = await run(job);
  const idle = new Set(first.results.flatMap(({ name, isIdle }) => (isIdle ? [name] : [])));
  if (idle.size === 0) return first;
  const again: Judged<R>[] = [];
  for (const [index, cell] of job.cells.entries())
    if (idle.has(cell.name)) again.push(await run({ cells: [cell], seed: AGAIN + job.seed * TRIES_PER_BATCH + index }));
  return {
    results: [...first.results.filter(({ name }) => !idle.has(name)), ...again.flatMap(({ results }) => results)],
    ofRun: [
      ...first.ofRun.filter(({ invariant }) => invariant !== 'faults fired'),
      ...again.flatMap(({ ofRun }) => ofRun),
    ],
  };
}
