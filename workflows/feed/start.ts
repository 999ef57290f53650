import type { Client, WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import { vendorTitles } from '../../src/domain/case/hang';
import { confirmWithdrawalsWorkflowId, feedWorkflowId, taskQueues } from '../../src/domain/case/names';
import { feedWork } from '../../src/domain/feed/feed-state';
import { summary } from '../../src/domain/values/markdown';
import type { confirmWithdrawals, ConfirmWithdrawalsInput } from './confirm-withdrawals';
import type { feed, FeedInput } from './feed';
import { ordersVanishedSignal, type OrdersVanished } from './messages';

/**
 * Starts a feed, also after one that was terminated: it goes on with the state it is given. The workflow id is the lock.
 *
 * @throws WorkflowExecutionAlreadyStartedError where it runs
 */
export const startFeed = (
  client: Client,
  input: FeedInput,
): Promise<WorkflowHandleWithFirstExecutionRunId<typeof feed>> =>
  client.workflow.start<typeof feed>('feed', {
    taskQueue: taskQueues.fulfilment,
    workflowId: feedWorkflowId(input.source),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    args: [input],
    staticSummary: summary(`${vendorTitles[input.source]}: ${feedWork[input.source].does}`),
    memo: { ...input.state },
  });

/** Has a person asked about orders that vanished together: once, however often it is told. */
export const askAboutWithdrawals = async (
  client: Client,
  input: ConfirmWithdrawalsInput,
  vanished: OrdersVanished,
): Promise<void> => {
  await client.workflow.signalWithStart<typeof confirmWithdrawals, [OrdersVanished]>('confirmWithdrawals', {
    taskQueue: taskQueues.fulfilment,
    workflowId: confirmWithdrawalsWorkflowId,
    args: [input],
    signal: ordersVanishedSignal,
    signalArgs: [vanished],
    staticSummary: summary('Claritum lists many orders no longer'),
  });
};
