/** Exact arithmetic on decimal strings, the auditor's own: what it judges must not do its sums. */
const PLACES = 30;

/** What a quantity or a price may look like anywhere: no exponent, at most five decimals (no float ever fits). */
export const isExact = (value: unknown): boolean => typeof value === 'string' && /^-?\d+(\.\d{1,5})?$/.test(value);

/** In units of 10⁻³⁰. @throws RangeError for what is no decimal */
function scaled(value: string): bigint {
  const [, sign, whole, part = ''] = /^(-?)(\d+)(?:\.(\d{1,30}))?$/.exec(value) ?? [];
  if (whole === undefined) throw new RangeError(`no decimal: ${value}`);
  const amount = BigInt(whole + part.padEnd(PLACES, '0'));
  return sign === '-' ? -amount : amount;
}

/** Negative, zero or positive, as `left` is below, equal to or above `right`. */
export function compareExactly(left: string, right: string): number {
  const difference = scaled(left) - scaled(right);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

export const isSame = (left: string, right: string): boolean => compareExactly(left, right) === 0;

const text = (amount: bigint): string => {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(PLACES + 1, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`;
};

export const total = (values: readonly string[]): string =>
  text(values.reduce((sum, value) => sum + scaled(value), 0n));

export const product = (left: string, right: string): string =>
  text((scaled(left) * scaled(right)) / 10n ** BigInt(PLACES));
