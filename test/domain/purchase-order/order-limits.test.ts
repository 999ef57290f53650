import { planOrder } from '../../../src/domain/purchase-order/order-plan';
import type { PurchaseOrder } from '../../../src/domain/purchase-order/purchase-order';
import { LINEAR, growth } from '../../growth';
import { conversions, delivery, item, NOW, planned, policy, purchaseOrder, reference } from '../examples';

const missing = (order: PurchaseOrder, by = policy(), known = reference()): readonly string[] => {
  const result = planOrder(order, by, known, NOW);
  return result.kind === 'unmapped' ? result.missing : [];
};

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

  it('is not the number of deliveries: they are planned in a time that grows as they do', () => {
    const some = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        delivery({ deliveryRef: `D${index}`, sequence: String(index + 1), quantity: '1' }),
      );
    const plan = (deliveries: ReturnType<typeof some>): void =>
      expect(planned(purchaseOrder({ quantity: String(deliveries.length), deliveries })).deliveries).toHaveLength(
        deliveries.length,
      );
    expect(growth(250, some, plan)).toBeLessThan(LINEAR);
  });
});
