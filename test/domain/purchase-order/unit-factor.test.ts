import * as fc from 'fast-check';
import { divideExactly, multiply } from '../../../src/domain/values/decimal';
import { unitFactor } from '../../../src/domain/purchase-order/unit-factor';
import { conversions } from '../examples';
import { wholeQuantities } from '../values/decimal-strings';

describe('the factor between two units', () => {
  it('is one for the unit itself, whatever the schedule says', () => {
    expect(unitFactor([], 'Each', 'Each')).toBe('1');
    expect(unitFactor(conversions('Each 2 Each'), 'Each', 'Each')).toBe('1');
  });

  it('is what the schedule says, and its reverse where that comes out even', () => {
    expect(unitFactor(conversions('Box 15.00000 Each'), 'Box', 'Each')).toBe('15');
    expect(unitFactor(conversions('Box 16.00000 Each'), 'Each', 'Box')).toBe('0.0625');
  });

  it('is not guessed where it has no end of decimals', () => {
    expect(unitFactor(conversions('Box 15.00000 Each'), 'Each', 'Box')).toBeUndefined();
  });

  it('is not known where no chain leads, or only a conversion by nothing', () => {
    expect(unitFactor(conversions('Box 15 Each', 'Pallet 40 Layer'), 'Pallet', 'Each')).toBeUndefined();
    expect(unitFactor(conversions('Box 0 Each'), 'Box', 'Each')).toBeUndefined();
    expect(unitFactor(conversions('Box -15 Each'), 'Box', 'Each')).toBeUndefined();
  });

  it('need not come out even at every step, only at the end', () => {
    expect(unitFactor(conversions('Box 3 Each', 'Box 6 Kg'), 'Each', 'Kg')).toBe('2');
  });
});

describe('two ways to the same unit', () => {
  it('count when they agree, however they are written', () => {
    const schedule = conversions('Pallet 40 Box', 'Pallet 8 Layer', 'Box 15 Each', 'Layer 75.000 Each');
    expect(unitFactor(schedule, 'Pallet', 'Each')).toBe('600');
  });

  it('are not chosen between when they disagree', () => {
    const schedule = conversions('Pallet 40 Box', 'Pallet 8 Layer', 'Box 15 Each', 'Layer 76 Each');
    expect(unitFactor(schedule, 'Pallet', 'Each')).toBeUndefined();
    expect(unitFactor(conversions('Box 15 Each', 'Box 12 Each'), 'Box', 'Each')).toBeUndefined();
  });

  it('disagree also where one of them has no end of decimals', () => {
    const schedule = conversions('Pallet 40 Box', 'Pallet 8 Layer', 'Box 15 Each', 'Each 7 Layer');
    expect(unitFactor(schedule, 'Pallet', 'Each')).toBeUndefined();
  });

  it('are no contradiction where one is the other, rounded to five decimals', () => {
    const schedule = conversions('Box 15.00000 Each', 'Each 0.06667 Box', 'Lb 0.45359 Kg', 'Kg 2.20462 Lb');
    expect(unitFactor(schedule, 'Box', 'Each')).toBe('15');
    expect(unitFactor(schedule, 'Kg', 'Lb')).toBe('2.20462');
  });

  it('are a contradiction where the reverse says something else', () => {
    expect(unitFactor(conversions('Box 15 Each', 'Each 0.1 Box'), 'Box', 'Each')).toBeUndefined();
    expect(unitFactor(conversions('Box 15 Each', 'Each 0.06 Box'), 'Box', 'Each')).toBeUndefined();
  });

  it('of different length: the shorter one counts, as nearer to what somebody wrote down', () => {
    const schedule = conversions('Pallet 600 Each', 'Pallet 40 Box', 'Box 16 Each');
    expect(unitFactor(schedule, 'Pallet', 'Each')).toBe('600');
  });
});

describe('a chain of conversions', () => {
  const chains = fc.array(wholeQuantities(1, 60), { minLength: 1, maxLength: 7 });
  const schedule = (factors: readonly string[]) =>
    conversions(...factors.map((factor, index) => `U${index} ${factor} U${index + 1}`));
  const product = (factors: readonly string[]): string => factors.reduce(multiply, '1');

  it('multiplies forwards, and divides backwards where that comes out even', () => {
    fc.assert(
      fc.property(chains, (factors) => {
        const last = `U${factors.length}`;
        expect(unitFactor(schedule(factors), 'U0', last)).toBe(product(factors));
        expect(unitFactor(schedule(factors), last, 'U0')).toBe(divideExactly('1', product(factors)));
      }),
    );
  });

  it('says the same in whatever order the schedule lists it, and listed twice', () => {
    fc.assert(
      fc.property(
        chains.chain((factors) =>
          fc.tuple(fc.constant(factors), fc.shuffledSubarray(schedule(factors), { minLength: factors.length })),
        ),
        ([factors, shuffled]) => {
          expect(unitFactor([...shuffled, ...shuffled], 'U0', `U${factors.length}`)).toBe(product(factors));
        },
      ),
    );
  });

  it('is found in a schedule where every unit leads to every other', () => {
    const sizes = Array.from({ length: 12 }, (_, index) => index + 1);
    const dense = conversions(
      ...sizes.flatMap((from) =>
        sizes.filter((to) => to < from && from % to === 0).map((to) => `U${from} ${from / to} U${to}`),
      ),
    );
    expect(unitFactor(dense, 'U12', 'U1')).toBe('12');
    expect(unitFactor(dense, 'U8', 'U12')).toBeUndefined();
    expect(unitFactor(dense, 'U10', 'U4')).toBe('2.5');
  });
});
