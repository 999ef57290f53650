import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { fromBase64 } from '../../../src/transport/reading/base64';

it('gives back what was written, however it is broken into lines', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 80 }), async (bytes, width) => {
      const text = Buffer.from(bytes)
        .toString('base64')
        .replaceAll(new RegExp(`.{${width}}`, 'g'), '$&\r\n ');
      expect(await fromBase64(text)).toEqual(Buffer.from(bytes));
    }),
  );
});

it.each([3_000_000, 3_000_001, 3_000_002, 786_432])('takes a file of %d bytes, slice by slice', async (length) => {
  const bytes = randomBytes(length);
  const text = bytes.toString('base64').replaceAll(/.{76}/g, '$&\n');
  expect((await fromBase64(text))?.equals(bytes)).toBe(true);
});

it.each([
  ['a character that is none', 'aGVs*G8='],
  ['a padding in the middle', 'aGVsbG8='.repeat(2)],
  ['too little', 'aGVsbG8'],
  ['too much padding', 'aGVsbG==='],
  ['something in a slice before the last', `${'aaaa'.repeat(400_000)}*${'aaaa'.repeat(400_000)}aaa`],
])('refuses %s', async (_, text) => {
  expect(await fromBase64(text)).toBeUndefined();
});
