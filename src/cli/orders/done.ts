import { doneUpdate } from '../../../workflows/case/messages';
import { CliError } from '../../terminal/cli-error';
import { print, printJson, say } from '../../terminal/output';
import { withClient, workflowIdOf } from '../temporal-client';
import { loginName } from './login-name';
import { runningType } from './running-workflow';
import { sendUpdate } from './update';

export interface DoneOptions {
  readonly by?: string;
  readonly json?: boolean;
}

/**
 * Ticks a listed task of a running order off.
 *
 * @param task as `waybill show` names it: `task-3`
 * @throws CliError with the reason, where there is no such task or no such running order.
 */
export async function tickTaskOff(order: string, task: string, { by = loginName(), json }: DoneOptions): Promise<void> {
  const workflowId = workflowIdOf(order);
  const { status, reason } = await withClient(async (client) => {
    const type = await runningType(
      client,
      workflowId,
      'its tasks can no longer be ticked off; `waybill show` lists them',
    );
    if (type === undefined) throw new CliError(say`${workflowId} not found. Nothing was ticked off.`);
    return sendUpdate(client, workflowId, doneUpdate, { task, by });
  });
  if (status === 'refused') throw new CliError(say`Refused: ${reason}.`);
  if (json) return printJson({ workflowId, task, status, reason, by });
  return print(say`${order}: ${task} is done: ${reason}`);
}
