import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isGrpcServiceError, type WorkflowHandle, WorkflowNotFoundError } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker, type WorkerOptions } from '@temporalio/worker';
import { loadConfig } from '../../src/config';
import { feedWorkflowId, invoiceWorkflowId, purchaseOrderWorkflowId, taskQueues } from '../../src/domain/case/names';
import { orderPolicy, type Policy } from '../../src/domain/case/policy';
import type { CaseProgress } from '../../src/domain/case/progress';
import type { InvoiceProgress } from '../../src/domain/invoice/progress';
import type { Progress } from '../../src/domain/purchase-order/progress';
import { dataConverter } from '../../src/payloads/data-converter';
import { loadPolicy } from '../../src/policy/load';
import { createActivities } from '../../worker/vendors';
import type { fulfilPurchaseOrder } from '../../workflows/purchase-order/fulfil-purchase-order';
import { progressQuery } from '../../workflows/purchase-order/messages';
import { newFeed } from '../../src/domain/feed/feed-state';
import { lookUpdate } from '../../workflows/feed/messages';
import { startFeed } from '../../workflows/feed/start';
import { type SandboxLedger, openSandbox, sandboxEnvironment, type SandboxControl } from './sandbox-control';
import { bundle, installQuietRuntime, openTemporal, runWorkers } from './temporal';

/** A product of the sandbox's seed in a file of its own is too much: the example policy fits the sandbox. */
const EXAMPLE = resolve(__dirname, '../../waybill.policy.example.json');

/** Since when the feed of a world is paused. */
const PAUSED = '2026-01-01T00:00:00.000Z';

/** What changes in the warehouse an order hears by the feed alone: by itself it looks once an hour, as in the example. */
const fed = (policy: Policy): Policy => ({
  ...policy,
  fulfilment: { ...policy.fulfilment, look: { longest: '1 hour' } },
  polling: { ...policy.polling, northscope: '1 second' },
});

/** Quick looks and short settling, so that a test does not wait for a warehouse's pace. */
const quickly = (policy: Policy): Policy => ({
  ...policy,
  fulfilment: {
    ...policy.fulfilment,
    look: { longest: '400 milliseconds' },
    settle: '500 milliseconds',
    calls: { write: '6 seconds', read: '5 seconds' },
  },
  claritum: { ...policy.claritum, absentFor: '300 milliseconds' },
});

export interface WorldOptions {
  readonly orders?: number;
  readonly people?: boolean;
  /** Whether `feed:northscope` looks, and orders look at the warehouse when it tells them to. @default false: they look often */
  readonly warehouseFeed?: boolean;
  readonly policy?: (policy: Policy) => Policy;
  /** Whether a worker runs in this process. @default true */
  readonly worker?: boolean;
  /** The endpoint of another Claritum than the sandbox's. */
  readonly claritum?: string;
  /** What is done when a workflow logs: its task ends no sooner. */
  readonly sinks?: NonNullable<WorkerOptions['sinks']>;
}

/** Everything real for one test: a Temporal server, a sandbox, a worker; gone again with `close`. */
export class World {
  #isFed = false;

  private constructor(
    readonly temporal: TestWorkflowEnvironment,
    readonly sandbox: SandboxControl,
    readonly policy: Policy,
    readonly documents: string,
    private readonly stopWorkers: () => Promise<void>,
  ) {}

  static async open({
    orders = 3,
    people = false,
    warehouseFeed = false,
    policy: change = (same) => same,
    worker = true,
    claritum,
    sinks = {},
  }: WorldOptions = {}) {
    installQuietRuntime();
    const [temporal, sandbox] = await Promise.all([openTemporal(), openSandbox(orders, people)]);
    const quick = quickly(loadPolicy(EXAMPLE));
    const policy = change(warehouseFeed ? fed(quick) : quick);
    const documents = mkdtempSync(join(tmpdir(), 'waybill-documents-'));
    const environment = {
      ...sandboxEnvironment(sandbox.origin),
      ...(claritum === undefined ? {} : { CLARITUM_ENDPOINT: claritum }),
      WAYBILL_POLICY: EXAMPLE,
      WAYBILL_DOCUMENTS: documents,
    };
    const stopping = new AbortController();
    const stopWorkers = worker
      ? await runWorkers(
          temporal,
          createActivities(loadConfig(environment), policy, temporal.client, stopping.signal),
          { stopping, sinks },
        )
      : async () => {};
    if (warehouseFeed) await startFeed(temporal.client, { source: 'northscope', state: newFeed });
    return new World(temporal, sandbox, policy, documents, stopWorkers);
  }

  /** What a worker process needs to reach this world, with this world's policy in a file. */
  environment(): Record<string, string> {
    const policy = join(this.documents, 'waybill.policy.json');
    writeFileSync(policy, JSON.stringify(this.policy));
    return {
      ...sandboxEnvironment(this.sandbox.origin),
      WAYBILL_POLICY: policy,
      WAYBILL_DOCUMENTS: this.documents,
      TEMPORAL_ADDRESS: this.temporal.address,
      TEMPORAL_NAMESPACE: this.temporal.namespace ?? 'default',
    };
  }

  /** Waits until the sandbox's ledger is as wanted. */
  async untilLedger(wanted: (ledger: SandboxLedger) => boolean, withinMs = 15_000): Promise<SandboxLedger> {
    return eventually(() => this.sandbox.ledger(), wanted, withinMs);
  }

