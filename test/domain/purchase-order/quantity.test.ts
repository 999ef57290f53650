import * as fc from 'fast-check';
import { add, compare, isPositive, multiply, subtract, sum } from '../../../src/domain/values/decimal';
import {
  closeShort,
  closeUninvoiced,
  dueTo,
  expectAgain,
  invoiceable,
  onTheWayTo,
  openLedger,
  outstanding,
  pickLots,
  recordAllocated,
  recordDespatched,
  recordInvoiced,
  recordReceived,
  toOrderUnits,
  toStockUnits,
  totals,
  type Ledger,
} from '../../../src/domain/purchase-order/quantity';
import { decimalSamples, wholeQuantities } from '../values/decimal-strings';

const twoAddresses = openLedger([
  { deliveryRef: 'D1', quantity: '10' },
  { deliveryRef: 'D2', quantity: '5' },
]);

/** Everything allocated and despatched. */
const underWay = (ledger: Ledger): Ledger =>
  ledger.deliveries.reduce(
    (all, { deliveryRef, ordered }) =>
      recordDespatched(recordAllocated(all, deliveryRef, ordered), deliveryRef, ordered),
    ledger,
  );

const received = ({ deliveries }: Ledger): string[] => deliveries.map((delivery) => delivery.received);

describe('the ledger of an order line', () => {
  it('starts with what was ordered and nothing else', () => {
    expect(totals(twoAddresses)).toEqual({
      ordered: '15',
      allocated: '0',
      despatched: '0',
      received: '0',
      invoiced: '0',
    });
    expect(outstanding(twoAddresses)).toBe('15');
    expect(invoiceable(twoAddresses)).toBe('0');
  });

  it('takes absolute figures of the warehouse, so that seeing the same thing twice changes nothing', () => {
    const once = recordDespatched(recordAllocated(twoAddresses, 'D1', '8'), 'D1', '3');
    expect(recordDespatched(recordAllocated(once, 'D1', '8'), 'D1', '3')).toEqual(once);
    expect(totals(once)).toMatchObject({ allocated: '8', despatched: '3' });
  });

  it('waits for no invoice of what was closed without one, but for those of what is received afterwards', () => {
    const closed = closeUninvoiced(recordInvoiced(recordReceived(underWay(twoAddresses), '6'), '2'));
    expect(invoiceable(closed)).toBe('0');
    expect(totals(closed)).toMatchObject({ received: '6', invoiced: '2' });
    expect(invoiceable(recordReceived(closed, '3'))).toBe('3');
  });

  it('never lets a despatch fall, for goods do not come back this way', () => {
    const despatched = recordDespatched(recordAllocated(twoAddresses, 'D1', '8'), 'D1', '3');
    expect(recordDespatched(despatched, 'D1', '1')).toBe(despatched);
  });

  it('refuses more than the column before it holds, and says both figures', () => {
    expect(() => recordAllocated(twoAddresses, 'D1', '10.5')).toThrow(new RangeError('allocated 10.5 of 10 ordered'));
    expect(() => recordDespatched(twoAddresses, 'D1', '1')).toThrow(
      new RangeError('despatched 1, but only 0 allocated'),
    );
    const gone = recordDespatched(recordAllocated(twoAddresses, 'D1', '8'), 'D1', '3');
    expect(() => recordAllocated(gone, 'D1', '2')).toThrow(new RangeError('allocated 2, but 3 despatched'));
    expect(() => recordReceived(twoAddresses, '15.1')).toThrow(
      new RangeError('received 15.1, but only 15 outstanding'),
    );
    expect(() => recordInvoiced(twoAddresses, '1')).toThrow(
      new RangeError('invoiced 1, but only 0 received and not invoiced'),
    );
  });

  it.each(['0', '-1'])('refuses a receipt of %s', (quantity) => {
    expect(() => recordReceived(twoAddresses, quantity)).toThrow(RangeError);
  });

  it('knows only its own addresses', () => {
    expect(() => recordAllocated(twoAddresses, 'D3', '1')).toThrow('the ledger has no delivery D3');
    expect(() => recordDespatched(twoAddresses, 'D3', '1')).toThrow('the ledger has no delivery D3');
  });

  it('books receipts as Claritum does: the first address is filled before the second gets any', () => {
    const first = recordReceived(underWay(twoAddresses), '7');
    expect(received(first)).toEqual(['7', '0']);
    expect(received(recordReceived(first, '5'))).toEqual(['10', '2']);
  });

  it('closes a line short: nothing is outstanding any more, and what came stays invoiceable', () => {
    const short = closeShort(recordReceived(underWay(twoAddresses), '12'));
    expect([outstanding(short), short.writtenOff, invoiceable(short)]).toEqual(['0', '3', '12']);
    expect(closeShort(short)).toEqual(short);
    expect(() => recordReceived(short, '1')).toThrow('only 0 outstanding');
  });
});

