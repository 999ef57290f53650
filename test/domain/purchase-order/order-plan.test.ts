import * as fc from 'fast-check';
import { lateDeliveries, planOrder } from '../../../src/domain/purchase-order/order-plan';
import type { PurchaseOrder } from '../../../src/domain/purchase-order/purchase-order';
import { conversions, delivery, item, NOW, planned, policy, purchaseOrder, reference } from '../examples';

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
    agreed: { price: '42.50', currency: 'GBP', unit: 'boxes of 15', isNamed: false, factor: '15' },
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

describe('the unit of the agreed price', () => {
  const priced = (agreedUnit?: string) =>
    policy({
      products: policy().products.map((product) => ({
        ...product,
        ...(agreedUnit === undefined ? {} : { agreedUnit }),
      })),
    });
  const single = purchaseOrder({ unitOfMeasure: 'single units' });

  it('is the one the policy names, whatever the order is in', () => {
    expect(planned(single, priced('boxes of 15')).agreed).toMatchObject({
      unit: 'boxes of 15',
      isNamed: true,
      factor: '15',
    });
    expect(planned(purchaseOrder(), priced('single units')).agreed).toMatchObject({
      unit: 'single units',
      factor: '1',
    });
  });

  it('is the largest the item can be ordered in where the policy names none', () => {
    expect(planned(single, priced()).agreed).toMatchObject({ unit: 'boxes of 15', isNamed: false, factor: '15' });
  });

  it('is that of the order where the item has no other', () => {
    const known = reference({ uomConversions: conversions('Each 1.00000 Each') });
    const result = planOrder(single, priced(), known, NOW);
    expect(result).toMatchObject({ plan: { agreed: { unit: 'single units', factor: '1' } } });
  });

  it('has no factor where nothing says how large it is, or where its name says otherwise', () => {
    const units = [...policy().units, { claritum: 'boxes of 20', manex: 'BX20', northscope: 'Box' }];
    expect(planned(single, { ...priced('boxes of 20'), units }).agreed).toMatchObject({
      unit: 'boxes of 20',
      factor: null,
    });
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
