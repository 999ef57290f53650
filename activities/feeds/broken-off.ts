import type { Client, WorkflowExecutionInfo } from '@temporalio/client';

/** How the last run of a workflow was ended from outside, or by a fault of ours. */
export interface BrokenOff {
  /** In words: `was terminated`. */
  readonly how: string;
  /** ISO instant. */
  readonly at: string;
}

const HOW: Readonly<Record<string, string>> = {
  TERMINATED: 'was terminated',
  FAILED: 'failed',
  TIMED_OUT: 'timed out',
  CANCELLED: 'was cancelled in Temporal',
};

const BROKEN_OFF =
  'WorkflowType IN ("fulfilPurchaseOrder", "rememberCancellation", "settleInvoice") AND ExecutionStatus IN ("Terminated", "Failed", "TimedOut", "Canceled")';
const PAGE = 1_000;
/** Workflow ids in one query. */
const AT_ONCE = 50;

/**
 * Which of these workflows do not go on although they have not come to their own end. Temporal is asked once for what broke
 * off at all, however many records are listed; of those, the last run counts.
 *
 * @param ids workflow ids
 */
export async function brokenOff(client: Client, ids: ReadonlySet<string>): Promise<ReadonlyMap<string, BrokenOff>> {
  const suspects = new Set<string>();
  if (ids.size === 0) return new Map();
  for await (const { workflowId } of client.workflow.list({ query: BROKEN_OFF, pageSize: PAGE }))
    if (ids.has(workflowId)) suspects.add(workflowId);
  const found = new Map<string, BrokenOff>();
  for (const [workflowId, { status, closeTime }] of await lastRuns(client, [...suspects])) {
    const how = HOW[status.name];
    if (how !== undefined) found.set(workflowId, { how, at: closeTime?.toISOString() ?? '' });
  }
  return found;
}

async function lastRuns(client: Client, ids: readonly string[]): Promise<ReadonlyMap<string, WorkflowExecutionInfo>> {
  const last = new Map<string, WorkflowExecutionInfo>();
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const query = `WorkflowId IN (${ids
      .slice(from, from + AT_ONCE)
      .map(quoted)
      .join(', ')})`;
    for await (const run of client.workflow.list({ query })) {
      const other = last.get(run.workflowId);
      if (other === undefined || other.startTime < run.startTime) last.set(run.workflowId, run);
    }
  }
  return last;
}

/** A value in Temporal's list filter. */
const quoted = (value: string): string => `"${value.replace(/[\\"]/g, (mark) => `\\${mark}`)}"`;
