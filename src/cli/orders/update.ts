import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  ApplicationFailure,
  isGrpcServiceError,
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
} from '@temporalio/client';
import type { UpdateOf } from '../../../workflows/case/messages';
import { CliError } from '../../terminal/cli-error';
import { say } from '../../terminal/output';

/** How long the same Update is sent again, and how long between two times (milliseconds). */
const AGAIN_FOR_MS = 10_000;
const PAUSE_MS = 250;

/** What gRPC says where the server dropped an Update that no workflow has seen. */
const DROPPED = /FAILED_PRECONDITION|workflow task fail|workflow is closing|update.{0,40}aborted/i;

/**
 * Sends an Update to a running workflow, and the same one again where the server dropped it.
 *
 * An Update that arrives in the very moment in which a workflow continues as new, or in which a workflow task of it is
 * thrown away, is answered with an error of the server's, and nobody tries it again: Temporal repeats what workflows do, not
 * what is sent to them. So it is done here, under one update id, within a deadline, and for nothing else. The order may
 * have taken it all the same: each of the Updates may be sent twice, because the second one finds that it changes nothing,
 * or that it was answered.
 *
 * @throws CliError where the server goes on dropping it.
 */
export async function sendUpdate<A, T>(
  client: Client,
  workflowId: string,
  update: UpdateOf<A, T>,
  input: A,
): Promise<T> {
  const handle = client.workflow.getHandle(workflowId);
  const updateId = randomUUID();
  for (const until = Date.now() + AGAIN_FOR_MS; ;) {
    try {
      return await handle.executeUpdate<T, [A]>(update, { args: [input], updateId });
    } catch (error) {
      if (!(await isDropped(client, workflowId, error))) throw error;
      if (Date.now() + PAUSE_MS > until) {
        throw new CliError(
          say`Temporal did not deliver this command to ${workflowId} within ${AGAIN_FOR_MS / 1000} s. Send it again. A repeated command changes nothing.`,
        );
      }
      await pause(PAUSE_MS);
    }
  }
}

/** Whether the workflow goes on although the server says that it, or the Update, is over. */
async function isDropped(client: Client, workflowId: string, error: unknown): Promise<boolean> {
  if (error instanceof ServiceError && isGrpcServiceError(error.cause)) {
    return DROPPED.test(error.cause.message);
  }
  const isOver =
    error instanceof WorkflowNotFoundError ||
    (error instanceof WorkflowUpdateFailedError &&
      error.cause instanceof ApplicationFailure &&
      error.cause.type === 'AcceptedUpdateCompletedWorkflow');
  return isOver && isRunning(client, workflowId);
}

async function isRunning(client: Client, workflowId: string): Promise<boolean> {
  try {
    const { status } = await client.workflow.getHandle(workflowId).describe();
    return status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
