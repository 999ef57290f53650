import * as fc from 'fast-check';
import {
  absolute,
  add,
  compare,
  divideExactly,
  isDecimal,
  isPositive,
  isWhole,
  isZero,
  maximum,
  minimum,
  multiply,
  plain,
  readDecimal,
  round,
  subtract,
  sum,
  wholeTimes,
} from '../../../src/domain/values/decimal';
import { decimalSamples, longForm, shortForm } from './decimal-strings';

describe('what counts as a decimal string', () => {
  it.each(['0', '-0', '007', '4.00', '-18.14369', '12345678901234567890', '0.0000000001'])('takes %p', (text) => {
    expect(isDecimal(text)).toBe(true);
  });

  it.each(['', ' 1', '1 ', '1\n', '+1', '.5', '5.', '1e3', '0x10', '1,5', 'NaN', 'Infinity', '--1', '1.2.3', '١'])(
    'refuses %p',
    (text) => {
      expect(isDecimal(text)).toBe(false);
      expect(() => add(text, '1')).toThrow(RangeError);
    },
  );

  it('refuses from outside what is longer than any figure of the trade', () => {
    expect(isDecimal('123456789012345678901')).toBe(false);
    expect(isDecimal('0.00000000001')).toBe(false);
  });
});

describe('exact arithmetic', () => {
  it('adds what floating point cannot', () => {
    expect(add('0.1', '0.2')).toBe('0.3');
    expect(add('9007199254740993', '1')).toBe('9007199254740994');
  });

  it('has one written form for a result: no trailing zeros, no minus before zero', () => {
    expect([add('4.00', '1'), subtract('1', '1.000'), multiply('-0', '5'), subtract('0.5', '0.75')]).toEqual([
      '5',
      '0',
      '0',
      '-0.25',
    ]);
  });

  it('goes on counting with its own results, however long they have become', () => {
    const product = multiply('1.1234567', '0.1234567');
    expect(product).toBe('0.13869825677489');
    expect(round(product, 2)).toBe('0.14');
    expect(subtract(product, product)).toBe('0');
  });

  it('agrees with integers scaled by ten decimals', () => {
    fc.assert(
      fc.property(decimalSamples, decimalSamples, (left, right) => {
        expect(add(left.text, right.text)).toBe(shortForm(left.units + right.units, 10));
        expect(subtract(left.text, right.text)).toBe(shortForm(left.units - right.units, 10));
        expect(multiply(left.text, right.text)).toBe(shortForm(left.units * right.units, 20));
        expect(compare(left.text, right.text)).toBe(
          Number(left.units > right.units) - Number(left.units < right.units),
        );
      }),
    );
  });

  it('derives signs, extremes and sums from the same comparison', () => {
    fc.assert(
      fc.property(fc.array(decimalSamples, { minLength: 1, maxLength: 6 }), (samples) => {
        const [first] = samples;
        if (first === undefined) throw new Error('an empty list was drawn');
        const texts = samples.map(({ text }) => text);
        const total = samples.reduce((all, { units }) => all + units, 0n);
        expect(sum(texts)).toBe(shortForm(total, 10));
        expect([isZero(first.text), isPositive(first.text)]).toEqual([first.units === 0n, first.units > 0n]);
        expect(compare(absolute(first.text), longForm(first.units < 0n ? -first.units : first.units, 10))).toBe(0);
        expect(texts.every((text) => compare(texts.reduce(minimum), text) <= 0)).toBe(true);
        expect(texts.every((text) => compare(texts.reduce(maximum), text) >= 0)).toBe(true);
        expect(texts).toContain(texts.reduce(minimum));
        expect(texts).toContain(texts.reduce(maximum));
      }),
    );
  });

  it('sums nothing to zero', () => {
    expect(sum([])).toBe('0');
  });
});

