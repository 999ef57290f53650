import * as fc from 'fast-check';
import { lateDeliveries, planOrder } from '../../src/domain/order-plan';
import type { PurchaseOrder } from '../../src/domain/purchase-order';
import { conversions, delivery, item, NOW, planned, policy, purchaseOrder, reference } from './examples';

const missing = (order: PurchaseOrder, by = policy(), known = reference()): readonly string[] => {
  const result = planOrder(order, by, known, NOW);
  return result.kind === 'unmapped' ? result.missing : [];
};

it('names what every system calls the parts of an order', () => {
  expect(planned()).toEqual({
    custNo: '0000000008',
    customerId: 'ALPINE',
    excludedApprovers: ['morag'],
    partNumber: 'LBL-0071',
    revision: 'B',
    saleTypeId: 'OTHER',
    unitOfMeasure: 'BOX',
    itemId: '0071',
    siteId: 'SEATTLE',
    companyId: 'WAYBILL',
    sourceSystem: 'Waybill',
    stockUnit: 'Each',
    unitFactor: '15',
    agreedPrice: '42.50',
    agreedCurrency: 'GBP',
    orderDate: '2026-01-05',
    earliestShipDate: '2026-01-08',
    deliveries: [
      {
        deliveryRef: 'PO-10231-D1',
        sequence: '1',
        quantity: '10',
        addressId: 'MAIN',
        dueDate: '2026-01-22',
        shipDate: '2026-01-20',
      },
    ],
  });
});

describe('addresses and dates', () => {
  it('ships to the address of the post code, else to the one for all others', () => {
    const deliveries = [
      delivery({ quantity: '4' }),
      delivery({
        quantity: '6',
        deliveryRef: 'PO-10231-D2',
        sequence: '2',
        address: { ...delivery().address, postCode: 'SK1 2BX' },
      }),
    ];
    expect(planned(purchaseOrder({ deliveries })).deliveries.map(({ addressId }) => addressId)).toEqual([
      'MAIN',
      'EAST',
    ]);
  });

  it('takes the working day before a due date on a weekend, and ships on a working day before that', () => {
    const order = purchaseOrder({ deliveries: [delivery({ requiredDate: '2026-01-25T12:00:00Z' })] });
    expect(planned(order).deliveries).toMatchObject([{ dueDate: '2026-01-23', shipDate: '2026-01-21' }]);
  });

  it('reads an instant as the day it is in the company’s own time zone', () => {
    const order = purchaseOrder({ deliveries: [delivery({ requiredDate: '2026-01-22T23:30:00Z' })] });
    const inSydney = policy({ company: { ...policy().company, timeZone: 'Australia/Sydney' } });
    expect(planned(order, inSydney).deliveries).toMatchObject([{ dueDate: '2026-01-23' }]);
  });

  it('takes the date of the order for a delivery without one, and the policy’s where there is none at all', () => {
    const undated = [delivery({ requiredDate: null })];
    expect(planned(purchaseOrder({ deliveries: undated })).deliveries).toMatchObject([{ dueDate: '2026-01-22' }]);
    expect(planned(purchaseOrder({ deliveries: undated, deliveryDate: null })).deliveries).toMatchObject([
      { dueDate: '2026-01-19' },
    ]);
  });

  it('ships before the due date even where no transit days are set', () => {
    const none = policy({ fulfilment: { ...policy().fulfilment, transitDays: 0 } });
    expect(planned(purchaseOrder(), none).deliveries).toMatchObject([
      { dueDate: '2026-01-22', shipDate: '2026-01-21' },
    ]);
  });

  it('finds the deliveries whose goods cannot leave in time', () => {
    const on = (requiredDate: string) => planned(purchaseOrder({ deliveries: [delivery({ requiredDate })] }));
    expect(lateDeliveries(on('2026-01-12T12:00:00Z'))).toEqual([]);
    expect(lateDeliveries(on('2026-01-11T12:00:00Z'))).toMatchObject([{ shipDate: '2026-01-07' }]);
  });
});

