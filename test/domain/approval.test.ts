import * as fc from 'fast-check';
import { approvalNeeded } from '../../src/domain/approval';
import { compare } from '../../src/domain/decimal';
import type { ApprovalPolicy } from '../../src/domain/policy';
import type { PurchaseOrder } from '../../src/domain/purchase-order';
import { longForm } from './decimal-strings';
import { delivery, planned, policy, purchaseOrder } from './examples';

const bands: ApprovalPolicy = {
  ...policy().approval,
  limits: [
    { currency: 'GBP', above: '1000.00', approvers: ['anna'] },
    { currency: 'GBP', above: '25000', approvers: ['carl'] },
    { currency: 'GBP', above: '5000.00', approvers: ['ben'] },
    { currency: 'EUR', above: '1.00', approvers: ['eva'] },
  ],
  approvers: ['paula'],
};

const needed = (changes: Partial<PurchaseOrder>, approval = bands, order = purchaseOrder(changes)) =>
  approvalNeeded(order, planned(order), approval);

describe('the amount', () => {
  it.each(['0.00', '999.99', '1000', '1000.00'])('of %s needs nobody: it is not over a limit', (net) => {
    expect(needed({ net })).toBeUndefined();
  });

  it.each([
    ['1000.01', '1000.00', 'anna'],
    ['5000.00', '1000.00', 'anna'],
    ['5000.01', '5000.00', 'ben'],
    ['25000.01', '25000', 'carl'],
  ])('of %s is for those of the highest band it is over', (net, above, approver) => {
    expect(needed({ net })).toMatchObject({
      reasons: [`net ${net} GBP is over the limit of ${above}`],
      approvers: [approver],
    });
  });

  it('in a currency without a limit needs a human: no limit is no permission', () => {
    const order = purchaseOrder({ currency: 'SEK', net: '0.01' });
    const plan = { ...planned(), agreedCurrency: 'SEK' };
    expect(approvalNeeded(order, plan, bands)).toMatchObject({
      reasons: ['no approval limit is set for SEK'],
      approvers: ['paula'],
    });
  });

  it('decides by the highest limit it exceeds, in whatever order the bands are written', () => {
    const amounts = fc.bigInt({ min: 0n, max: 10_000_000n }).map((units) => longForm(units, 2));
    fc.assert(
      fc.property(amounts, fc.uniqueArray(amounts, { minLength: 1, maxLength: 5 }), (net, limits) => {
        const approval = {
          ...bands,
          limits: limits.map((above) => ({ currency: 'GBP', above, approvers: [`over ${above}`] })),
        };
        const exceeded = limits.filter((above) => compare(net, above) > 0);
        const [highest] = exceeded.toSorted((left, right) => compare(right, left));
        expect(needed({ net }, approval)?.approvers).toEqual(highest === undefined ? undefined : [`over ${highest}`]);
      }),
    );
  });
});

describe('the price', () => {
  it('needs a human where it differs from the agreed one, and nobody where it is only written otherwise', () => {
    expect(needed({ unitPrice: '42.5000' })).toBeUndefined();
    expect(needed({ unitPrice: '42.49' })).toMatchObject({
      reasons: ['the price of 42.49 differs from the agreed 42.50 (per boxes of 15)'],
      approvers: ['paula'],
    });
  });

  it('needs a human where none is agreed, or in another currency', () => {
    const order = purchaseOrder();
    expect(approvalNeeded(order, { ...planned(), agreedPrice: null }, bands)?.reasons).toEqual([
      'no price is agreed for this product',
    ]);
    expect(approvalNeeded(order, { ...planned(), agreedCurrency: 'EUR' }, bands)?.reasons).toEqual([
      'ordered in GBP, agreed in EUR',
    ]);
  });

  it('is not looked at where the policy does not ask', () => {
    expect(needed({ unitPrice: '1' }, { ...bands, onPriceDifference: false })).toBeUndefined();
  });
});

describe('the dates', () => {
  const tomorrow = { deliveries: [delivery({ requiredDate: '2026-01-06T12:00:00Z' })] };

  it('need a human where the goods cannot leave in time', () => {
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
    const order = purchaseOrder({ net: '6000.00', unitPrice: '600.00' });
    expect(needed({}, bands, order)).toEqual({
      reasons: [
        'net 6000.00 GBP is over the limit of 5000.00',
        'the price of 600.00 differs from the agreed 42.50 (per boxes of 15)',
      ],
      facts: [
        { label: 'net', value: '6000.00 GBP' },
        { label: 'quantity', value: '10 boxes of 15' },
        { label: 'unit price', value: '600.00 GBP' },
        { label: 'agreed price', value: '42.50 GBP' },
        { label: 'ship dates', value: '2026-01-20' },
        { label: 'earliest ship date', value: '2026-01-08' },
      ],
      approvers: ['ben'],
    });
  });

  it('keep the approvers of prices where anyone may approve the amount', () => {
    const open = { ...bands, limits: [{ currency: 'GBP', above: '1', approvers: [] }] };
    expect(needed({ net: '2.00', unitPrice: '1' }, open)?.approvers).toEqual(['paula']);
    expect(needed({ net: '2.00' }, open)?.approvers).toEqual([]);
  });
});
