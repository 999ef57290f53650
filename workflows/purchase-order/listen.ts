import { setHandler } from '@temporalio/workflow';
import {
  amendUpdate,
  deliveryReportedSignal,
  despatchedSignal,
  orderQuery,
  orderReportedSignal,
  orderWithdrawnSignal,
  progressQuery,
} from './messages';
import { listenToCancellation, listenToPeople } from '../case/listen';
import { claimInvoiceSignal, invoiceEndedSignal } from '../invoice/messages';
import { assertAmendRequest, isDeliveryMessage, isOrderReport } from './shapes';
import { isInvoiceClaim, isInvoiceEnd } from '../invoice/shapes';
import { confirmWithdrawal, requestAmendment, requestCancellation, takeListed } from './change';
import { endClaim, takeClaim } from './claims';
import { takeReport } from './delivery-reports';
import type { Fulfilment } from './fulfilment';

/** Signals and updates are legal at every moment, also before the first step. */
export function listen(fulfilment: Fulfilment): void {
  const { state } = fulfilment;
  setHandler(progressQuery, () => fulfilment.progress());
  setHandler(orderQuery, () => state.amendment?.order ?? state.order);
  listenToPeople(fulfilment);
  listenToCancellation(fulfilment, (by, reason) => requestCancellation(fulfilment, by, reason));
  setHandler(amendUpdate, ({ order: amended, by }) => requestAmendment(fulfilment, amended, textOf(by)), {
    validator: assertAmendRequest,
  });
  setHandler(orderReportedSignal, async (report) => {
    if (isOrderReport(report)) await takeListed(fulfilment, report.order);
    else fulfilment.note(IGNORED);
  });
  setHandler(orderWithdrawnSignal, () => confirmWithdrawal(fulfilment));
  setHandler(despatchedSignal, () => {
    fulfilment.hasNews = true;
  });
  setHandler(deliveryReportedSignal, (report) => {
    if (isDeliveryMessage(report)) takeReport(fulfilment, report.delivery);
    else fulfilment.note(IGNORED);
  });
  setHandler(claimInvoiceSignal, (claim) => {
    if (isInvoiceClaim(claim)) takeClaim(fulfilment, claim);
    else fulfilment.note(IGNORED);
    fulfilment.hasNews = true;
  });
  setHandler(invoiceEndedSignal, (ended) => {
    if (isInvoiceEnd(ended)) endClaim(fulfilment, ended);
    else fulfilment.note(IGNORED);
    fulfilment.hasNews = true;
  });
}

const IGNORED = 'a signal without what it should carry, or beyond its limits, was ignored';

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
