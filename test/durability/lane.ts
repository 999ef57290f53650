import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection, type WorkflowHandle, WorkflowNotFoundError } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { loadConfig } from '../../src/config';
import { feedNames, feedWorkflowId } from '../../src/domain/case/names';
import type { Policy } from '../../src/domain/case/policy';
import { newFeed } from '../../src/domain/feed/feed-state';
import type { SetAside } from '../../src/domain/feed/set-aside';
import { dataConverter } from '../../src/payloads/data-converter';
import { startSandbox } from '../../src/sandbox/server';
import { createActivities } from '../../worker/vendors';
import { createWorkers } from '../../worker/workers';
import { sandboxEnvironment } from '../workflows/sandbox-control';
import { lookUpdate } from '../../workflows/feed/messages';
import { startFeed } from '../../workflows/feed/start';
import { SandboxClient } from './sandbox-client';

/** Milliseconds between two steps of the people of the vendors. */
const PEOPLE_MS = 150;

export interface LaneOptions {
  readonly address: string;
  readonly namespace: string;
  readonly policy: Policy;
  /** Whether the vendors' people work by themselves. @default true */
  readonly people?: boolean;
}

/** One world of its own beside others: a namespace, a sandbox with its people, and whoever works there. */
export class Lane {
  /** What its polls set aside, the same record perhaps more than once. */
  readonly setAside: SetAside[] = [];

  private constructor(
    readonly client: Client,
    readonly sandbox: SandboxClient,
    readonly namespace: string,
    /** What a worker needs to reach this lane. */
    readonly environment: Readonly<Record<string, string>>,
    private readonly closers: (() => Promise<void> | void)[],
  ) {}

  static async open({ address, namespace, policy, people = true }: LaneOptions): Promise<Lane> {
    const connection = await Connection.connect({ address });
    const options = { port: 0, orders: 0, seed: 1, people, peopleDelayMs: PEOPLE_MS, control: true };
    const sandbox = await startSandbox(options);
    const documents = mkdtempSync(join(tmpdir(), 'waybill-durability-'));
    const policyFile = join(documents, 'waybill.policy.json');
    writeFileSync(policyFile, JSON.stringify(policy));
    const environment = {
      ...sandboxEnvironment(sandbox.origin),
      WAYBILL_DOCUMENTS: documents,
      WAYBILL_POLICY: policyFile,
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: namespace,
    };
    const client = new Client({ connection, namespace, dataConverter });
    return new Lane(client, new SandboxClient(sandbox.origin), namespace, environment, [
      () => connection.close(),
      () => sandbox.close(),
      () => rmSync(documents, { recursive: true, force: true }),
    ]);
  }

  /** Ends what still runs once its batch is over. */
  async terminateAll(): Promise<void> {
    const { workflow } = this.client;
    for await (const { workflowId } of workflow.list({ query: `ExecutionStatus = 'Running'` })) {
      try {
        await workflow.getHandle(workflowId).terminate('the batch is over');
      } catch (error) {
        // Ended meanwhile.
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    }
  }

  /** Works in this process, as long as the lane is open. */
  async work(policy: Policy, codePath: string): Promise<void> {
    const connection = await NativeConnection.connect({ address: this.environment['TEMPORAL_ADDRESS'] ?? '' });
    const stopping = new AbortController();
    const workers = await createWorkers({
      connection,
      namespace: this.namespace,
      activities: this.sandbox.unsent.among(
        createActivities(loadConfig(this.environment), policy, this.client, stopping.signal),
      ),
      workflows: { workflowBundle: { codePath } },
    });
    const running = Promise.all(workers.map((worker) => worker.run()));
    this.closers.unshift(async () => {
      stopping.abort();
      for (const worker of workers) worker.shutdown();
      await running;
      await connection.close();
    });
  }

  /** Starts the feeds that do not run: Claritum's is paused, so that it looks only where it is asked to. */
  async keepFeeds(): Promise<void> {
    const states = { claritum: pausedFeed, northscope: newFeed };
    for (const source of feedNames) {
      const feed = this.client.workflow.getHandle(feedWorkflowId(source));
      if (!(await isRunning(feed))) await startFeed(this.client, { source, state: states[source] });
    }
  }

  /** Has Claritum's feed look once. */
  async poll(): Promise<void> {
    await this.keepFeeds();
    const feed = this.client.workflow.getHandle(feedWorkflowId('claritum'));
    const { setAside } = await feed.executeUpdate(lookUpdate, { args: [undefined] });
    this.setAside.push(...setAside);
  }

  async close(): Promise<void> {
    for (const close of this.closers) await close();
  }
}

const pausedFeed = { ...newFeed, pausedSince: '2026-01-01T00:00:00.000Z' };

async function isRunning(handle: WorkflowHandle): Promise<boolean> {
  try {
    return (await handle.describe()).status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
