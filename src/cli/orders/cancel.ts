import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { bounds } from '../../domain/values/bounds';
import { summary } from '../../domain/values/markdown';
import { purchaseOrderWorkflowId, taskQueues } from '../../domain/case/names';
import { orderPolicy } from '../../domain/case/policy';
import { cancelUpdate, type ChangeReceipt } from '../../../workflows/case/messages';
import { CliError, exitCodes } from '../../terminal/cli-error';
import { print, printJson, say } from '../../terminal/output';
import { withClient, workflowIdOf } from '../temporal-client';
import { loginName } from './login-name';
import { isOrderReference, ORDER_REFERENCE } from './order-reference';
import { runningType } from './running-workflow';
import { startPolicy } from './start-policy';
import { sendUpdate } from './update';

export interface CancelOptions {
  readonly by?: string;
  readonly reason?: string;
  /** Whether an order that is not known here may be one that is still to come. */
  readonly remember?: boolean;
  readonly json?: boolean;
}

type Cancelled = ChangeReceipt | { readonly status: 'remembered'; readonly reason: string };

/** The types of workflows that are no business to be called off. */
const UNCANCELLABLE: readonly string[] = ['settleInvoice', 'confirmWithdrawals', 'pollClaritum'];

/**
 * Calls an order off through the Update `cancel`. One that has not come yet is only remembered as cancelled where that
 * is said: a mistyped reference would wait for ever.
 *
 * @throws CliError with the reason, where it is refused.
 */
export async function cancelOrder(order: string, options: CancelOptions): Promise<void> {
  const { by = loginName(), json } = options;
  if (by.length > bounds.line)
    throw new CliError(say`A name has at most ${bounds.line} characters; nothing was cancelled.`, exitCodes.wrongUse);
  const workflowId = workflowIdOf(order);
  const { status, reason } = await withClient((client) => cancelled(client, workflowId, { ...options, by }));
  if (status === 'refused') throw new CliError(say`Refused: ${reason}.`);
  if (json) return printJson({ workflowId, status, reason, by });
  const said = {
    accepted: 'the cancellation was taken',
    done: 'there was nothing left to do',
    remembered: 'the cancellation is remembered',
  };
  return print(say`${order}: ${said[status]}, by ${by}: ${reason}.`);
}

type Named = CancelOptions & { readonly by: string };

async function cancelled(client: Client, workflowId: string, options: Named): Promise<Cancelled> {
  const type = await runningType(client, workflowId, 'it can no longer be cancelled');
  if (type === undefined) return remembered(client, workflowId, options);
  if (UNCANCELLABLE.includes(type)) throw new CliError(say`${workflowId} is a ${type}, which cannot be cancelled.`);
  return update(client, workflowId, options);
}

const update = (client: Client, workflowId: string, { by, reason }: Named): Promise<ChangeReceipt> =>
  sendUpdate(client, workflowId, cancelUpdate, { by, ...(reason === undefined ? {} : { reason }) });

/** Takes the order's workflow id before the order does, so that the order, when it comes, is marked and not placed. */
async function remembered(client: Client, workflowId: string, options: Named): Promise<Cancelled> {
  const { by, reason, remember } = options;
  if (remember !== true) {
    throw new CliError(
      say`There is no ${workflowId}, so nothing was cancelled; if that order is still to come, --remember cancels it then.`,
    );
  }
  const orderRef = workflowId.replace(/^purchase-order:/, '');
  if (!isOrderReference(orderRef)) {
    throw new CliError(
      say`'${orderRef}' is no order reference (${ORDER_REFERENCE}): nothing was remembered.`,
      exitCodes.wrongUse,
    );
  }
  try {
    await client.workflow.start('rememberCancellation', {
      taskQueue: taskQueues.fulfilment,
      workflowId: purchaseOrderWorkflowId(orderRef),
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      args: [{ orderRef, by, policy: orderPolicy(startPolicy('The cancellation')) }],
      staticSummary: summary(`Cancelled by ${by} before it came${reason === undefined ? '' : `: ${reason}`}`),
      searchAttributes: { OrderNumber: [orderRef], Stage: ['cancelled'], WaitingFor: ['order'] },
    });
  } catch (error) {
    // The order came in between: then there is something to cancel.
    if (error instanceof WorkflowExecutionAlreadyStartedError) return update(client, workflowId, options);
    throw error;
  }
  return { status: 'remembered', reason: 'when the order comes, it is marked in Claritum and nothing is placed' };
}
