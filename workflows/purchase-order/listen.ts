import { setHandler } from '@temporalio/workflow';
import {
  amendUpdate,
  deliveryReportedSignal,
  orderQuery,
  orderReportedSignal,
  orderWithdrawnSignal,
  progressQuery,
  warehouseChangedSignal,
} from './messages';
import { listenToCancellation, listenToPeople } from '../case/listen';
import { invoiceReportedSignal } from '../invoice/messages';
import { assertAmendRequest, isDeliveryMessage, isOrderReport } from './shapes';
import { isInvoiceReport } from '../invoice/shapes';
import { confirmWithdrawal, requestAmendment, requestCancellation, takeListed } from './change';
import { takeReport } from './delivery-reports';
import type { Fulfilment } from './fulfilment';
import { takeInvoice } from './invoices';

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
  setHandler(warehouseChangedSignal, () => {
    fulfilment.hasNews = true;
    fulfilment.isWarehouseNew = true;
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
