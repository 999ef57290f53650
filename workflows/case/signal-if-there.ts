import { type ExternalWorkflowHandle, getExternalWorkflowHandle, isCancellation, log } from '@temporalio/workflow';

/** Signals another running workflow; false where there is none, because it has ended or was never known here. */
export async function signalIfThere(
  workflowId: string,
  signal: (workflow: ExternalWorkflowHandle) => Promise<void>,
): Promise<boolean> {
  try {
    await signal(getExternalWorkflowHandle(workflowId));
    return true;
  } catch (error) {
    if (isCancellation(error)) throw error;
    log.warn('no running workflow took the signal', { workflowId, error });
    return false;
  }
}
