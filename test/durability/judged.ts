import type { Violation } from './auditor/evidence';
import type { Batch } from './batch';
import { gather } from './gather';
import type { Lane } from './lane';
import type { Operator } from './operator';
import { judge, type CellResult } from './verdict';

/** What came of one batch. */
export interface Judged<R> {
  readonly results: readonly R[];
  /** What the auditor holds against the run as a whole, and what went wrong with the matrix itself. */
  readonly ofRun: readonly Violation[];
}

/** Gathers the evidence of a batch that has run, and judges it. */
export async function judged(batch: Batch, logs: readonly string[]): Promise<Judged<CellResult>> {
  const { lane, runs, operator } = batch;
  const evidence = await gather({
    client: lane.client,
    ledger: await lane.sandbox.ledger(),
    answered: operator.answered,
    logs,
    setAside: lane.setAside,
    faults: runs.map(({ cell, onCall, fallen }) => ({
      cell: cell.name,
      operation: onCall.operation,
      fault: cell.fault.name,
      fired: fallen,
    })),
    results: new Map(
      runs.flatMap(({ keys, result }) => (result === undefined ? [] : [[keys.orderRef, result] as const])),
    ),
  });
  const { results, ofRun } = judge(runs, evidence);
  await lane.terminateAll();
  return { results, ofRun: [...ofRun, ...(await ofMatrix(lane, operator))] };
}

/** What went wrong with the matrix itself: what nobody could answer, and where the sandbox erred. */
export async function ofMatrix({ sandbox }: Lane, { unanswerable }: Operator): Promise<readonly Violation[]> {
  return [
    ...unanswerable.map(({ decision }) => `nobody can answer this from what it says: ${decision.question}`),
    ...(await sandbox.defects()).map((defect) => `the sandbox erred: ${defect}`),
  ].map((what) => ({ invariant: 'the matrix itself', orderRef: '', what }));
}
