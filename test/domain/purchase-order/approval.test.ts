import * as fc from 'fast-check';
import { approvalNeeded } from '../../../src/domain/purchase-order/approval';
import { compare, maximum, multiply } from '../../../src/domain/values/decimal';
import type { OrderPlan } from '../../../src/domain/purchase-order/order-plan';
import type { ApprovalPolicy } from '../../../src/domain/case/policy';
import type { PurchaseOrder } from '../../../src/domain/purchase-order/purchase-order';
import { bands, sized } from './approval-examples';
import { longForm } from '../values/decimal-strings';
import { delivery, planned, purchaseOrder } from '../examples';

const needed = (changes: Partial<PurchaseOrder>, approval = bands, order = purchaseOrder(changes)) =>
  approvalNeeded(order, planned(order), approval);

const reasonsOf = (order: PurchaseOrder, approval = bands): readonly string[] =>
  approvalNeeded(order, planned(order), approval)?.reasons ?? [];

describe('the amount', () => {
  it.each(['1', '10', '23'])('of %s boxes needs nobody: it is not over a limit', (quantity) => {
    expect(reasonsOf(sized(quantity))).toEqual([]);
  });

  it('on the limit needs nobody', () => {
    expect(reasonsOf(sized('20'), { ...bands, limits: [{ currency: 'GBP', above: '850', approvers: [] }] })).toEqual(
      [],
    );
  });

  it.each([
    ['24', '1020.00', '1000.00', 'anna'],
    ['117', '4972.50', '1000.00', 'anna'],
    ['118', '5015.00', '5000.00', 'ben'],
    ['589', '25032.50', '25000.00', 'carl'],
  ])('of %s boxes is for those of the highest band it is over', (quantity, net, above, approver) => {
    const order = sized(quantity);
    expect(approvalNeeded(order, planned(order), bands)).toMatchObject({
      reasons: [`net ${net} GBP is over the limit of ${above}`],
      approvers: [approver],
    });
  });

  it.each(['1.00', '0.00', '-5', '-25000', '0'])('is not lowered by a net of %s', (net) => {
    const order = sized('118', { net });
    expect(approvalNeeded(order, planned(order), bands)).toMatchObject({
      reasons: [
        'quantity × price of 5015.00 GBP is over the limit of 5000.00',
        expect.stringMatching(/ below 118 × 42\.50 = 5015\.00 GBP$/),
      ],
      approvers: ['ben'],
    });
  });

  it('is raised by a net that is more than quantity × price', () => {
    expect(reasonsOf(sized('10', { net: '5000.01' }))).toEqual([
      'net 5000.01 GBP is over the limit of 5000.00',
      'net 5000.01 GBP is 4575.01 (1076.47 %) above 10 × 42.50 = 425.00 GBP',
    ]);
  });

  it('in a currency without a limit needs a person: no limit is no permission', () => {
    const order = purchaseOrder({ currency: 'SEK' });
    const plan = inCurrency('SEK');
    expect(approvalNeeded(order, plan, bands)).toMatchObject({
      reasons: ['no approval limit is set for SEK'],
      approvers: ['paula'],
    });
  });

  it('decides by the highest limit that the larger of net and quantity × price exceeds', () => {
    const amounts = fc.bigInt({ min: -10_000_000n, max: 10_000_000n }).map((units) => longForm(units, 2));
    const quantities = fc.integer({ min: 1, max: 5000 }).map(String);
    fc.assert(
      fc.property(
        amounts,
        quantities,
        fc.uniqueArray(amounts, { minLength: 1, maxLength: 5 }),
        (net, quantity, limits) => {
          const approval = {
            ...bands,
            limits: limits.map((above) => ({ currency: 'GBP', above, approvers: [`over ${above}`] })),
          };
          const order = sized(quantity, { net });
          const exceeded = limits.filter((above) => compare(maximum(net, multiply(quantity, '42.50')), above) > 0);
          const [highest] = exceeded.toSorted((left, right) => compare(right, left));
          const need = approvalNeeded(order, planned(order), approval);
          const isOver = need?.reasons.some((reason) => reason.includes('over the limit')) ?? false;
          expect(isOver).toBe(highest !== undefined);
          expect(isOver ? need?.approvers : undefined).toEqual(highest === undefined ? undefined : [`over ${highest}`]);
        },
      ),
    );
  });
});

