import { parsePurchaseOrder } from '../../src/cli/orders/purchase-order-file';
import { seedOrder } from '../../src/sandbox/claritum/seed-orders';

const { order } = seedOrder(1, 2, '2026-01-05');
const parse = (record: unknown) => parsePurchaseOrder(JSON.stringify(record), 'po.json');

describe('parsePurchaseOrder', () => {
  it('takes the record as Claritum holds it, and passes over what it does not know', () => {
    const { projectRef: _p, nominalCode: _n, deliveries, ...rest } = order;
    expect(parse({ ...order, somethingNew: [1] })).toEqual({
      ...rest,
      authorisedDate: '2026-01-04T09:00:00Z',
      deliveryDate: expect.stringMatching(/^2026-0[23]-\d\dT12:00:00Z$/),
      lastModified: '2026-01-04T09:00:00Z',
      deliveries: deliveries.map(({ contact: _c, requiredDate, ...delivery }) => ({
        ...delivery,
        requiredDate: requiredDate,
      })),
    });
  });

  it('turns numbers into text and leaves text as it is', () => {
    const parsed = parse({ ...order, orderRef: 7, poNumber: '007', quantity: 12, unitPrice: 0.1, productCode: '0071' });
    expect(parsed).toMatchObject({
      orderRef: '7',
      poNumber: '007',
      quantity: '12',
      unitPrice: '0.1',
      productCode: '0071',
    });
  });

  it('numbers deliveries in their order where the record does not', () => {
    const deliveries = order.deliveries.map(({ sequence: _s, ...delivery }) => delivery);
    expect(parse({ ...order, deliveries }).deliveries.map(({ sequence }) => sequence)).toEqual(['1', '2']);
  });

  it('brings instants to UTC', () => {
    expect(parse({ ...order, deliveryDate: '2026-01-05T09:00:00+02:00' }).deliveryDate).toBe('2026-01-05T07:00:00Z');
  });

  it('keeps a day without a time, as the order query answers it', () => {
    expect(parse({ ...order, deliveryDate: '2027-01-25' }).deliveryDate).toBe('2027-01-25');
    expect(() => parse({ ...order, deliveryDate: '2027-02-30' })).toThrow(
      'must be a day like 2026-01-05 or an instant',
    );
  });

  it('keeps the fraction of the last change, a day alone, and what decimals mean', () => {
    const deliveries = [{ ...order.deliveries[0], quantity: '+12.00', requiredDate: '2027-01-25' }];
    const given = { ...order, lastModified: '2026-11-28T09:00:00.800Z', deliveryDate: '2027-01-25', quantity: '12.' };
    expect(parse({ ...given, unitPrice: '.5', deliveries })).toMatchObject({
      lastModified: '2026-11-28T09:00:00.8Z',
      deliveryDate: '2027-01-25',
      quantity: '12',
      unitPrice: '0.5',
      deliveries: [{ quantity: '12', requiredDate: '2027-01-25' }],
    });
  });

  it.each([
    [{ poNumber: 'P'.repeat(3_000_000) }, 'poNumber is longer than 100 characters'],
    [{ uid: 'x`id`' }, 'uid holds the character U+0060, which no reference, number or code has'],
    [{ projectTitle: 'T'.repeat(501) }, 'projectTitle is longer than 500 characters'],
  ])('refuses what Claritum would not get in either', (change, fault) => {
    expect(() => parse({ ...order, ...change })).toThrow(`po.json cannot be fulfilled; nothing was started: ${fault}.`);
  });

  it('takes a missing date for TBC', () => {
    expect(parse({ ...order, deliveryDate: null }).deliveryDate).toBeNull();
    const { deliveryDate: _d, ...without } = order;
    expect(parse(without).deliveryDate).toBeNull();
  });

  it('lists every fault at once', () => {
    const deliveries = [{ deliveryRef: '1', quantity: 'some' }];
    expect(() =>
      parse({ ...order, orderRef: 'A:B', quantity: 0, currency: 'pounds', lastModified: 'now', deliveries }),
    ).toThrow(
      [
        'po.json is not a purchase order; nothing was started:',
        '  orderRef: must be one word of at most 100 characters, without a colon',
        '  quantity: must be more than 0',
        '  currency: must be an ISO 4217 code like "GBP"',
        '  deliveries.0.quantity: must be a decimal like 12.50',
        '  lastModified: must be an instant like 2026-01-05T09:00:00Z',
      ].join('\n'),
    );
  });

  it('says the same of everything that is missing', () => {
    expect(() => parse({ uid: 'x', deliveries: [{}] })).toThrow(
      [
        ...[
          'orderRef',
          'poNumber',
          'customerName',
          'productCode',
          'quantity',
          'unitPrice',
          'unitOfMeasure',
          'currency',
        ],
        ...['net', 'tax', 'gross', 'deliveries.0.deliveryRef', 'deliveries.0.quantity', 'lastModified'],
      ]
        .map((name) => `\n  ${name}: is missing`)
        .join(''),
    );
    expect(() => parse(null)).toThrow(/\n {2}the record: expected object, received null$/);
  });

  it('refuses a number that JSON cannot hold exactly', () => {
    const json = JSON.stringify(order).replace(`"orderRef":"${order.orderRef}"`, '"orderRef":12345678901234567890');
    expect(() => parsePurchaseOrder(json, 'po.json')).toThrow(
      /orderRef: .*write it in quotes|orderRef: must be text or a number/,
    );
  });
});