describe('what cannot be mapped is listed whole', () => {
  it('names customer, product and unit at once', () => {
    const order = purchaseOrder({ customerName: 'Nobody', productCode: 'NONE', unitOfMeasure: 'reams' });
    expect(missing(order)).toEqual([
      `customer 'Nobody' has no entry under customers in the policy`,
      `product 'NONE' has no entry under products in the policy`,
      `unit 'reams' has no entry under units in the policy`,
    ]);
  });

  it('names site, item, unit chain and address at once', () => {
    const nothing = reference({ sites: [], addresses: [], uomConversions: [] });
    expect(missing(purchaseOrder(), policy(), nothing)).toEqual([
      `NorthScope has no site 'SEATTLE'`,
      `NorthScope's schedule 2 does not say how many Each make one Box`,
      `NorthScope has no ship-to address 'MAIN' for ALPINE (delivery PO-10231-D1)`,
    ]);
  });

  it('takes an inactive item for none', () => {
    const inactive = reference({ items: [{ ...item, isInactive: true }] });
    expect(missing(purchaseOrder(), policy(), inactive)).toEqual([`NorthScope has no active item '0071'`]);
  });

  it('takes no address of another customer', () => {
    const others = reference({ addresses: reference().addresses.map((one) => ({ ...one, customerId: 'BOREALIS' })) });
    expect(missing(purchaseOrder(), policy(), others)).toHaveLength(1);
  });

  it.each([
    ['Box 12 Each', 'disagrees with the number in the name'],
    ['Box 15 Carton', 'does not reach the unit the item is kept in'],
  ])('takes "boxes of 15" only where the schedule agrees (%s %s)', (line) => {
    expect(missing(purchaseOrder(), policy(), reference({ uomConversions: conversions(line) }))).toEqual([
      `NorthScope's schedule 2 does not say how many Each make one Box`,
    ]);
  });

  it('takes a conversion of another schedule for none', () => {
    const elsewhere = conversions('Box 15 Each').map((one) => ({ ...one, scheduleSk: '3' }));
    expect(missing(purchaseOrder(), policy(), reference({ uomConversions: elsewhere }))).toHaveLength(1);
  });
});

describe('what people type in many ways', () => {
  const to = (postCode: string | null) =>
    planned(purchaseOrder({ deliveries: [delivery({ address: { ...delivery().address, postCode } })] })).deliveries[0]
      ?.addressId;

  it.each([['SK1 2BX'], ['sk1 2bx'], ['SK12BX'], ['SK1\u00a02BX'], [' sk1  2Bx ']])(
    'ships %j to its own address',
    (code) => {
      expect(to(code)).toBe('EAST');
    },
  );

  it.each([['SK1 2BY'], [null], [''], ['*'], ['constructor'], ['__proto__']])(
    'ships %j to the one for all others',
    (code) => {
      expect(to(code)).toBe('MAIN');
    },
  );

  it('finds customer, product and unit whatever blanks nobody sees', () => {
    const order = purchaseOrder({
      customerName: ' Alpine  Retail\u00a0Group ',
      productCode: 'LBL-0071\u00a0',
      unitOfMeasure: 'Boxes of 15 ',
    });
    expect(planned(order)).toEqual(planned());
  });

  it('names the entry that could be meant, and takes none that looks otherwise', () => {
    expect(missing(purchaseOrder({ customerName: 'ALPINE RETAIL GROUP', productCode: 'lbl-0071' }))).toEqual([
      "customer 'ALPINE RETAIL GROUP' has no entry under customers in the policy, which has 'Alpine Retail Group'",
      "product 'lbl-0071' has no entry under products in the policy, which has 'LBL-0071'",
    ]);
  });
});

describe('a date without a time', () => {
  it.each(['America/New_York', 'Pacific/Auckland'])('is due on that day in %s', (timeZone) => {
    const by = policy({ company: { ...policy().company, timeZone } });
    const order = purchaseOrder({ deliveries: [delivery({ requiredDate: '2027-01-25' })] });
    expect(planned(order, by).deliveries).toMatchObject([{ dueDate: '2027-01-25' }]);
  });

  it('is asked about where it is none', () => {
    for (const requiredDate of ['tomorrow', '2027-02-30', '0001-01-01', '9999-12-31T23:59:00-12:00']) {
      expect(missing(purchaseOrder({ deliveries: [delivery({ requiredDate })] }))).toEqual([
        `delivery PO-10231-D1 is wanted by '${requiredDate}', which is no date`,
      ]);
    }
  });
});

