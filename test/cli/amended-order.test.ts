import { amendedOrder } from '../../src/cli/orders/amended-order';
import { parsePurchaseOrder } from '../../src/cli/orders/purchase-order-file';
import type { PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import { seedOrder } from '../../src/sandbox/claritum/seed-orders';

const seeded = (index: number): PurchaseOrder =>
  parsePurchaseOrder(JSON.stringify(seedOrder(1, index, '2026-01-05').order), 'the seed');

/** 150 at 0.85, one delivery. */
const single = seeded(0);
/** 3 and 3 boxes at 42.50. */
const double = seeded(2);
const [first = '', second = ''] = double.deliveries.map(({ deliveryRef }) => deliveryRef);
const amend = (order: PurchaseOrder, change: Parameters<typeof amendedOrder>[1], zone = 'Europe/London') =>
  amendedOrder(order, change, zone);

describe('a quantity', () => {
  it('is that of the order and of its only delivery, and takes the amounts along', () => {
    expect(amend(single, { quantity: '120' })).toEqual({
      ...single,
      quantity: '120',
      net: '102.00',
      tax: '20.40',
      gross: '122.40',
      deliveries: [{ ...single.deliveries[0], quantity: '120' }],
    });
  });

  it('is added up where there are several deliveries', () => {
    const { quantity, deliveries, net } = amend(double, { quantity: '5', delivery: second });
    expect([quantity, ...deliveries.map((delivery) => delivery.quantity), net]).toEqual(['8', '3', '5', '340.00']);
  });

  it('of nought drops one of several deliveries', () => {
    const { quantity, deliveries } = amend(double, { quantity: '0', delivery: first });
    expect([quantity, ...deliveries.map(({ deliveryRef }) => deliveryRef)]).toEqual(['3', second]);
  });

  it.each([
    [{ quantity: '5' }, `The order has 2 deliveries (${first}, ${second}). Choose one with --delivery.`],
    [{ quantity: '5', delivery: 'X' }, `The order has no delivery X; it has ${first}, ${second}.`],
  ])('%j is not guessed at', (change, message) => {
    expect(() => amend(double, change)).toThrow(message);
  });

  it('of nought for the only delivery is a cancellation', () => {
    expect(() => amend(single, { quantity: '0' })).toThrow(
      /Cancel the order instead \(`npx waybill cancel CL-10231`\)/,
    );
  });
});

describe('amounts', () => {
  it('follow the price, net rounded to pence', () => {
    expect(amend(single, { price: '0.3333' })).toMatchObject({ net: '50.00', tax: '10.00', gross: '60.00' });
  });

  it('stay as they were where quantity and price do', () => {
    const odd = { ...single, net: '1.00', tax: '0.77' };
    expect(amend(odd, { quantity: '150.00', price: '0.850' })).toMatchObject({ net: '1.00', tax: '0.77' });
  });

  it.each([
    // Tax ÷ net is 20.012 %: the rate that was rounded to it is 20 %.
    ['33.33', '6.67', '333300.00', '66660.00'],
    ['100.00', '17.50', '10000.00', '1750.00'],
    ['1000.00', '88.75', '100000.00', '8875.00'],
    ['100.00', '0.00', '10000.00', '0.00'],
  ])('keep the rate behind %s and %s', (net, tax, moreNet, moreTax) => {
    const order = { ...single, quantity: '1', unitPrice: net, net, tax };
    const price = moreNet;
    expect(amend(order, { price })).toMatchObject({ net: moreNet, tax: moreTax });
  });

  it.each([
    ['0.33', '0.07'],
    ['0.00', '0.07'],
    ['100.00', '-20.00'],
    // 33.333 %: no rate that anybody sets.
    ['100000.00', '33333.33'],
  ])('are not guessed at where %s and %s tell no rate', (net, tax) => {
    const order = { ...single, quantity: '1', unitPrice: net, net, tax };
    expect(() => amend(order, { price: '5' })).toThrow(`No tax rate can be told from a net amount of ${net}`);
  });

  it('are not worked out where net is not quantity × price', () => {
    expect(() => amend({ ...single, net: '130.00' }, { price: '1' })).toThrow(
      'The net amount 130.00 is not 150 × 0.85: give the whole order with --file.',
    );
  });
});

describe('a date', () => {
  it('is that of every delivery, and leaves the amounts alone', () => {
    const { deliveryDate, deliveries, net } = amend(double, { date: '2026-07-01' });
    expect([deliveryDate, ...deliveries.map(({ requiredDate }) => requiredDate), net]).toEqual([
      ...Array(3).fill('2026-07-01T12:00:00Z'),
      double.net,
    ]);
  });

  it('of one delivery leaves the others, and the order, where they were', () => {
    const { deliveryDate, deliveries } = amend(double, { date: '2026-07-01', delivery: second });
    expect([deliveryDate, ...deliveries.map(({ requiredDate }) => requiredDate)]).toEqual([
      double.deliveryDate,
      double.deliveries[0]?.requiredDate,
      '2026-07-01T12:00:00Z',
    ]);
  });

  it('keeps an instant that already falls on that day', () => {
    const late = '2026-06-30T23:30:00Z';
    const order = { ...single, deliveryDate: late, deliveries: [{ ...single.deliveries[0]!, requiredDate: late }] };
    expect(amend(order, { date: '2026-07-01' })).toEqual(order);
    expect(amend(order, { date: '2026-06-30' }).deliveryDate).toBe('2026-06-30T12:00:00Z');
  });

  it.each([
    ['Pacific/Auckland', '2026-07-01T00:00:00Z'],
    ['Pacific/Kiritimati', '2026-07-01T00:00:00Z'],
    ['America/Adak', '2026-07-01T12:00:00Z'],
    ['Etc/GMT+12', '2026-07-01T12:00:00Z'],
  ])('falls on that day in %s', (zone, instant) => {
    expect(amend(single, { date: '2026-07-01' }, zone).deliveryDate).toBe(instant);
  });
});
