import {
  type Client,
  type WorkflowHandleWithFirstExecutionRunId,
  WithStartWorkflowOperation,
} from '@temporalio/client';
import { purchaseOrderWorkflowId, taskQueues } from '../../src/domain/case/names';
import { plain } from '../../src/domain/values/decimal';
import { summary } from '../../src/domain/values/markdown';
import { cancelUpdate, type CancelRequest, type ChangeReceipt } from '../case/messages';
import type { AwaitedOrder } from './awaited-order';
import type { fulfilPurchaseOrder, FulfilPurchaseOrderInput } from './fulfil-purchase-order';

/**
 * Starts the fulfilment of a purchase order. The workflow id is the lock. A second start is refused, also after an order
 * that failed or was terminated, because what it had done is unknown here.
 *
 * @param customer its number in ManEx, as lists show it; empty where the policy has none
 * @throws WorkflowExecutionAlreadyStartedError
 */
export const startPurchaseOrder = (
  client: Client,
  input: FulfilPurchaseOrderInput,
  customer: string,
): Promise<WorkflowHandleWithFirstExecutionRunId<typeof fulfilPurchaseOrder>> => {
  const { uid, orderRef, poNumber, quantity, productCode } = input.order;
  return client.workflow.start<typeof fulfilPurchaseOrder>('fulfilPurchaseOrder', {
    taskQueue: taskQueues.fulfilment,
    workflowId: purchaseOrderWorkflowId(orderRef),
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    args: [input],
    staticSummary: summary(`Purchase order ${poNumber}: ${plain(quantity)} × ${productCode}`),
    searchAttributes: { OrderNumber: [orderRef], Stage: ['received'], Customer: [customer] },
    memo: { uid },
  });
};

/**
 * Cancels an order that may not have come yet: its own workflow is started and waits for the record, to mark it and place
 * nothing. Where the order came in between, it is the one that is cancelled.
 */
export const cancelBeforehand = (
  client: Client,
  input: AwaitedOrder,
  request: CancelRequest,
): Promise<ChangeReceipt> => {
  const { by = '', reason } = request;
  const startWorkflowOperation = new WithStartWorkflowOperation<typeof fulfilPurchaseOrder>('fulfilPurchaseOrder', {
    taskQueue: taskQueues.fulfilment,
    workflowId: purchaseOrderWorkflowId(input.orderRef),
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    args: [input],
    staticSummary: summary(`Cancelled by ${by} before it came${reason === undefined ? '' : `: ${reason}`}`),
    searchAttributes: { OrderNumber: [input.orderRef], Stage: ['cancelled'], WaitingFor: ['order'] },
  });
  return client.workflow.executeUpdateWithStart(cancelUpdate, { startWorkflowOperation, args: [request] });
};
