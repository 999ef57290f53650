import { add, isPositive, isZero, multiply, round, subtract, wholeTimes } from '../values/decimal';

/** A net amount and its tax, as decimal strings. */
export interface Taxed {
  readonly net: string;
  readonly tax: string;
}

/** Whole percents down to thousandths: the finest steps in which tax rates are set (8.875 %). */
const STEPS = ['0.01', '0.001', '0.0001', '0.00001'] as const;

/**
 * The one rule for tax: it keeps its rate. The tax that is known was rounded, so tax ÷ net is not quite the rate: that is the one
 * rate in whole percents, else in tenths, and so on, that gives this tax.
 *
 * @param decimals of the currency.
 * @returns a decimal string, 0.2 for 20 %; undefined where none can be told: on a small amount, pence do not tell 20 % from 21 %.
 */
export function taxRate({ net, tax }: Taxed, decimals: number): string | undefined {
  if (isZero(tax)) return '0';
  if (!isPositive(net) || !isPositive(tax)) return undefined;
  for (const step of STEPS) {
    const [rate, ...others] = ratesGiving({ net, tax }, step, decimals);
    if (rate !== undefined) return others.length === 0 ? rate : undefined;
  }
  return undefined;
}

/** The multiples of `step` next to tax ÷ net that give this tax; more than one where several do. */
function ratesGiving({ net, tax }: Taxed, step: string, decimals: number): readonly string[] {
  const below = wholeTimes(tax, multiply(net, step));
  return ['-1', '0', '1', '2']
    .map((offset) => multiply(add(below, offset), step))
    .filter((rate) => isZero(subtract(taxAt(rate, net, decimals), tax)));
}

/** The tax of a net amount at a rate, in the currency's decimals. */
export const taxAt = (rate: string, net: string, decimals: number): string => round(multiply(net, rate), decimals);
