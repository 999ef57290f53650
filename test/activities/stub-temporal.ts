import {
  type Client,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/client';

interface Started {
  readonly workflowType: string;
  readonly options: { readonly workflowId: string } & Readonly<Record<string, unknown>>;
}
interface Signalled {
  readonly workflowId: string;
  readonly signal: string;
  readonly args: readonly unknown[];
}

/** An answer of the Temporal service, as its client throws it. */
const refusal = (code: number, details: string): ServiceError =>
  new ServiceError('Failed to start Workflow', {
    cause: Object.assign(new Error(details), { code, details, metadata: {} }),
  });

/** Just enough of Temporal for a poller: an id is taken once and for all, and only what runs takes signals. */
export class StubTemporal {
  readonly started: Started[] = [];
  readonly signalled: Signalled[] = [];
  /** How often a start was asked for, the refused ones too. */
  starts = 0;
  /** By workflow id, where it is not `received` or, once ended, `done`. */
  readonly stages = new Map<string, string>();
  readonly #ended = new Set<string>();
  readonly #broken = new Map<string, string>();
  readonly #refused = new Map<string, ServiceError>();

  /** The workflow is over: its id stays taken, and no signal reaches it. */
  end(workflowId: string): void {
    this.#ended.add(workflowId);
  }

  /** The workflow breaks off, or, without a status, goes on in another run. */
  breakOff(workflowId: string, status?: 'TERMINATED' | 'FAILED' | 'TIMED_OUT'): void {
    if (status === undefined) {
      this.#broken.delete(workflowId);
      this.#ended.delete(workflowId);
    } else {
      this.#broken.set(workflowId, status);
      this.#ended.add(workflowId);
    }
  }

  async *#list() {
    for (const [workflowId, name] of this.#broken)
      yield { workflowId, status: { name }, startTime: new Date(0), closeTime: new Date(0) };
  }

  /** The service refuses to start this one, as gRPC code and details say. */
  refuse(workflowId: string, code: number, details: string): void {
    this.#refused.set(workflowId, refusal(code, details));
  }

  #isKnown(workflowId: string): boolean {
    return this.started.some(({ options }) => options.workflowId === workflowId);
  }

  #start(workflowType: string, options: Started['options']): void {
    this.starts += 1;
    const fault = this.#refused.get(options.workflowId);
    if (fault !== undefined) throw fault;
    if (this.#isKnown(options.workflowId)) {
      throw new WorkflowExecutionAlreadyStartedError('known', options.workflowId, workflowType);
    }
    this.started.push({ workflowType, options });
  }

  #signal(workflowId: string, signal: string, args: readonly unknown[]): void {
    if (!this.#isKnown(workflowId) || this.#ended.has(workflowId)) {
      throw new WorkflowNotFoundError('not running', workflowId, undefined);
    }
    this.signalled.push({ workflowId, signal, args });
  }

  /** What an activity takes for a client: starting and signalling, and nothing else. */
  get client(): Client {
    const workflow = {
      list: () => this.#list(),
      signalWithStart: async (workflowType: string, options: Started['options']) => {
        if (!this.#isKnown(options.workflowId) || this.#ended.delete(options.workflowId))
          this.started.push({ workflowType, options });
        this.#signal(
          options.workflowId,
          (options['signal'] as { readonly name: string }).name,
          options['signalArgs'] as readonly unknown[],
        );
      },
      start: async (workflowType: string, options: Started['options']) => this.#start(workflowType, options),
      getHandle: (workflowId: string) => ({
        describe: async () => {
          if (!this.#isKnown(workflowId)) throw new WorkflowNotFoundError('not known', workflowId, undefined);
          const isOver = this.#ended.has(workflowId);
          return {
            status: { name: isOver ? 'COMPLETED' : 'RUNNING' },
            searchAttributes: { Stage: [this.stages.get(workflowId) ?? (isOver ? 'done' : 'received')] },
            memo: this.started.find(({ options }) => options.workflowId === workflowId)?.options['memo'],
          };
        },
        signal: async (signal: { readonly name: string }, ...args: readonly unknown[]) =>
          this.#signal(workflowId, signal.name, args),
      }),
    };
    return { workflow } as unknown as Client;
  }
}