describe('what is due to one address', () => {
  it('is what was ordered for it less what came to it, whichever address Claritum books it on', () => {
    const second = recordReceived(underWay(twoAddresses), '5', 'D2');
    expect(received(second)).toEqual(['5', '0']);
    expect(['D1', 'D2'].map((reference) => dueTo(second, reference))).toEqual(['10', '0']);
    expect(['D1', 'D2'].map((reference) => onTheWayTo(second, reference))).toEqual([
      { left: '10', toLeave: '0' },
      { left: '0', toLeave: '0' },
    ]);
  });

  it('is nothing where the address was dropped, though goods of another are booked on it', () => {
    const second = recordReceived(underWay(twoAddresses), '3', 'D2');
    const dropped = {
      ...second,
      deliveries: second.deliveries.map((delivery) =>
        delivery.deliveryRef === 'D1' ? { ...delivery, ordered: '0' } : delivery,
      ),
    };
    expect(['D1', 'D2'].map((reference) => dueTo(dropped, reference))).toEqual(['0', '2']);
    expect(totals(recordReceived(dropped, '2', 'D2')).received).toBe('5');
  });

  it('of a reference that the order does not know is what is due in all', () => {
    const first = recordReceived(underWay(twoAddresses), '4', 'D1');
    expect(dueTo(first, 'somewhere')).toBe('11');
    expect(onTheWayTo(first, 'somewhere')).toEqual({ left: '11', toLeave: '0' });
    expect(recordReceived(first, '8', 'somewhere')).toEqual(recordReceived(first, '8'));
  });

  it('leaves no trace where the goods came in the order of the addresses', () => {
    const both = recordReceived(recordReceived(underWay(twoAddresses), '5', 'D2'), '10', 'D1');
    expect(both).toStrictEqual(recordReceived(underWay(twoAddresses), '15'));
  });

  it('counts what was written off again when it comes after all, and no more than that', () => {
    const short = closeShort(recordReceived(underWay(twoAddresses), '12', 'D1'));
    const late = expectAgain(short, '2');
    expect([dueTo(short, 'D2'), outstanding(late), late.writtenOff]).toEqual(['3', '2', '1']);
    expect(expectAgain(short, '9')).toMatchObject({ writtenOff: '0' });
    expect(expectAgain(underWay(twoAddresses), '15')).toEqual(underWay(twoAddresses));
  });
});

/** What may happen to a line next; shares of what is possible at that moment, so that every sequence is a valid one. */
type Event = {
  readonly what: 'allocate' | 'despatch' | 'receive' | 'invoice' | 'close';
  readonly at: number;
  share: bigint;
};
const SHARES = 4n;

const part = (possible: string, share: bigint): string =>
  multiply(possible, `0.${(share * 25n).toString().padStart(2, '0')}`);
const partOf = (possible: string, share: bigint): string => (share === SHARES ? possible : part(possible, share));

function happens(ledger: Ledger, { what, at, share }: Event): Ledger {
  const delivery = ledger.deliveries[at % ledger.deliveries.length];
  if (delivery === undefined) throw new Error('a ledger without deliveries');
  const { deliveryRef, ordered, allocated, despatched } = delivery;
  const onTheWay = subtract(totals(ledger).despatched, totals(ledger).received);
  switch (what) {
    case 'allocate':
      return recordAllocated(ledger, deliveryRef, add(despatched, partOf(subtract(ordered, despatched), share)));
    case 'despatch':
      return recordDespatched(ledger, deliveryRef, add(despatched, partOf(subtract(allocated, despatched), share)));
    case 'receive': {
      const arrived = partOf(onTheWay, share);
      return isPositive(arrived) && compare(arrived, outstanding(ledger)) <= 0
        ? recordReceived(ledger, arrived)
        : ledger;
    }
    case 'invoice':
      return recordInvoiced(ledger, partOf(invoiceable(ledger), share));
    case 'close':
      return closeShort(ledger);
  }
}

