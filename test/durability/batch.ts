import { setMaxListeners } from 'node:events';
import { isGrpcServiceError, ServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { purchaseOrderWorkflowId } from '../../src/domain/case/names';
import type { Decision } from '../../src/domain/case/decision';
import type { Progress } from '../../src/domain/purchase-order/progress';
import type { SandboxLedger } from './auditor/evidence';
import type { Cell } from './cells';
import { isHanging } from './faults';
import type { Lane } from './lane';
import { doByHand } from './hands';
import { keysOf, type OrderKeys } from './operations';
import { Operator } from './operator';
import type { FaultSettings } from './sandbox-client';

/** A cell on its way: its order, its faults, and how it ended. */
export interface Run {
  readonly cell: Cell;
  readonly keys: OrderKeys;
  /** The fault on the call, and the one that follows it. */
  readonly onCall: FaultSettings;
  readonly next: FaultSettings | null;
  fallen: number;
  nextFallen: number;
  /** A for-ever fault ends when a human gives up, or when the order has borne it long enough. */
  isLifted: boolean;
  /** A human gave the step up. */
  isGivenUp: boolean;
  result: Progress | undefined;
  /** Why the workflow failed, where it did. */
  failure: string | undefined;
  endedAt: number | undefined;
}

const TURN_MS = 150;
/** How long a cell may take before it counts as stuck. */
const PATIENCE_MS = 400_000;

const pause = (): Promise<void> => new Promise((done) => setTimeout(done, TURN_MS));

/** The server is being replaced, or no worker is there to answer. */
const isOutage = (error: unknown): boolean => isGrpcServiceError(error) || error instanceof ServiceError;

const timesOf = ({ mode }: Cell): number => ({ once: 1, twice: 2, 'for-ever': -1 })[mode];

/** A step that NorthScope refuses until a human gives the order up: this is how compensations are reached. */
const refusal = ({ orderId }: OrderKeys): FaultSettings => ({
  vendor: 'northscope',
  operation: 'InsertInboundIntegration',
  key: orderId,
  fault: 'refused-by-vendor',
  times: -1,
});

function runOf(cell: Cell, keys: OrderKeys, victim?: Victim): Run {
  const { operation, fault, lookupFault } = cell;
  const { vendor, call, lookup } = operation;
  const times = timesOf(cell);
  const hit = victim === undefined ? {} : { pid: victim.pid };
  const looked =
    lookupFault === null || lookup === null
      ? null
      : { ...lookupFault.settings, vendor, operation: lookup.call, ...lookup.aim(keys), times };
  const next = fault.follow === null ? looked : { ...fault.follow, ...hit };
  return {
    cell,
    keys,
    onCall: {
      ...fault.settings,
      ...{ vendor, operation: call, key: operation.key(keys) },
      times: next === null ? times : 1,
      ...hit,
      // Set by the sandbox itself: earlier calls must not use it up.
      ...(next === null ? {} : { then: [next] }),
    },
    next,
    fallen: 0,
    nextFallen: 0,
    isLifted: false,
    isGivenUp: false,
    result: undefined,
    failure: undefined,
    endedAt: undefined,
  };
}

/** Whether everything that was set has fallen. */
export const isMet = ({ fallen, next, nextFallen }: Run): boolean => fallen > 0 && (next === null || nextFallen > 0);

/** After how many falls a vendor is mended: more than bring a human into play, fewer where each takes half a minute. */
function bearable({ operation, fault, lookupFault }: Cell): number {
  const onRead = lookupFault ?? (operation.isRead ? fault : null);
  if (onRead !== null) return isHanging(onRead) ? 2 : 4;
  return operation.isCompensation ? 4 : 7;
}

/** What a kill needs: whom to hit, and what to do once it is hit. */
export interface Victim {
  readonly pid: number;
  hit(): void;
}

/** Many orders at once in one sandbox, each meeting its own fault. */
export class Batch {
  runs: readonly Run[] = [];
  readonly operator: Operator;
  #listed = '';
  #polling: Promise<void> | undefined;

  constructor(
    readonly lane: Lane,
    private readonly cells: readonly Cell[],
    private readonly seed: number,
    private readonly victim?: Victim,
  ) {
    this.operator = new Operator(lane.client, () => lane.sandbox.ledger(), {
      givesUp: (decision, workflowId) => this.#givesUp(decision, workflowId),
      answering: (decision, workflowId, choice) => this.#answering(decision, workflowId, choice),
    });
  }

  /** Runs until every order has ended, or the longest patience is over. */
  async run(): Promise<void> {
    const { sandbox } = this.lane;
    await sandbox.reset(this.seed, this.cells.length);
    const { purchaseOrders } = (await sandbox.ledger()).claritum;
    this.runs = this.cells.map((cell, index) => {
      const order = purchaseOrders[index];
      if (order === undefined) throw new RangeError(`the sandbox has no order ${index}`);
      return runOf(cell, keysOf(order), this.victim);
    });
    await sandbox.arm(
      this.runs.flatMap(({ cell, keys, onCall }) => [
        onCall,
        ...(cell.operation.isCompensation ? [refusal(keys)] : []),
      ]),
    );
    const patience = new AbortController();
    // The client adds a listener at every long poll, and leaves it there.
    setMaxListeners(0, patience.signal);
    const ends = this.runs.map((run) => this.#await(run, patience.signal));
    const deadline = Date.now() + PATIENCE_MS;
    while (this.runs.some(({ endedAt }) => endedAt === undefined) && Date.now() < deadline) await this.#turn();
    await this.#untilQuiet(deadline);
    patience.abort();
    await Promise.all(ends);
    await this.#countFallen();
  }

  /** Waits for the end of an order; without one when the patience is over. */
  async #await(run: Run, patience: AbortSignal): Promise<void> {
    const { client } = this.lane;
    const handle = client.workflow.getHandle(purchaseOrderWorkflowId(run.keys.orderRef));
    while (run.endedAt === undefined && !patience.aborted) {
      try {
        run.result = (await client.withAbortSignal(patience, () => handle.result())) as Progress;
        run.endedAt = Date.now();
      } catch (error) {
        if (patience.aborted) return;
        // Not started yet, or the server is being replaced.
        if (isOutage(error) || error instanceof WorkflowNotFoundError) {
          await pause();
          continue;
        }
        run.failure = error instanceof Error ? `${error.message}: ${String(error.cause)}` : String(error);
        run.endedAt = Date.now();
      }
    }
  }

  /** What the people of the matrix do at every look: answer, mend, let the poller see what is new. */
  async #turn(): Promise<void> {
    await this.#countFallen();
    await this.#mend();
    try {
      await this.operator.look();
      await this.#pollWhatIsNew();
    } catch (error) {
      // A server or a worker that is being replaced answers nobody; the next turn asks again.
      if (!isOutage(error)) throw error;
    }
    await pause();
  }

  async #countFallen(): Promise<void> {
    const set = await this.lane.sandbox.faults();
    const fallen = (wanted: FaultSettings): number =>
      set.find(
        (each) =>
          each.fault === wanted.fault &&
          each.operation === wanted.operation &&
          each.key === (wanted.key ?? '') &&
          each.contains === (wanted.contains ?? ''),
      )?.fired ?? 0;
    for (const run of this.runs) {
      const wasHit = isMet(run);
      run.fallen = Math.max(run.fallen, fallen(run.onCall));
      if (run.next !== null) run.nextFallen = Math.max(run.nextFallen, fallen(run.next));
      if (!wasHit && isMet(run) && this.victim !== undefined) {
        // A look of a killed worker is only missed when its heartbeat is; whoever wants the next one asks for it now.
        this.#polling = undefined;
        this.victim.hit();
      }
    }
  }

  /** A vendor that is down is mended some day: the order must then go on by itself. */
  async #mend(): Promise<void> {
    for (const run of this.runs) {
      if (run.cell.mode !== 'for-ever' || run.isLifted) continue;
      if (Math.max(run.nextFallen, run.next === null ? run.fallen : 0) >= bearable(run.cell)) await this.#lift(run);
    }
  }

  async #lift(run: Run): Promise<void> {
    await this.#countFallen();
    run.isLifted = true;
    await this.lane.sandbox.lift(run.onCall);
    if (run.next !== null) await this.lane.sandbox.lift(run.next);
  }

  #runOf(workflowId: string): Run | undefined {
    return this.runs.find(
      ({ keys }) => workflowId.endsWith(`:${keys.orderRef}`) || workflowId.endsWith(keys.invoiceUid),
    );
  }

  #givesUp({ facts, question }: Decision, workflowId: string): boolean {
    const run = this.#runOf(workflowId);
    if (run === undefined) return false;
    const { cell, keys } = run;
    if (cell.operation.isCompensation && facts.some(({ value }) => value === keys.orderId)) return !run.isGivenUp;
    if (cell.mode !== 'for-ever' || run.isLifted) return false;
    // Sent again once by a human, and nothing came of it either; a refusal that stays needs no second try.
    const isRepeated = this.operator.answered.some(
      (each) => each.workflowId === workflowId && each.question === question,
    );
    return cell.fault.tells === 'refused' || isRepeated;
  }

  async #answering(decision: Decision, workflowId: string, choice: string): Promise<void> {
    const run = this.#runOf(workflowId);
    if (run === undefined) return;
    if (choice === 'give up') {
      run.isGivenUp = true;
      if (run.cell.operation.isCompensation) await this.lane.sandbox.lift(refusal(run.keys));
    }
    const isReached = !run.cell.operation.isCompensation || choice === 'done by hand';
    if (['give up', 'done by hand'].includes(choice) && isReached) await this.#lift(run);
    if (choice === 'done by hand') await doByHand(this.lane.sandbox.origin, decision, await this.lane.sandbox.ledger());
  }

  /** Polls when Claritum shows an order, a delivery or an invoice it did not show before. */
  async #pollWhatIsNew(): Promise<void> {
    const { claritum } = await this.lane.sandbox.ledger();
    const listed = JSON.stringify([
      claritum.purchaseOrders.length,
      claritum.deliveries.filter(({ status }) => status === 'delivered').map(({ uid }) => uid),
      claritum.purchaseInvoices.map(({ uid }) => uid),
    ]);
    if (listed === this.#listed || this.#polling !== undefined) return;
    this.#polling = this.lane.poll().then(
      () => {
        this.#listed = listed;
        this.#polling = undefined;
      },
      () => {
        this.#polling = undefined;
      },
    );
  }

  /** Invoices may outlive their order by a moment. */
  async #untilQuiet(deadline: number): Promise<void> {
    const running = `ExecutionStatus = 'Running' AND WorkflowType != 'feed'`;
    for (;;) {
      const { count } = await this.lane.client.workflow.count(running);
      if (count === 0 || Date.now() > deadline) return;
      await this.#turn();
    }
  }

  ledger(): Promise<SandboxLedger> {
    return this.lane.sandbox.ledger();
  }
}
