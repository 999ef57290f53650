import { hangSentence, type Hang } from '../../../src/domain/case/hang';

const hang: Hang = {
  vendor: 'manex',
  what: 'add the price',
  since: '2026-01-05T09:00:00.000Z',
  tries: 4,
  because: 'connection refused',
  nextTryAt: '2026-01-05T09:30:00.000Z',
  askAt: '2026-01-05T13:00:00.000Z',
};

describe('what hangs', () => {
  it.each<[string, Partial<Hang>, string]>([
    ['a write', {}, 'failed 4 times, next try at 2026-01-05T09:30:00.000Z'],
    ['a write, the first time', { tries: 1 }, 'failed once, next try at 2026-01-05T09:30:00.000Z'],
    ['a write that waits for a read', { nextTryAt: null }, 'failed 4 times, next try once ManEx answers again'],
    [
      'what Temporal repeats',
      { tries: 1, nextTryAt: null },
      'tried again and again: its pending activity shows how often, and when next',
    ],
  ])('says of %s how often it failed and when it is tried next, or where that stands', (_what, of, said) => {
    expect(hangSentence({ ...hang, ...of })).toBe(
      `ManEx has not done this since 2026-01-05T09:00:00.000Z: add the price (connection refused); ${said}`,
    );
  });
});
