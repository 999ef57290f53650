import type { Client } from '@temporalio/client';
import { bounds } from '../../domain/values/bounds';
import { orderPolicy } from '../../domain/case/policy';
import { cancelUpdate, type CancelRequest, type ChangeReceipt } from '../../../workflows/case/messages';
import { cancelBeforehand } from '../../../workflows/purchase-order/start';
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

/** The types of workflows that are no business to be called off. */
const UNCANCELLABLE: readonly string[] = ['settleInvoice', 'confirmWithdrawals', 'feed'];

/**
 * Calls an order off through the Update `cancel`. One that has not come yet is only remembered as cancelled where that
 * is said: a mistyped reference would wait for ever.
 *
 * @throws CliError with the reason, where it is refused.
 */
export async function cancelOrder(order: string, options: CancelOptions): Promise<void> {
  const { by = loginName(), json } = options;
  if (by.length > bounds.line)
    throw new CliError(say`A name has at most ${bounds.line} characters. Nothing was cancelled.`, exitCodes.wrongUse);
  const workflowId = workflowIdOf(order);
  const { status, reason } = await withClient((client) => cancelled(client, workflowId, { ...options, by }));
  if (status === 'refused') throw new CliError(say`Refused: ${reason}.`);
  if (json) return printJson({ workflowId, status, reason, by });
  const said = {
    accepted: 'the cancellation was accepted',
    done: 'nothing left to do',
  };
  return print(say`${order}: ${said[status]}, by ${by}: ${reason}.`);
}

type Named = CancelOptions & { readonly by: string };

async function cancelled(client: Client, workflowId: string, options: Named): Promise<ChangeReceipt> {
  const type = await runningType(client, workflowId, 'it can no longer be cancelled');
  if (type === undefined) return remembered(client, workflowId, options);
  if (UNCANCELLABLE.includes(type)) throw new CliError(say`${workflowId} is a ${type}, which cannot be cancelled.`);
  return sendUpdate(client, workflowId, cancelUpdate, requestOf(options));
}

const requestOf = ({ by, reason }: Named): CancelRequest => ({ by, ...(reason === undefined ? {} : { reason }) });

/**
 * Starts the order's own workflow before the order has come, with the cancellation: the order, when it comes, is marked and
 * not placed. Where it comes in between, it is the one that is cancelled.
 */
async function remembered(client: Client, workflowId: string, options: Named): Promise<ChangeReceipt> {
  const { remember } = options;
  if (remember !== true) {
    throw new CliError(
      say`${workflowId} not found. Nothing was cancelled. If the order is still to come, --remember cancels it when it arrives.`,
    );
  }
  const orderRef = workflowId.replace(/^purchase-order:/, '');
  if (!isOrderReference(orderRef)) {
    throw new CliError(
      say`'${orderRef}' is not an order reference (${ORDER_REFERENCE}). Nothing was remembered.`,
      exitCodes.wrongUse,
    );
  }
  const awaited = { orderRef, policy: orderPolicy(startPolicy('The cancellation')) };
  return cancelBeforehand(client, awaited, requestOf(options));
}
