import { log } from '@temporalio/activity';
import {
  type Client,
  isGrpcServiceError,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowHandle,
  WorkflowNotFoundError,
} from '@temporalio/client';
import type { Invoice } from '../../src/domain/invoice/invoice';
import { confirmWithdrawalsWorkflowId, invoiceWorkflowId, purchaseOrderWorkflowId } from '../../src/domain/case/names';
import { orderPolicy, type Policy } from '../../src/domain/case/policy';
import { customerNumber } from '../../src/domain/purchase-order/policy-entries';
import type { Stage } from '../../src/domain/purchase-order/progress';
import type { DeliveryReport, PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import { ordersExplainedSignal } from '../../workflows/feed/messages';
import { askAboutWithdrawals } from '../../workflows/feed/start';
import { invoiceReportedSignal } from '../../workflows/invoice/messages';
import { startSettlement } from '../../workflows/invoice/start';
import {
  deliveryReportedSignal,
  orderReportedSignal,
  orderWithdrawnSignal,
} from '../../workflows/purchase-order/messages';
import { startPurchaseOrder } from '../../workflows/purchase-order/start';
import type { KnownOwners, OwnersEnd } from './lost-owners';

/** What became of one record that was offered to its owner. */
export type Taken = { readonly kind: 'started' | 'known' } | { readonly kind: 'refused'; readonly reason: string };

const known: Taken = { kind: 'known' };
const refused = (reason: string): Taken => ({ kind: 'refused', reason });

/** The stages in which an order has not been marked exported, or is about to be; `cancelled` may wait for its order. */
const UNEXPORTED: readonly string[] = ['received', 'approval', 'sales-order', 'cancelled'] satisfies Stage[];

/** Largest input of a workflow, in bytes of JSON: Temporal refuses a message of 4 MB, and 2 MB as a payload. */
const LARGEST_INPUT = 1_500_000;

/**
 * The workflows that own what Claritum lists: they are started, told, and asked after. A workflow id is the lock, so nothing
 * is started twice; a record that was told before is told again without a start, because Temporal keeps a history for every
 * start that it refuses.
 */
export class Owners {
  readonly #client: Client;
  readonly #policy: Policy;

  constructor(client: Client, policy: Policy) {
    this.#client = client;
    this.#policy = policy;
  }

  /** @param wasListed whether this record, with other content, was handed to its workflow before. */
  async takeOrder(order: PurchaseOrder, wasListed: boolean): Promise<Taken> {
    const { uid, orderRef } = order;
    const workflowId = purchaseOrderWorkflowId(orderRef);
    const report = (): Promise<boolean> =>
      this.#told(workflowId, (owner) => owner.signal(orderReportedSignal, { order }));
    if (wasListed && (await report())) return known;
    const input = { order, policy: orderPolicy(this.#policy) };
    const taken = await started(input, () =>
      startPurchaseOrder(this.#client, input, customerNumber(this.#policy, order)),
    );
    if (taken.kind !== 'known') return taken;
    const owner = await this.#owner(workflowId);
    if (owner?.uid !== undefined && owner.uid !== uid) return refused(anotherRecord(orderRef, owner.uid));
    if (owner?.isRunning !== true)
      return refused(`order ${orderRef} has ended here and is listed again: nobody has taken in what it says now`);
    return (await report()) ? known : refused(`order ${orderRef} ended while it was told that it is listed again`);
  }

  /**
   * An invoice is its order's. One that no running order takes has a workflow of its own; where it has that already, it is
   * told there, whatever its order does by now.
   */
  async takeInvoice(invoice: Invoice, wasListed: boolean): Promise<Taken> {
    const { kind, uid, invoiceNumber, orderRef } = invoice;
    const workflowId = invoiceWorkflowId(kind, uid);
    const report = (to: string): Promise<boolean> =>
      this.#told(to, (owner) => owner.signal(invoiceReportedSignal, { invoice }));
    const settled = refused(`invoice ${invoiceNumber} was settled or disputed here and is listed again`);
    if ((await this.#owner(workflowId)) !== undefined) return (await report(workflowId)) ? known : settled;
    if (orderRef !== null && (await report(purchaseOrderWorkflowId(orderRef))))
      return wasListed ? known : { kind: 'started' };
    const input = { invoice, policy: orderPolicy(this.#policy) };
    const taken = await started(input, () => startSettlement(this.#client, input));
    if (taken.kind !== 'known' || (await report(workflowId))) return taken;
    return settled;
  }

  async takeDelivery(delivery: DeliveryReport): Promise<Taken> {
    const { orderRef } = delivery;
    const isTold = await this.#told(purchaseOrderWorkflowId(orderRef), (owner) =>
      owner.signal(deliveryReportedSignal, { delivery }),
    );
    return isTold ? known : refused(`no running order ${orderRef} takes it`);
  }

  /** Which of them run, as a list for all of them, which of invoices were ended, and how to ask after one. */
  async known(): Promise<KnownOwners> {
    const [running, brokenOff] = await Promise.all([
      this.#listed('WorkflowType IN ("fulfilPurchaseOrder", "settleInvoice") AND ExecutionStatus = "Running"'),
      this.#listed('WorkflowType = "settleInvoice" AND ExecutionStatus IN ("Terminated", "Failed", "TimedOut")'),
    ]);
    return { running, brokenOff, endOf: (workflowId) => this.#owner(workflowId) };
  }

  async #listed(query: string): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for await (const { workflowId } of this.#client.workflow.list({ query })) found.add(workflowId);
    return found;
  }

  /** Whether this order runs and has not been marked exported: then its absence from the list means something. */
  async isUnexported(orderRef: string, uid: string): Promise<boolean> {
    const owner = await this.#owner(purchaseOrderWorkflowId(orderRef));
    if (owner?.isRunning !== true || (owner.uid !== undefined && owner.uid !== uid)) return false;
    return UNEXPORTED.includes(owner.stage);
  }

  /** Tells an order that Claritum lists it no longer; it looks for itself before it believes that. */
  async withdraw(orderRef: string): Promise<void> {
    const workflowId = purchaseOrderWorkflowId(orderRef);
    try {
      await this.#told(workflowId, (owner) => owner.signal(orderWithdrawnSignal));
    } catch (error) {
      if (!(error instanceof RefusedByTemporal)) throw error;
      log.warn('an order cannot be told that Claritum lists it no longer', { workflowId, reason: error.message });
    }
  }

  /** Has a person asked, once, about many orders that vanished together. */
  async askAboutWithdrawals(orderRefs: readonly string[], listed: number): Promise<void> {
    await askAboutWithdrawals(this.#client, { policy: orderPolicy(this.#policy) }, { orderRefs, listed });
  }

  /** Whether a person is being asked about orders that vanished. */
  async isAskingAboutWithdrawals(): Promise<boolean> {
    return (await this.#owner(confirmWithdrawalsWorkflowId))?.isRunning === true;
  }

  /** What was asked about is listed again, or has ended otherwise. */
  async withdrawalsExplained(orderRefs: readonly string[]): Promise<void> {
    await this.#told(confirmWithdrawalsWorkflowId, (asking) => asking.signal(ordersExplainedSignal, { orderRefs }));
  }

  /** Sends a signal; false where nothing runs that takes it. */
  #told(workflowId: string, signal: (owner: WorkflowHandle) => Promise<void>): Promise<boolean> {
    return isSignalled(this.#client, workflowId, signal);
  }

  async #owner(workflowId: string): Promise<Owner | undefined> {
    try {
      const { status, closeTime, searchAttributes, memo } = await this.#client.workflow
        .getHandle(workflowId)
        .describe();
      const uid = memo?.['uid'];
      return {
        status: status.name,
        closedAt: closeTime,
        isRunning: status.name === 'RUNNING',
        stage: String(searchAttributes['Stage']?.[0] ?? ''),
        uid: typeof uid === 'string' ? uid : undefined,
      };
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    }
  }
}

/** Sends a signal; false where nothing runs that takes it. @throws RefusedByTemporal */
export async function isSignalled(
  { workflow }: Client,
  workflowId: string,
  signal: (owner: WorkflowHandle) => Promise<void>,
): Promise<boolean> {
  try {
    await signal(workflow.getHandle(workflowId));
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    const reason = recordFault(error);
    throw reason === undefined ? error : new RefusedByTemporal(reason);
  }
}

/** Temporal does not let this one workflow be told: it has had too many signals, say. */
export class RefusedByTemporal extends Error {}

interface Owner extends OwnersEnd {
  readonly isRunning: boolean;
  readonly stage: string;
  /** Of the record it was started with; a cancellation that waits for its order has none. */
  readonly uid: string | undefined;
}

/** @param start refused by Temporal where the workflow id is taken */
async function started(input: object, start: () => Promise<unknown>): Promise<Taken> {
  const size = Buffer.byteLength(JSON.stringify(input));
  if (size > LARGEST_INPUT) return refused(`it is too large for a workflow: ${size} bytes of ${LARGEST_INPUT}`);
  try {
    await start();
    return { kind: 'started' };
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return known;
    const reason = recordFault(error);
    if (reason === undefined) throw error;
    return refused(reason);
  }
}

/** Why a second record of one reference is not taken over: which of the two is meant, nobody can know here. */
const anotherRecord = (orderRef: string, uid: string): string =>
  `the reference ${orderRef} belongs to the record ${uid}: two records with one reference cannot both be fulfilled; correct one of them in Claritum`;

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
  return code === INVALID_ARGUMENT || isTooLarge ? `Temporal does not take it: ${details.slice(0, 200)}` : undefined;
}
