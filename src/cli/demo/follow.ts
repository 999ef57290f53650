import { isGrpcDeadlineError, ServiceError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import { decideUpdate } from '../../../workflows/case/messages';
import { progressQuery } from '../../../workflows/purchase-order/messages';
import { waybill } from '../../domain/values/command-line';
import type { Decision } from '../../domain/case/decision';
import { purchaseOrderWorkflowId } from '../../domain/case/names';
import type { Progress } from '../../domain/purchase-order/progress';
import { CliError } from '../../terminal/cli-error';
import { sendUpdate } from '../orders/update';
import { lines, say, type Printable } from '../../terminal/output';
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
  const standing = new Map<string, Progress>();
  const deadline = Date.now() + ALL_WITHIN_MS;
  const toEnd = async (order: string): Promise<void> => {
    while (standing.get(order)?.stage !== 'done' && !isStopping()) {
      const progress = await client.withDeadline(Date.now() + CALL_MS, () => lookAt(client, order));
      if (progress !== undefined) {
        standing.set(order, progress);
        view.show(order, progress);
        await attend(client, order, progress, view);
      }
      if (Date.now() > deadline) throw new CliError(tooLate(orders, standing));
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  };
  await Promise.all(orders.map(toEnd));
}

async function attend(client: Client, order: string, progress: Progress, view: LiveView): Promise<void> {
  const { stage, steps, decisions } = progress;
  if (stage === 'refused' || stage === 'cancelled') {
    throw new CliError(say`${order} ended as ${stage}: ${steps.at(-1)?.text ?? 'no reason given'}.`);
  }
  for (const decision of decisions) await decide(client, order, decision, view);
}

/** Undefined until the feed has taken it over, or while no worker answers. The caller asks again. */
async function lookAt(client: Client, order: string): Promise<Progress | undefined> {
  const handle = client.workflow.getHandle(purchaseOrderWorkflowId(order));
  try {
    const { status } = await handle.describe();
    if (status.name !== 'RUNNING' && status.name !== 'COMPLETED') {
      throw new CliError(say`The workflow of ${order} is ${status.name.toLowerCase()}; its history says why.`);
    }
    return await handle.query(progressQuery);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || isDeadline(error)) return undefined;
    throw error;
  }
}

/** Through the door a person uses: the Update behind `waybill approve`. Anything but an approval is for a person. */
async function decide(client: Client, order: string, { id, kind, question }: Decision, view: LiveView): Promise<void> {
  if (kind !== 'approval') throw new CliError(say`${order} asks a question that the demo does not answer: ${question}`);
  view.event(say`${order} waits for a person: ${question}`);
  view.event(say`  $ ${waybill('approve', [order], { decision: id, by: 'demo' })}`);
  const answer = { choice: 'approve', decision: id, by: 'demo', reason: 'the demo approves it' };
  const receipt = await sendUpdate(client, purchaseOrderWorkflowId(order), decideUpdate, answer);
  view.event(say`  ${id} ${receipt.status}`);
}

const isDeadline = (error: unknown): boolean =>
  isGrpcDeadlineError(error) || (error instanceof ServiceError && isGrpcDeadlineError(error.cause));

const tooLate = (orders: readonly string[], standing: ReadonlyMap<string, Progress>): Printable =>
  lines([
    say`Not done after ${ALL_WITHIN_MS / 1000} s:`,
    ...orders
      .map((order) => ({ order, progress: standing.get(order) }))
      .filter(({ progress }) => progress?.stage !== 'done')
      .map(({ order, progress }) => {
        if (progress === undefined) return say`  ${order}: never taken over`;
        return say`  ${order}: ${progress.stage}, ${progress.waitingFor ?? 'busy'}`;
      }),
  ]);
