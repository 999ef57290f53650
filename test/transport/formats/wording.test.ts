import { anyOf, beginningOf, cutShort, LONGEST_MATCHED } from '../../../src/transport/formats/wording';
import type { FaultRow } from '../../../src/transport/soap/soap';
import { faults } from '../../../src/vendors/claritum/answer';

const verdictOf = (rows: readonly FaultRow[], code: string, text: string) =>
  rows.find((row) => row.code?.test(code) !== false && row.text?.test(beginningOf(text)) !== false)?.verdict;

it('is told by any of several patterns', () => {
  const either = anyOf(/^a/, anyOf(/b$/i));
  expect(['ax', 'xB', 'xa'].map((text) => either.test(text))).toEqual([true, true, false]);
});

it('is matched by its beginning only, and says where it goes on', () => {
  const whole = 'x'.repeat(LONGEST_MATCHED - 1);
  expect([beginningOf(whole), cutShort.test(whole)]).toEqual([whole, false]);
  const cut = beginningOf('x'.repeat(1_000_000));
  expect([cut.length, cutShort.test(cut)]).toEqual([LONGEST_MATCHED, true]);
});

it('of Claritum that goes on beyond that proves nothing', () => {
  expect(verdictOf(faults, 'Receiver', 'The order is locked')).toBe('vendor-refusal');
  expect(verdictOf(faults, 'Receiver', `The order is locked ${'#1 a.php '.repeat(1_000)}`)).toBe('inconclusive-fault');
});
