import {
  absolute,
  add,
  asQuantity,
  compare,
  isDecimal,
  isPositive,
  isZero,
  maximum,
  multiply,
  round,
  subtract,
  wholeTimes,
} from '../values/decimal';
import type { PurchaseOrder } from './purchase-order';
import { taxAt, taxRate } from './tax';

type Amounts = Pick<PurchaseOrder, 'net' | 'tax' | 'gross'>;

/** ISO 4217 currencies whose smallest unit is not a hundredth; frozen, so that a replay rounds as before. */
const DECIMALS: ReadonlyMap<string, number> = new Map([
  ...decimalsOf(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...decimalsOf(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...decimalsOf(4, 'CLF UYW'),
]);

function decimalsOf(decimals: number, codes: string): [string, number][] {
  return codes.split(' ').map((code) => [code, decimals]);
}

/** Decimals of a currency's smallest unit: 0 for JPY, 3 for KWD, 2 for most. */
export const currencyDecimals = (currency: string): number => DECIMALS.get(currency) ?? 2;

/** The smallest unit of a currency: `0.01`. */
const smallestUnit = (currency: string): string => {
  const decimals = currencyDecimals(currency);
  return decimals === 0 ? '1' : `0.${'1'.padStart(decimals, '0')}`;
};

/** Quantity × price in the currency's decimals (decimal strings). */
export const priceOf = (quantity: string, unitPrice: string, currency: string): string =>
  round(multiply(quantity, unitPrice), currencyDecimals(currency));

/**
 * An amount as money is written: with the decimals of its currency, with more where it has more, and never rounded
 * (`"9.45000"` GBP is `9.45`, `"0.0123"` stays). What is no decimal stays as it came.
 */
export function asMoney(amount: string, currency: string): string {
  if (!isDecimal(amount)) return amount;
  const plain = add(amount, '0');
  const [, fraction = ''] = plain.split('.');
  return round(plain, Math.max(fraction.length, currencyDecimals(currency)));
}

/** A price for one of a unit, which is the vendor's own words: `0.85 GBP per unit 'single units'`. */
export const asUnitPrice = (price: string, currency: string, unit: string): string =>
  `${asMoney(price, currency)} ${currency} per unit '${unit}'`;

/** Whether an amount is quantity × price but for the rounding to the currency's smallest unit, upwards or downwards. */
export const isPriceOf = (amount: string, quantity: string, unitPrice: string, currency: string): boolean =>
  compare(absolute(subtract(amount, multiply(quantity, unitPrice))), smallestUnit(currency)) < 0;

type Priced = Pick<PurchaseOrder, 'quantity' | 'unitPrice' | 'net' | 'currency'>;

/** What an order is worth: the larger of its net amount and quantity × price. A net that says less lowers nothing. */
export function orderAmount({ quantity, unitPrice, net, currency }: Priced): string {
  const reckoned = priceOf(quantity, unitPrice, currency);
  return isDecimal(net) ? maximum(net, reckoned) : reckoned;
}

/**
 * How the net amount differs from quantity × price by more than rounding, in words with the percentage it is off; undefined
 * where it does not. Whether that is a discount, a charge or a slip is for a person to say.
 */
export function netDifference({ quantity, unitPrice, net, currency }: Priced): string | undefined {
  const reckoned = priceOf(quantity, unitPrice, currency);
  const product = `${asQuantity(quantity)} × ${asMoney(unitPrice, currency)} = ${reckoned} ${currency}`;
  if (!isDecimal(net)) return `the net amount ${JSON.stringify(net.slice(0, 40))} cannot be read; ${product}`;
  if (isPriceOf(net, quantity, unitPrice, currency)) return undefined;
  const difference = subtract(net, reckoned);
  const off = asMoney(absolute(difference), currency);
  const side = isPositive(difference) ? 'above' : 'below';
  const share = percentage(absolute(difference), reckoned);
  return `net ${asMoney(net, currency)} ${currency} is ${off}${share} ${side} ${product}`;
}

/** ` (2 %)`, cut to hundredths; empty where there is nothing to compare with. */
function percentage(part: string, whole: string): string {
  if (!isPositive(whole)) return '';
  const hundredths = wholeTimes(multiply(part, '10000'), whole);
  return isZero(hundredths) ? ' (less than 0.01 %)' : ` (${multiply(hundredths, '0.01')} %)`;
}

/**
 * Where net and tax do not add up to gross within `tolerance` (decimal string), that they do not; undefined where they do.
 */
export function grossDifference(
  { net, tax, gross, currency }: Amounts & { readonly currency: string },
  tolerance = '0',
): string | undefined {
  if (![net, tax, gross].every(isDecimal)) return 'net, tax and gross cannot all be read';
  const added = add(net, tax);
  if (compare(absolute(subtract(added, gross)), tolerance) <= 0) return undefined;
  const money = (amount: string): string => asMoney(amount, currency);
  return `net ${money(net)} and tax ${money(tax)} make ${money(added)} ${currency}, not ${money(gross)}`;
}

/** Quantity × price of an order. */
export const netOf = ({ quantity, unitPrice, currency }: PurchaseOrder): string =>
  priceOf(quantity, unitPrice, currency);

/**
 * The amounts of an order with another quantity or price: net is quantity × price, tax keeps its rate ({@link taxRate}). Where the
 * known amounts tell no rate, tax stays in proportion, less a part of a smallest unit: nobody can be asked here. Where they cannot
 * be reckoned with, or their net is not quantity × price, they stay.
 *
 * @param known an order whose amounts are right.
 */
export function amountsLike(known: PurchaseOrder, order: PurchaseOrder): Amounts {
  const { net, tax, gross, currency } = known;
  const isReckoned = [net, tax].every(isDecimal) && compare(net, netOf(known)) === 0;
  const isSame = compare(known.quantity, order.quantity) === 0 && compare(known.unitPrice, order.unitPrice) === 0;
  if (!isReckoned || isSame) return { net, tax, gross };
  const changed = netOf(order);
  const decimals = currencyDecimals(currency);
  const rate = taxRate(known, decimals);
  if (rate === undefined && !isPositive(net)) return { net, tax, gross };
  const changedTax = rate === undefined ? inProportion(known, changed) : taxAt(rate, changed, decimals);
  return { net: changed, tax: changedTax, gross: round(add(changed, changedTax), decimals) };
}

function inProportion({ net, tax, currency }: PurchaseOrder, changed: string): string {
  const unit = smallestUnit(currency);
  return round(multiply(wholeTimes(multiply(tax, changed), multiply(net, unit)), unit), currencyDecimals(currency));
}
