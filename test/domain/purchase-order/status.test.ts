import { isMany } from '../../../src/domain/feed/absence';
import { deliveryMeaning, orderMeaning } from '../../../src/domain/purchase-order/status';
import { policy } from '../examples';

const { claritum } = policy();
const taught = {
  ...claritum,
  orderStatuses: { go: ['Released'], wait: ['On hold'] },
  deliveryStatuses: { delivered: ['POD received'], underWay: ['At depot'] },
};

describe('the status of a purchase order', () => {
  it.each(['', 'authorised', ' Authorised ', 'AUTHORISED'])('%j is fulfilled', (status) => {
    expect(orderMeaning(status, claritum)).toBe('go');
  });
  it.each(['cancelled', 'Cancelled ', 'CANCELED', 'withdrawn'])('%j calls it off', (status) => {
    expect(orderMeaning(status, claritum)).toBe('cancelled');
  });
  it.each(['draft', 'on hold', 'unauthorised', 'pre-authorised', 'not cancelled', 'x'])(
    '%j is asked about',
    (status) => {
      expect(orderMeaning(status, claritum)).toBe('ask');
    },
  );
  it('that the policy explains goes, or waits', () => {
    expect(orderMeaning('released', taught)).toBe('go');
    expect(orderMeaning('ON-HOLD', taught)).toBe('wait');
  });
});

describe('the status of a delivery', () => {
  it.each(['delivered', 'Delivered', 'delivered ', 'pod  received'])('%j has arrived', (status) => {
    expect(deliveryMeaning(status, taught)).toBe('delivered');
  });
  it.each(['despatched', 'In Transit', 'in-transit', 'at depot', ''])('%j has not', (status) => {
    expect(deliveryMeaning(status, taught)).toBe('under way');
  });
  it.each(['part delivered', 'not delivered', 'undelivered', 'signed for'])('%j is explained nowhere', (status) => {
    expect(deliveryMeaning(status, claritum)).toBeNull();
  });
});

describe('orders that vanish at once', () => {
  it.each([
    [3, 8, true],
    [3, 9, false],
    [2, 2, false],
    [34, 100, true],
    [33, 100, false],
    [33, 99, false],
  ])('%i of %i are many: %s', (absent, all, are) => {
    expect(isMany(absent, all, claritum.manyAbsent)).toBe(are);
  });
});