describe('a net amount that is not quantity × price', () => {
  it.each([
    ['10', '416.50', 'net 416.50 GBP is 8.50 (2 %) below 10 × 42.50 = 425.00 GBP'],
    ['10', '425.01', 'net 425.01 GBP is 0.01 (less than 0.01 %) above 10 × 42.50 = 425.00 GBP'],
    ['10', '1.00', 'net 1.00 GBP is 424.00 (99.76 %) below 10 × 42.50 = 425.00 GBP'],
    ['10', '0', 'net 0.00 GBP is 425.00 (100 %) below 10 × 42.50 = 425.00 GBP'],
    ['10', '-5', 'net -5.00 GBP is 430.00 (101.17 %) below 10 × 42.50 = 425.00 GBP'],
    ['10', 'free', 'the net amount "free" cannot be read; 10 × 42.50 = 425.00 GBP'],
  ])('for %s boxes at %s is asked about, whatever the limits', (quantity, net, reason) => {
    const order = sized(quantity, { net });
    expect(approvalNeeded(order, planned(order), { ...bands, onPriceDifference: false })).toMatchObject({
      reasons: [reason],
      approvers: ['paula'],
    });
  });

  it.each([
    ['GBP', '3', '0.335', '1.01'],
    ['GBP', '3', '0.335', '1.00'],
    ['JPY', '3', '33.5', '101'],
    ['JPY', '3', '33.5', '100.00'],
    ['KWD', '3', '0.3335', '1.001'],
    ['KWD', '3', '0.3335', '1.000'],
  ])('in %s is none where %s × %s is rounded to %s', (currency, quantity, unitPrice, net) => {
    expect(reasonsOf(sized(quantity, { currency, unitPrice, net }), anyPrice(currency))).toEqual([]);
  });

  it.each([
    ['JPY', '3', '33.5', '102', 'net 102 JPY is 1 (0.99 %) above 3 × 33.5 = 101 JPY'],
    ['KWD', '3', '0.3335', '1.01', 'net 1.010 KWD is 0.009 (0.89 %) above 3 × 0.3335 = 1.001 KWD'],
    ['BHD', '1', '10', '9.8', 'net 9.800 BHD is 0.200 (2 %) below 1 × 10.000 = 10.000 BHD'],
  ])('in %s goes by its smallest unit: %s × %s is not %s', (currency, quantity, unitPrice, net, reason) => {
    expect(reasonsOf(sized(quantity, { currency, unitPrice, net }), anyPrice(currency))).toEqual([reason]);
  });

  it('is asked about where the price is below nothing, though the amounts fit', () => {
    const approval = anyPrice('GBP');
    expect(reasonsOf(sized('10', { unitPrice: '-1', net: '-10.00' }), approval)).toEqual([
      'the price of -1.00 GBP is below nothing',
    ]);
  });

  it('comes with the fact that tax and gross do not fit either', () => {
    const order = sized('10', { net: '1.00', tax: '0.20', gross: '510' });
    expect(approvalNeeded(order, planned(order), bands)?.facts).toContainEqual({
      label: 'gross',
      value: 'net 1.00 and tax 0.20 make 1.20 GBP, not 510.00',
    });
  });
});

/** Prices are not looked at, and no limit is near. */
function anyPrice(currency: string): ApprovalPolicy {
  return { ...bands, onPriceDifference: false, limits: [{ currency, above: '1000000', approvers: [] }] };
}

describe('the price', () => {
  it('needs a person where it differs from the agreed one, and nobody where it is only written otherwise', () => {
    expect(needed({ unitPrice: '42.5000' })).toBeUndefined();
    expect(needed({ unitPrice: '42.49', net: '424.90' })).toMatchObject({
      reasons: [
        "the price of 42.49 GBP per unit 'boxes of 15' differs from the agreed 42.50 GBP per unit 'boxes of 15'",
      ],
      approvers: ['paula'],
    });
  });

  it('needs a person where none is agreed, or in another currency', () => {
    const order = purchaseOrder();
    expect(approvalNeeded(order, { ...planned(), agreed: null }, bands)?.reasons).toEqual([
      'no price is agreed for this product',
    ]);
    expect(approvalNeeded(order, inCurrency('EUR'), bands)?.reasons).toEqual(['ordered in GBP, agreed in EUR']);
  });

  it('is not looked at where the policy does not ask', () => {
    expect(needed({ unitPrice: '1', net: '10.00' }, { ...bands, onPriceDifference: false })).toBeUndefined();
  });
});

function inCurrency(currency: string): OrderPlan {
  const plan = planned();
  return { ...plan, agreed: plan.agreed && { ...plan.agreed, currency } };
}

describe('the dates', () => {
  const tomorrow = { deliveries: [delivery({ requiredDate: '2026-01-06T12:00:00Z' })] };

  it('need a person where the goods cannot leave in time', () => {
    expect(needed(tomorrow)?.reasons).toEqual([
      'delivery PO-10231-D1, due 2026-01-06, must ship by 2026-01-02, before the earliest date 2026-01-08',
    ]);
  });

  it('are not looked at where the policy does not ask', () => {
    expect(needed(tomorrow, { ...bands, onLateDate: false })).toBeUndefined();
  });
});

describe('several reasons', () => {
  it('are told together, with the figures a person decides by', () => {
    const order = purchaseOrder({ net: '6000.00', tax: '1200.00', gross: '7200.00', unitPrice: '600.00000' });
    expect(needed({}, bands, order)).toEqual({
      reasons: [
        'net 6000.00 GBP is over the limit of 5000.00',
        "the price of 600.00 GBP per unit 'boxes of 15' differs from the agreed 42.50 GBP per unit 'boxes of 15'",
      ],
      facts: [
        { label: 'net', value: '6000.00 GBP' },
        { label: 'quantity', value: '10 boxes of 15' },
        { label: 'unit price', value: '600.00 GBP' },
        {
          label: 'agreed price',
          value: "42.50 GBP per unit 'boxes of 15' (the policy names no agreedUnit: the largest is taken)",
        },
        { label: 'ship dates', value: '2026-01-20' },
        { label: 'earliest ship date', value: '2026-01-08' },
      ],
      approvers: ['ben'],
    });
  });

  it('keep the approvers of prices where anyone may approve the amount', () => {
    const open = { ...bands, limits: [{ currency: 'GBP', above: '1', approvers: [] }] };
    expect(needed({ net: '10.00', unitPrice: '1' }, open)?.approvers).toEqual(['paula']);
    expect(needed({}, open)?.approvers).toEqual([]);
  });
});
