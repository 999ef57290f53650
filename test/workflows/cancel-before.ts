import { WithStartWorkflowOperation } from '@temporalio/client';
import { purchaseOrderWorkflowId, taskQueues } from '../../src/domain/case/names';
import { orderPolicy } from '../../src/domain/case/policy';
import { cancelUpdate, type ChangeReceipt } from '../../workflows/case/messages';
import type { fulfilPurchaseOrder } from '../../workflows/purchase-order/fulfil-purchase-order';
import type { World } from './world';

/** Calls an order off that has not come yet, as `waybill cancel --remember` does. */
export const cancelBefore = (world: World, orderRef: string, by: string): Promise<ChangeReceipt> =>
  world.temporal.client.workflow.executeUpdateWithStart(cancelUpdate, {
    startWorkflowOperation: new WithStartWorkflowOperation<typeof fulfilPurchaseOrder>('fulfilPurchaseOrder', {
      taskQueue: taskQueues.fulfilment,
      workflowId: purchaseOrderWorkflowId(orderRef),
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowIdConflictPolicy: 'USE_EXISTING',
      args: [{ orderRef, policy: orderPolicy(world.policy) }],
    }),
    args: [{ by }],
  });
