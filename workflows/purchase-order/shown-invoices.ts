import type { OrderInvoice } from '../../src/domain/purchase-order/progress';
import type { OrderState } from './state';

/** As they are shown: one that is only marked again is among the settled ones. */
export const shownInvoices = ({ invoices, openInvoices }: OrderState): OrderInvoice[] => [
  ...invoices.map(({ uid, number, quantity, outcome }) => ({ uid, number, quantity, outcome })),
  ...openInvoices
    .filter(({ isSettled }) => isSettled !== true)
    .map(({ invoice, reserved, stage, waitingFor }) => ({
      ...{ uid: invoice.uid, number: invoice.invoiceNumber, quantity: reserved ?? '0', outcome: stage },
      ...(waitingFor === undefined ? {} : { waitingFor }),
    })),
];
