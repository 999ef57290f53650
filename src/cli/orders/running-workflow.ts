import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { CliError } from '../../terminal/cli-error';
import { say } from '../../terminal/output';

/**
 * The type of the workflow that runs behind an order reference; undefined where there is none. An Update alone does not
 * tell an order that has ended from one that never was.
 *
 * @param tooLate what can no longer be done to one that has ended.
 * @throws CliError for one that has ended.
 */
export async function runningType(client: Client, workflowId: string, tooLate: string): Promise<string | undefined> {
  try {
    const { type, status, searchAttributes } = await client.workflow.getHandle(workflowId).describe();
    if (status.name === 'RUNNING') return type;
    const stage = searchAttributes['Stage']?.[0];
    const end = status.name === 'COMPLETED' && stage !== undefined ? String(stage) : status.name.toLowerCase();
    throw new CliError(say`${workflowId} has ended (${end}): ${tooLate}.`);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
