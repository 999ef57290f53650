/** Milliseconds of processor time: other work on the machine counts for little. */
function cost(work: () => void): number {
  const { user, system } = process.cpuUsage();
  work();
  const after = process.cpuUsage();
  return (after.user - user + after.system - system) / 1_000;
}

const TIMES = 4;
const RUNS = [1, 2, 3];
/** Below this the clock says nothing. */
const LEAST_MS = 2;

/** What a growth lies below that is not that of the square: four times as much costs about 4 times, or 16. */
export const LINEAR = 10;

/**
 * How many times as much processor time it costs to work through four times as much; each the best of three. Collecting
 * garbage is a cost of the process too, and falls where it falls: what looks like more than a line is measured again.
 */
export function growth<T>(size: number, made: (size: number) => T, work: (given: T) => void): number {
  const [small, large] = [made(size), made(size * TIMES)];
  // What the clock cannot tell from nothing has not grown.
  if (cost(() => work(large)) <= LEAST_MS) return 1;
  const best = (given: T): number => Math.max(LEAST_MS, Math.min(...RUNS.map(() => cost(() => work(given)))));
  return RUNS.reduce((least) => (least < LINEAR ? least : Math.min(least, best(large) / best(small))), Infinity);
}
