import type { Violation } from './auditor/evidence';
import type { Batch } from './batch';
import { gather } from './gather';
import { judge, type CellResult } from './verdict';

/** What came of one batch. */
export interface Judged {
  readonly results: readonly CellResult[];
  /** What the auditor holds against the run as a whole, and what went wrong with the matrix itself. */
  readonly ofRun: readonly Violation[];
}

/** Gathers the evidence of a batch that has run, and judges it. */
export async function judged(batch: Batch, logs: readonly string[]): Promise<Judged> {
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
  await batch.close();
  const ofMatrix = [
    ...operator.unanswerable.map(({ decision }) => `nobody can answer this from what it says: ${decision.question}`),
    ...(await lane.sandbox.defects()).map((defect) => `the sandbox erred: ${defect}`),
  ];
  return {
    results,
    ofRun: [...ofRun, ...ofMatrix.map((what) => ({ invariant: 'the matrix itself', orderRef: '', what }))],
  };
}
