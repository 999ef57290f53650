import {
  absolute,
  add,
  compare,
  isDecimal,
  isPositive,
  maximum,
  minimum,
  multiply,
  round,
  subtract,
  sum,
} from './decimal';
import type { Invoice } from './invoice';

/** What the order knows of itself when an invoice asks: the second and third leg of the match. */
export interface OrderFacts {
  readonly orderRef: string;
  readonly currency: string;
  readonly unitPrice: string;
  readonly ordered: string;
  /** Received and claimed by no other invoice. */
  readonly invoiceable: string;
  /** Still to be received, and accepted with no other invoice ahead of the goods. */
  readonly outstanding: string;
}

export type MatchResult =
  | { readonly kind: 'matched'; readonly quantity: string }
  /** More is invoiced than has been received so far, but not more than may still come. */
  | { readonly kind: 'awaiting-goods'; readonly quantity: string }
  | { readonly kind: 'mismatched'; readonly quantity: string; readonly differences: readonly string[] };

/**
 * The three-way match of order, receipt and invoice: currency equal, quantity within what was received and is not
 * invoiced yet, net within `tolerance` of quantity × price (decimal strings, the order's currency).
 */
export function matchInvoice(invoice: Invoice, order: OrderFacts, tolerance: string): MatchResult {
  const unreadable = [invoice.net, ...invoice.lines.map((line) => line.quantity)].filter((text) => !isDecimal(text));
  if (unreadable.length > 0) {
    return { kind: 'mismatched', quantity: '0', differences: [`unreadable figures: ${unreadable.join(', ')}`] };
  }
  const quantity = sum(invoice.lines.map((line) => line.quantity));
  const differences = [...termDifferences(invoice, order, quantity, tolerance)];
  if (!isPositive(quantity)) differences.push(`it invoices a quantity of ${quantity}`);
  const beyond = subtract(quantity, order.invoiceable);
  if (compare(beyond, order.outstanding) > 0) {
    differences.push(
      `it invoices ${quantity}, but only ${order.invoiceable} of ${order.ordered} can be invoiced and ${order.outstanding} may still come`,
    );
  }
  if (differences.length > 0) return { kind: 'mismatched', quantity, differences };
  return isPositive(beyond) ? { kind: 'awaiting-goods', quantity } : { kind: 'matched', quantity };
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

function termDifferences(invoice: Invoice, order: OrderFacts, quantity: string, tolerance: string): string[] {
  if (invoice.currency !== order.currency) return [`it is in ${invoice.currency}, the order in ${order.currency}`];
  const expected = round(multiply(quantity, order.unitPrice), 2);
  const difference = subtract(invoice.net, expected);
  if (compare(absolute(difference), tolerance) <= 0) return [];
  return [
    `net ${invoice.net} differs by ${difference} from ${quantity} × ${order.unitPrice} = ${expected} ${order.currency}`,
  ];
}
