import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { isZero } from '../../src/domain/decimal';
import type { Progress, Stage } from '../../src/domain/progress';
import { cut, newest } from '../../src/domain/bounds';
import type { OrderPlan } from '../../src/domain/order-plan';
import type { OrderPolicy } from '../../src/domain/policy';
import { totals } from '../../src/domain/quantity';
import { givenUp, watching } from '../calls';
import { DecisionDesk } from '../decisions';
import type { Compensation, SagaHost } from '../saga';
import { vendorsFor, type Vendors } from '../vendors';
import { vendorOf, waitOf } from './attributes';
import { orderDetails } from './details';
import type { OrderState } from './state';

/** Bytes of JSON: the newest hundred ordinary steps. */
const LONGEST_STEPS = 12_288;
/** Characters of a step or a task. */
const LONGEST_STEP = 500;
/** An order of a thousand deliveries that is given up lists more than a thousand. */
const MOST_TASKS = 1_500;
const MORE_TASKS = 'there are more tasks than can be listed: read the history of this workflow for the rest';
const ENDING: readonly Stage[] = ['compensating', 'refused', 'cancelled', 'done'];

/** One running order: its state, and what shows it to people. */
export class Order implements SagaHost {
  readonly desk: DecisionDesk;
  /** Set by the signals that mean "look now". */
  hasNews = false;
  #shown = '';

  constructor(
    readonly state: OrderState,
    readonly policy: OrderPolicy,
  ) {
    this.desk = new DecisionDesk(state.decisions, () => this.#questionsChanged(), policy.approval.remindEvery);
    this.refresh();
  }

  get vendors(): Vendors {
    return vendorsFor(this.policy.fulfilment.calls, watching(this));
  }

  /** Nothing more is sent for a cancelled order, except what undoes and acknowledges it. */
  get interruption(): string | null {
    return ENDING.includes(this.state.stage) ? null : this.state.cancelledBy;
  }

  /** While nothing is known to have left the warehouse, everything can still be undone or listed. */
  get mayGiveUp(): boolean {
    return !ENDING.includes(this.state.stage) && isZero(totals(this.state.ledger).despatched);
  }

  /** Where the story may be left: between two steps. @throws ApplicationFailure `GivenUp` for a cancelled order. */
  checkpoint(): void {
    if (this.interruption !== null) throw givenUp('fulfil the order', this.interruption);
  }

  get settle(): string {
    return this.policy.fulfilment.settle;
  }

  get compensations(): Compensation[] {
    return this.state.compensations;
  }

  /** The plan, once it is made. @throws TypeError before: that would be a mistake in the story. */
  get plan(): OrderPlan {
    if (this.state.plan === null) throw new TypeError('the order has no plan yet');
    return this.state.plan;
  }

  /** Moves to a stage and shows it (search attributes count: at most six an order in the ordinary run). */
  enter(stage: Stage): void {
    this.state.stage = stage;
    this.show();
  }

  waiting(text: string | null): void {
    this.state.waitingFor = text;
    this.refresh();
  }

  note(text: string): void {
    this.state.steps.push({ at: new Date().toISOString(), text: cut(text, LONGEST_STEP) });
    this.state.steps.splice(0, this.state.steps.length - newest(this.state.steps, LONGEST_STEPS).length);
    this.refresh();
  }

  task(text: string): void {
    const { tasks } = this.state;
    const isFull = tasks.length >= MOST_TASKS;
    if (isFull) tasks.pop();
    tasks.push({ at: new Date().toISOString(), task: isFull ? MORE_TASKS : cut(text, LONGEST_STEP) });
    this.refresh();
  }

  /** As {@link task}, unless it is listed already. */
  taskOnce(text: string): void {
    if (this.#indexOf(text) === -1) this.task(text);
  }

  /** Takes a task back that has become untrue; false where it is not listed. */
  untask(text: string): boolean {
    const at = this.#indexOf(text);
    if (at === -1) return false;
    this.state.tasks.splice(at, 1);
    this.note(`no longer to be done: ${text}`);
    return true;
  }

  /** A task is listed as far as it is shown. */
  #indexOf(text: string): number {
    return this.state.tasks.findIndex(({ task }) => task === cut(text, LONGEST_STEP));
  }

  /** Brings the search attributes up to date, all together, if any has changed. */
  show(): void {
    const values = {
      Stage: this.state.stage,
      WaitingFor: this.#waitsFor(),
      Vendor: vendorOf[this.state.stage],
      Customer: this.state.plan?.custNo ?? '',
    };
    const shown = JSON.stringify(values);
    if (shown !== this.#shown) {
      this.#shown = shown;
      upsertSearchAttributes(
        Object.entries(values).map(([name, value]) => ({ key: { name, type: 'KEYWORD' as const }, value })),
      );
    }
    this.refresh();
  }

  /** Rewrites the current details of the Web UI; costs no event. */
  refresh(): void {
    setCurrentDetails(orderDetails(this.progress()));
  }

  progress(): Progress {
    const { state } = this;
    return {
      orderRef: state.order.orderRef,
      poNumber: state.order.poNumber,
      customerId: state.plan?.customerId ?? null,
      productCode: state.order.productCode,
      unitOfMeasure: state.order.unitOfMeasure,
      stage: state.stage,
      waitingFor: state.waitingFor,
      ledger: state.ledger,
      totals: totals(state.ledger),
      documents: {
        claritum: {
          orderRef: state.order.orderRef,
          poNumber: state.order.poNumber,
          uid: state.order.uid,
          exported: state.isExported,
          receipts: state.receipts,
          deliveriesExported: state.booked.filter(({ isMarked }) => isMarked).map(({ uid }) => uid),
          invoices: state.invoices,
        },
        manex: { soNo: state.soNo, uniqueLn: state.uniqueLn, closed: state.isLineClosed },
        northscope: { orders: state.warehouseOrders },
        documents: state.documents,
      },
      decisions: state.decisions.open,
      audit: state.decisions.audit,
      tasks: state.tasks,
      steps: state.steps,
    };
  }

  /** A new question shows at once; an answered one with the next stage or wait, so that it costs nothing of its own. */
  #questionsChanged(): void {
    if (this.state.decisions.open.length > 0) this.show();
    else this.refresh();
  }

  #waitsFor(): string {
    return this.state.decisions.open.length > 0 ? 'decision' : waitOf[this.state.stage];
  }
}
