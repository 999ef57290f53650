/** What questions about an invoice show, as people read it. */
import { add, asQuantity, isPositive } from '../values/decimal';
import type { Fact } from '../case/decision';
import type { Invoice, InvoiceLine } from './invoice';
import type { LineKind } from './invoice-lines';
import type { Acceptance, OrderFacts } from './matching';
import { asMoney } from '../purchase-order/order-amounts';

export const invoiceFact = ({ invoiceNumber, net, currency }: Invoice): Fact => ({
  label: 'invoice',
  value: `${invoiceNumber}, net ${asMoney(net, currency)} ${currency}`,
});

/** What an invoice and its order say, where they do not say the same. */
export const mismatchFacts = (invoice: Invoice, order: OrderFacts, kinds: readonly LineKind[]): readonly Fact[] => [
  invoiceFact(invoice),
  { label: 'price', value: `${asMoney(order.unitPrice, order.currency)} ${order.currency}` },
  { label: 'received and not invoiced', value: order.invoiceable },
  { label: 'still to come', value: order.outstanding },
  ...lineFacts(invoice, kinds),
];

/** More lines than a person would compare. */
const MOST_LINES = 20;

/** The lines of an invoice with what each was taken for, as facts of a question. */
export function lineFacts(
  { lines, currency }: Pick<Invoice, 'lines' | 'currency'>,
  kinds: readonly LineKind[],
): readonly Fact[] {
  const shown = lines.slice(0, MOST_LINES).map((line, index) => {
    const kind = kinds[index];
    return { label: `line ${index + 1}${kind === undefined ? '' : ` (${kind})`}`, value: lineText(line, currency) };
  });
  const more = lines.length - shown.length;
  return more === 0 ? shown : [...shown, { label: 'more lines', value: String(more) }];
}

/** One line as `'Carriage', 1, net 12.00 GBP`; a long description is cut. */
export const lineText = ({ description, quantity, net }: InvoiceLine, currency: string): string =>
  `'${(description ?? '').slice(0, 100)}', ${asQuantity(quantity)}, net ${asMoney(net, currency)} ${currency}`;

/** What accepting books in the order; whoever answers is told before. */
export function whatAcceptingDoes({ now, later }: Acceptance): string {
  const marks = 'Accepting marks it exported in Claritum and books';
  if (isPositive(later))
    return `${marks} ${add(now, later)} as invoiced: ${now} received already, ${later} as soon as they are received.`;
  if (isPositive(now)) return `${marks} ${now} as invoiced.`;
  return `${marks} nothing as invoiced.`;
}
