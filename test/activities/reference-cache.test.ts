import { ReferenceCache } from '../../activities/reference-cache';

/** A cache by a clock of our own, and reads that end when they are told to. */
function opened(lifeMs = 1000) {
  let now = 0;
  const reads: { readonly resolve: (value: string) => void; readonly reject: (error: Error) => void }[] = [];
  const cache = new ReferenceCache(lifeMs, () => now);
  return {
    cache,
    reads,
    pass: (ms: number): void => {
      now += ms;
    },
    sites: (): Promise<string> =>
      cache.read('sites', () => new Promise<string>((resolve, reject) => reads.push({ resolve, reject }))),
  };
}

it('lets concurrent callers share one read', async () => {
  const { reads, sites } = opened();
  const both = [sites(), sites()];
  reads[0]?.resolve('Seattle');
  await expect(Promise.all(both)).resolves.toEqual(['Seattle', 'Seattle']);
  expect(reads).toHaveLength(1);
});

it('remembers an answer for its life and not longer', async () => {
  const { reads, sites, pass } = opened(1000);
  const first = sites();
  reads[0]?.resolve('Seattle');
  await first;
  pass(999);
  await expect(sites()).resolves.toBe('Seattle');
  pass(1);
  const again = sites();
  reads[1]?.resolve('Tacoma');
  await expect(again).resolves.toBe('Tacoma');
});

it('keeps keys apart', async () => {
  const { cache } = opened();
  await expect(cache.read('a', async () => 1)).resolves.toBe(1);
  await expect(cache.read('b', async () => 2)).resolves.toBe(2);
});

it('forgets a failed read at once: all who shared it fail, the next one asks again', async () => {
  const { reads, sites } = opened();
  const both = Promise.allSettled([sites(), sites()]);
  reads[0]?.reject(new Error('no answer'));
  expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const again = sites();
  reads[1]?.resolve('Seattle');
  await expect(again).resolves.toBe('Seattle');
});

it('asks again after it was cleared', async () => {
  const { cache, reads, sites } = opened();
  const first = sites();
  cache.clear();
  const second = sites();
  reads[0]?.resolve('old');
  reads[1]?.resolve('new');
  await expect(Promise.all([first, second])).resolves.toEqual(['old', 'new']);
  await expect(sites()).resolves.toBe('new');
});

it('does not forget a newer read for the failure of an older one', async () => {
  const { cache, reads, sites } = opened();
  const first = sites();
  cache.clear();
  const second = sites();
  reads[0]?.reject(new Error('no answer'));
  await expect(first).rejects.toThrow('no answer');
  reads[1]?.resolve('Seattle');
  await second;
  await expect(sites()).resolves.toBe('Seattle');
  expect(reads).toHaveLength(2);
});
