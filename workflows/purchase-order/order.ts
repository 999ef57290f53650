import { allHandlersFinished, upsertSearchAttributes } from '@temporalio/workflow';
import type { VendorName } from '../../src/domain/case/names';
import { salesOrderNumber, warehouseOrderId } from '../../src/domain/purchase-order/sales-order-number';
import { isZero } from '../../src/domain/values/decimal';
import type { Progress, Stage } from '../../src/domain/purchase-order/progress';
import { cut, newest } from '../../src/domain/values/bounds';
import type { OrderPlan } from '../../src/domain/purchase-order/order-plan';
import type { OrderPolicy } from '../../src/domain/case/policy';
import { totals } from '../../src/domain/purchase-order/quantity';
import { DecisionDesk } from '../decisions';
import { showDetails } from '../details';
import { FINISH_BY_HAND, GIVE_UP, givenUp, GO_ON_WITHOUT } from '../giving-up';
import { Hangs } from '../hangs';
import { watching, type ReadWayOut } from '../questions';
import type { Compensation, SagaHost } from '../saga';
import { untilAnswered, vendorsFor, type Vendors } from '../vendors';
import { vendorOf, type Wait } from './attributes';
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
  readonly hangs: Hangs;
  /** Set by the signals that mean "look now". */
  hasNews = false;
  /** An amendment is being carried out: what of it stands already is known in this history only. */
  isAmending = false;
  #shown = '';

  constructor(
    readonly state: OrderState,
    readonly policy: OrderPolicy,
    private readonly continueWith: (order: Order) => Promise<never>,
  ) {
    this.desk = new DecisionDesk(state.decisions, () => this.#questionsChanged(), policy.approval.remindEvery);
    this.hangs = new Hangs(state, this);
    this.refresh();
  }

  get vendors(): Vendors {
    return vendorsFor(this.policy.fulfilment, watching(this));
  }

  /** For what a message asks to look at: a handler neither gives the order up nor ends it. */
  get vendorsOfHandlers(): Vendors {
    return vendorsFor(this.policy.fulfilment, watching(this, GO_ON_WITHOUT));
  }

  get readWayOut(): ReadWayOut | null {
    if (this.mayGiveUp) return GIVE_UP;
    return ENDING.includes(this.state.stage) ? null : FINISH_BY_HAND;
  }

  reach(vendor: VendorName): Promise<void> {
    const { order, soNo, warehouseOrders } = this.state;
    const { claritum, manex, northscope } = this.vendors.awaited;
    switch (vendor) {
      case 'claritum':
        return untilAnswered(() =>
          claritum.findPurchaseOrder({ orderRef: order.orderRef, uid: order.uid, fresh: true }),
        );
      case 'manex':
        return untilAnswered(() => manex.findSalesOrder({ soNo: soNo ?? salesOrderNumber(order.orderRef, 0) }));
      case 'northscope':
        return untilAnswered(() =>
          northscope.findWarehouseOrders({
            orderIds: [warehouseOrders[0]?.orderId ?? warehouseOrderId(soNo ?? '', '1')],
          }),
        );
    }
  }

  /** Between two steps, or two tries of one, the whole story is in the state; not so within an amendment or a question. */
  async continueAsNew(): Promise<void> {
    const { isWanted, isPlaced, ending, decisions } = this.state;
    const isBetween = isWanted === true || isPlaced === true || ending !== undefined;
    if (isBetween && !this.isAmending && decisions.open.length === 0 && allHandlersFinished())
      await this.continueWith(this);
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

  get compensations(): Compensation[] {
    return this.state.compensations;
  }

  /** The plan, once it is made. @throws TypeError before: that would be a mistake in the story. */
  get plan(): OrderPlan {
    if (this.state.plan === null) throw new TypeError('the order has no plan yet');
    return this.state.plan;
  }

  /** Moves to a stage and shows it (search attributes count: at most six an order in the ordinary run). */
  enter(stage: Stage, waitsFor?: Wait): void {
    this.state.stage = stage;
    this.state.waitsFor = waitsFor;
    this.show();
  }

  waiting(text: string | null): void {
    if (text !== this.state.waitingFor) this.state.waitingSince = text === null ? null : new Date().toISOString();
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

  /** Brings the current details up to date. */
  refresh(): void {
    showDetails(orderDetails(this.progress()));
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
      ...this.hangs.insteadOf(state),
      hangs: state.hangs,
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
    if (this.state.decisions.open.length > 0) return 'decision';
    return this.hangs.listed() ?? this.state.waitsFor ?? '';
  }
}
