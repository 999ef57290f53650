import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { waybill } from '../../domain/values/command-line';
import { orderOperand, purchaseOrderWorkflowId } from '../../domain/case/names';
import { orderPolicy } from '../../domain/case/policy';
import type { PurchaseOrder } from '../../domain/purchase-order/purchase-order';
import { orderQuery } from '../../../workflows/purchase-order/messages';
import { startPurchaseOrder as start } from '../../../workflows/purchase-order/start';
import { CliError, exitCodes } from '../../terminal/cli-error';
import { print, printJson, say } from '../../terminal/output';
import { withClient, workflowIdOf } from '../temporal-client';
import { readPurchaseOrder } from './purchase-order-file';
import { startPolicy } from './start-policy';

export interface StartOptions {
  readonly file?: string;
  /** An order whose workflow was terminated, failed or timed out. */
  readonly again?: string;
  readonly json?: boolean;
}

/**
 * Starts the fulfilment of one purchase order from its Claritum record, or again from what its broken-off workflow knew. The
 * workflow id is the order reference, so an order that runs, or has come to its end, is refused.
 */
export async function startPurchaseOrder({ file, again, json }: StartOptions): Promise<void> {
  if ((file === undefined) === (again === undefined))
    throw new CliError(say`Give either --file or --again: nothing was started.`, exitCodes.wrongUse);
  const read = file === undefined ? undefined : readPurchaseOrder(file);
  const policy = orderPolicy(startPolicy('The order'));
  const { orderRef, runId } = await withClient(async (client) => {
    const order = read ?? (await lastKnown(client, workflowIdOf(again ?? '')));
    const handle = await start(client, { order, policy }, { again: true });
    return { orderRef: order.orderRef, runId: handle.firstExecutionRunId };
  });
  const workflowId = purchaseOrderWorkflowId(orderRef);
  if (json) return printJson({ workflowId, runId });
  return print(say`Started ${workflowId}; \`${waybill('show', [orderOperand(orderRef)])}\` tells how it goes.`);
}

/** The order as its workflow last took it in. @throws CliError where there is none */
async function lastKnown(client: Client, workflowId: string): Promise<PurchaseOrder> {
  try {
    return await client.workflow.getHandle(workflowId).query(orderQuery);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    throw new CliError(say`There is no ${workflowId} to start again; --file starts an order from its record.`);
  }
}
