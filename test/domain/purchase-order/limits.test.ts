import * as fc from 'fast-check';
import {
  filterFault,
  fittingFigure,
  fittingText,
  limits,
  textFault,
  wholeNumber,
} from '../../../src/domain/purchase-order/limits';

const { manex, northscope } = limits;
const UNFIT = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

describe('a text that only people read', () => {
  it.each([
    ['Leaflet\nsecond line', 'Leaflet second line'],
    ['Leaflet\tin\r\ncolour', 'Leaflet in colour'],
    ['  Brochure\u00a0\u2028 A4  ', 'Brochure A4'],
    ['bell\u0007 and half \ud83d', 'bell and half'],
    ['\n\t', ''],
    ['T'.repeat(300), 'T'.repeat(45)],
    [`${'T'.repeat(44)}😀`, 'T'.repeat(44)],
    [`${'T'.repeat(44)}e\u0301`, 'T'.repeat(44)],
    [`${'T'.repeat(44)} and more`, 'T'.repeat(44)],
    [`a${'\u0301'.repeat(80)}`, `a${'\u0301'.repeat(44)}`],
  ])('%j becomes %j', (text, expected) => {
    expect(fittingText(text, manex.description)).toBe(expected);
  });

  it('fits whatever it is, and stays what fits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), fc.integer({ min: 1, max: 60 }), (text, longest) => {
        const fitting = fittingText(text, { longest });
        expect(fitting.length).toBeLessThanOrEqual(longest);
        expect(UNFIT.test(fitting)).toBe(false);
        expect(fittingText(fitting, { longest })).toBe(fitting);
      }),
    );
  });
});

describe('a name or number that cannot be cut', () => {
  it.each([
    ['P'.repeat(50), undefined],
    ['P'.repeat(60), 'has 60 characters, and NorthScope takes at most 50 as its PurchaseOrder'],
    ['', 'is empty, and NorthScope needs one as its PurchaseOrder'],
    ['PO-1\n', "holds characters that NorthScope's PurchaseOrder cannot"],
    ['PO-\ufffe', "holds characters that NorthScope's PurchaseOrder cannot"],
    ['PO-<![CDATA[', "holds characters that NorthScope's PurchaseOrder cannot"],
  ])('%j: %s', (value, fault) => {
    expect(textFault(northscope.poNumber, value)).toBe(fault);
  });

  it.each([['0071'], ["O'Neil & Söhne"], ['倉庫-1']])('%s can be looked for', (value) => {
    expect(filterFault(value)).toBeUndefined();
  });
  it.each([['A;B'], ['A--B'], ['A’B'], ['A'.repeat(101)]])('%s cannot be looked for', (value) => {
    expect(filterFault(value)).toEqual(expect.any(String));
  });
});

describe('a figure', () => {
  it.each([
    ['12.50', '12.50'],
    ['0.8500000000', '0.85'],
    ['0000000000012', '12'],
    ['999999999.99999', '999999999.99999'],
    ['1000000000', undefined],
    ['0.000001', undefined],
    ['ten', undefined],
    ['-5', '-5'],
  ])('%s goes to ManEx as %s', (figure, expected) => {
    expect(fittingFigure(manex.price, figure)).toBe(expected);
  });

  it.each([
    ['100', '100'],
    ['100.00', '100'],
    ['0010', '0010'],
    ['2147483647', '2147483647'],
    ['2147483648', undefined],
    ['10.5', undefined],
  ])('%s is received as %s', (figure, expected) => {
    expect(wholeNumber(figure)).toBe(expected);
  });
});
