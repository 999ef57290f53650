/**
 * A cancellation that came before its order: it holds the order's workflow id, so that the order, when the poller meets
 * it, is not started but marked exported, with the task to tell the buyer.
 */
import { allHandlersFinished, condition, setHandler } from '@temporalio/workflow';
import { asMarkdown } from '../../src/domain/values/markdown';
import type { PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import type { OrderPolicy } from '../../src/domain/case/policy';
import type { Progress } from '../../src/domain/purchase-order/progress';
import { showAttributes } from '../case/attributes';
import { showDetails } from '../case/details';
import { cancelUpdate, decideUpdate } from '../case/messages';
import { invoiceReportedSignal } from '../invoice/messages';
import { orderReportedSignal, orderWithdrawnSignal, progressQuery } from './messages';
import { tooLateFor } from './change';
import { acknowledgeUnfulfilled } from './export';
import { Fulfilment } from './fulfilment';
import { handOverInvoices, takeInvoice } from './invoices';
import { openOrder, type OpenInvoice } from './state';
import { assertAnswer, assertCancelRequest } from '../case/shapes';
import { isInvoiceReport } from '../invoice/shapes';
import { isOrderReport } from './shapes';

export interface RememberCancellationInput {
  readonly orderRef: string;
  readonly by: string;
  readonly policy: OrderPolicy;
}

/** The order as far as it is known before it has come. */
const unseen = (orderRef: string): PurchaseOrder => ({
  uid: '',
  orderRef,
  poNumber: orderRef,
  projectTitle: null,
  customerName: '',
  supplierRef: null,
  status: '',
  authorisedDate: null,
  deliveryDate: null,
  productCode: '',
  quantity: '0',
  unitPrice: '0',
  unitOfMeasure: '',
  currency: '',
  net: '0',
  tax: '0',
  gross: '0',
  buyer: null,
  deliveries: [],
  attachments: [],
  lastModified: '',
});

/** It knows next to nothing, and never becomes long. */
const continueNowhere = (): Promise<never> => Promise.reject(new TypeError('a cancellation has one history'));

export async function rememberCancellation({ orderRef, by, policy }: RememberCancellationInput): Promise<Progress> {
  const held = (known: PurchaseOrder, openInvoices: readonly OpenInvoice[]): Fulfilment => {
    const endedBecause = `cancelled by ${by} before it came`;
    const over = { endedBecause, stage: 'cancelled', ending: 'cancelled' } as const;
    const state = { ...openOrder(known), openInvoices, ...over };
    const cancelled = new Fulfilment(state, policy, continueNowhere);
    cancelled.note(endedBecause);
    return cancelled;
  };
  let fulfilment = held(unseen(orderRef), []);
  let withdrawn = false;
  setHandler(progressQuery, () => fulfilment.progress());
  setHandler(cancelUpdate, () => ({ status: 'refused' as const, reason: `it is already cancelled, by ${by}` }), {
    validator: assertCancelRequest,
  });
  setHandler(decideUpdate, (answer) => fulfilment.desk.answer(answer), { validator: assertAnswer });
  setHandler(orderReportedSignal, (report) => {
    if (!isOrderReport(report) || fulfilment.state.order.uid !== '') return;
    fulfilment = held(report.order, fulfilment.state.openInvoices);
  });
  setHandler(orderWithdrawnSignal, () => {
    withdrawn = true;
  });
  setHandler(invoiceReportedSignal, (report) => {
    if (isInvoiceReport(report)) takeInvoice(fulfilment, report.invoice);
  });
  showAttributes({ Stage: 'cancelled', WaitingFor: 'order' });
  showDetails(asMarkdown`### ${orderRef} was cancelled by ${by} before it came`);
  const hasCome = (): boolean => fulfilment.state.order.uid !== '' || withdrawn;
  while (!hasCome()) {
    await condition(() => hasCome() || fulfilment.state.openInvoices.length > 0);
    await handOverInvoices(fulfilment);
  }
  if (fulfilment.state.order.uid !== '') {
    await acknowledgeUnfulfilled(fulfilment, (record) => tooLateFor(fulfilment, record));
    fulfilment.task(`tell the buyer that purchase order ${fulfilment.state.order.poNumber} is cancelled`);
  }
  fulfilment.show();
  do {
    await handOverInvoices(fulfilment);
    await condition(allHandlersFinished);
  } while (fulfilment.state.openInvoices.length > 0);
  return fulfilment.progress();
}
