import { keyOf, keysOf } from '../../../src/domain/case/keys';

it('finds a number however it is typed', () => {
  expect(keysOf([' po-10231 '])).toEqual([keyOf('PO-10231')]);
});

it('holds each number once, and none that is missing', () => {
  expect(keysOf(['CL-1', null, '', 'cl-1', '0000000001'])).toEqual(['CL-1', '0000000001']);
});

it('holds the first ones where a thousand would not fit into a search attribute', () => {
  const numbers = Array.from({ length: 1_000 }, (_, index) => `0000010231-${index}`);
  const keys = keysOf(numbers);
  expect(keys).toEqual(numbers.slice(0, keys.length));
  expect(keys.length).toBeGreaterThan(50);
  expect(Buffer.byteLength(JSON.stringify(keys))).toBeLessThan(2_048);
});
