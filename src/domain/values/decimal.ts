/**
 * Exact arithmetic on decimal strings (`"18.14369"`, `"-4.00"`). Money and quantities never become JavaScript numbers:
 * 0.1 + 0.2 is 0.30000000000000004 there, and 20-digit identifiers lose digits.
 */
const DECIMAL = /^-?\d{1,20}(\.\d{1,10})?$/;

/** What the functions below return and take again: a product has the decimals of both its factors. */
const EXACT = /^-?\d+(\.\d+)?$/;

/**
 * Whether `text` may come in from outside: optional minus, up to 20 digits, up to 10 decimals, no exponent. What is
 * worked out of such strings may be longer, and is never cut.
 */
export const isDecimal = (text: string): boolean => DECIMAL.test(text);

/** A decimal as vendors and people may write it: a plus, nothing before the point, nothing behind it. */
const LEGAL = /^([+-]?)(\d*)(?:\.(\d*))?$/;

/** Longer is no number that could be read; blanks around it do not count. */
const LONGEST_WRITTEN = 64;

/**
 * A decimal number in our form: `+5` is `5`, `.5` is `0.5`, `5.` is `5`; blanks around it go. Trailing zeros stay, as
 * money has them; only those beyond the tenth decimal go, where there are no others.
 *
 * @returns undefined for what is no decimal number, or is longer than {@link isDecimal} lets in
 */
export function readDecimal(written: string): string | undefined {
  const text = written.trim();
  if (text.length > LONGEST_WRITTEN) return undefined;
  const [, sign, whole = '', fraction = ''] = LEGAL.exec(text) ?? [];
  if (sign === undefined || whole + fraction === '') return undefined;
  const kept = fraction.length > 10 ? withoutEndZeros(fraction).padEnd(10, '0') : fraction;
  const read = `${sign === '-' ? '-' : ''}${whole === '' ? '0' : whole}${kept === '' ? '' : `.${kept}`}`;
  return isDecimal(read) ? read : undefined;
}

/** Walked from the end: a pattern would begin anew at every zero on the way there. */
function withoutEndZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}

interface Scaled {
  readonly units: bigint;
  readonly scale: number;
}

/** @throws RangeError for anything that is not a plain decimal string. */
function scaled(text: string): Scaled {
  if (!EXACT.test(text)) throw new RangeError(`not a decimal string: ${JSON.stringify(text.slice(0, 40))}`);
  const [whole = '0', fraction = ''] = text.split('.');
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

function render(units: bigint, scale: number): string {
  const negative = units < 0n;
  const digits = (negative ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = withoutEndZeros(digits.slice(digits.length - scale));
  const text = fraction === '' ? whole : `${whole}.${fraction}`;
  return negative && text !== '0' ? `-${text}` : text;
}

function aligned(left: string, right: string): { a: bigint; b: bigint; scale: number } {
  const x = scaled(left);
  const y = scaled(right);
  const scale = Math.max(x.scale, y.scale);
  return { a: x.units * 10n ** BigInt(scale - x.scale), b: y.units * 10n ** BigInt(scale - y.scale), scale };
}

/** The sum, without trailing zeros (`"4.00"` + `"1"` is `"5"`). */
export function add(left: string, right: string): string {
  const { a, b, scale } = aligned(left, right);
  return render(a + b, scale);
}

/** The same number without zeros that say nothing: `"100.00"` is `"100"`, the form in which quantities are counted. */
export const plain = (text: string): string => add(text, '0');

/** A quantity as people read it: {@link plain}, and what is no decimal as it came. */
export const asQuantity = (text: string): string => (isDecimal(text) ? plain(text) : text);

/** Whether it is a whole number, however it is written: `"100.00"` is. */
export const isWhole = (text: string): boolean => !plain(text).includes('.');

/** `left` − `right`, without trailing zeros. */
export function subtract(left: string, right: string): string {
  const { a, b, scale } = aligned(left, right);
  return render(a - b, scale);
}

/** The exact product, without trailing zeros. */
export function multiply(left: string, right: string): string {
  const x = scaled(left);
  const y = scaled(right);
  return render(x.units * y.units, x.scale + y.scale);
}

/** Numeric comparison: -1, 0 or 1. `"4.00"` and `"4"` are equal. */
export function compare(left: string, right: string): -1 | 0 | 1 {
  const { a, b } = aligned(left, right);
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export const isZero = (text: string): boolean => compare(text, '0') === 0;
export const isPositive = (text: string): boolean => compare(text, '0') > 0;
export const minimum = (left: string, right: string): string => (compare(left, right) <= 0 ? left : right);
export const maximum = (left: string, right: string): string => (compare(left, right) >= 0 ? left : right);
export const sum = (values: readonly string[]): string => values.reduce(add, '0');
export const absolute = (text: string): string => (compare(text, '0') < 0 ? subtract('0', text) : text);

/**
 * Rounds half away from zero to `decimals` places and keeps them all (`round("1.005", 2)` is `"1.01"`,
 * `round("4", 2)` is `"4.00"`): the written form of money.
 */
export function round(text: string, decimals: number): string {
  const { units, scale } = scaled(text);
  const negative = units < 0n;
  const magnitude = negative ? -units : units;
  const rounded =
    scale <= decimals
      ? magnitude * 10n ** BigInt(decimals - scale)
      : (magnitude * 2n + 10n ** BigInt(scale - decimals)) / (2n * 10n ** BigInt(scale - decimals));
  const digits = rounded.toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const body = decimals === 0 ? whole : `${whole}.${digits.slice(digits.length - decimals)}`;
  return negative && rounded !== 0n ? `-${body}` : body;
}

/**
 * `left` ÷ `right` where it comes out exactly with at most ten decimals, else undefined: a unit conversion that does
 * not come out even is never guessed.
 */
export function divideExactly(left: string, right: string): string | undefined {
  const { a, b } = aligned(left, right);
  if (b === 0n) return undefined;
  const numerator = a * 10n ** 10n;
  if (numerator % b !== 0n) return undefined;
  return render(numerator / b, 10);
}

/**
 * How many times `right` goes whole into `left`; never less than 0.
 * @throws RangeError where `right` is not positive.
 */
export function wholeTimes(left: string, right: string): string {
  const { a, b } = aligned(left, right);
  if (b <= 0n) throw new RangeError(`nothing can be counted in ${right}`);
  return a < 0n ? '0' : (a / b).toString();
}