  /** Has the feed look once: it is started paused, so that it looks only where a test says so. */
  async poll() {
    const { client } = this.temporal;
    if (!this.#isFed) await startFeed(client, { source: 'claritum', state: { ...newFeed, pausedSince: PAUSED } });
    this.#isFed = true;
    const feed = client.workflow.getHandle(feedWorkflowId('claritum'));
    const { counts, ...rest } = await feed.executeUpdate(lookUpdate, { args: [undefined] });
    const { started = 0, known = 0, deliveries = 0, invoices = 0 } = counts;
    return { started, known, deliveries, invoices, ...rest };
  }

  /** Has the feed look until an order is as wanted: an absence counts only when it lasts. */
  async pollUntil(orderRef: string, wanted: (progress: Progress) => boolean): Promise<Progress> {
    const looked = async (): Promise<Progress> => {
      await this.poll();
      return this.order(orderRef).query(progressQuery);
    };
    return eventually(looked, wanted, 15_000);
  }

  order(orderRef: string): WorkflowHandle<typeof fulfilPurchaseOrder> {
    return this.temporal.client.workflow.getHandle(purchaseOrderWorkflowId(orderRef));
  }

  /** Starts an order by hand, as `waybill start` does. */
  start(order: object): Promise<WorkflowHandle> {
    const { orderRef } = order as { orderRef: string };
    return this.temporal.client.workflow.start('fulfilPurchaseOrder', {
      taskQueue: taskQueues.fulfilment,
      workflowId: purchaseOrderWorkflowId(orderRef),
      args: [{ order, policy: orderPolicy(this.policy) }],
    });
  }

  async uidOf(orderRef: string): Promise<string> {
    const { purchaseOrders } = (await this.sandbox.ledger()).claritum;
    return String(purchaseOrders.find((order) => order.orderRef === orderRef)?.['uid']);
  }

  /** The orders' references, in seed order. */
  async orderRefs(): Promise<string[]> {
    return (await this.sandbox.ledger()).claritum.purchaseOrders.map(({ orderRef }) => orderRef);
  }

  /** Waits until the order's progress is as wanted. @throws Error with the last progress after `withinMs`. */
  async until(orderRef: string, wanted: (progress: Progress) => boolean, withinMs = 15_000): Promise<Progress> {
    return reached(this.order(orderRef), () => this.order(orderRef).query(progressQuery), wanted, withinMs);
  }

  /** As {@link until}, for the workflow of a purchase invoice. */
  untilInvoice(uid: string, wanted: (progress: InvoiceProgress) => boolean): Promise<InvoiceProgress> {
    return this.untilCase(invoiceWorkflowId('purchase', uid), wanted);
  }

  /** As {@link until}, for a case of any process. */
  untilCase<P extends CaseProgress>(workflowId: string, wanted: (progress: P) => boolean): Promise<P> {
    const handle = this.temporal.client.workflow.getHandle(workflowId);
    return reached(handle, () => handle.query<P>('progress'), wanted, 15_000);
  }

  /** Replays every history of this world on today's workflows, and returns the histories as text for a secret scan. */
  async replayed(): Promise<string> {
    const histories: { workflowId: string; history: object }[] = [];
    const { workflow } = this.temporal.client;
    for await (const { workflowId, runId } of workflow.list()) {
      histories.push({ workflowId, history: await workflow.getHandle(workflowId, runId).fetchHistory() });
    }
    for await (const { error } of Worker.runReplayHistories({ ...bundle(), dataConverter }, histories)) {
      if (error !== undefined) throw error;
    }
    return histories.map(({ history }) => textOf(history)).join('\n');
  }

  async close(): Promise<void> {
    await this.stopWorkers();
    await this.sandbox.close();
    await this.temporal.teardown();
    rmSync(this.documents, { recursive: true, force: true });
  }
}

/** @throws Error with the last answer and what the workflow is stuck on. */
async function reached<T>(
  handle: WorkflowHandle,
  ask: () => Promise<T>,
  wanted: (answer: T) => boolean,
  withinMs: number,
): Promise<T> {
  try {
    return await eventually(
      async () => {
        try {
          return await ask();
        } catch (error) {
          // Not started yet, or no worker is there to answer: both are what is being waited for.
          if (error instanceof WorkflowNotFoundError || isGrpcServiceError(error)) return undefined;
          throw error;
        }
      },
      wanted,
      withinMs,
    );
  } catch (error) {
    const { raw, status } = await handle.describe();
    if (status.name === 'FAILED') await handle.result();
    throw new Error(`stuck on: ${JSON.stringify([raw.pendingActivities, raw.pendingWorkflowTask], null, 1)}`, {
      cause: error,
    });
  }
}

/** A history as text, payloads decoded: in its JSON they are base64, in which no secret would ever be found. */
const textOf = (history: object): string =>
  JSON.stringify(history).replace(/"data":"([A-Za-z0-9+/=]+)"/g, (_all, data: string) =>
    Buffer.from(data, 'base64').toString(),
  );

/** Asks until the answer is as wanted. @throws Error with the last answer. */
async function eventually<T>(
  ask: () => Promise<T | undefined>,
  wanted: (answer: T) => boolean,
  withinMs: number,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && wanted(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`not reached: ${JSON.stringify(answer, null, 1)}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
