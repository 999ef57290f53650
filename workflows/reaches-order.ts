import { type ExternalWorkflowHandle, getExternalWorkflowHandle, isCancellation, log } from '@temporalio/workflow';
import { purchaseOrderWorkflowId } from '../src/domain/case/names';

/** Signals a running order; false where there is none, because it has ended or was never known here. */
export async function reachesOrder(
  orderRef: string | null,
  signal: (order: ExternalWorkflowHandle) => Promise<void>,
): Promise<boolean> {
  if (orderRef === null) return false;
  try {
    await signal(getExternalWorkflowHandle(purchaseOrderWorkflowId(orderRef)));
    return true;
  } catch (error) {
    if (isCancellation(error)) throw error;
    log.warn('no running order took the signal', { orderRef, error });
    return false;
  }
}
