import * as fc from 'fast-check';
import { add, multiply, round, subtract } from '../../../src/domain/values/decimal';
import type { Invoice } from '../../../src/domain/invoice/invoice';
import { acceptance, matchInvoice } from '../../../src/domain/invoice/matching';
import { longForm, wholeQuantities } from '../values/decimal-strings';
import { facts, goods, invoice, line, terms } from './invoice-examples';

it('matches an invoice for exactly what came, at the price of the order', () => {
  expect(matchInvoice(invoice(), facts(), terms('0.01'))).toMatchObject({
    kind: 'matched',
    quantity: '10',
    charges: '0',
  });
});

it('adds up the lines of an invoice', () => {
  const split = invoice({ lines: [line('4'), line('6.0')] });
  expect(matchInvoice(split, facts(), terms('0.01'))).toMatchObject({ kind: 'matched', quantity: '10', charges: '0' });
});

describe('the price', () => {
  it.each([
    ['425.01', 'matched'],
    ['424.99', 'matched'],
    ['425.02', 'mismatched'],
    ['424.98', 'mismatched'],
  ])('of net %s with a tolerance of one penny is %s', (net, kind) => {
    expect(matchInvoice(goods('10', net), facts(), terms('0.01')).kind).toBe(kind);
  });

  it('says what differs, by how much and from what', () => {
    expect(matchInvoice(goods('10', '430.00'), facts(), terms('0.01'))).toMatchObject({
      kind: 'mismatched',
      quantity: '10',
      differences: ['net 430.00 differs by 5.00 from 10 × 42.50 = 425.00 GBP'],
    });
  });

  it('is not compared across currencies', () => {
    expect(matchInvoice(invoice({ currency: 'EUR', net: '1' }), facts(), terms('0.01'))).toMatchObject({
      differences: ['it is in EUR, the order in GBP'],
    });
  });

  it('matches up to the tolerance and not beyond, whatever the figures', () => {
    const prices = fc.bigInt({ min: 10n ** 12n, max: 10n ** 14n }).map((units) => longForm(units, 10));
    const pennies = fc.bigInt({ min: 0n, max: 10_000n }).map((units) => longForm(units, 2));
    fc.assert(
      fc.property(
        wholeQuantities(1, 1_000_000),
        prices,
        pennies,
        fc.boolean(),
        (quantity, unitPrice, tolerance, isOver) => {
          const expected = round(multiply(quantity, unitPrice), 2);
          const shifted = (by: string): string => (isOver ? add(expected, by) : subtract(expected, by));
          const order = facts({ unitPrice, ordered: quantity, invoiceable: quantity });
          const of = (net: string) => matchInvoice(goods(quantity, net), order, terms(tolerance)).kind;
          expect(of(shifted(tolerance))).toBe('matched');
          expect(of(shifted(add(tolerance, '0.01')))).toBe('mismatched');
        },
      ),
    );
  });

  it('is compared even where quantity and price have more decimals together than either may have', () => {
    const order = facts({ unitPrice: '0.1234567', invoiceable: '2' });
    const precise = goods('1.1234567', '0.14');
    expect(matchInvoice(precise, order, terms('0')).kind).toBe('matched');
  });
});

describe('the quantity', () => {
  it('waits for goods that may still come', () => {
    expect(matchInvoice(invoice(), facts({ invoiceable: '6', outstanding: '4' }), terms('0.01'))).toMatchObject({
      kind: 'awaiting-goods',
      quantity: '10',
    });
  });

  it('is a mismatch where it is more than can ever come', () => {
    expect(matchInvoice(invoice(), facts({ invoiceable: '6', outstanding: '3' }), terms('0.01'))).toMatchObject({
      kind: 'mismatched',
      quantity: '10',
      differences: ['it invoices 10, but only 6 of 10 can be invoiced and 3 may still come'],
    });
  });

  it.each([
    ['0', '0'],
    ['-1', '-42.50'],
  ])('of %s is for a person', (quantity, net) => {
    expect(matchInvoice(goods(quantity, net), facts(), terms('0.01'))).toMatchObject({
      kind: 'mismatched',
      differences: expect.arrayContaining([`it invoices a quantity of ${quantity}`]),
    });
  });

  it('is for a person where the invoice has no lines', () => {
    expect(matchInvoice(invoice({ lines: [], net: '0' }), facts(), terms('0.01')).kind).toBe('mismatched');
  });

  it('is matched up to what came, waits up to what may come, and is a mismatch beyond', () => {
    const counts = fc.integer({ min: 0, max: 500 });
    fc.assert(
      fc.property(counts, counts, fc.integer({ min: 1, max: 1500 }), (came, due, quantity) => {
        const net = round(multiply(String(quantity), '42.50'), 2);
        const order = facts({ invoiceable: String(came), outstanding: String(due) });
        const expected = quantity <= came ? 'matched' : quantity <= came + due ? 'awaiting-goods' : 'mismatched';
        expect(matchInvoice(goods(String(quantity), net), order, terms('0')).kind).toBe(expected);
      }),
    );
  });
});

it('puts an invoice with unreadable figures before a person instead of counting with them', () => {
  expect(matchInvoice(invoice({ net: '4,25', lines: [line('ten', '425.00')] }), facts(), terms('0.01'))).toMatchObject({
    kind: 'mismatched',
    quantity: '0',
    differences: ['unreadable figures: 4,25, ten'],
  });
});

describe('amounts that do not fit each other', () => {
  it.each<[string, Partial<Invoice>, string]>([
    [
      'the lines and the net',
      { net: '500.00', gross: '585.00' },
      'its lines add up to 425.00 GBP, and it says a net of 500.00',
    ],
    ['net, tax and gross', { gross: '600.00' }, 'net 425.00 and tax 85.00 make 510.00 GBP, not 600.00'],
    ['net, tax and gross that cannot be read', { tax: 'some' }, 'net, tax and gross cannot all be read'],
  ])('are named: %s', (_, changes, difference) => {
    expect(matchInvoice(invoice(changes), facts(), terms('0.01'))).toMatchObject({
      kind: 'mismatched',
      quantity: '10',
      differences: [difference],
    });
  });
});

describe('accepting an invoice that does not match', () => {
  it.each([
    ['10', '10', '0', { now: '10', later: '0' }],
    ['10', '0', '10', { now: '0', later: '10' }],
    ['10', '6', '3', { now: '6', later: '3' }],
    ['0', '6', '3', { now: '0', later: '0' }],
    ['-1', '6', '3', { now: '0', later: '0' }],
  ])('of %s books %s that are received first, then %s that are still to come', (quantity, invoiceable, due, booked) => {
    expect(acceptance(quantity, facts({ invoiceable, outstanding: due }))).toEqual(booked);
  });
});
