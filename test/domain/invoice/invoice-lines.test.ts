import { sum } from '../../../src/domain/values/decimal';
import type { Invoice } from '../../../src/domain/invoice/invoice';
import { matchInvoice, type OrderFacts } from '../../../src/domain/invoice/matching';
import { facts, invoice, line, terms } from './invoice-examples';

/** Fifty brochures at 0.85 came. */
const brochures = (changes: Partial<OrderFacts> = {}) =>
  facts({
    unitPrice: '0.85',
    productCode: 'BRO-A4-16',
    title: 'Brochure A4, 16 pages',
    ordered: '50',
    invoiceable: '50',
    ...changes,
  });

type Line = readonly [description: string | null, quantity: string, net: string];

/** An invoice whose amounts are those of its lines. */
function invoiceOf(...lines: readonly Line[]): Invoice {
  const net = sum(lines.map(([, , amount]) => amount));
  return invoice({
    net,
    tax: '0',
    gross: net,
    lines: lines.map(([description, quantity, amount]) => line(quantity, amount, description)),
  });
}

const GOODS: Line = ['Brochures', '50', '42.50'];
const CARRIAGE: Line = ['Carriage', '1', '12.00'];

describe('a line that names another product', () => {
  it.each(['LBL-0071 labels', 'Brochures BRO-A4-17', 'BRO-A4-161'])('%j is asked about at the very price', (words) => {
    expect(matchInvoice(invoiceOf([words, '50', '42.50']), brochures(), terms('0.01'))).toMatchObject({
      kind: 'unclear',
      lines: ['unclear'],
    });
  });

  it.each(['Brochures', 'BRO-A4-16', 'Brochure A4, 16 pages'])('%j does not', (words) => {
    const { lines } = matchInvoice(invoiceOf([words, '50', '42.50']), brochures(), terms('0.01'));
    expect(lines).toEqual(['goods']);
  });
});

describe('a line that is no goods', () => {
  it('is shown and asked about, and never becomes units', () => {
    expect(matchInvoice(invoiceOf(GOODS, CARRIAGE), brochures(), terms('0.01'))).toEqual({
      kind: 'mismatched',
      quantity: '50',
      charges: '12',
      lines: ['goods', 'charge'],
      differences: ["other charges of 12.00 GBP: 'Carriage' 12.00"],
    });
  });

  it('is accepted up to what the policy says, in its currency', () => {
    const match = (...charges: { currency: string; upTo: string }[]) =>
      matchInvoice(invoiceOf(GOODS, CARRIAGE), brochures(), terms('0.01', ...charges));
    expect(match({ currency: 'GBP', upTo: '12' })).toMatchObject({ kind: 'matched', quantity: '50', charges: '12' });
    expect(match({ currency: 'EUR', upTo: '12' }).kind).toBe('mismatched');
    expect(match({ currency: 'GBP', upTo: '11.99' })).toMatchObject({
      differences: ["other charges of 12.00 GBP, more than the 11.99 GBP the policy accepts: 'Carriage' 12.00"],
    });
  });

  it.each(['0.01', '12', '30.50', '1000'])('is no unit with a tolerance of %s either', (tolerance) => {
    const order = brochures({ ordered: '150', invoiceable: '150' });
    const odd = invoiceOf(['Brochures', '149', '126.65'], CARRIAGE);
    expect(matchInvoice(odd, order, terms(tolerance, { currency: 'GBP', upTo: '20' }))).toMatchObject({
      kind: 'matched',
      quantity: '149',
      charges: '12',
    });
  });

  it.each<[readonly Line[], readonly string[], string, string]>([
    [[CARRIAGE, GOODS], ['charge', 'goods'], '50', '12'],
    [[GOODS, ['Fuel surcharge', '3', '6.00'], CARRIAGE], ['goods', 'charge', 'charge'], '50', '18'],
    [[GOODS, ['Proof', '1', '20']], ['goods', 'charge'], '50', '20'],
    [[GOODS, ['Small order fee', '0', '5']], ['goods', 'charge'], '50', '5'],
    [
      [
        ['Brochure A4, 16 pages', '50', '42.5'],
        [null, '1', '12'],
      ],
      ['goods', 'charge'],
      '50',
      '12',
    ],
    [
      [['BRO-A4-16 brochures', '20', '17'], ['brochure a4 16 pages', '30', '25.50'], CARRIAGE],
      ['goods', 'goods', 'charge'],
      '50',
      '12',
    ],
    [
      [
        ['Brochures', '20', '17'],
        ['Brochures', '30', '25.5'],
      ],
      ['goods', 'goods'],
      '50',
      '0',
    ],
    [
      [
        [null, '20', '17'],
        [null, '30', '25.5'],
      ],
      ['goods', 'goods'],
      '50',
      '0',
    ],
    [[GOODS, ['Thank you for your order', '0', '0']], ['goods', 'text'], '50', '0'],
    [[GOODS, ['Free delivery', '1', '0']], ['goods', 'charge'], '50', '0'],
  ])('is told from goods: %j', (lines, kinds, quantity, charges) => {
    const match = matchInvoice(invoiceOf(...lines), brochures(), terms('0.01', { currency: 'GBP', upTo: '50' }));
    expect(match).toEqual({ kind: 'matched', quantity, charges, lines: kinds });
  });

  it('may stand alone: then nothing is invoiced of the goods', () => {
    expect(
      matchInvoice(invoiceOf(CARRIAGE), brochures(), terms('0.01', { currency: 'GBP', upTo: '50' })),
    ).toMatchObject({
      kind: 'mismatched',
      quantity: '0',
      charges: '12',
      differences: ['it invoices a quantity of 0'],
    });
  });
});

