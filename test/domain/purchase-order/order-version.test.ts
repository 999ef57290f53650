import * as fc from 'fast-check';
import { jsonBytes } from '../../../src/domain/values/bounds';
import { readVersion, writeVersion } from '../../../src/domain/purchase-order/order-version';
import { delivery, purchaseOrder } from '../examples';

const texts = fc.string({ unit: 'grapheme', maxLength: 8 });
const deliveries = fc.array(
  fc
    .record({ deliveryRef: fc.constantFrom('D1', 'D2', 'D3', 'D4'), quantity: texts, instructions: fc.option(texts) })
    .map(delivery),
  { maxLength: 5 },
);
const orders = fc
  .record({
    poNumber: texts,
    projectTitle: fc.option(texts),
    deliveries,
    buyer: fc.option(fc.record({ name: texts, email: texts, telephone: texts })),
  })
  .map(purchaseOrder);

it('gives back the version that was written', () => {
  fc.assert(
    fc.property(orders, orders, (base, version) => {
      const written: unknown = JSON.parse(JSON.stringify(writeVersion(base, version)));
      expect(readVersion(base, written as ReturnType<typeof writeVersion>)).toEqual(version);
    }),
  );
});

it('gives back a version that lacks a member', () => {
  const { buyer: _, ...version } = purchaseOrder();
  const lacking = version as ReturnType<typeof purchaseOrder>;
  expect(readVersion(purchaseOrder(), writeVersion(purchaseOrder(), lacking))).toEqual(version);
});

it('takes as much room as what differs', () => {
  const base = purchaseOrder({
    deliveries: Array.from({ length: 1_000 }, (_, at) => delivery({ deliveryRef: `D${at}` })),
  });
  const [first, ...rest] = base.deliveries;
  const version = { ...base, deliveries: [{ ...delivery(), ...first, quantity: '11' }, ...rest] };
  expect(jsonBytes(writeVersion(base, version))).toBeLessThan(5_000);
  expect(jsonBytes(writeVersion(base, base))).toBeLessThan(5_000);
});
