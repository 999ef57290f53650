import { Coalescer } from '../../activities/coalesce';

const NEVER = Number.POSITIVE_INFINITY;

it('sends what comes in one moment as one call', async () => {
  const sent: (readonly string[])[] = [];
  const coalescer = new Coalescer(async (keys) => void sent.push(keys), 1);
  await Promise.all(['a', 'b', 'a'].map((key) => coalescer.add([key], NEVER)));
  expect(sent).toEqual([['a', 'b']]);
});

it('lets nobody fail for a neighbour’s key', async () => {
  const coalescer = new Coalescer(async (keys) => {
    if (keys.includes('poison')) throw new Error('refused');
  }, 1);
  const ends = await Promise.allSettled(['a', 'poison', 'b'].map((key) => coalescer.add([key], NEVER)));
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

it('lets nobody wait for a neighbour whose own call hangs', async () => {
  let answer: (() => void) | undefined;
  const coalescer = new Coalescer(async (keys) => {
    if (keys.length > 1) throw new Error('the answer was lost');
    if (keys.includes('hanging')) await new Promise<void>((answered) => (answer = answered));
  }, 1);
  const hanging = coalescer.add(['hanging'], NEVER);
  await coalescer.add(['behind it'], NEVER);
  answer?.();
  await hanging;
});

it('gives a batch the earliest send-by instant of its callers, and each single call its own', async () => {
  const instants: number[] = [];
  const coalescer = new Coalescer(async (keys, sendBy) => {
    instants.push(sendBy);
    if (keys.length > 1) throw new Error('the answer was lost');
  }, 1);
  await Promise.all([coalescer.add(['a'], 7), coalescer.add(['b'], 5)]);
  expect(instants).toEqual([5, 7, 5]);
});
