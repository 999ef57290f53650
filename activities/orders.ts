import { Context } from '@temporalio/activity';
import {
  type Client,
  isGrpcServiceError,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { endingOf } from '../src/domain/ending';
import { invoiceWorkflowId, purchaseOrderWorkflowId, taskQueues } from '../src/domain/names';
import type { Invoice } from '../src/domain/invoice';
import { orderPolicy, type Policy } from '../src/domain/policy';
import type { Stage } from '../src/domain/progress';
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
  /** References of the purchase orders listed: one that vanishes unexported was withdrawn (contract §E.17). */
  readonly listed: readonly string[];
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

/** The stages in which an order has not been marked exported, or is about to be; `cancelled` may wait for its order. */
const UNEXPORTED: readonly string[] = ['received', 'approval', 'sales-order', 'cancelled'] satisfies Stage[];

export function createOrderActivities(claritum: ClaritumClient, client: Client, policy: Policy) {
  /**
   * Starts the order's workflow. Where there is one already, it is told of an order that is new in the list or was
   * modified since: an amendment, or the order that a cancellation has been waiting for.
   */
  async function takeOrder(order: PurchaseOrder, { lastModified, listed }: ClaritumWatermark): Promise<Start> {
    const start = await starting(order.uid, () =>
      client.workflow.start<typeof fulfilPurchaseOrder>('fulfilPurchaseOrder', {
        taskQueue: taskQueues.fulfilment,
        workflowId: purchaseOrderWorkflowId(order.orderRef),
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        args: [{ order, policy: orderPolicy(policy) }],
        staticSummary: `Purchase order ${order.poNumber}: ${order.quantity} × ${order.productCode}`,
        searchAttributes: { OrderNumber: [order.orderRef], Stage: ['received'] },
      }),
    );
    const isNews = !listed.includes(order.orderRef) || lastModified === null || order.lastModified > lastModified;
    if (start.result !== 'known' || !isNews || (await told(order.orderRef, 'orderReported', { order }))) return start;
    // What is new about an order that has ended is for a human, and the list of what is set aside says so.
    return { ...start, result: 'refused', reason: `order ${order.orderRef} has ended here and is listed again` };
  }

  /** Sends a signal to the order; false where none is running. */
  async function told(orderRef: string, signal: string, ...args: readonly unknown[]): Promise<boolean> {
    try {
      await client.workflow.getHandle(purchaseOrderWorkflowId(orderRef)).signal(signal, ...args);
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  }

  /**
   * Tells an order that Claritum lists it no longer. Nearly always we have marked it ourselves: then its stage says so, and
   * it is not bothered (the order itself has the last word).
   */
  async function withdraw(orderRef: string): Promise<void> {
    try {
      const { searchAttributes } = await client.workflow.getHandle(purchaseOrderWorkflowId(orderRef)).describe();
      const [stage] = searchAttributes['Stage'] ?? [];
      if (UNEXPORTED.includes(String(stage))) await told(orderRef, 'orderWithdrawn');
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  }

  async function startInvoice(invoice: Invoice): Promise<Start> {
    return starting(invoice.uid, () =>
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
     * Safe to repeat: yes, a workflow that exists is not started again and a delivery is known by its uid.
     * Looks up first: nothing; the workflow id is the lock.
     * Undone by: nothing.
     * Fails for good with: VendorRejected, VendorUnauthorized.
     */
    async takeOverFromClaritum({ watermark }: TakeOverInput): Promise<TakeOverResult> {
      const { orders, deliveries, invoices } = await beating(() => translating(() => fetchAll(claritum)));
      const setAside: SetAside[] = [
        ...asSetAside('purchase order', orders.unreadable),
        ...asSetAside('delivery', deliveries.unreadable),
        ...asSetAside('invoice', invoices.unreadable),
      ];
      const beat = (done: string) => Context.current().heartbeat(done);

      const startedOrders = await inTurns(orders.records, beat, (order) => takeOrder(order, watermark));
      const listed = orders.records.map(({ orderRef }) => orderRef);
      // A record that cannot be read any more has not vanished: while there are such, nobody is called withdrawn.
      const vanished =
        orders.unreadable.length > 0 ? [] : watermark.listed.filter((orderRef) => !listed.includes(orderRef));
      await inTurns(vanished, beat, withdraw);
      const startedInvoices = await inTurns(invoices.records, beat, startInvoice);
      setAside.push(...refused('purchase order', startedOrders), ...refused('invoice', startedInvoices));

      const handedOver: Record<string, string> = {};
      const settled = deliveries.records.filter(isHandedOver);
      const outcomes = await inTurns(settled, beat, async (delivery) => {
        const content = fingerprint(delivery);
        if (watermark.handedOver[delivery.uid] === content) return { delivery, content, result: 'known' as const };
        return {
          delivery,
          content,
          result: (await told(delivery.orderRef, 'deliveryReported', { delivery }))
            ? ('sent' as const)
            : ('orphan' as const),
        };
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
        started: startedOrders.filter(({ result }) => result === 'started').length,
        known: startedOrders.filter(({ result }) => result === 'known').length,
        deliveries: outcomes.filter(({ result }) => result === 'sent').length,
        invoices: startedInvoices.filter(({ result }) => result === 'started').length,
        setAside,
        watermark: { lastModified: newest(orders.records, watermark.lastModified), listed, handedOver },
      };
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

/** What became of one record. */
interface Start {
  readonly uid: string;
  readonly result: 'started' | 'known' | 'refused';
  /** Why nobody takes it. */
  readonly reason: string;
}

async function starting(uid: string, start: () => Promise<unknown>): Promise<Start> {
  try {
    await start();
    return { uid, result: 'started', reason: '' };
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return { uid, result: 'known', reason: '' };
    const reason = recordFault(error);
    if (reason === undefined) throw error;
    return { uid, result: 'refused', reason };
  }
}

const INVALID_ARGUMENT = 3;
const RESOURCE_EXHAUSTED = 8;

/**
 * What Temporal finds wrong with the record itself (too long an id, too large a payload), so that no repetition helps
 * and the rest must not wait for it; undefined for every other error.
 */
function recordFault(error: unknown): string | undefined {
  if (!(error instanceof ServiceError) || !isGrpcServiceError(error.cause)) return undefined;
  const code: number = error.cause.code;
  const { details } = error.cause;
  const isTooLarge = code === RESOURCE_EXHAUSTED && /larger than max/.test(details);
  return code === INVALID_ARGUMENT || isTooLarge ? `Temporal does not take it: ${details}` : undefined;
}

const refused = (kind: SetAside['kind'], starts: readonly Start[]): SetAside[] =>
  starts.filter(({ result }) => result === 'refused').map(({ uid, reason }) => ({ kind, uid, reason }));

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
