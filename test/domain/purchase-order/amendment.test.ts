import {
  addressChanges,
  changesOf,
  cutToDespatched,
  judgeAmendment,
  newsIn,
  slipOfThePen,
} from '../../../src/domain/purchase-order/amendment';
import { mergeAmendment } from '../../../src/domain/purchase-order/amendment-merge';
import type { PurchaseOrder } from '../../../src/domain/purchase-order/purchase-order';
import { openLedger, recordAllocated, recordDespatched } from '../../../src/domain/purchase-order/quantity';
import { delivery, purchaseOrder } from '../examples';

const { address } = delivery();
const moved = { ...address, postCode: 'SK1 2BX' };
const sized = (quantity: string, changes: Partial<PurchaseOrder> = {}): PurchaseOrder =>
  purchaseOrder({ quantity, deliveries: [delivery({ quantity })], ...changes });
const two = (first: string, second: string, changes: Partial<PurchaseOrder> = {}): PurchaseOrder =>
  purchaseOrder({
    quantity: String(Number(first) + Number(second)),
    deliveries: [
      delivery({ deliveryRef: 'D1', quantity: first }),
      delivery({ deliveryRef: 'D2', sequence: '2', quantity: second }),
    ],
    ...changes,
  });

describe('what people are told of a record that changed', () => {
  it('names its status and its title beside what is carried out', () => {
    const after = sized('12', {
      status: 'on hold',
      projectTitle: 'Labels, second run',
      lastModified: '2026-02-01T00:00:00Z',
    });
    const { status, projectTitle } = purchaseOrder();
    expect(newsIn(sized('10'), after)).toEqual([
      `status '${status}' → 'on hold'`,
      'quantity 10 → 12',
      'delivery PO-10231-D1: 10 → 12',
      `title '${projectTitle}' → 'Labels, second run'`,
    ]);
  });

  it('is never nothing, but for a later time', () => {
    expect(newsIn(purchaseOrder(), purchaseOrder({ supplierRef: 'S-2', tax: '1.00' }))).toEqual([
      'another supplierRef',
      'another tax',
    ]);
    expect(newsIn(purchaseOrder(), purchaseOrder({ lastModified: '2026-02-01T00:00:00Z' }))).toEqual([]);
  });
});

const LATER = '2026-01-06T09:00:00Z';

describe('what counts as a change', () => {
  it('is also a changed address, named by its fields', () => {
    const after = purchaseOrder({ deliveries: [delivery({ address: moved })] });
    expect(judgeAmendment(purchaseOrder(), after, openLedger([]))).toEqual({
      kind: 'applicable',
      changes: ["delivery PO-10231-D1: postCode 'EH6 6AA' → 'SK1 2BX'"],
    });
  });

  it('is also a changed instruction', () => {
    const after = purchaseOrder({ deliveries: [delivery({ instructions: 'ring twice' })] });
    expect(changesOf(purchaseOrder(), after)).toEqual(["delivery PO-10231-D1: instructions none → 'ring twice'"]);
  });

  it('is not a field of the address that is missing instead of null', () => {
    const { county, ...rest } = address;
    expect(county).toBeNull();
    expect(addressChanges(address, rest as typeof address)).toEqual([]);
  });

  it('is also a net amount by itself, and not one that follows a quantity', () => {
    expect(changesOf(purchaseOrder(), purchaseOrder({ net: '50000' }))).toEqual(['net 425.00 → 50000.00']);
    expect(changesOf(purchaseOrder(), purchaseOrder({ net: '425.000' }))).toEqual([]);
    expect(changesOf(purchaseOrder(), sized('12', { net: '510.00' }))).not.toContainEqual(
      expect.stringContaining('net'),
    );
  });

  it('is told for figures that cannot be read too', () => {
    expect(changesOf(sized('ten'), sized('10'))).toContain('quantity ten → 10');
  });
});

it('is no other order for a blank that nobody sees, nor for a unit in capitals', () => {
  const after = purchaseOrder({
    customerName: 'Alpine Retail\u00a0Group ',
    unitOfMeasure: 'Boxes of 15',
    poNumber: 'ALP-78',
  });
  expect(judgeAmendment(purchaseOrder(), after, openLedger([]))).toMatchObject({ kind: 'applicable' });
  const another = purchaseOrder({ customerName: 'ALPINE RETAIL GROUP' });
  expect(judgeAmendment(purchaseOrder(), another, openLedger([]))).toMatchObject({ kind: 'impossible' });
});

