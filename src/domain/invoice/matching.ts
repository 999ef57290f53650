import { absolute, add, compare, isDecimal, isPositive, maximum, minimum, subtract, sum } from '../values/decimal';
import type { Invoice } from './invoice';
import { isCredit, lineKinds, type LineKind, type OrderedProduct, type SaidLines } from './invoice-lines';
import { asMoney, grossDifference, priceOf } from '../purchase-order/order-amounts';
import type { FulfilmentPolicy } from '../case/policy';

/** What the order knows of itself when an invoice asks: the second and third leg of the match. */
export interface OrderFacts extends OrderedProduct {
  readonly orderRef: string;
  readonly ordered: string;
  /** Received and claimed by no other invoice. */
  readonly invoiceable: string;
  /** Still to be received, and accepted with no other invoice ahead of the goods. */
  readonly outstanding: string;
}

/** What the policy says of invoices. */
export type InvoiceTerms = Pick<FulfilmentPolicy, 'invoiceTolerance' | 'invoiceCharges'>;

/** What every match says besides its result. */
interface Matched {
  /** Of the order's product; what is no goods is never counted. */
  readonly quantity: string;
  /** Net of all that is no goods, in the invoice's currency. */
  readonly charges: string;
  /** What each line was taken for; none where its figures cannot be read. */
  readonly lines: readonly LineKind[];
}

export type MatchResult = Matched &
  (
    | { readonly kind: 'matched' }
    /** More is invoiced than has been received so far, but not more than may still come. */
    | { readonly kind: 'awaiting-goods' }
    | { readonly kind: 'mismatched'; readonly differences: readonly string[] }
    /** A person must say of some lines whether they are goods. */
    | { readonly kind: 'unclear' }
  );

/**
 * The three-way match of order, receipt and invoice: currency equal, quantity of the goods within what was received and is
 * not invoiced yet, their net within the tolerance of quantity × price, other charges within what the policy accepts.
 *
 * @param said what a person has said of single lines.
 */
export function matchInvoice(
  invoice: Invoice,
  order: OrderFacts,
  terms: InvoiceTerms,
  said: SaidLines = {},
): MatchResult {
  const figures = [invoice.net, ...invoice.lines.flatMap(({ quantity, net }) => [quantity, net])];
  const unreadable = figures.filter((text) => !isDecimal(text));
  if (unreadable.length > 0) {
    const differences = [`unreadable figures: ${unreadable.slice(0, 10).join(', ')}`];
    return { kind: 'mismatched', quantity: '0', charges: '0', lines: [], differences };
  }
  const lines = lineKinds(invoice, order, terms.invoiceTolerance, said);
  const of = (kind: LineKind, column: 'quantity' | 'net'): string =>
    sum(invoice.lines.flatMap((line, index) => (lines[index] === kind ? [line[column]] : [])));
  const matched = { quantity: of('goods', 'quantity'), charges: of('charge', 'net'), lines };
  if (lines.includes('unclear')) return { ...matched, kind: 'unclear' };
  const { quantity } = matched;
  const differences = [
    ...termDifferences(invoice, order, terms, { quantity, goods: of('goods', 'net') }),
    ...chargeDifferences(invoice, lines, matched.charges, terms),
  ];
  if (!isPositive(quantity)) differences.push(`it invoices a quantity of ${quantity}`);
  const beyond = subtract(quantity, order.invoiceable);
  if (compare(beyond, order.outstanding) > 0) {
    differences.push(
      `it invoices ${quantity}, but only ${order.invoiceable} of ${order.ordered} can be invoiced and ${order.outstanding} may still come`,
    );
  }
  if (differences.length > 0) return { ...matched, kind: 'mismatched', differences };
  return { ...matched, kind: isPositive(beyond) ? 'awaiting-goods' : 'matched' };
}

/** What accepting an invoice that does not match books as invoiced; decimal strings in the order's unit. */
export interface Acceptance {
  /** Of what was received. */
  readonly now: string;
  /** As soon as the goods are received. */
  readonly later: string;
}

/** Never more than is ordered and not invoiced yet: what nobody ordered is not invoiced to the order. */
export function acceptance(quantity: string, { invoiceable, outstanding }: OrderFacts): Acceptance {
  const booked = maximum('0', minimum(quantity, add(invoiceable, outstanding)));
  const now = minimum(booked, invoiceable);
  return { now, later: subtract(booked, now) };
}

function termDifferences(
  invoice: Invoice,
  order: OrderFacts,
  { invoiceTolerance: tolerance }: InvoiceTerms,
  { quantity, goods }: { readonly quantity: string; readonly goods: string },
): string[] {
  const { currency, net } = invoice;
  if (currency !== order.currency) return [`it is in ${currency}, the order in ${order.currency}`];
  const money = (amount: string): string => asMoney(amount, currency);
  const expected = priceOf(quantity, order.unitPrice, currency);
  const difference = subtract(goods, expected);
  const added = sum(invoice.lines.map((line) => line.net));
  const gross = grossDifference(invoice, tolerance);
  return [
    ...(compare(absolute(difference), tolerance) <= 0
      ? []
      : [
          `net ${money(goods)} differs by ${money(difference)} from ${quantity} × ${money(order.unitPrice)} = ${expected} ${currency}`,
        ]),
    ...(compare(absolute(subtract(net, added)), tolerance) <= 0
      ? []
      : [`its lines add up to ${money(added)} ${currency}, and it says a net of ${money(net)}`]),
    ...(gross === undefined ? [] : [gross]),
  ];
}

/** What is no goods: a credit is always for a person, other charges are where the policy does not accept so much. */
function chargeDifferences(
  { currency, lines }: Invoice,
  kinds: readonly LineKind[],
  charges: string,
  { invoiceCharges = [] }: InvoiceTerms,
): string[] {
  const money = (amount: string): string => `${asMoney(amount, currency)} ${currency}`;
  const named = (chosen: (index: number) => boolean): string =>
    lines
      .flatMap(({ description, net }, index) =>
        chosen(index) ? [`'${(description ?? '').slice(0, 60)}' ${asMoney(net, currency)}`] : [],
      )
      .slice(0, 10)
      .join(', ');
  const credits = named((index) => lines.slice(index, index + 1).some(isCredit));
  const accepted = invoiceCharges.find((limit) => limit.currency === currency)?.upTo ?? '0';
  const beyond = isPositive(accepted) ? `, more than the ${money(accepted)} the policy accepts` : '';
  return [
    ...(credits === '' ? [] : [`it takes something off: ${credits}`]),
    ...(compare(charges, accepted) <= 0
      ? []
      : [`other charges of ${money(charges)}${beyond}: ${named((index) => kinds[index] === 'charge')}`]),
  ];
}
