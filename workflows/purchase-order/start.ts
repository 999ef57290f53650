import type { Client, WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import { purchaseOrderWorkflowId, taskQueues } from '../../src/domain/case/names';
import { plain } from '../../src/domain/values/decimal';
import { summary } from '../../src/domain/values/markdown';
import type { fulfilPurchaseOrder, FulfilPurchaseOrderInput } from './fulfil-purchase-order';
import type { rememberCancellation, RememberCancellationInput } from './remember-cancellation';

/**
 * Starts the fulfilment of a purchase order. The workflow id is the lock: whoever comes second is refused, also after an order
 * that broke off, because nobody knows here what it had done.
 *
 * @throws WorkflowExecutionAlreadyStartedError
 */
export const startPurchaseOrder = (
  client: Client,
  input: FulfilPurchaseOrderInput,
): Promise<WorkflowHandleWithFirstExecutionRunId<typeof fulfilPurchaseOrder>> => {
  const { uid, orderRef, poNumber, quantity, productCode } = input.order;
  return client.workflow.start<typeof fulfilPurchaseOrder>('fulfilPurchaseOrder', {
    taskQueue: taskQueues.fulfilment,
    workflowId: purchaseOrderWorkflowId(orderRef),
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    args: [input],
    staticSummary: summary(`Purchase order ${poNumber}: ${plain(quantity)} × ${productCode}`),
    searchAttributes: { OrderNumber: [orderRef], Stage: ['received'] },
    memo: { uid },
  });
};

/**
 * Takes the order's workflow id before the order does, so that the order, when it comes, is marked and not placed.
 *
 * @throws WorkflowExecutionAlreadyStartedError
 */
export const startCancellation = (
  client: Client,
  input: RememberCancellationInput,
  reason: string | undefined,
): Promise<WorkflowHandleWithFirstExecutionRunId<typeof rememberCancellation>> =>
  client.workflow.start<typeof rememberCancellation>('rememberCancellation', {
    taskQueue: taskQueues.fulfilment,
    workflowId: purchaseOrderWorkflowId(input.orderRef),
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    args: [input],
    staticSummary: summary(`Cancelled by ${input.by} before it came${reason === undefined ? '' : `: ${reason}`}`),
    searchAttributes: { OrderNumber: [input.orderRef], Stage: ['cancelled'], WaitingFor: ['order'] },
  });
