import { amountsLike, asMoney, isPriceOf, orderAmount } from '../../../src/domain/purchase-order/order-amounts';
import { purchaseOrder } from '../examples';

it.each([
  ['9.45000', 'GBP', '9.45'],
  ['1', 'GBP', '1.00'],
  ['0.0123', 'GBP', '0.0123'],
  ['-5', 'GBP', '-5.00'],
  ['1200.00', 'JPY', '1200'],
  ['33.5', 'JPY', '33.5'],
  ['1.5', 'KWD', '1.500'],
  ['007', 'EUR', '7.00'],
  ['ten', 'GBP', 'ten'],
  ['1', 'toString', '1.00'],
])('writes %s %s as %s', (amount, currency, money) => {
  expect(asMoney(amount, currency)).toBe(money);
});

it.each([
  ['100', '0.85', '1.00', '85.00'],
  ['100', '0.85', '-85', '85.00'],
  ['100', '0.85', '85.01', '85.01'],
  ['100', '0.85', 'much', '85.00'],
])('takes %s × %s with a net of %s for %s', (quantity, unitPrice, net, amount) => {
  expect(orderAmount({ quantity, unitPrice, net, currency: 'GBP' })).toBe(amount);
});

it('allows for rounding up and down, and for no more', () => {
  expect(['0.33', '0.34', '0.32', '0.35'].map((net) => isPriceOf(net, '1', '0.335', 'GBP'))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

it('reckons the amounts of another quantity in the currency’s smallest unit', () => {
  const yen = purchaseOrder({ currency: 'JPY', quantity: '3', unitPrice: '33.5', net: '101', tax: '10', gross: '111' });
  expect(amountsLike(yen, { ...yen, quantity: '6' })).toEqual({ net: '201', tax: '20', gross: '221' });
  const dinar = purchaseOrder({
    currency: 'KWD',
    quantity: '1',
    unitPrice: '0.335',
    net: '0.335',
    tax: '0.017',
    gross: '0.352',
  });
  expect(amountsLike(dinar, { ...dinar, quantity: '2' })).toEqual({ net: '0.670', tax: '0.034', gross: '0.704' });
});

it.each([
  ['20 % where pence tell it from every other', '33.33', '6.67', '333300.00', '66660.00'],
  ['nothing where there was nothing', '100.00', '0.00', '10000.00', '0.00'],
  ['in proportion where pence tell no rate', '0.33', '0.07', '100.00', '21.21'],
])('taxes at %s', (_, net, tax, unitPrice, expected) => {
  const known = purchaseOrder({ quantity: '1', unitPrice: net, net, tax });
  expect(amountsLike(known, { ...known, unitPrice }).tax).toBe(expected);
});