describe('a line of which words and money do not say the same', () => {
  const atTwelve = brochures({ unitPrice: '12.00' });

  it.each<[string, readonly Line[], readonly string[], OrderFacts?]>([
    ['a charge at the very price of the goods', [['Brochures', '49', '588'], CARRIAGE], ['goods', 'unclear'], atTwelve],
    [
      'a second thing at the price of the goods',
      [
        ['Brochures', '49', '588'],
        ['Proof', '1', '12'],
      ],
      ['unclear', 'unclear'],
      atTwelve,
    ],
    [
      'a thing at the price of goods that are named',
      [
        ['BRO-A4-16', '49', '588'],
        ['Proof', '1', '12'],
      ],
      ['goods', 'unclear'],
      atTwelve,
    ],
    [
      'a charge that names the product',
      [GOODS, ['Carriage of Brochure A4, 16 pages', '1', '12']],
      ['goods', 'unclear'],
    ],
    [
      'a charge under the title of the project',
      [
        ['Brochure A4, 16 pages', '50', '42.50'],
        ['Brochure A4, 16 pages', '1', '12'],
      ],
      ['goods', 'unclear'],
    ],
    ['a number of other things', [GOODS, ['Leaflets', '20', '12']], ['goods', 'unclear']],
    ['something else alone', [['Leaflets', '20', '12']], ['unclear']],
    ['one thing alone', [['Proof', '1', '12']], ['unclear']],
    ['a product that is free, by quantity nothing', [GOODS, ['BRO-A4-16', '0', '12']], ['goods', 'unclear']],
  ])('is asked about: %s', (_, lines, kinds, order = brochures()) => {
    const everything = terms('1000', { currency: 'GBP', upTo: '1000' });
    expect(matchInvoice(invoiceOf(...lines), order, everything)).toMatchObject({ kind: 'unclear', lines: kinds });
  });

  it('is what a person says it is', () => {
    const doubtful = invoiceOf(['Brochures', '49', '588'], CARRIAGE);
    const said = (kind: 'goods' | 'charge') =>
      matchInvoice(doubtful, atTwelve, terms('0.01', { currency: 'GBP', upTo: '20' }), { '1': kind });
    expect(said('goods')).toMatchObject({ kind: 'matched', quantity: '50', charges: '0' });
    expect(said('charge')).toMatchObject({ kind: 'matched', quantity: '49', charges: '12' });
  });

  it('is asked about before the price is compared across currencies', () => {
    const foreign = { ...invoiceOf(['Brochures', '50', '42.50']), currency: 'EUR' };
    expect(matchInvoice(foreign, brochures(), terms('1000')).kind).toBe('unclear');
    expect(matchInvoice(foreign, brochures(), terms('1000'), { '0': 'goods' })).toMatchObject({
      kind: 'mismatched',
      quantity: '50',
      differences: ['it is in EUR, the order in GBP'],
    });
  });
});

describe('what takes something off', () => {
  it.each<[readonly Line[], string]>([
    [[GOODS, ['Brochures', '-5', '-4.25']], "it takes something off: 'Brochures' -4.25"],
    [[GOODS, ['Discount', '1', '-2.00']], "it takes something off: 'Discount' -2.00"],
    [[GOODS, ['Discount', '-1', '2.00']], "it takes something off: 'Discount' 2.00"],
    [[GOODS, ['Returned goods', '-3', '-9']], "it takes something off: 'Returned goods' -9.00"],
  ])('is for a person, whatever the policy accepts: %j', (lines, difference) => {
    const match = matchInvoice(invoiceOf(...lines), brochures(), terms('1000', { currency: 'GBP', upTo: '1000' }));
    expect(match).toMatchObject({ kind: 'mismatched', differences: [difference] });
  });

  it('hides no charge', () => {
    const match = matchInvoice(invoiceOf(GOODS, CARRIAGE, ['Discount', '1', '-12']), brochures(), terms('0.01'));
    expect(match).toMatchObject({ kind: 'mismatched', quantity: '50', charges: '0' });
  });
});
