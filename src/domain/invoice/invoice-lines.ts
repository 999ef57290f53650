import { absolute, compare, isPositive, isZero, minimum, multiply, subtract } from '../values/decimal';
import type { Invoice, InvoiceLine } from './invoice';
import { isKnown } from '../values/letters';
import { isPriceOf } from '../purchase-order/order-amounts';

/**
 * Which lines of an invoice are the goods of its order. A line carries no product code, so two things speak for it: its
 * words (the order's product code or title) and its money (quantity × the order's price). Where they do not say the same,
 * a person is asked: a charge must never become units, nor units a charge.
 */
export type LineKind =
  /** Counts as units of the order's product. */
  | 'goods'
  /** Carriage, a surcharge, a discount: money without units. */
  | 'charge'
  /** Neither units nor money: a line of text. */
  | 'text'
  /** For a person to say. */
  | 'unclear';

/** What a person said of single lines; keys are the indexes of the lines. */
export type SaidLines = Readonly<Record<string, 'goods' | 'charge'>>;

/** What a line is compared with. */
export interface OrderedProduct {
  readonly currency: string;
  readonly unitPrice: string;
  readonly productCode?: string | undefined;
  /** Claritum's title of the project, which it writes on invoices. */
  readonly title?: string | null | undefined;
}

/** Words by which a line speaks of something that is no goods; what only a title of goods says does not count. */
const CHARGES = new Set(
  (
    'carriage freight postage shipping shipment delivery courier transport packing packaging handling insurance pallet ' +
    'pallets surcharge supplement fee fees charge charges cost costs duty duties customs tax vat discount rebate credit ' +
    'deposit fuel levy toll admin administration fracht versand porto verpackung zuschlag rabatt livraison frais remise'
  ).split(' '),
);

/** The words of a text in small letters, with one blank around each. */
function wordsOf(text: string): string {
  const small = Array.from(text, (character) => (isKnown(character) ? character.toLowerCase() : character)).join('');
  return ` ${small
    .split(/[\s!-/:-@[-`{-~‐-―‘’“”]+/u)
    .filter((word) => word !== '')
    .join(' ')} `;
}

interface Wording {
  readonly text: string;
  readonly naming: 'whole' | 'part' | 'none';
  readonly speaksOfCharge: boolean;
  /** It names what looks like a product code, and that is not the order's. */
  readonly namesOther: boolean;
}

/** Letters or digits joined by hyphens or slashes, a digit among them: how product codes are written. */
const CODE = /^[\p{L}\p{N}]+(?:[-/_.][\p{L}\p{N}]+)+$/u;
/** Longer is no code. */
const LONGEST_CODE = 60;

const namesAnother = (description: string, own: readonly string[]): boolean =>
  description
    .split(/\s+/)
    .filter((word) => word.length <= LONGEST_CODE && /\d/.test(word) && CODE.test(word))
    .some((word) => !own.some((name) => name.includes(wordsOf(word))));

function wordingOf({ description }: InvoiceLine, { productCode, title }: OrderedProduct): Wording {
  const text = wordsOf(description ?? '');
  const names = [productCode, title].map((name) => wordsOf(name ?? '')).filter((name) => name.trim() !== '');
  const found = names.filter((name) => text.includes(name));
  const rest = found.reduce((left, name) => left.replaceAll(name, ' '), text);
  return {
    text,
    naming: found.includes(text) ? 'whole' : found.length > 0 ? 'part' : 'none',
    speaksOfCharge: rest.split(' ').some((word) => CHARGES.has(word)),
    namesOther: found.length === 0 && namesAnother(description ?? '', names),
  };
}

type Judged = LineKind | 'priced' | 'other';

/**
 * What each line of an invoice is; its figures must be readable.
 *
 * @param tolerance net difference that is allowed (decimal string, the order's currency).
 * @param said what a person has said of single lines: it counts.
 */
export function lineKinds(
  { lines, currency }: Pick<Invoice, 'lines' | 'currency'>,
  product: OrderedProduct,
  tolerance: string,
  said: SaidLines = {},
): readonly LineKind[] {
  const wordings = lines.map((line) => wordingOf(line, product));
  const isComparable = currency === product.currency;
  const isOnly = lines.filter((line) => !isText(line)).length === 1;
  const judged = lines.map((line, index): Judged => {
    const wording = wordings[index];
    if (wording === undefined) return 'unclear';
    return said[String(index)] ?? judge(line, wording, { product, tolerance, isComparable, isOnly });
  });
  const isNamed = judged.some((kind, index) => kind === 'goods' && said[String(index)] === undefined);
  const priced = new Set(judged.flatMap((kind, index) => (kind === 'priced' ? [wordings[index]?.text] : [])));
  // Lines that only the price speaks for are goods where nothing else is, and where they are all called the same.
  const pricedKind = !isNamed && priced.size === 1 ? 'goods' : 'unclear';
  const kinds = judged.map((kind) => (kind === 'priced' ? pricedKind : kind));
  const hasGoods = kinds.includes('goods');
  return kinds.map((kind, index) => {
    if (kind !== 'other') return kind;
    // Beside goods, a line of quantity 1 with another price is a charge. A line of several could be goods.
    return hasGoods && compare(lines[index]?.quantity ?? '0', '1') <= 0 ? 'charge' : 'unclear';
  });
}

interface Comparison {
  readonly product: OrderedProduct;
  readonly tolerance: string;
  /** Invoice and order are in one currency. */
  readonly isComparable: boolean;
  /** The invoice has no other line but texts. */
  readonly isOnly: boolean;
}

function judge(line: InvoiceLine, wording: Wording, comparison: Comparison): Judged {
  const { naming, speaksOfCharge, namesOther } = wording;
  const { quantity, net } = line;
  const { product, tolerance, isComparable, isOnly } = comparison;
  if (isText(line)) return 'text';
  if (isZero(quantity)) return naming === 'none' ? 'charge' : 'unclear';
  const isPriced = isComparable && isPriceOf(net, quantity, product.unitPrice, product.currency);
  const speaksForGoods = naming !== 'none' || isPriced;
  if (speaksOfCharge) return speaksForGoods ? 'unclear' : 'charge';
  if (namesOther) return 'unclear';
  if (naming === 'none') return isPriced ? 'priced' : isPositive(quantity) && isPositive(net) ? 'other' : 'charge';
  if (isPriced || (isComparable && isNearly(line, product.unitPrice, tolerance))) return 'goods';
  return naming === 'whole' && isOnly ? 'goods' : 'unclear';
}

const isText = ({ quantity, net }: InvoiceLine): boolean => isZero(quantity) && isZero(net);

/** Whether the money stands for this number of units and no other, within the tolerance: half a unit is too much. */
function isNearly({ quantity, net }: InvoiceLine, unitPrice: string, tolerance: string): boolean {
  const difference = absolute(subtract(net, multiply(quantity, unitPrice)));
  const half = multiply(absolute(unitPrice), '0.5');
  return compare(difference, minimum(tolerance, half)) <= 0 && compare(difference, half) < 0;
}

/** Takes something off: its money or its quantity is below nothing. */
export const isCredit = ({ quantity, net }: InvoiceLine): boolean =>
  compare(quantity, '0') < 0 || compare(net, '0') < 0;
