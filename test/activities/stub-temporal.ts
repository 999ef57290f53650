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
interface Listed {
  readonly workflowId: string;
  readonly searchAttributes: { readonly Keys: readonly string[] };
}
type EndStatus = 'COMPLETED' | 'TERMINATED' | 'FAILED' | 'TIMED_OUT';
interface Ended {
  readonly status: EndStatus;
  readonly closeTime: Date;
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
  /** The search attribute `Keys` by workflow id. */
  readonly keys = new Map<string, readonly string[]>();
  readonly #ended = new Map<string, Ended>();
  readonly #refused = new Map<string, ServiceError>();
  readonly #unsignalled = new Map<string, ServiceError>();

  /** The workflow is over: its id stays taken, and no signal reaches it. */
  end(workflowId: string, status: EndStatus = 'COMPLETED', closeTime = new Date(0)): void {
    this.#ended.set(workflowId, { status, closeTime });
  }

  /** It runs again, as after a reset. */
  reset(workflowId: string): void {
    this.#ended.delete(workflowId);
  }

  /** Its retention is over: Temporal knows nothing of it. */
  forget(workflowId: string): void {
    this.#ended.delete(workflowId);
    const at = this.started.findIndex(({ options }) => options.workflowId === workflowId);
    if (at >= 0) this.started.splice(at, 1);
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

  /** Of all that run, or of invoices that were ended: no other filter is asked for. */
  async *#list({ query }: { readonly query: string }): AsyncGenerator<Listed> {
    const areRunning = query.includes('ExecutionStatus = "Running"');
    for (const { workflowType, options } of this.started) {
      const { workflowId } = options;
      const status = this.#ended.get(workflowId)?.status;
      const isBrokenOff = workflowType === 'settleInvoice' && status !== undefined && status !== 'COMPLETED';
      if (areRunning ? status === undefined : isBrokenOff)
        yield { workflowId, searchAttributes: { Keys: this.keys.get(workflowId) ?? [] } };
    }
  }

  /** The service refuses each signal to this one. */
  refuseSignals(workflowId: string, code: number, details: string): void {
    this.#unsignalled.set(workflowId, refusal(code, details));
  }

  #signal(workflowId: string, signal: string, args: readonly unknown[]): void {
    const fault = this.#unsignalled.get(workflowId);
    if (fault !== undefined) throw fault;
    if (!this.#isKnown(workflowId) || this.#ended.has(workflowId)) {
      throw new WorkflowNotFoundError('not running', workflowId, undefined);
    }
    this.signalled.push({ workflowId, signal, args });
  }

  /** What an activity takes for a client: starting, signalling and looking, and nothing else. */
  get client(): Client {
    const workflow = {
      signalWithStart: async (workflowType: string, options: Started['options']) => {
        if (!this.#isKnown(options.workflowId) || this.#ended.delete(options.workflowId))
          this.started.push({ workflowType, options });
        this.#signal(
          options.workflowId,
          (options['signal'] as { readonly name: string }).name,
          options['signalArgs'] as readonly unknown[],
        );
      },
      list: (options: { readonly query: string }) => this.#list(options),
      start: async (workflowType: string, options: Started['options']) => this.#start(workflowType, options),
      getHandle: (workflowId: string) => ({
        describe: async () => {
          if (!this.#isKnown(workflowId)) throw new WorkflowNotFoundError('not known', workflowId, undefined);
          const ended = this.#ended.get(workflowId);
          const isOver = ended !== undefined;
          return {
            status: { name: ended?.status ?? 'RUNNING' },
            closeTime: ended?.closeTime,
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
