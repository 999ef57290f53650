import { Context } from '@temporalio/activity';
import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { invoiceWorkflowId, purchaseOrderWorkflowId, taskQueues } from '../src/domain/names';
import type { Invoice } from '../src/domain/invoice';
import { orderPolicy, type Policy } from '../src/domain/policy';
import type { DeliveryReport, PurchaseOrder } from '../src/domain/purchase-order';
import type { ClaritumClient } from '../src/vendors/claritum/client';
import type { fulfilPurchaseOrder } from '../workflows/fulfil-purchase-order';
import type { settleInvoice } from '../workflows/settle-invoice';
import { reading } from './call';
import { translating } from './failure';

/** What a poll hands to the next one. */
export interface ClaritumWatermark {
  /** The newest `lastModified` seen; tells new content from old, and nothing else (design §2). */
  readonly lastModified: string | null;
  /** Deliveries handed to their orders and still listed: uid → what was handed over. */
  readonly handedOver: Readonly<Record<string, string>>;
}

export interface TakeOverInput {
  readonly watermark: ClaritumWatermark;
}

export interface SetAside {
  readonly kind: 'purchase order' | 'delivery' | 'invoice';
  /** Null where not even the uid could be read. */
  readonly uid: string | null;
  readonly reason: string;
}

export interface TakeOverResult {
  readonly started: number;
  readonly known: number;
  readonly deliveries: number;
  readonly invoices: number;
  readonly setAside: readonly SetAside[];
  readonly watermark: ClaritumWatermark;
}

const CONCURRENT_STARTS = 16;

export function createOrderActivities(claritum: ClaritumClient, client: Client, policy: Policy) {
  async function startOrder(order: PurchaseOrder): Promise<'started' | 'known'> {
    return starting(() =>
      client.workflow.start<typeof fulfilPurchaseOrder>('fulfilPurchaseOrder', {
        taskQueue: taskQueues.fulfilment,
        workflowId: purchaseOrderWorkflowId(order.orderRef),
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        args: [{ order, policy: orderPolicy(policy) }],
        staticSummary: `Purchase order ${order.poNumber}: ${order.quantity} × ${order.productCode}`,
        searchAttributes: { OrderNumber: [order.orderRef], Stage: ['received'] },
      }),
    );
  }

  async function startInvoice(invoice: Invoice): Promise<'started' | 'known'> {
    return starting(() =>
      client.workflow.start<typeof settleInvoice>('settleInvoice', {
        taskQueue: taskQueues.fulfilment,
        workflowId: invoiceWorkflowId(invoice.kind, invoice.uid),
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        args: [{ invoice, policy: orderPolicy(policy) }],
        staticSummary: `${invoice.kind} invoice ${invoice.invoiceNumber}: ${invoice.net} ${invoice.currency} net`,
        searchAttributes: { OrderNumber: [invoice.orderRef ?? ''], Stage: ['claiming'] },
      }),
    );
  }

  /** Hands a delivery to its order; false where no order is there to take it. */
  async function handOver(delivery: DeliveryReport): Promise<boolean> {
    try {
      await client.workflow
        .getHandle(purchaseOrderWorkflowId(delivery.orderRef))
        .signal('deliveryReported', { delivery });
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  }

  return {
    /**
     * Reads what is new in Claritum and starts or signals the workflow that owns each record: one workflow per purchase
     * order and invoice, deliveries to their order. Fetch and start are one heartbeating activity, so that the records
     * pass through no history but their own.
     *
     * Safe to repeat: yes, a workflow that exists is not started again and a delivery is known by its uid.
     * Looks up first: nothing; the workflow id is the lock.
     * Undone by: nothing.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async takeOverFromClaritum({ watermark }: TakeOverInput): Promise<TakeOverResult> {
      const { orders, deliveries, invoices } = await translating(() => fetchAll(claritum));
      const setAside: SetAside[] = [
        ...asSetAside('purchase order', orders.unreadable),
        ...asSetAside('delivery', deliveries.unreadable),
        ...asSetAside('invoice', invoices.unreadable),
      ];
      const beat = (done: string) => Context.current().heartbeat(done);

      const startedOrders = await inTurns(orders.records, beat, startOrder);
      const startedInvoices = await inTurns(invoices.records, beat, startInvoice);

      const handedOver: Record<string, string> = {};
      const settled = deliveries.records.filter(isHandedOver);
      const outcomes = await inTurns(settled, beat, async (delivery) => {
        const content = fingerprint(delivery);
        if (watermark.handedOver[delivery.uid] === content) return { delivery, content, result: 'known' as const };
        return { delivery, content, result: (await handOver(delivery)) ? ('sent' as const) : ('orphan' as const) };
      });
      for (const { delivery, content, result } of outcomes) {
        if (result !== 'orphan') handedOver[delivery.uid] = content;
        else
          setAside.push({
            kind: 'delivery',
            uid: delivery.uid,
            reason: `no running order ${delivery.orderRef} takes it`,
          });
      }

      return {
        started: startedOrders.filter((result) => result === 'started').length,
        known: startedOrders.filter((result) => result === 'known').length,
        deliveries: outcomes.filter(({ result }) => result === 'sent').length,
        invoices: startedInvoices.filter((result) => result === 'started').length,
        setAside,
        watermark: { lastModified: newest(orders.records, watermark.lastModified), handedOver },
      };
    },
  };
}
export type OrderActivities = ReturnType<typeof createOrderActivities>;

async function fetchAll(claritum: ClaritumClient) {
  const options = reading();
  const [orders, deliveries, invoices] = await Promise.all([
    claritum.getPurchaseOrders({}, options),
    claritum.getDeliveries({}, options),
    claritum.getPurchaseInvoices({}, options),
  ]);
  return { orders, deliveries, invoices };
}

/** Only what has happened concerns the order: a delivery still under way says nothing it does not know. */
const isHandedOver = ({ status }: DeliveryReport): boolean => status === 'delivered';

const fingerprint = ({ status, quantity, deliveryDate }: DeliveryReport): string =>
  [status, quantity, deliveryDate ?? ''].join('|');

const newest = (orders: readonly PurchaseOrder[], before: string | null): string | null =>
  orders.reduce<string | null>(
    (latest, { lastModified }) => (latest === null || lastModified > latest ? lastModified : latest),
    before,
  );

const asSetAside = (
  kind: SetAside['kind'],
  unreadable: readonly { readonly uid: string | null; readonly reason: string }[],
): SetAside[] => unreadable.map(({ uid, reason }) => ({ kind, uid, reason }));

async function starting(start: () => Promise<unknown>): Promise<'started' | 'known'> {
  try {
    await start();
    return 'started';
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'known';
    throw error;
  }
}

/** A few at a time, in order, with a heartbeat after each handful. */
async function inTurns<T, R>(
  records: readonly T[],
  beat: (done: string) => void,
  work: (record: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < records.length; from += CONCURRENT_STARTS) {
    results.push(...(await Promise.all(records.slice(from, from + CONCURRENT_STARTS).map(work))));
    beat(`${results.length} of ${records.length}`);
  }
  return results;
}