describe('rounding', () => {
  it.each([
    ['1.005', 2, '1.01'],
    ['-1.005', 2, '-1.01'],
    ['2.5', 0, '3'],
    ['-0.004', 2, '0.00'],
    ['4', 2, '4.00'],
    ['999.999', 2, '1000.00'],
  ])('rounds %s to %i places as %s', (text, decimals, expected) => {
    expect(round(text, decimals)).toBe(expected);
  });

  it('keeps all places, is never further off than half of the last one, and rounds the half away from zero', () => {
    fc.assert(
      fc.property(decimalSamples, fc.integer({ min: 0, max: 12 }), ({ text, units }, decimals) => {
        const rounded = round(text, decimals);
        expect(rounded.split('.')[1]?.length ?? 0).toBe(decimals);
        const twiceOff = 2n * (units * 100n - BigInt(rounded.replace('.', '')) * 10n ** BigInt(12 - decimals));
        const unit = 10n ** BigInt(12 - decimals);
        expect(twiceOff >= -unit && twiceOff <= unit).toBe(true);
        const isHalf = twiceOff === unit || twiceOff === -unit;
        expect(isHalf && compare(absolute(rounded), absolute(text)) !== 1).toBe(false);
      }),
    );
  });
});

describe('division', () => {
  it('divides only where it comes out even within ten decimals', () => {
    expect(divideExactly('7', '8')).toBe('0.875');
    expect(divideExactly('1', '3')).toBeUndefined();
    expect(divideExactly('1', '0')).toBeUndefined();
    expect(divideExactly('1', '100000000000')).toBeUndefined();
  });

  it('finds a quotient exactly where there is one', () => {
    fc.assert(
      fc.property(decimalSamples, decimalSamples, (left, right) => {
        fc.pre(right.units !== 0n);
        expect(divideExactly(multiply(left.text, right.text), right.text)).toBe(shortForm(left.units, 10));
        const isEven = (left.units * 10n ** 10n) % right.units === 0n;
        expect(divideExactly(left.text, right.text)).toBe(
          isEven ? shortForm((left.units * 10n ** 10n) / right.units, 10) : undefined,
        );
      }),
    );
  });

  it('counts whole times, down and never below nothing', () => {
    expect([wholeTimes('44.99999', '15'), wholeTimes('45', '15.00000'), wholeTimes('-31', '15')]).toEqual([
      '2',
      '3',
      '0',
    ]);
    expect(() => wholeTimes('1', '0')).toThrow(RangeError);
    fc.assert(
      fc.property(decimalSamples, decimalSamples, ({ text }, { text: by }) => {
        fc.pre(compare(text, '0') >= 0 && isPositive(by));
        const times = wholeTimes(text, by);
        expect(times).toMatch(/^\d+$/);
        expect(compare(multiply(times, by), text)).toBeLessThanOrEqual(0);
        expect(compare(multiply(add(times, '1'), by), text)).toBe(1);
      }),
    );
  });
});

describe('a decimal as others write it', () => {
  it.each([
    ['5', '5'],
    ['+5', '5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['-.5', '-0.5'],
    [' 8\n', '8'],
    ['100.00', '100.00'],
    ['007', '007'],
    ['1.00000000000000', '1.0000000000'],
    ['1.00000000001', undefined],
    ['+', undefined],
    ['.', undefined],
    ['', undefined],
    ['1,5', undefined],
    ['1e5', undefined],
    ['- 5', undefined],
    ['٣', undefined],
    ['9'.repeat(21), undefined],
    [`1${' '.repeat(100_000)}x`, undefined],
  ])('%.30j is read as %j', (written, read) => {
    expect(readDecimal(written)).toBe(read);
  });

  it.each([
    ['100.00', '100', true],
    ['0.50', '0.5', false],
    ['-4.0', '-4', true],
    ['007', '7', true],
  ])('%s is plainly %s', (text, short, whole) => {
    expect([plain(text), isWhole(text)]).toEqual([short, whole]);
  });
});
