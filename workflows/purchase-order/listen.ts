import { CancellationScope, setHandler } from '@temporalio/workflow';
import { assertAnswer } from '../case/decisions';
import {
  amendUpdate,
  deliveryReportedSignal,
  despatchedSignal,
  orderQuery,
  orderReportedSignal,
  orderWithdrawnSignal,
  progressQuery,
} from './messages';
import { approveSignal, cancelUpdate, decideUpdate, rejectSignal } from '../case/messages';
import { claimInvoiceSignal, invoiceEndedSignal } from '../invoice/messages';
import { assertAmendRequest, isDeliveryMessage, isOrderReport } from './shapes';
import { assertCancelRequest } from '../case/shapes';
import { isInvoiceClaim, isInvoiceEnd } from '../invoice/shapes';
import { confirmWithdrawal, requestAmendment, requestCancellation, takeListed } from './change';
import { endClaim, takeClaim } from './claims';
import { takeReport } from './delivery-reports';
import type { Order } from './order';

/** Signals and updates are legal at every moment, also before the first step. */
export function listen(order: Order): void {
  const { desk, state } = order;
  setHandler(progressQuery, () => order.progress());
  setHandler(orderQuery, () => state.amendment?.order ?? state.order);
  setHandler(approveSignal, (verdict) => desk.signalled('approve', verdict));
  setHandler(rejectSignal, (verdict) => desk.signalled('reject', verdict));
  setHandler(decideUpdate, (answer) => desk.answer(answer), { validator: assertAnswer });
  setHandler(cancelUpdate, (request) => requestCancellation(order, request?.by, request?.reason), {
    validator: assertCancelRequest,
  });
  setHandler(amendUpdate, ({ order: amended, by }) => requestAmendment(order, amended, textOf(by)), {
    validator: assertAmendRequest,
  });
  setHandler(orderReportedSignal, async (report) => {
    if (isOrderReport(report)) await takeListed(order, report.order);
    else order.note(IGNORED);
  });
  setHandler(orderWithdrawnSignal, () => confirmWithdrawal(order));
  setHandler(despatchedSignal, () => {
    order.hasNews = true;
  });
  setHandler(deliveryReportedSignal, (report) => {
    if (isDeliveryMessage(report)) takeReport(order, report.delivery);
    else order.note(IGNORED);
  });
  setHandler(claimInvoiceSignal, (claim) => {
    if (isInvoiceClaim(claim)) takeClaim(order, claim);
    else order.note(IGNORED);
    order.hasNews = true;
  });
  setHandler(invoiceEndedSignal, (ended) => {
    if (isInvoiceEnd(ended)) endClaim(order, ended);
    else order.note(IGNORED);
    order.hasNews = true;
  });
}

const IGNORED = 'a signal without what it should carry, or beyond its limits, was ignored';

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/**
 * The Web UI's 'Request Cancellation' means the same as `cancel`: it must not tear the story apart in the middle of a
 * call whose outcome nobody would learn.
 */
export function listenToCancellation(order: Order): void {
  CancellationScope.current().cancelRequested.catch(() => {
    const { status, reason } = requestCancellation(order, "Temporal's own cancellation");
    order.note(`cancellation ${status}: ${reason}`);
  });
}