describe('what one of the systems cannot take', () => {
  const first = (changes: Partial<PurchaseOrder>, by = policy(), known = reference()) =>
    missing(purchaseOrder(changes), by, known)[0];

  it('is a PO number of 60, which cannot be cut', () => {
    expect(first({ poNumber: 'P'.repeat(60) })).toBe(
      `the PO number '${'P'.repeat(60)}' has 60 characters, and NorthScope takes at most 50 as its PurchaseOrder: a number cannot be cut, so the buyer must correct it in Claritum, or amend it here with him`,
    );
    expect(first({ poNumber: 'P'.repeat(50) })).toBeUndefined();
  });

  it('is no title: people read it, and it is made to fit', () => {
    expect(first({ projectTitle: 'T'.repeat(300) })).toBeUndefined();
    expect(first({ projectTitle: 'a\nb\tc' })).toBeUndefined();
  });

  it.each([['1.2'], ['one'], ['1;2'], ['9'.repeat(12)]])('is a delivery in place %s', (sequence) => {
    expect(first({ deliveries: [delivery({ sequence })] })).toContain("NorthScope's OrderID is made of it");
  });

  it('is a quantity that cannot be received, or that has too many digits', () => {
    const of = (quantity: string) => first({ quantity, deliveries: [delivery({ quantity })] });
    expect(of('10.5')).toContain('Claritum books receipts in whole numbers');
    expect(of('10.00')).toBeUndefined();
    expect(of('1000000000')).toContain('ManEx takes at most 9');
    expect(of('3000000000')).toContain('at most 2147483647');
  });

  it('is a price with more decimals than ManEx has', () => {
    expect(first({ unitPrice: '0.1234567' })).toContain('ManEx takes at most 9, and 5 decimals, as its price');
    expect(first({ unitPrice: '0.8500000000' })).toBeUndefined();
  });

  it('is a name of the policy or of the master data that is no text of theirs', () => {
    const [product] = policy().products;
    if (product === undefined) throw new Error('the example has a product');
    const by = policy({ products: [{ ...product, partNumber: 'LBL\t71' }] });
    expect(first({}, by)).toBe("the part number 'LBL\t71' holds characters that ManEx's part_num cannot");
    const unit = 'Each'.repeat(10);
    const known = reference({ items: [{ ...item, unitsUom: unit }], uomConversions: conversions(`Box 15 ${unit}`) });
    expect(first({}, policy(), known)).toContain('NorthScope takes at most 25 as its UnitsUOM');
  });

  it('is not the number of deliveries: a thousand are planned in no time', () => {
    const deliveries = Array.from({ length: 1_000 }, (_, index) =>
      delivery({ deliveryRef: `D${index}`, sequence: String(index + 1), quantity: '1' }),
    );
    const began = performance.now();
    expect(planned(purchaseOrder({ quantity: '1000', deliveries })).deliveries).toHaveLength(1_000);
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});

describe('figures that cannot be right', () => {
  it.each([
    [{ quantity: 'ten' }, 'order PO-10231 carries unreadable figures: ten'],
    [{ unitPrice: '1e3' }, 'order PO-10231 carries unreadable figures: 1e3'],
    [{ quantity: '0', deliveries: [delivery({ quantity: '0' })] }, 'order PO-10231 is for 0'],
    [{ deliveries: [] }, 'order PO-10231 names no delivery address'],
    [{ quantity: '11' }, 'the deliveries of order PO-10231 add up to 10, the order is for 11'],
    [
      { deliveries: [delivery({ quantity: '15' }), delivery({ deliveryRef: 'D2', sequence: '2', quantity: '-5' })] },
      'delivery D2 is for -5',
    ],
    [
      { deliveries: [delivery({ quantity: '5' }), delivery({ sequence: '2', quantity: '5' })] },
      'order PO-10231 names delivery PO-10231-D1 more than once',
    ],
    [
      { deliveries: [delivery({ quantity: '5' }), delivery({ deliveryRef: 'D2', quantity: '5' })] },
      'order PO-10231 has more than one delivery in place 1',
    ],
  ])('%o: %s', (changes, sentence) => {
    expect(missing(purchaseOrder(changes))).toEqual([sentence]);
  });

  it('compares the sum of the deliveries as numbers, not as text', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 99_999 }), { minLength: 1, maxLength: 6 }), (quantities) => {
        const deliveries = quantities.map((quantity, index) =>
          delivery({ quantity: `${quantity}.00`, deliveryRef: `D${index}`, sequence: String(index + 1) }),
        );
        const quantity = String(quantities.reduce((all, each) => all + each, 0));
        expect(missing(purchaseOrder({ quantity, deliveries }))).toEqual([]);
        expect(missing(purchaseOrder({ quantity: `${quantity}.01`, deliveries }))).toHaveLength(1);
      }),
    );
  });
});
