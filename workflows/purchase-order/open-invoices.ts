import type { Fulfilment } from './fulfilment';
import { bookInvoiced } from './invoice-match';
import type { EndedInvoice, OpenInvoice, OrderState } from './state';

/** An order is placed and not about to end: only then does it say anything to its invoices. */
export const isTaking = ({ isPlaced, ending, cancelledBy, stage }: OrderState): boolean =>
  isPlaced === true && ending === undefined && cancelledBy === null && stage !== 'closing' && stage !== 'compensating';

/** Takes it off what is open; settled, what was reserved for it is booked as far as it has been received. */
export function endInvoice(fulfilment: Fulfilment, uid: string, outcome: EndedInvoice['outcome']): void {
  const { state } = fulfilment;
  const open = find(state, uid);
  if (open === undefined) return;
  const { digest, invoice, reserved } = open;
  const quantity = outcome === 'settled' ? (reserved ?? '0') : '0';
  state.openInvoices = state.openInvoices.filter((other) => other !== open);
  state.invoices = [...state.invoices, { uid, digest, number: invoice.invoiceNumber, quantity, outcome }];
  bookInvoiced(fulfilment);
  fulfilment.hasNews = true;
}

/** The invoice of that uid, while it is neither settled nor disputed. */
export const find = ({ openInvoices }: OrderState, uid: string): OpenInvoice | undefined =>
  openInvoices.find(({ invoice }) => invoice.uid === uid);

/** Keeps what is known of an open invoice. */
export function change(fulfilment: Fulfilment, uid: string, changed: Partial<OpenInvoice>): void {
  const { state } = fulfilment;
  state.openInvoices = state.openInvoices.map((open) => (open.invoice.uid === uid ? { ...open, ...changed } : open));
  fulfilment.refresh();
}
