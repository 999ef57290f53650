import * as fc from 'fast-check';

/** A decimal string as it may come in from outside, with what it means: `units` × 10^-10. */
export interface Sample {
  readonly text: string;
  readonly units: bigint;
}

const DECIMALS = 10;

const written = (sign: string, whole: string, fraction: string): Sample => ({
  text: `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`,
  units: BigInt(`${sign}${whole}${fraction.padEnd(DECIMALS, '0')}`),
});

const digits = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.integer({ min: 0, max: 9 }).map(String), minLength, maxLength });

/** Any decimal string: minus, leading and trailing zeros and "-0" included. */
export const decimalSamples: fc.Arbitrary<Sample> = fc
  .tuple(fc.constantFrom('', '-'), digits(1, 20), digits(0, DECIMALS))
  .map(([sign, whole, fraction]) => written(sign, whole, fraction));

/** The decimal string of `units` × 10^-`scale`, written the long way: every decimal stays. */
export function longForm(units: bigint, scale: number): string {
  const text = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const point = text.length - scale;
  return `${units < 0n ? '-' : ''}${text.slice(0, point)}${scale === 0 ? '' : `.${text.slice(point)}`}`;
}

/** As {@link longForm} without the zeros that say nothing, and without a minus before nothing. */
export function shortForm(units: bigint, scale: number): string {
  const long = longForm(units, scale);
  return scale === 0 ? long : long.replace(/\.?0+$/, '');
}

/** Whole quantities as text, as Claritum orders them. */
export const wholeQuantities = (min: number, max: number): fc.Arbitrary<string> => fc.integer({ min, max }).map(String);
