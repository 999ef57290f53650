import { invoiceWorkflowId, purchaseOrderWorkflowId } from '../../src/domain/case/names';
import type { Invoice } from '../../src/domain/invoice/invoice';
import type { DeliveryReport, PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';

/** Any record that Claritum lists. */
export type ListedRecord = PurchaseOrder | DeliveryReport | Invoice;

/** What became of a record whose owner Temporal ended: another workflow may take it, or people are told why nobody does. */
export type Lost = 'free' | { readonly reason: string };

/** What has to be known of the workflows that own records. */
export interface OwnersEnds {
  /** Ids of those that Temporal ended in the middle of their story; by a list, which may lag a moment behind. */
  readonly ended: ReadonlySet<string>;
  /** Temporal's status of the latest run; undefined where it knows none. */
  readonly statusOf: (workflowId: string) => Promise<string | undefined>;
}

/** How Temporal ends a workflow in the middle of its story, by the status it has then; with the name in its list filter. */
const ends: Readonly<Record<string, { readonly filter: string; readonly said: string }>> = {
  TERMINATED: { filter: 'Terminated', said: 'was terminated' },
  FAILED: { filter: 'Failed', said: 'failed' },
  TIMED_OUT: { filter: 'TimedOut', said: 'timed out' },
};

/** Temporal's list filter for workflows of these types that ended so. */
export const endedInTheMiddle = (types: readonly string[]): string =>
  `WorkflowType IN (${quoted(types)}) AND ExecutionStatus IN (${quoted(Object.values(ends).map(({ filter }) => filter))})`;

const quoted = (values: readonly string[]): string => values.map((value) => `"${value}"`).join(', ');

/**
 * Whether a record that was handed over has lost its owner: terminated, failed or timed out, a workflow marks nothing any
 * more, and the record stays listed as it was. One that was reset in Temporal runs again under its id.
 *
 * @param told why the last look set this very content aside: that is remembered for longer than Temporal remembers a workflow.
 * @returns undefined where its owner has it.
 */
export async function lost(
  record: ListedRecord,
  { ended, statusOf }: OwnersEnds,
  told: string | undefined,
): Promise<Lost | undefined> {
  const { own, order } = mayOwn(record);
  const workflowIds = [own, order].filter((id) => id !== undefined);
  if (told === undefined && !workflowIds.some((id) => ended.has(id))) return undefined;
  for (const workflowId of workflowIds) {
    const status = await statusOf(workflowId);
    if (status === undefined) continue;
    const end = ends[status];
    if (end === undefined) return undefined;
    // An invoice that an order had taken in goes to a workflow of its own.
    return workflowId === order && own !== undefined ? 'free' : { reason: reasonOf(workflowId, end.said) };
  }
  return told === undefined ? undefined : { reason: told };
}

/** The workflows that may own a record: its own, where records of its kind may have one, else its order's. */
function mayOwn(record: ListedRecord): { readonly own: string | undefined; readonly order: string | undefined } {
  return {
    own: 'invoiceNumber' in record ? invoiceWorkflowId(record.kind, record.uid) : undefined,
    order: record.orderRef === null ? undefined : purchaseOrderWorkflowId(record.orderRef),
  };
}

const reasonOf = (workflowId: string, said: string): string =>
  `its workflow ${workflowId} ${said} before it was dealt with, so nobody marks it: finish it by hand and mark it exported in Claritum, or reset that workflow in Temporal`;
