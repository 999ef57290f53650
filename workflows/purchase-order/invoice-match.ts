import type { LineKind } from '../../src/domain/invoice/invoice-lines';
import { acceptance, matchInvoice, type OrderFacts } from '../../src/domain/invoice/matching';
import { asMoney } from '../../src/domain/purchase-order/order-amounts';
import {
  closeUninvoiced,
  invoiceable,
  outstanding,
  recordInvoiced,
  totals,
} from '../../src/domain/purchase-order/quantity';
import { missingInvoice } from '../../src/domain/purchase-order/questions';
import { add, isPositive, isZero, maximum, minimum, subtract, sum } from '../../src/domain/values/decimal';
import { isWithdrawn } from '../case/leaving';
import type { Fulfilment } from './fulfilment';
import type { OpenInvoice, OrderState } from './state';

/** What an order says to one of its invoices, by its own ledger. */
export interface OrderMatch {
  readonly kind: 'granted' | 'awaiting-goods' | 'mismatched' | 'unclear';
  /** Of the order's product: what it takes where it is granted, else what it invoices. */
  readonly quantity: string;
  /** What it charges besides the goods, as money with its currency; null where there is nothing. */
  readonly charges: string | null;
  readonly lines: readonly LineKind[];
  readonly order: OrderFacts;
  readonly differences: readonly string[];
}

/** Matches an invoice; what a person has accepted is granted as far as there is anything to book. */
export function matchToOrder(fulfilment: Fulfilment, open: OpenInvoice): OrderMatch {
  const { invoice, isAccepted, said } = open;
  const order = factsFor(fulfilment.state, open);
  const match = matchInvoice(invoice, order, fulfilment.policy.fulfilment, said);
  const { quantity, lines } = match;
  const charges = isZero(match.charges) ? null : `${asMoney(match.charges, invoice.currency)} ${invoice.currency}`;
  const found = { quantity, charges, lines, order, differences: [] };
  if (match.kind === 'unclear') return { ...found, kind: 'unclear' };
  const repeated = repeatOf(fulfilment.state, open);
  if (match.kind === 'matched' && (isAccepted || repeated === undefined)) return { ...found, kind: 'granted' };
  if (isAccepted) {
    const { now, later } = acceptance(quantity, order);
    return { ...found, kind: 'granted', quantity: add(now, later) };
  }
  const differences = [
    ...(repeated === undefined ? [] : [repeated]),
    ...(match.kind === 'mismatched' ? match.differences : []),
  ];
  return { ...found, kind: differences.length === 0 ? 'awaiting-goods' : 'mismatched', differences };
}

/** A number that another invoice of this order bears is a repetition until a person says otherwise. */
function repeatOf(
  { invoices, openInvoices }: OrderState,
  { invoice: { uid, invoiceNumber } }: OpenInvoice,
): string | undefined {
  if (invoiceNumber === '') return undefined;
  const ended = invoices.find((other) => other.number === invoiceNumber && other.uid !== uid);
  if (ended !== undefined) return `an invoice with the same number (${ended.uid}) was ${ended.outcome} already`;
  const own = openInvoices.findIndex(({ invoice }) => invoice.uid === uid);
  const first = openInvoices.find(
    ({ invoice, reserved }, at) =>
      invoice.invoiceNumber === invoiceNumber && invoice.uid !== uid && (at < own || reserved !== null),
  );
  return first && `an invoice with the same number (${first.invoice.uid}) asks for its goods as well`;
}

function factsFor(state: OrderState, { invoice: { uid } }: OpenInvoice): OrderFacts {
  const { order, ledger, openInvoices } = state;
  const reserved = sum(openInvoices.map((other) => (other.invoice.uid === uid ? '0' : (other.reserved ?? '0'))));
  const free = subtract(subtract(invoiceable(ledger), reserved), aheadOf(state));
  return {
    orderRef: order.orderRef,
    currency: order.currency,
    unitPrice: order.unitPrice,
    productCode: order.productCode,
    title: order.projectTitle,
    ordered: totals(ledger).ordered,
    invoiceable: maximum('0', free),
    outstanding: maximum('0', add(outstanding(ledger), minimum('0', free))),
  };
}

/** What invoices were accepted for beyond what has been received: no more is invoiced than received. */
export const aheadOf = ({ invoices, ledger }: OrderState): string =>
  subtract(
    sum(invoices.filter(({ outcome }) => outcome === 'settled').map(({ quantity }) => quantity)),
    ledger.invoiced,
  );

/** Books as invoiced what was settled, as far as it has been received; lists what was accepted of goods that never come. */
export function bookInvoiced(fulfilment: Fulfilment): void {
  const { state } = fulfilment;
  const quantity = minimum(aheadOf(state), invoiceable(state.ledger));
  if (isPositive(quantity)) state.ledger = recordInvoiced(state.ledger, quantity);
  if (isZero(outstanding(state.ledger))) listAcceptedAhead(fulfilment);
}

/** Accepted before its goods, and nothing more is coming. */
export function listAcceptedAhead(fulfilment: Fulfilment): void {
  const ahead = aheadOf(fulfilment.state);
  if (!isPositive(ahead)) return;
  const settled = fulfilment.state.invoices.filter(({ outcome }) => outcome === 'settled');
  const numbers = settled.map(({ number }) => number).join(', ');
  fulfilment.task(
    `${ahead} more was accepted with invoice ${numbers} than was received: clear it with the supplier`,
    'accepted-ahead',
  );
}

/** Everything due has been received, and no invoice has come for it for a long time: an order never waits unseen. */
export async function askAboutMissingInvoice(fulfilment: Fulfilment): Promise<void> {
  const { ledger, openInvoices } = fulfilment.state;
  const missing = invoiceable(ledger);
  if (!isPositive(missing) || openInvoices.length > 0) return;
  const { received, invoiced } = totals(ledger);
  try {
    const { choice, by } = await fulfilment.desk.ask({
      of: missingInvoice,
      values: { missing },
      facts: [
        { label: 'received', value: received },
        { label: 'invoiced', value: invoiced },
        ...fulfilment.state.invoices.map(({ number, outcome }) => ({ label: `invoice ${number}`, value: outcome })),
      ],
    });
    if (choice !== 'close without an invoice') return;
    fulfilment.state.ledger = closeUninvoiced(fulfilment.state.ledger);
    fulfilment.note(`closed by ${by} without an invoice for ${missing}`);
    fulfilment.task(`${missing} received and not invoiced: clear it with the supplier`);
  } catch (error) {
    // An invoice has arrived. A cancellation is handled at the next checkpoint.
    if (!isWithdrawn(error)) throw error;
  }
}
