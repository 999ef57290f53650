const AT_ONCE = 16;

/** A few at a time, in order. */
export async function inTurns<T, R>(records: readonly T[], work: (record: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < records.length; from += AT_ONCE)
    results.push(...(await Promise.all(records.slice(from, from + AT_ONCE).map(work))));
  return results;
}
