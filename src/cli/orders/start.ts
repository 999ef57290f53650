import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readEnvironment } from '../../config';
import { purchaseOrderWorkflowId, taskQueues } from '../../domain/names';
import { orderPolicy, type Policy } from '../../domain/policy';
import { loadPolicy } from '../../policy/load';
import { runningUp } from '../local/up-lock';
import { note, print, printable, printJson } from '../output';
import { withClient } from '../temporal-client';
import { readPurchaseOrder } from './purchase-order-file';

export interface StartOptions {
  readonly file: string;
  readonly json?: boolean;
}

const DEFAULT_POLICY = 'waybill.policy.json';

/** The policy that the order carries: WAYBILL_POLICY, else the file here, else that of the `up` that runs here. */
function startPolicy(): Policy {
  const named = readEnvironment()['WAYBILL_POLICY'];
  if (named !== undefined && named !== '') return loadPolicy(resolve(named));
  const borrowed = existsSync(DEFAULT_POLICY) ? undefined : runningUp()?.['policy'];
  if (borrowed === undefined) return loadPolicy(resolve(DEFAULT_POLICY));
  note(`The order carries the policy of the running \`waybill up\`: ${borrowed}`);
  return loadPolicy(borrowed);
}

/**
 * Starts the fulfilment of one purchase order from its Claritum record. The workflow id is the order reference, so an
 * order that is known already is refused.
 */
export async function startPurchaseOrder({ file, json }: StartOptions): Promise<void> {
  const order = readPurchaseOrder(file);
  const policy = orderPolicy(startPolicy());
  const workflowId = purchaseOrderWorkflowId(order.orderRef);
  const handle = await withClient((client) =>
    client.workflow.start('fulfilPurchaseOrder', {
      taskQueue: taskQueues.fulfilment,
      workflowId,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      args: [{ order, policy }],
      staticSummary: `Purchase order ${order.poNumber}: ${order.quantity} × ${order.productCode}`,
      searchAttributes: { OrderNumber: [order.orderRef], Stage: ['received'] },
    }),
  );
  if (json) return printJson({ workflowId, runId: handle.firstExecutionRunId });
  return print(
    `Started ${printable(workflowId)}; \`npx waybill show ${printable(order.orderRef)}\` tells how it goes.`,
  );
}