const events = fc.array(
  fc.record({
    what: fc.constantFrom('allocate', 'despatch', 'receive', 'invoice', 'close'),
    at: fc.nat(5),
    share: fc.bigInt({ min: 0n, max: SHARES }),
  }),
  { maxLength: 40 },
);
const ledgers = fc
  .array(wholeQuantities(1, 10_000), { minLength: 1, maxLength: 5 })
  .map((quantities) => openLedger(quantities.map((quantity, index) => ({ deliveryRef: `D${index}`, quantity }))));

describe('whatever happens to a line', () => {
  it('keeps ordered ≥ allocated ≥ despatched ≥ received ≥ invoiced ≥ 0, and the order itself', () => {
    fc.assert(
      fc.property(ledgers, events, (opened, story) => {
        let ledger = opened;
        for (const event of story) {
          ledger = happens(ledger, event);
          const { ordered, allocated, despatched, received: came, invoiced } = totals(ledger);
          const columns = [totals(opened).ordered, ordered, allocated, despatched, came, invoiced, '0'];
          columns.slice(1).forEach((column, index) => expect(compare(columns[index] ?? '', column)).not.toBe(-1));
          expect(ordered).toBe(totals(opened).ordered);
        }
      }),
    );
  });

  it('accounts for every unit: received, written off or outstanding', () => {
    fc.assert(
      fc.property(ledgers, events, (opened, story) => {
        const ledger = story.reduce(happens, opened);
        expect(sum([totals(ledger).received, ledger.writtenOff, outstanding(ledger)])).toBe(totals(opened).ordered);
        expect(compare(outstanding(ledger), '0')).not.toBe(-1);
      }),
    );
  });

  it('fills the addresses in their order, whatever the parts that arrive', () => {
    fc.assert(
      fc.property(ledgers, events, (opened, story) => {
        const { deliveries } = story.reduce(happens, opened);
        const firstOpen = deliveries.findIndex((delivery) => compare(delivery.received, delivery.ordered) < 0);
        const after = firstOpen === -1 ? [] : deliveries.slice(firstOpen + 1);
        expect(after.map((delivery) => delivery.received)).toEqual(after.map(() => '0'));
      }),
    );
  });

  it('never changes the ledger it was given', () => {
    fc.assert(
      fc.property(ledgers, events, (opened, story) => {
        const before = JSON.stringify(opened);
        story.reduce(happens, opened);
        expect(JSON.stringify(opened)).toBe(before);
      }),
    );
  });
});

describe('order units and stock units', () => {
  it('counts half a box that left as none, until the rest has left', () => {
    expect(toStockUnits('3', '15.00000')).toBe('45');
    expect(['0', '14.99999', '15.00000', '44', '45'].map((units) => toOrderUnits(units, '15'))).toEqual([
      '0',
      '0',
      '1',
      '2',
      '3',
    ]);
  });

  it('comes back to the same order units, and gives none before the last stock unit has left', () => {
    fc.assert(
      fc.property(wholeQuantities(1, 1_000_000), decimalSamples, (quantity, { text: factor }) => {
        fc.pre(isPositive(factor));
        const units = toStockUnits(quantity, factor);
        expect(toOrderUnits(units, factor)).toBe(quantity);
        expect(toOrderUnits(subtract(units, '0.0000000001'), factor)).toBe(subtract(quantity, '1'));
      }),
    );
  });
});

describe('picking lots', () => {
  it('takes the lots in their order and passes over empty ones', () => {
    const lots = ['0', '-3', '4', '10', '10'].map((availableUnits, index) => ({ lotSk: `${index}`, availableUnits }));
    expect(pickLots('9', lots).map(({ lot, units }) => [lot.lotSk, units])).toEqual([
      ['2', '4'],
      ['3', '5'],
    ]);
  });

  it('never takes more than is wanted or available, and leaves nothing behind that it could have taken', () => {
    const lots = fc.array(
      decimalSamples.map(({ text }) => ({ availableUnits: text })),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(decimalSamples, lots, ({ text: wanted }, shelf) => {
        const picked = pickLots(wanted, shelf);
        for (const { lot, units } of picked) {
          expect(isPositive(units)).toBe(true);
          expect(compare(units, lot.availableUnits)).not.toBe(1);
        }
        const taken = sum(picked.map(({ units }) => units));
        const available = sum(shelf.map(({ availableUnits }) => availableUnits).filter(isPositive));
        const possible = isPositive(wanted) ? (compare(wanted, available) < 0 ? wanted : available) : '0';
        expect(compare(taken, possible)).toBe(0);
        expect(new Set(picked.map(({ lot }) => lot)).size).toBe(picked.length);
      }),
    );
  });
});
