import { waybill } from '../../domain/values/command-line';
import { orderOperand, purchaseOrderWorkflowId } from '../../domain/case/names';
import { orderPolicy } from '../../domain/case/policy';
import { customerNumber } from '../../domain/purchase-order/policy-entries';
import { startPurchaseOrder as start } from '../../../workflows/purchase-order/start';
import { print, printJson, say } from '../../terminal/output';
import { withClient } from '../temporal-client';
import { readPurchaseOrder } from './purchase-order-file';
import { startPolicy } from './start-policy';

export interface StartOptions {
  readonly file: string;
  readonly json?: boolean;
}

/**
 * Starts the fulfilment of one purchase order from its Claritum record. The workflow id is the order reference, so an
 * order that is known already is refused.
 */
export async function startPurchaseOrder({ file, json }: StartOptions): Promise<void> {
  const order = readPurchaseOrder(file);
  const policy = startPolicy('The order');
  const workflowId = purchaseOrderWorkflowId(order.orderRef);
  const handle = await withClient((client) =>
    start(client, { order, policy: orderPolicy(policy) }, customerNumber(policy, order)),
  );
  if (json) return printJson({ workflowId, runId: handle.firstExecutionRunId });
  return print(say`Started ${workflowId}; \`${waybill('show', [orderOperand(order.orderRef)])}\` shows its progress.`);
}
