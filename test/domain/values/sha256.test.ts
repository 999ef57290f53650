import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { sha256 } from '../../../src/domain/values/sha256';

const reference = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

it('agrees with the platform on any text, half surrogate pairs included', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(sha256(text)).toBe(reference(text));
    }),
  );
});

it('agrees at every length around the edges of a block', () => {
  for (let length = 0; length <= 200; length += 1)
    expect(sha256('a'.repeat(length))).toBe(reference('a'.repeat(length)));
});

it.each(['\u{d800}', 'a\u{dc00}b', '\u{7f}\u{80}', '\u{7ff}\u{800}', '\u{ffff}\u{10000}', '\u{10ffff}'])(
  'encodes %p as the web does',
  (text) => {
    expect(sha256(text)).toBe(reference(text));
  },
);
