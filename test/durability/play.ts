import { isGrpcServiceError, ServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { purchaseOrderWorkflowId } from '../../src/domain/case/names';
import type { Progress } from '../../src/domain/purchase-order/progress';
import type { SandboxLedger, PurchaseOrderRow } from './auditor/evidence';
import type { Buyer } from './buyer';
import type { Lane } from './lane';
import { Mind } from './mind';
import { keysOf, type OrderKeys } from './operations';
import { PeopleOutside } from './people-outside';
import type { Polls } from './polls';
import { isAfterReceipt, isAtItsMark, isCorrection, type SequenceCell } from './sequence-cells';
import type { FaultSettings } from './sandbox-client';
import {
  atTheMoment,
  everyCall,
  killAtTheList,
  killAtTheWarehouse,
  type ListOutage,
  markedIn,
  Trouble,
} from './trouble';

/** The worker process of a world that is killed. */
export interface Victim {
  readonly pid: number;
  kill(): Promise<void>;
  /** A new one takes over. */
  replace(): Promise<void>;
}

/** What all plays of one world share. */
export interface Stage {
  readonly lane: Lane;
  readonly buyer: Buyer;
  readonly polls: Polls;
  readonly lists: ListOutage;
  readonly victim: Victim | undefined;
}

/** The server is being replaced, or no worker is there to answer. */
export const isOutage = (error: unknown): boolean => isGrpcServiceError(error) || error instanceof ServiceError;

const TURN_MS = 150;
/** Enough falls to be an outage, too few to bring a human into play where the call is safe to repeat. */
const OUTAGE = 2;

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** One cell on its way: one order, driven to its moment, changed there, and carried on to its end. */
export class Play {
  readonly keys: OrderKeys;
  readonly people: PeopleOutside;
  /** What was set against its calls, and how often it fell. */
  readonly fallen: { operation: string; fault: string; fired: number }[] = [];
  readonly mind: Mind;
  /** Why it did not come to its end as it was driven. */
  missed: string | undefined;
  /** Nothing more is done around it. */
  isOver = false;
  result: Progress | undefined;
  failure: string | undefined;
  endedAt: number | undefined;
  #trouble: Trouble | undefined;

  constructor(
    readonly cell: SequenceCell,
    private readonly stage: Stage,
    number: string,
  ) {
    const row = { orderRef: `CL-${number}`, uid: `PU-${number}`, deliveries: [{ deliveryRef: `${number}-1` }] };
    this.keys = keysOf(row);
    this.people = new PeopleOutside(stage.buyer, cell, this.keys);
    this.mind = new Mind(cell, this.keys, stage.lane.sandbox, this.people);
  }

  get orderRef(): string {
    return this.keys.orderRef;
  }

  /** @param patience aborted when the longest time is over */
  async run(patience: AbortSignal): Promise<void> {
    try {
      await this.#play(patience);
    } catch (error) {
      this.missed = error instanceof Error ? error.message : String(error);
    }
    if (this.#trouble !== undefined) {
      await this.#trouble.end();
      this.fallen.push({ ...this.#trouble.names, fired: await this.#trouble.fallen() });
    }
    this.isOver = true;
  }

  async #play(patience: AbortSignal): Promise<void> {
    const { lane, buyer, victim } = this.stage;
    const { cell, keys } = this;
    const held = atTheMoment(cell, keys, victim?.pid ?? 0);
    if (held !== null) this.#trouble = await Trouble.set(lane.sandbox, [held]);
    await buyer.place({ orderRef: keys.orderRef, uid: keys.uid, quantity: this.mind.wanted });
    await this.#reach(patience);
    await this.#change(patience);
    await this.#until(
      () => Promise.resolve(this.endedAt !== undefined),
      patience,
      'the end',
      () => this.#carryOn(),
    );
  }

  /** To the moment, in the state of the vendor that it wants. */
  async #reach(patience: AbortSignal): Promise<void> {
    const { cell, keys, people } = this;
    const until = (what: string, wanted: (progress: Progress) => boolean): Promise<void> =>
      this.#until(async () => wanted(await this.#progress()), patience, what);
    const isKnown = async (): Promise<void> => {
      if (!isAtItsMark(cell)) return this.#untilFallen(1, patience);
      if (!(await this.#fellOnMark(patience))) return;
      // The refusal must have come home: what a worker took with it nobody knows.
      if (cell.moment === 'mark-unsent')
        await until('the order to wait with its mark', ({ hangs: [hang] }) => hang?.vendor === 'claritum');
    };
    if (this.#trouble !== undefined && !isAfterReceipt(cell)) return isKnown();
    if (cell.moment === 'before-approval')
      return until('the approval', ({ decisions }) => decisions.some(({ kind }) => kind === 'approval'));
    await until('the allocation', ({ totals }) => Number(totals.allocated) === Number(this.mind.wanted));
    if (cell.moment === 'after-mark') return undefined;
    if (cell.moment === 'after-despatch' && cell.vendor === 'killed')
      this.#trouble = await Trouble.set(this.stage.lane.sandbox, [killAtTheWarehouse(keys, this.#pid)]);
    await people.despatchAll(await this.#ledger());
    if (cell.moment === 'after-despatch' && cell.vendor === 'killed') return this.#untilFallen(1, patience);
    await until('the despatch', ({ totals }) => Number(totals.despatched) === Number(this.mind.wanted));
    if (cell.moment === 'after-despatch') return undefined;
    await people.deliver(cell.change === 'corrected-up' ? '60' : this.mind.wanted);
    if (this.#trouble !== undefined) return isKnown();
    return this.#until(
      async () => this.#delivery(await this.#ledger())?.exported === true,
      patience,
      'the mark of the delivery',
    );
  }

  /** The change itself, between what happens to the vendor and its end. */
  async #change(patience: AbortSignal): Promise<void> {
    const { cell, stage, keys } = this;
    const { moment, vendor } = cell;
    const isOutside = moment === 'mark-unsent' || moment === 'before-approval';
    if (vendor === '503' && isOutside) {
      const fallen = await stage.lists.begin();
      await this.mind.firstWord();
      await this.#until(async () => (await fallen()) >= OUTAGE, patience, 'two falls of the lists').finally(
        async () => {
          this.fallen.push({ operation: 'getPurchaseOrders', fault: '503', fired: await fallen() });
          await stage.lists.end();
        },
      );
    } else if (vendor === '503' && this.#trouble === undefined) {
      this.#trouble = await Trouble.set(stage.lane.sandbox, everyCall(keys));
      await this.mind.firstWord();
    } else if (vendor === 'killed' && moment === 'mark-unsent') {
      await stage.victim?.kill();
      await this.mind.firstWord();
      await this.#replaced();
    } else if (vendor === 'killed') {
      if (moment !== 'before-approval') await this.mind.firstWord();
      else await this.#underKill(killAtTheList(this.#pid), patience);
      await this.#replaced();
    } else await this.mind.firstWord();
    if (this.mind.isSaid) return;
    await this.#until(() => this.#isMissed(), patience, 'somebody who misses it');
    await this.mind.lastWord();
  }

  /** A look that was lost with its worker holds up those after it. */
  async #replaced(): Promise<void> {
    await this.stage.victim?.replace();
    await this.stage.polls.endLost();
  }

  async #underKill(kill: FaultSettings, patience: AbortSignal): Promise<void> {
    await this.mind.firstWord();
    this.#trouble = await Trouble.set(this.stage.lane.sandbox, [kill]);
    await this.#untilFallen(1, patience);
  }

  /** Whether somebody has missed what is off the list, or, where it was marked, has seen that it is gone. */
  async #isMissed(): Promise<boolean> {
    const { mind, keys, stage } = this;
    const { done } = stage.polls;
    if (mind.isMarked) return (done.at(-1)?.watermark.orders[keys.uid]?.digest ?? '') === '';
    if (done.some(({ watermark }) => keys.uid in watermark.absent)) return true;
    const { documents, waitingFor, decisions } = await this.#progress();
    return (
      documents.claritum.exported ||
      /lists .* no longer/.test(waitingFor ?? '') ||
      decisions.some(({ topic }) => topic === 'vanished-order')
    );
  }

  /** What goes on around an order whose change was made: its vendor is mended, and the people do what is next. */
  async #carryOn(): Promise<void> {
    const ledger = await this.#ledger();
    // An order that takes its mark as made goes on, though the record is listed again (docs/promises.md).
    const isBack = this.mind.isRestored && (await this.#progress()).documents.claritum.exported;
    const isTaken = this.isTakenIn(ledger) || isBack;
    if (this.cell.vendor === '503' && this.#trouble !== undefined && !this.#trouble.isOver) {
      const fallen = await this.#trouble.fallen();
      if (fallen >= OUTAGE || (fallen > 0 && isTaken)) await this.#trouble.end();
    }
    const order = this.#order(ledger);
    if (isTaken && order !== undefined) await this.people.doWhatIsNext(ledger, order, this.mind.wanted);
  }

  /** Whether the order knows of the change, as the vendors' records show it. */
  isTakenIn(ledger: SandboxLedger): boolean {
    const { change } = this.cell;
    if (change === 'cancel') return false;
    if (this.#order(ledger)?.exported !== true) return false;
    if (change === 'second-record') return this.isSetAside;
    return !isCorrection(change) || this.#delivery(ledger)?.exported === true;
  }

  /** Whether the approval is about what the buyer wants now. */
  async mayBeApproved(): Promise<boolean> {
    const { change, moment } = this.cell;
    if (moment !== 'before-approval') return true;
    if (this.mind.changedAt === undefined) return false;
    if (change === 'second-record') return this.isSetAside;
    if (change === 'absent-and-back') return this.mind.isRestored;
    if (!change.startsWith('amend')) return false;
    const { totals } = await this.#progress();
    return Number(totals.ordered) === Number(this.mind.wanted);
  }

  get isSetAside(): boolean {
    return this.stage.polls.done.some(({ setAside }) => setAside.some(({ uid }) => uid === this.mind.secondUid));
  }

  #order({ claritum }: SandboxLedger): PurchaseOrderRow | undefined {
    return claritum.purchaseOrders.find(({ uid }) => uid === this.keys.uid);
  }

  #delivery({ claritum }: SandboxLedger) {
    return claritum.deliveries.find(({ uid }) => uid === this.keys.deliveryUid);
  }

  get #pid(): number {
    return this.stage.victim?.pid ?? 0;
  }

  #ledger(): Promise<SandboxLedger> {
    return this.stage.lane.sandbox.ledgerSince(this.people.doneAt + 1);
  }

  #progress(): Promise<Progress> {
    return this.stage.lane.client.workflow.getHandle(purchaseOrderWorkflowId(this.orderRef)).query('progress');
  }

  /** Waits for what was set on the mark. A mark gathered with another may meet the fault of that one: false then. */
  async #fellOnMark(patience: AbortSignal): Promise<boolean> {
    let isMarked = false;
    const hasMetIt = async (): Promise<boolean> => {
      const { claritum } = await this.#ledger();
      const uid = markedIn(this.cell, this.keys);
      isMarked = [...claritum.purchaseOrders, ...claritum.deliveries].some((each) => each.uid === uid && each.exported);
      return isMarked || ((await this.#trouble?.fallen()) ?? 0) > 0;
    };
    await this.#until(hasMetIt, patience, `the mark of ${markedIn(this.cell, this.keys)}`);
    return ((await this.#trouble?.fallen()) ?? 0) > 0;
  }

  #untilFallen(times: number, patience: AbortSignal): Promise<void> {
    const what = `${markedIn(this.cell, this.keys)}: ${this.#trouble?.names.fault} on ${this.#trouble?.names.operation}`;
    return this.#until(async () => ((await this.#trouble?.fallen()) ?? 0) >= times, patience, what);
  }

  /** @throws Error where the patience is over, or the order has ended before */
  async #until(
    wanted: () => Promise<boolean>,
    patience: AbortSignal,
    what: string,
    meanwhile: () => Promise<void> = async () => {},
  ): Promise<void> {
    for (;;) {
      try {
        if (await wanted()) return;
        if (this.endedAt !== undefined) throw new RangeError(`it ended before ${what}`);
        await meanwhile();
      } catch (error) {
        // Not started yet, or no worker is there to answer.
        if (!isOutage(error) && !(error instanceof WorkflowNotFoundError)) throw error;
      }
      if (patience.aborted) throw new RangeError(`${what} was never reached`);
      await pause(TURN_MS);
    }
  }
}
