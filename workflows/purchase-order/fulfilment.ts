import { allHandlersFinished } from '@temporalio/workflow';
import type { VendorName } from '../../src/domain/case/names';
import { salesOrderNumber, warehouseOrderId } from '../../src/domain/purchase-order/sales-order-number';
import { isZero } from '../../src/domain/values/decimal';
import type { Markdown } from '../../src/domain/values/markdown';
import type { Progress, Stage } from '../../src/domain/purchase-order/progress';
import type { OrderPlan } from '../../src/domain/purchase-order/order-plan';
import type { OrderPolicy } from '../../src/domain/case/policy';
import { totals } from '../../src/domain/purchase-order/quantity';
import { untilAnswered } from '../case/activities';
import { Case } from '../case/case';
import { FINISH_BY_HAND, GIVE_UP } from '../case/leaving';
import type { ReadWayOut } from '../case/questions';
import type { SagaHost } from '../case/saga';
import { findPurchaseOrder } from '../vendors/claritum';
import { findSalesOrder } from '../vendors/manex';
import { findWarehouseOrders } from '../vendors/northscope';
import { vendorOf } from './attributes';
import { orderDetails } from './details';
import { shownInvoices } from './shown-invoices';
import type { OrderState } from './state';
import { undo, type OrderCompensation, type OrderUndoing } from './undoing';

const ENDING: readonly Stage[] = ['compensating', 'refused', 'cancelled', 'done'];

/** One running order: its state, and what shows it to people. */
export class Fulfilment extends Case<OrderState, OrderPolicy> implements SagaHost<OrderUndoing> {
  /** Set by the signals that mean "look now". */
  hasNews = false;
  /** The warehouse has changed since the last look at it, its feed says. */
  isWarehouseNew = false;
  /** How often in a row NorthScope has refused an allocation. */
  refusedAllocations = 0;
  /** An amendment is being carried out: what of it stands already is known in this history only. */
  isAmending = false;

  constructor(
    state: OrderState,
    policy: OrderPolicy,
    private readonly continueWith: (fulfilment: Fulfilment) => Promise<never>,
  ) {
    super(state, policy);
    this.refresh();
  }

  undo(undoing: OrderUndoing): Promise<void> {
    return undo(this, undoing);
  }

  get readWayOut(): ReadWayOut | null {
    if (this.mayGiveUp) return GIVE_UP;
    return ENDING.includes(this.state.stage) ? null : FINISH_BY_HAND;
  }

  reach(vendor: VendorName): Promise<void> {
    const { order, warehouseOrders } = this.state;
    const { orderRef, uid } = order;
    const soNo = this.state.soNo ?? salesOrderNumber(orderRef, 0);
    switch (vendor) {
      case 'claritum':
        return untilAnswered(() => findPurchaseOrder.awaited(this, { orderRef, uid, fresh: true }));
      case 'manex':
        return untilAnswered(() => findSalesOrder.awaited(this, { soNo }));
      case 'northscope': {
        const [placed] = warehouseOrders;
        const orderIds = [placed?.orderId ?? warehouseOrderId(soNo, '1')];
        return untilAnswered(() => findWarehouseOrders.awaited(this, { orderIds }));
      }
    }
  }

  /** Between two steps, or two tries of one, the whole story is in the state; not so within an amendment or a question. */
  async continueAsNew(): Promise<void> {
    const { isWanted, isPlaced, ending, decisions, openInvoices } = this.state;
    const isBetween = isWanted === true || isPlaced === true || ending !== undefined;
    // What is asked about an invoice is taken up again.
    const isAsking = decisions.open.some(({ about }) => !openInvoices.some(({ invoice }) => invoice.uid === about));
    if (isBetween && !this.isAmending && !isAsking && allHandlersFinished()) await this.continueWith(this);
  }

  /** Nothing more is sent for a cancelled order, except what undoes and acknowledges it. */
  get interruption(): string | null {
    return ENDING.includes(this.state.stage) ? null : this.state.cancelledBy;
  }

  /** While nothing is known to have left the warehouse, everything can still be undone or listed. */
  get mayGiveUp(): boolean {
    return !ENDING.includes(this.state.stage) && isZero(totals(this.state.ledger).despatched);
  }

  get compensations(): OrderCompensation[] {
    return this.state.compensations;
  }

  /** The number of the sales order in ManEx. @throws TypeError before it is placed: that would be a mistake in the story. */
  get soNo(): string {
    return this.#placed(this.state.soNo, 'sales order');
  }

  /** ManEx's key of the line. @throws TypeError before it is added */
  get uniqueLn(): string {
    return this.#placed(this.state.uniqueLn, 'line');
  }

  #placed(key: string | null, what: string): string {
    if (key === null) throw new TypeError(`the order has no ${what} in ManEx yet`);
    return key;
  }

  /** The plan, once it is made. @throws TypeError before: that would be a mistake in the story. */
  get plan(): OrderPlan {
    if (this.state.plan === null) throw new TypeError('the order has no plan yet');
    return this.state.plan;
  }

  protected attributes() {
    const { stage, plan } = this.state;
    // Before the order is planned, Customer keeps the value of the start.
    return { Vendor: vendorOf[stage], ...(plan === null ? {} : { Customer: plan.custNo }) };
  }

  protected numbers(): readonly (string | null)[] {
    const { order, soNo, invoices, warehouseOrders } = this.state;
    return [
      ...[order.orderRef, order.poNumber, order.uid, soNo],
      ...invoices.map(({ number }) => number),
      ...warehouseOrders.map(({ orderId }) => orderId),
    ];
  }

  protected details(): Markdown {
    return orderDetails(this.progress());
  }

  progress(): Progress {
    const { state } = this;
    return {
      orderRef: state.order.orderRef,
      poNumber: state.order.poNumber,
      customerId: state.plan?.customerId ?? null,
      productCode: state.order.productCode,
      unitOfMeasure: state.order.unitOfMeasure,
      ...this.caseProgress(),
      ledger: state.ledger,
      totals: totals(state.ledger),
      ...(state.endedBecause === undefined ? {} : { endedBecause: state.endedBecause }),
      documents: {
        claritum: {
          orderRef: state.order.orderRef,
          poNumber: state.order.poNumber,
          uid: state.order.uid,
          exported: state.isExported,
          receipts: state.receipts,
          deliveriesExported: state.booked.filter(({ isMarked }) => isMarked).map(({ uid }) => uid),
          invoices: shownInvoices(state),
        },
        manex: { soNo: state.soNo, uniqueLn: state.uniqueLn, closed: state.isLineClosed },
        northscope: { orders: state.warehouseOrders },
        documents: state.documents,
      },
    };
  }
}
