import { invoiceWorkflowId, purchaseOrderWorkflowId } from '../../src/domain/case/names';
import type { Invoice } from '../../src/domain/invoice/invoice';
import type { DeliveryReport, PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';

/** Any record that Claritum lists. */
export type ListedRecord = PurchaseOrder | DeliveryReport | Invoice;

/** What became of a record whose owner Temporal ended: another workflow may take it, or people are told why nobody does. */
export type Lost = 'free' | { readonly reason: string };

/** The latest run of a workflow. */
export interface OwnersEnd {
  /** Temporal's name of it. */
  readonly status: string;
  /** Undefined while it runs. */
  readonly closedAt: Date | undefined;
}

/** What has to be known of the workflows that own records. */
export interface KnownOwners {
  /** Ids of those that run; by a list, which may lag a moment behind. */
  readonly running: ReadonlySet<string>;
  /** Ids of workflows of single invoices that Temporal ended, one of which may run again; by a list, too. */
  readonly brokenOff: ReadonlySet<string>;
  /** Undefined where Temporal knows none. */
  readonly endOf: (workflowId: string) => Promise<OwnersEnd | undefined>;
}

/** How Temporal ends a workflow in the middle of its story, by the status it has then. */
const brokenOff: Readonly<Record<string, string>> = {
  TERMINATED: 'was terminated',
  FAILED: 'failed',
  TIMED_OUT: 'timed out',
};

/**
 * Whether a record that was handed over has lost its owner. Terminated, failed or timed out, a workflow marks nothing any
 * more, and the record stays listed as it was; one that was reset in Temporal runs again under its id. And an order that
 * came to its end is marked by then: where it or a delivery is still listed, its mark was lost.
 *
 * @param told why the last look set this very content aside: that is remembered for longer than Temporal remembers a workflow.
 * @param readAt when the list was asked for: what ended later may have been marked since.
 * @returns undefined where its owner has it.
 */
export async function lost(
  record: ListedRecord,
  { running, brokenOff: ended, endOf }: KnownOwners,
  told: string | undefined,
  readAt: Date,
): Promise<Lost | undefined> {
  const { own, order } = mayOwn(record);
  const workflowIds = [own, order].filter((id) => id !== undefined);
  // An invoice that has a workflow of its own is not its order's.
  const isOwnEnded = own !== undefined && ended.has(own) && !running.has(own);
  if (!isOwnEnded && workflowIds.some((id) => running.has(id))) return undefined;
  for (const workflowId of workflowIds) {
    const end = await endOf(workflowId);
    if (end === undefined) continue;
    const { status, closedAt } = end;
    const said = brokenOff[status];
    if (said !== undefined) {
      // An invoice that an order had taken in goes to a workflow of its own.
      return workflowId === order && own !== undefined ? 'free' : { reason: reasonOf(workflowId, said) };
    }
    // A disputed invoice stays listed on purpose.
    const isMarked = own !== undefined || closedAt === undefined || closedAt >= readAt;
    return isMarked ? undefined : { reason: endedReason(workflowId) };
  }
  if (told !== undefined) return { reason: told };
  // A disputed invoice stays listed for longer than Temporal remembers its workflow.
  return own === undefined ? { reason: UNKNOWN } : undefined;
}

const UNKNOWN =
  'Temporal knows no workflow of it any more: look whether all of it is dealt with, then mark it exported in Claritum by hand, or run `npx waybill poll` to have it taken anew';

/** The workflows that may own a record: its own, where records of its kind may have one, else its order's. */
function mayOwn(record: ListedRecord): { readonly own: string | undefined; readonly order: string | undefined } {
  return {
    own: 'invoiceNumber' in record ? invoiceWorkflowId(record.kind, record.uid) : undefined,
    order: record.orderRef === null ? undefined : purchaseOrderWorkflowId(record.orderRef),
  };
}

const reasonOf = (workflowId: string, said: string): string =>
  `its workflow ${workflowId} ${said} before it was dealt with, so nobody marks it: finish it by hand and mark it exported in Claritum, or reset that workflow in Temporal`;

const endedReason = (workflowId: string): string =>
  `its workflow ${workflowId} has ended, and it is still listed: look whether all of it is dealt with, then mark it exported in Claritum by hand`;
