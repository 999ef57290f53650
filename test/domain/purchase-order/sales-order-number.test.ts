import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { lineMarker, salesOrderNumber, warehouseOrderId } from '../../../src/domain/purchase-order/sales-order-number';

const references = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
const attempts = fc.nat(50);

/** The rule of docs/promises.md#manex, by the platform's own hash. */
const hashed = (orderRef: string, attempt: number): string => {
  const digest = createHash('sha256').update(`${orderRef}#${attempt}`).digest('hex');
  return (BigInt(`0x${digest}`) % 10_000_000_000n).toString().padStart(10, '0');
};

it('is always ten digits', () => {
  fc.assert(
    fc.property(references, attempts, (orderRef, attempt) => {
      expect(salesOrderNumber(orderRef, attempt)).toMatch(/^\d{10}$/);
    }),
  );
});

it('is the same number every time', () => {
  fc.assert(
    fc.property(references, attempts, (orderRef, attempt) => {
      expect(salesOrderNumber(orderRef, attempt)).toBe(salesOrderNumber(orderRef, attempt));
    }),
  );
});

it.each([
  ['10231', '0000010231'],
  ['PO-10231', '0000010231'],
  ['PO-2026/000-17', '0202600017'],
  ['1234567890', '1234567890'],
  ['0', '0000000000'],
])('offers the digits of %s first, so that people recognise them', (orderRef, expected) => {
  expect(salesOrderNumber(orderRef, 0)).toBe(expected);
});

it('offers the digits first exactly where there are one to ten of them, and hashes of the reference otherwise', () => {
  fc.assert(
    fc.property(references, attempts, (orderRef, attempt) => {
      const digits = (orderRef.match(/[0-9]/g) ?? []).join('');
      const isReadable = attempt === 0 && digits.length >= 1 && digits.length <= 10;
      expect(salesOrderNumber(orderRef, attempt)).toBe(
        isReadable ? digits.padStart(10, '0') : hashed(orderRef, attempt),
      );
    }),
  );
});

it.each([
  ['PO-10231', 1],
  ['ABC', 0],
  ['12345678901', 0],
])('takes no digits of %s at attempt %i', (orderRef, attempt) => {
  expect(salesOrderNumber(orderRef, attempt)).toBe(hashed(orderRef, attempt));
});

it('offers another number at each attempt', () => {
  const offered = Array.from({ length: 20 }, (_, attempt) => salesOrderNumber('PO-10231', attempt));
  expect(new Set(offered).size).toBe(20);
});

it('numbers the warehouse orders by sequence and marks the line by the order', () => {
  expect(warehouseOrderId('0000010231', '2')).toBe('0000010231-2');
  expect(lineMarker('PO-10231')).toBe('[waybill PO-10231]');
});

it.each([
  ['PO 2026/17 (B)_#1&2+3:4,5.6', '[waybill PO 2026/17 (B)_#1&2+3:4,5.6]'],
  ['Ä-1', '[waybill %C3%84-1]'],
  ['注-1', '[waybill %E6%B3%A8-1]'],
  ['CL-1] [waybill CL-2', '[waybill CL-1%5D %5Bwaybill CL-2]'],
  ['%C3%84-1', '[waybill %25C3%2584-1]'],
])('marks %s in ASCII', (orderRef, marker) => {
  expect(lineMarker(orderRef)).toBe(marker);
});

it('marks each reference by a marker of its own, in ASCII, that holds no other', () => {
  fc.assert(
    fc.property(references, references, (one, other) => {
      expect(lineMarker(one)).toMatch(/^\[waybill [ -Z^-~]*\]$/);
      expect(lineMarker(one).includes(lineMarker(other))).toBe(one === other);
    }),
  );
});
