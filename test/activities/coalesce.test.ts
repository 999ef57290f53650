import * as fc from 'fast-check';
import { Coalescer } from '../../activities/coalesce';

interface Sent {
  readonly keys: readonly string[];
  readonly sendBy: number;
}

/** Records every call, and fails those that carry a key of `bad`. */
function recorded(bad: ReadonlySet<string> = new Set(), largest?: number) {
  const calls: Sent[] = [];
  const send = async (keys: readonly string[], sendBy: number): Promise<void> => {
    calls.push({ keys, sendBy });
    const culprit = keys.find((key) => bad.has(key));
    if (culprit !== undefined) throw new Error(`no ${culprit}`);
  };
  return { calls, coalescer: new Coalescer(send, 1, largest) };
}

it('sends what concurrent callers want as one call, each key once', async () => {
  const { calls, coalescer } = recorded();
  await Promise.all([coalescer.add(['a', 'b'], 300), coalescer.add(['b', 'c'], 100), coalescer.add(['d'], 200)]);
  expect(calls).toEqual([{ keys: ['a', 'b', 'c', 'd'], sendBy: 100 }]);
});

it('sends a caller without company alone, and the next one in a call of its own', async () => {
  const { calls, coalescer } = recorded();
  await coalescer.add(['a'], 1);
  await coalescer.add(['b'], 2);
  expect(calls).toEqual([
    { keys: ['a'], sendBy: 1 },
    { keys: ['b'], sendBy: 2 },
  ]);
});

it('does not wait for more company than it can take', async () => {
  const { calls, coalescer } = recorded(new Set(), 2);
  await Promise.all(['a', 'b', 'c'].map((key) => coalescer.add([key], 1)));
  expect(calls.map(({ keys }) => keys)).toEqual([['a', 'b'], ['c']]);
});

it('sends a failed batch again one caller at a time, so that nobody fails for a neighbour', async () => {
  const { calls, coalescer } = recorded(new Set(['bad']));
  const ends = await Promise.allSettled([
    coalescer.add(['a'], 300),
    coalescer.add(['bad'], 100),
    coalescer.add(['c'], 200),
  ]);
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(calls).toEqual([
    { keys: ['a', 'bad', 'c'], sendBy: 100 },
    { keys: ['a'], sendBy: 300 },
    { keys: ['bad'], sendBy: 100 },
    { keys: ['c'], sendBy: 200 },
  ]);
});

it('lets nobody wait for a neighbour whose own call hangs', async () => {
  let answer: (() => void) | undefined;
  const coalescer = new Coalescer(async (keys) => {
    if (keys.length > 1) throw new Error('the answer was lost');
    if (keys.includes('hanging')) await new Promise<void>((answered) => (answer = answered));
  }, 1);
  const hanging = coalescer.add(['hanging'], 1);
  await expect(coalescer.add(['behind it'], 1)).resolves.toBeUndefined();
  answer?.();
  await hanging;
});

it('gives a batch up at the shortest deadline of its callers, and each alone at its own', async () => {
  const deadlines: number[] = [];
  const coalescer = new Coalescer(async (keys, _, deadlineMs) => {
    deadlines.push(deadlineMs);
    if (keys.length > 1) throw new Error('no answer');
  }, 1);
  await Promise.all([coalescer.add(['a'], 1, 700), coalescer.add(['b'], 1, 500)]);
  expect(deadlines).toEqual([500, 700, 500]);
});

it('does not repeat a failure that concerns one caller only', async () => {
  const { calls, coalescer } = recorded(new Set(['bad']));
  await expect(coalescer.add(['bad'], 1)).rejects.toThrow('no bad');
  expect(calls).toHaveLength(1);
});

it('gives each caller its own end, whatever company it had', async () => {
  const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1 });
  const callers = fc.array(fc.record({ keys, sendBy: fc.nat(1000) }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(callers, keys, fc.integer({ min: 1, max: 8 }), async (all, bad, largest) => {
      const { calls, coalescer } = recorded(new Set(bad), largest);
      const ends = await Promise.all(
        all.map((caller) =>
          coalescer.add(caller.keys, caller.sendBy).then(
            () => 'done',
            (error: unknown) => String(error),
          ),
        ),
      );
      const own = all.map((caller) => caller.keys.find((key) => bad.includes(key)));
      expect(ends).toEqual(own.map((culprit) => (culprit === undefined ? 'done' : `Error: no ${culprit}`)));
      const together = (batch: readonly Sent[]): Sent => ({
        keys: [...new Set(batch.flatMap((caller) => caller.keys))],
        sendBy: Math.min(...batch.map(({ sendBy }) => sendBy)),
      });
      const batches = Array.from({ length: Math.ceil(all.length / largest) }, (_, index) =>
        all.slice(index * largest, (index + 1) * largest),
      );
      const expected = batches.flatMap((batch) => {
        const isSentAgain = batch.length > 1 && together(batch).keys.some((key) => new Set<string>(bad).has(key));
        return [together(batch), ...(isSentAgain ? batch : [])];
      });
      const sorted = (sent: readonly Sent[]): string[] => sent.map((call) => JSON.stringify(call)).toSorted();
      expect(sorted(calls)).toEqual(sorted(expected));
    }),
    { numRuns: 60 },
  );
});
