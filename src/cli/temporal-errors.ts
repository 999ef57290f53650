import {
  isGrpcDeadlineError,
  isGrpcServiceError,
  NamespaceNotFoundError,
  QueryNotRegisteredError,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { CliError } from '../terminal/cli-error';
import { say } from '../terminal/output';

const noWorker = say`No worker answered in time. Start one with \`npm run worker\` (or \`npm start\`)`;

/** What Temporal refuses, as one sentence; what is not its refusal stays as it is. */
export function toCliError(error: unknown): unknown {
  if (error instanceof WorkflowNotFoundError) {
    return new CliError(
      /already completed/.test(error.message)
        ? say`${error.workflowId} has ended and takes no more answers.`
        : say`${error.workflowId} not found. \`npx waybill list\` shows the orders.`,
    );
  }
  if (error instanceof WorkflowExecutionAlreadyStartedError) {
    return new CliError(say`${error.workflowId} exists already, running or done: nothing was started.`);
  }
  if (error instanceof WorkflowUpdateFailedError) {
    return new CliError(say`Refused: ${error.cause?.message ?? error.message}.`);
  }
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) {
    return new CliError(say`${noWorker}, then check with \`npx waybill show\` whether the answer was accepted.`);
  }
  if (error instanceof NamespaceNotFoundError) {
    return new CliError(
      say`Temporal has no namespace ${error.namespace}. Set TEMPORAL_NAMESPACE to the namespace of the worker.`,
    );
  }
  if (error instanceof QueryNotRegisteredError) {
    return new CliError(
      say`The worker does not know this query: the worker and this command line have different versions.`,
    );
  }
  if (isGrpcDeadlineError(error) || (error instanceof ServiceError && isGrpcDeadlineError(error.cause))) {
    return new CliError(say`${noWorker}, and try again.`);
  }
  if (error instanceof ServiceError && isGrpcServiceError(error.cause)) {
    if (/no poller|worker may be down/.test(error.cause.details)) return new CliError(say`${noWorker}, and try again.`);
    return new CliError(say`Temporal refused: ${error.cause.details}.`);
  }
  return error;
}
