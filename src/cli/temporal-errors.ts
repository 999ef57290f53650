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

const noWorker = say`No worker has answered in time. Start one with \`npm run worker\` (or \`npm start\`)`;

/** What Temporal refuses, as one sentence; what is not its refusal stays as it is. */
export function toCliError(error: unknown): unknown {
  if (error instanceof WorkflowNotFoundError) {
    return new CliError(
      /already completed/.test(error.message)
        ? say`${error.workflowId} has ended: it takes no more answers.`
        : say`There is no ${error.workflowId}; \`npx waybill list\` shows what there is.`,
    );
  }
  if (error instanceof WorkflowExecutionAlreadyStartedError) {
    return new CliError(say`${error.workflowId} is known already, running or done: nothing was started.`);
  }
  if (error instanceof WorkflowUpdateFailedError) {
    return new CliError(say`Refused: ${error.cause?.message ?? error.message}.`);
  }
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) {
    return new CliError(say`${noWorker}, and look with \`npx waybill show\` whether the answer was taken.`);
  }
  if (error instanceof NamespaceNotFoundError) {
    return new CliError(
      say`Temporal has no namespace ${error.namespace}; set TEMPORAL_NAMESPACE to the one the worker uses.`,
    );
  }
  if (error instanceof QueryNotRegisteredError) {
    return new CliError(say`The worker does not know this question: it is of another version than this command line.`);
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
