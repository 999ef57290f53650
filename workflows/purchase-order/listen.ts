import { CancellationScope, setHandler } from '@temporalio/workflow';
import {
  amendUpdate,
  deliveryReportedSignal,
  despatchedSignal,
  orderQuery,
  orderReportedSignal,
  orderWithdrawnSignal,
  progressQuery,
} from './messages';
import { approveSignal, cancelUpdate, decideUpdate, doneUpdate, rejectSignal } from '../case/messages';
import { invoiceReportedSignal } from '../invoice/messages';
import { assertAmendRequest, isDeliveryMessage, isOrderReport } from './shapes';
import { assertAnswer, assertCancelRequest, assertDoneRequest } from '../case/shapes';
import { isInvoiceReport } from '../invoice/shapes';
import { confirmWithdrawal, requestAmendment, requestCancellation, takeListed } from './change';
import { takeReport } from './delivery-reports';
import type { Fulfilment } from './fulfilment';
import { takeInvoice } from './invoices';

/** Signals and updates are legal at every moment, also before the first step. */
export function listen(fulfilment: Fulfilment): void {
  const { desk, state } = fulfilment;
  setHandler(progressQuery, () => fulfilment.progress());
  setHandler(orderQuery, () => state.amendment?.order ?? state.order);
  setHandler(approveSignal, (verdict) => desk.signalled('approve', verdict));
  setHandler(rejectSignal, (verdict) => desk.signalled('reject', verdict));
  setHandler(decideUpdate, (answer) => desk.answer(answer), { validator: assertAnswer });
  setHandler(doneUpdate, (request) => fulfilment.tickOff(request), { validator: assertDoneRequest });
  setHandler(cancelUpdate, (request) => requestCancellation(fulfilment, request?.by, request?.reason), {
    validator: assertCancelRequest,
  });
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
  setHandler(invoiceReportedSignal, (report) => {
    if (isInvoiceReport(report) && report.invoice.orderRef === state.order.orderRef)
      takeInvoice(fulfilment, report.invoice);
    else fulfilment.note(IGNORED);
  });
}

const IGNORED = 'a signal without what it should carry, or beyond its limits, was ignored';

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/**
 * The Web UI's 'Request Cancellation' means the same as `cancel`: it must not tear the story apart in the middle of a
 * call whose outcome nobody would learn.
 */
export function listenToCancellation(fulfilment: Fulfilment): void {
  CancellationScope.current().cancelRequested.catch(() => {
    const { status, reason } = requestCancellation(fulfilment, "Temporal's own cancellation");
    fulfilment.note(`cancellation ${status}: ${reason}`);
  });
}
