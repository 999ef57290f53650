import { approvalNeeded } from '../../../src/domain/purchase-order/approval';
import { changesOf, judgeAmendment } from '../../../src/domain/purchase-order/amendment';
import { asQuantity } from '../../../src/domain/values/decimal';
import { asMoney, asUnitPrice, netDifference } from '../../../src/domain/purchase-order/order-amounts';
import { quantityFaults } from '../../../src/domain/purchase-order/order-figures';
import { openLedger } from '../../../src/domain/purchase-order/quantity';
import { delivery, planned, policy, purchaseOrder } from '../examples';

/** As vendors write them: `9.45000`, `60.00000`. */
const written = purchaseOrder({
  quantity: '60.00000',
  unitPrice: '9.45000',
  net: '600.00000',
  deliveries: [delivery({ quantity: '60.00000' })],
});
const zeros = /\d\.\d*0{3}/;

it.each([
  ['60.00000', '60'],
  ['12.50', '12.5'],
  ['0.00', '0'],
  ['-4.10', '-4.1'],
  ['a few', 'a few'],
])('the quantity %s is written %s', (text, plain) => {
  expect(asQuantity(text)).toBe(plain);
});

it.each([
  ['9.45000', 'GBP', '9.45'],
  ['9', 'GBP', '9.00'],
  ['0.01230', 'GBP', '0.0123'],
  ['600.00', 'JPY', '600'],
  ['1.5', 'KWD', '1.500'],
  ['free', 'GBP', 'free'],
])('the amount %s %s is written %s', (text, currency, plain) => {
  expect(asMoney(text, currency)).toBe(plain);
});

it('a price says whose unit it is for, in words that need no grammar', () => {
  expect(asUnitPrice('0.85000', 'GBP', 'single units')).toBe("0.85 GBP per unit 'single units'");
});

it('says of an order what a person reads as figures, however they came', () => {
  expect(netDifference(written)).toBe('net 600.00 GBP is 33.00 (5.82 %) above 60 × 9.45 = 567.00 GBP');
  expect(quantityFaults({ ...written, deliveries: [delivery({ quantity: '59.00000' })] })).toEqual([
    'the deliveries of order PO-10231 add up to 59, the order is for 60',
  ]);
  expect(openLedger(written.deliveries).deliveries[0]?.ordered).toBe('60');
  const need = approvalNeeded(written, planned(written), policy().approval);
  expect(need?.facts).toEqual(
    expect.arrayContaining([
      { label: 'net', value: '600.00 GBP' },
      { label: 'quantity', value: '60 boxes of 15' },
      { label: 'unit price', value: '9.45 GBP' },
    ]),
  );
  expect(JSON.stringify(need)).not.toMatch(zeros);
});

it('says of an amendment what a person reads as figures', () => {
  const after = {
    ...written,
    quantity: '40.00000',
    unitPrice: '9.50000',
    deliveries: [delivery({ quantity: '40.000' })],
  };
  expect(changesOf(written, after)).toEqual(['quantity 60 → 40', 'price 9.45 → 9.50', 'delivery PO-10231-D1: 60 → 40']);
  const ledger = openLedger(written.deliveries);
  const left = {
    ...ledger,
    deliveries: ledger.deliveries.map((row) => ({ ...row, allocated: '50', despatched: '50' })),
  };
  expect(judgeAmendment(written, after, left)).toMatchObject({
    because: '50 of delivery PO-10231-D1 have already been despatched, and it asks for 40',
  });
});