describe('what an operator is asked to write again', () => {
  const slip = (after: PurchaseOrder) => slipOfThePen(purchaseOrder(), after, LATER);
  const due = (requiredDate: string) => purchaseOrder({ deliveries: [delivery({ requiredDate })] });

  it('is a part of what is counted, but not what was there before', () => {
    expect(slip(sized('10.5'))).toBe('10.5 boxes of 15 cannot be ordered: they are counted in whole numbers');
    expect(slip(sized('11.00'))).toBeUndefined();
    expect(slip(sized('10.5', { unitOfMeasure: 'kilograms' }))).toBeUndefined();
    expect(slipOfThePen(sized('10.5'), sized('10.5'), LATER)).toBeUndefined();
  });

  it('is a date moved into the past, but not one that has become past, nor today', () => {
    expect(slip(due('2020-01-01T12:00:00Z'))).toBe('delivery PO-10231-D1 would be due on 2020-01-01, which is past');
    expect(slip(due('2026-01-06T00:00:00Z'))).toBeUndefined();
    expect(slipOfThePen(purchaseOrder(), purchaseOrder(), '2026-03-01T00:00:00Z')).toBeUndefined();
    expect(slip(due('2026-01-06'))).toBeUndefined();
    expect(slip(due('2026-01-04'))).toBe('delivery PO-10231-D1 would be due on 2026-01-04, which is past');
  });
});

describe('the order cut down to what has left', () => {
  it('has the amounts of what is kept', () => {
    const order = two('6', '4');
    const allocated = recordAllocated(openLedger(order.deliveries), 'D1', '6');
    const cut = cutToDespatched(order, recordDespatched(allocated, 'D1', '6'));
    expect(cut).toMatchObject({ quantity: '6', net: '255.00', tax: '51.00', gross: '306.00' });
    expect(cut.deliveries.map(({ deliveryRef }) => deliveryRef)).toEqual(['D1']);
  });
});

describe('the buyer’s change over what an operator made of the order', () => {
  const known = sized('10');
  const ours = sized('4', { net: '170.00', tax: '34.00', gross: '204.00' });

  it('leaves what the buyer did not touch as the operator made it', () => {
    const merged = mergeAmendment(known, sized('10', { projectTitle: 'Only the title', lastModified: LATER }), ours);
    expect(changesOf(ours, merged)).toEqual([]);
    expect(merged).toMatchObject({ projectTitle: 'Only the title', lastModified: LATER, net: '170.00', tax: '34.00' });
  });

  it('takes what both changed as the buyer wishes it', () => {
    const reported = sized('12', { net: '510.00' });
    expect(mergeAmendment(known, reported, ours)).toMatchObject({ quantity: '12', net: '510.00' });
  });

  it('takes the net amount that the buyer wrote anew as he wrote it', () => {
    const reported = sized('12', { net: '50000.00', lastModified: LATER });
    expect(mergeAmendment(known, reported, sized('12', { net: '510.00' }))).toMatchObject({
      quantity: '12',
      net: '50000.00',
    });
  });

  it('takes what only the buyer changed, field by field', () => {
    const reported = purchaseOrder({
      unitPrice: '40.00',
      net: '400.00',
      tax: '80.00',
      deliveries: [delivery({ address: moved })],
    });
    const merged = mergeAmendment(known, reported, ours);
    expect(merged).toMatchObject({ quantity: '4', unitPrice: '40.00', net: '160.00', tax: '32.00' });
    expect(merged.deliveries).toEqual([delivery({ quantity: '4', address: moved })]);
  });

  it('does not order again what was cut off', () => {
    const cut = purchaseOrder({ quantity: '6', deliveries: [delivery({ deliveryRef: 'D1', quantity: '6' })] });
    const redated = two('6', '4', {
      deliveries: two('6', '4').deliveries.map((at) => ({ ...at, requiredDate: LATER })),
    });
    const merged = mergeAmendment(two('6', '4'), redated, cut);
    expect(merged.deliveries.map(({ deliveryRef, requiredDate }) => [deliveryRef, requiredDate])).toEqual([
      ['D1', LATER],
    ]);
    expect(merged.quantity).toBe('6');
  });

  it('orders again what was cut off where the buyer asks for another quantity of it', () => {
    const cut = purchaseOrder({ quantity: '6', deliveries: [delivery({ deliveryRef: 'D1', quantity: '6' })] });
    expect(mergeAmendment(two('6', '4'), two('6', '5'), cut).quantity).toBe('11');
  });

  it('drops what the buyer drops, and keeps what an operator added', () => {
    const added = purchaseOrder({
      quantity: '13',
      deliveries: [...two('6', '4').deliveries, delivery({ deliveryRef: 'D3', sequence: '3', quantity: '3' })],
    });
    const dropped = purchaseOrder({ quantity: '6', deliveries: [delivery({ deliveryRef: 'D1', quantity: '6' })] });
    const merged = mergeAmendment(two('6', '4'), dropped, added);
    expect(merged.deliveries.map(({ deliveryRef }) => deliveryRef)).toEqual(['D1', 'D3']);
    expect(merged.quantity).toBe('9');
  });

  it('is the buyer’s record itself where nothing differs here, or where its figures do not add up', () => {
    const reported = sized('12');
    expect(mergeAmendment(known, reported, known)).toBe(reported);
    const wrong = purchaseOrder({ quantity: '11' });
    expect(mergeAmendment(known, wrong, ours)).toBe(wrong);
  });
});
