import { Context } from '@temporalio/activity';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { DocumentStore } from '../src/documents/store';
import { endingOf } from '../src/domain/purchase-order/ending';
import { purchaseOrderWorkflowId } from '../src/domain/case/names';
import type { Policy } from '../src/domain/case/policy';
import type { SetAside } from '../src/domain/feed/set-aside';
import { bounded } from '../src/domain/values/bounds';
import type { KeptWatermark } from '../src/domain/feed/watermark';
import type { ClaritumClient } from '../src/vendors/claritum/client';
import type { fulfilPurchaseOrder } from '../workflows/purchase-order/fulfil-purchase-order';
import { reading } from './call';
import { type ClaritumLists, takeOver } from './feeds/claritum';
import { Owners } from './feeds/owners';
import { Watermarks } from './feeds/watermarks';

export interface TakeOverInput {
  readonly watermark: KeptWatermark;
}

export interface TakeOverResult {
  readonly started: number;
  /** Listed and owned already, whether told or unchanged. */
  readonly known: number;
  readonly deliveries: number;
  readonly invoices: number;
  /** The first ones; how many more there are stands in `moreSetAside`. */
  readonly setAside: readonly SetAside[];
  readonly moreSetAside: number;
  readonly watermark: KeptWatermark;
}

export function createOrderActivities(
  claritum: ClaritumClient,
  client: Client,
  policy: Policy,
  documents: DocumentStore,
) {
  const owners = new Owners(client, policy);
  const watermarks = new Watermarks(documents);

  return {
    /**
     * How an order ended here, in words; null where no such order is known.
     *
     * Safe to repeat: yes, it only reads.
     * Looks up first: nothing.
     * Undone by: nothing.
     * Fails for good with: nothing.
     */
    async findEnding({ orderRef }: { readonly orderRef: string }): Promise<string | null> {
      const handle = client.workflow.getHandle<typeof fulfilPurchaseOrder>(purchaseOrderWorkflowId(orderRef));
      try {
        const { status } = await handle.describe();
        return status.name === 'COMPLETED' ? endingOf(await handle.result()) : status.name.toLowerCase();
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return null;
        throw error;
      }
    },

    /**
     * Reads what is new in Claritum and starts or signals the workflow that owns each record: one workflow per purchase
     * order and invoice, deliveries to their order. Fetch and start are one heartbeating activity, so that the records
     * pass through no history but their own.
     *
     * Safe to repeat: yes, a workflow that exists is not started again, and its owner compares what it is told by content.
     * Looks up first: nothing; the workflow id is the lock.
     * Undone by: nothing.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async takeOverFromClaritum({ watermark: last }: TakeOverInput): Promise<TakeOverResult> {
      const [lists, watermark] = await Promise.all([beating(() => fetchAll(claritum)), watermarks.read(last)]);
      const beat = (done: string): void => Context.current().heartbeat(done);
      const taken = await takeOver(lists, { owners, policy: policy.claritum, watermark, beat });
      const { listed, more } = bounded(taken.setAside);
      const kept = await watermarks.keep(taken.watermark, last);
      return { ...taken, setAside: listed, moreSetAside: more, watermark: kept };
    },
  };
}
export type OrderActivities = ReturnType<typeof createOrderActivities>;

const BEAT_MS = 3_000;

/** A long list takes its time; a worker that was killed over it is noticed all the same. */
async function beating<T>(work: () => Promise<T>): Promise<T> {
  const context = Context.current();
  const timer = setInterval(() => context.heartbeat('reading'), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

async function fetchAll(claritum: ClaritumClient): Promise<ClaritumLists> {
  const options = reading();
  const [orders, deliveries, invoices] = await Promise.all([
    claritum.getPurchaseOrders({}, options),
    claritum.getDeliveries({}, options),
    claritum.getPurchaseInvoices({}, options),
  ]);
  return { orders, deliveries, invoices };
}
