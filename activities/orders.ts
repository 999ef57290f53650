import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { endingOf } from '../src/domain/purchase-order/ending';
import { purchaseOrderWorkflowId } from '../src/domain/case/names';
import type { fulfilPurchaseOrder } from '../workflows/purchase-order/fulfil-purchase-order';

export function createOrderActivities(client: Client) {
  return {
    /**
     * How an order ended here, in words; null where no such order is known.
     *
     * Safe to repeat: yes, it only reads.
     * Looks up first: nothing.
     * Undone by: nothing.
     * Fails for good with: nothing.
     */
    async findEnding({ orderRef }: { readonly orderRef: string }): Promise<string | null> {
      const handle = client.workflow.getHandle<typeof fulfilPurchaseOrder>(purchaseOrderWorkflowId(orderRef));
      try {
        const { status } = await handle.describe();
        return status.name === 'COMPLETED' ? endingOf(await handle.result()) : status.name.toLowerCase();
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return null;
        throw error;
      }
    },
  };
}
export type OrderActivities = ReturnType<typeof createOrderActivities>;
