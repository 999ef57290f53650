import { refundedOf, shippedOf, wanted, type WebOrder } from '../../../src/domain/web-order/web-order';

const shipment = (isShipped: boolean, quantity: string, refunded: string): WebOrder['shipments'][number] => ({
  id: `s-${quantity}`,
  isShipped,
  isPaid: false,
  isReleased: null,
  carrier: null,
  tracking: null,
  created: null,
  lines: [
    { orderItemId: '71', quantity },
    { orderItemId: '72', quantity: '9' },
  ],
  refunds: [{ id: `r-${quantity}`, status: null, lines: [{ orderItemId: '71', quantity: refunded }] }],
});
const order = {
  shipments: [shipment(true, '1.5', '1'), shipment(true, '2.00', '0'), shipment(false, '4', '0.25')],
} as unknown as WebOrder;

describe('a web order', () => {
  it('still wants what is not cancelled', () => {
    const line = { ordered: '4.00', cancelled: '1' } as WebOrder['lines'][number];
    expect(wanted(line)).toBe('3');
  });

  it('counts as shipped only what has left', () => {
    expect([shippedOf(order, '71'), shippedOf(order, '72'), shippedOf(order, '73')]).toEqual(['3.5', '18', '0']);
  });

  it('counts refunds of every shipment', () => {
    expect([refundedOf(order, '71'), refundedOf(order, '72')]).toEqual(['1.25', '0']);
  });
});
