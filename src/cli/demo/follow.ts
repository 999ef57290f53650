import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { decideUpdate, progressQuery } from '../../../workflows/messages';
import type { Decision } from '../../domain/decision';
import { purchaseOrderWorkflowId } from '../../domain/names';
import type { Progress } from '../../domain/progress';
import { CliError } from '../cli-error';
import { printable } from '../output';
import type { LiveView } from './live-view';

const LOOK_MS = 300;
const ALL_WITHIN_MS = 150_000;
const CALL_MS = 15_000;

/** Follows the orders to their end, giving the approvals a person would give. @throws CliError where one does not end well. */
export async function follow(
  client: Client,
  orders: readonly string[],
  view: LiveView,
  isStopping: () => boolean,
): Promise<void> {
  const open = new Set(orders);
  const standing = new Map<string, Progress>();
  const deadline = Date.now() + ALL_WITHIN_MS;
  while (open.size > 0 && !isStopping()) {
    for (const order of open) {
      const progress = await client.withDeadline(Date.now() + CALL_MS, () => lookAt(client, order));
      if (progress === undefined) continue;
      standing.set(order, progress);
      view.show(order, progress);
      for (const decision of progress.decisions) await decide(client, order, decision, view);
      if (progress.stage === 'done') open.delete(order);
      if (progress.stage === 'refused' || progress.stage === 'cancelled') {
        throw new CliError(`${order} ended as ${progress.stage}: ${progress.steps.at(-1)?.text ?? 'no reason given'}.`);
      }
    }
    if (Date.now() > deadline) throw new CliError(tooLate(open, standing));
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** Undefined while the poller has not picked it up. */
async function lookAt(client: Client, order: string): Promise<Progress | undefined> {
  const handle = client.workflow.getHandle(purchaseOrderWorkflowId(order));
  try {
    const { status } = await handle.describe();
    if (status.name !== 'RUNNING' && status.name !== 'COMPLETED') {
      throw new CliError(`The workflow of ${order} is ${status.name.toLowerCase()}; its history tells why.`);
    }
    return await handle.query(progressQuery);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

/** Through the door a person uses: the Update behind `waybill approve`. Anything but an approval is for a person. */
async function decide(client: Client, order: string, { id, kind, question }: Decision, view: LiveView): Promise<void> {
  if (kind !== 'approval') throw new CliError(`${order} asks what the demo may not answer: ${printable(question)}`);
  view.event(`${order} waits for a human: ${printable(question)}`);
  view.event(`  $ npx waybill approve ${order} --decision ${id} --by demo`);
  const receipt = await client.workflow.getHandle(purchaseOrderWorkflowId(order)).executeUpdate(decideUpdate, {
    args: [{ choice: 'approve', decision: id, by: 'demo', reason: 'the demo approves it' }],
  });
  view.event(`  ${id} ${receipt.status}`);
}

const tooLate = (open: ReadonlySet<string>, standing: ReadonlyMap<string, Progress>): string =>
  [
    `Not done after ${ALL_WITHIN_MS / 1000} s:`,
    ...[...open].map((order) => {
      const progress = standing.get(order);
      return `  ${order}: ${progress === undefined ? 'never picked up' : `${progress.stage}, ${progress.waitingFor ?? 'busy'}`}`;
    }),
  ].join('\n');
