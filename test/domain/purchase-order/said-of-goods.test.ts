import {
  dueTo,
  leftElsewhere,
  openLedger,
  recordInvoiced,
  recordReceived,
  takeBack,
  totals,
} from '../../../src/domain/purchase-order/quantity';

describe('what a person says of goods', () => {
  const two = () =>
    openLedger([
      { deliveryRef: 'A', quantity: '10' },
      { deliveryRef: 'B', quantity: '5' },
    ]);
  const despatched = () => leftElsewhere(leftElsewhere(two(), 'A', '10'), 'B', '5');

  it('that left unseen count as allocated and despatched, never beyond what is ordered', () => {
    expect(leftElsewhere(two(), 'A', '12').deliveries[0]).toMatchObject({ allocated: '10', despatched: '10' });
  });

  it('that did not arrive after all are due again, at the address they were booked for', () => {
    const booked = recordReceived(despatched(), '8', 'A');
    const back = takeBack(booked, '8', 'A');
    expect(totals(back)).toMatchObject({ received: '0', despatched: '15' });
    expect([dueTo(back, 'A'), dueTo(back, 'B')]).toEqual(['10', '5']);
  });

  it('that are invoiced already stay received', () => {
    const invoiced = recordInvoiced(recordReceived(despatched(), '8', 'A'), '6');
    expect(totals(takeBack(invoiced, '8', 'A'))).toMatchObject({ received: '6', invoiced: '6' });
  });
});
