import { amendmentApprovalNeeded, approvalNeeded } from '../../../src/domain/purchase-order/approval';
import { multiply, round } from '../../../src/domain/values/decimal';
import type { Policy } from '../../../src/domain/case/policy';
import type { PurchaseOrder } from '../../../src/domain/purchase-order/purchase-order';
import { bands, sized } from './approval-examples';
import { delivery, planned, policy, purchaseOrder } from '../examples';

describe('an amendment', () => {
  const amended = (before: PurchaseOrder, after: PurchaseOrder, approval = bands) =>
    amendmentApprovalNeeded({ order: before, plan: planned(before) }, { order: after, plan: planned(after) }, approval);

  it('over a limit is asked about though the amounts were left as they were', () => {
    const before = sized('10');
    const after = { ...before, quantity: '2000', deliveries: [delivery({ quantity: '2000' })] };
    expect(amended(before, after)).toMatchObject({
      reasons: [
        'quantity × price of 85000.00 GBP is over the limit of 25000.00',
        'net 425.00 GBP is 84575.00 (99.5 %) below 2000 × 42.50 = 85000.00 GBP',
      ],
      approvers: ['carl'],
    });
  });

  it('to less is asked about where the amounts were left as they were', () => {
    const after = { ...sized('5'), net: '425.00' };
    expect(amended(sized('10'), after)?.reasons).toEqual([
      'net 425.00 GBP is 212.50 (100 %) above 5 × 42.50 = 212.50 GBP',
    ]);
  });

  it('in small steps is asked about as soon as the whole is over the limit', () => {
    const steps = ['20', '21', '22', '23', '24'];
    const asked = steps
      .slice(1)
      .map((quantity, index) => amended(sized(steps[index] ?? ''), sized(quantity)) !== undefined);
    expect(asked).toEqual([false, false, false, true]);
  });

  it('of the net amount alone is asked about', () => {
    expect(amended(sized('10'), sized('10', { net: '30000' }))).toMatchObject({ approvers: ['carl'] });
  });

  it('of a date is not asked about for a discount that was approved', () => {
    const before = sized('10', { net: '416.50' });
    expect(amended(before, { ...before, deliveryDate: '2026-02-20T12:00:00Z' })).toBeUndefined();
  });

  it('to less is not asked about for a limit it is still over', () => {
    expect(amended(sized('200'), sized('199'))).toBeUndefined();
  });
});

describe('the unit of the price', () => {
  const agreedIn = (agreedUnit: string | undefined, agreedPrice: string): Policy =>
    policy({
      products: policy().products.map((product) => ({
        ...product,
        agreedPrice,
        ...(agreedUnit === undefined ? {} : { agreedUnit }),
      })),
    });
  const ordered = (unitOfMeasure: string, unitPrice: string, by: Policy) => {
    const order = purchaseOrder({ unitOfMeasure, unitPrice, net: round(multiply('10', unitPrice), 2) });
    const high = { ...bands, limits: [{ currency: 'GBP', above: '1000000', approvers: [] }] };
    return approvalNeeded(order, planned(order, by), high);
  };

  it.each([
    ['boxes of 15', '42.50', 'boxes of 15', '42.50'],
    [undefined, '42.50', 'boxes of 15', '42.50'],
    ['boxes of 15', '45', 'single units', '3.00'],
    [undefined, '45', 'single units', '3'],
    ['single units', '0.85', 'boxes of 15', '12.75'],
    ['single units', '0.85', 'single units', '0.85'],
  ])('agreed per %s at %s fits %s at %s', (agreedUnit, agreedPrice, unit, price) => {
    expect(ordered(unit, price, agreedIn(agreedUnit, agreedPrice))).toBeUndefined();
  });

  it.each([
    [
      'boxes of 15',
      '42.50',
      'single units',
      '42.50',
      "the price of 42.50 GBP per unit 'single units', which is 637.50 GBP per unit 'boxes of 15', differs from the agreed 42.50 GBP per unit 'boxes of 15'",
    ],
    [
      undefined,
      '42.50',
      'single units',
      '42.50',
      "the price of 42.50 GBP per unit 'single units', which is 637.50 GBP per unit 'boxes of 15', differs from the agreed 42.50 GBP per unit 'boxes of 15'",
    ],
    [
      'boxes of 15',
      '42.50',
      'single units',
      '2.83',
      "the price of 2.83 GBP per unit 'single units', which is 42.45 GBP per unit 'boxes of 15', differs from the agreed 42.50 GBP per unit 'boxes of 15'",
    ],
    [
      'boxes of 15',
      '42.50',
      'single units',
      '2.83333',
      "the price of 2.83333 GBP per unit 'single units', which is 42.49995 GBP per unit 'boxes of 15', differs from the agreed 42.50 GBP per unit 'boxes of 15'",
    ],
    [
      'single units',
      '0.85',
      'boxes of 15',
      '0.85',
      "the price of 0.85 GBP per unit 'boxes of 15' differs from the agreed 0.85 GBP per unit 'single units'",
    ],
    [
      'single units',
      '0.85',
      'boxes of 15',
      '12.76',
      "the price of 12.76 GBP per unit 'boxes of 15' differs from the agreed 0.85 GBP per unit 'single units'",
    ],
  ])('agreed per %s at %s does not fit %s at %s', (agreedUnit, agreedPrice, unit, price, reason) => {
    expect(ordered(unit, price, agreedIn(agreedUnit, agreedPrice))?.reasons).toEqual([reason]);
  });

  it('is asked about where nothing says how the units stand to each other', () => {
    const units = [...policy().units, { claritum: 'boxes of 20', manex: 'BX20', northscope: 'Box' }];
    expect(ordered('single units', '42.50', { ...agreedIn('boxes of 20', '42.50'), units })?.reasons).toEqual([
      "ordered at 42.50 GBP per unit 'single units', but agreed at 42.50 GBP per unit 'boxes of 20', and nothing says how the two units compare",
    ]);
  });

  it('is shown with the price, and that the policy does not name it', () => {
    const facts = ordered('single units', '42.50', agreedIn(undefined, '42.50'))?.facts;
    expect(facts).toContainEqual({
      label: 'agreed price',
      value: "42.50 GBP per unit 'boxes of 15' (the policy names no agreedUnit: the largest is taken)",
    });
  });
});
