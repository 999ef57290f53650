import * as fc from 'fast-check';
import { receiptReference } from '../../../src/domain/purchase-order/receipt-reference';

const identifier = fc.string({
  unit: fc.constantFrom('a', 'B', '0', '-', '/', '#', '.', '~'),
  minLength: 1,
  maxLength: 80,
});

it('names a receipt by the delivery it is for', () => {
  expect(receiptReference('DEL-77')).toBe('WB-DEL-77');
  expect(receiptReference('DEL-77', 2)).toBe('WB-DEL-77~2');
  expect(receiptReference('D'.repeat(47))).toBe(`WB-${'D'.repeat(47)}`);
});

it('keeps two uids apart that begin alike for longer than there is room', () => {
  const [one, two] = [`${'D'.repeat(60)}1`, `${'D'.repeat(60)}2`];
  expect(receiptReference(one)).not.toBe(receiptReference(two));
  expect(receiptReference(one)).toMatch(/^WB-D+~[0-9a-f]{16}$/);
  expect(receiptReference(one, 12)).toMatch(/^WB-D+~[0-9a-f]{16}~12$/);
});

it('is never longer than Claritum takes, and never the same for two', () => {
  const part = fc.integer({ min: 1, max: 9_999 });
  fc.assert(
    fc.property(identifier, part, identifier, part, (key, number, other, another) => {
      const [one, two] = [receiptReference(key, number), receiptReference(other, another)];
      expect(one.length).toBeLessThanOrEqual(50);
      expect(one === two).toBe(key === other && number === another);
    }),
  );
});
