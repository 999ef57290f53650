import { proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { OrderActivities } from '../../activities/orders';
import { taskQueues } from '../../src/domain/case/names';
import { versionOf } from '../../src/domain/case/news';
import type { OrderPolicy } from '../../src/domain/case/policy';
import { invoiceFact } from '../../src/domain/invoice/facts';
import type { Invoice } from '../../src/domain/invoice/invoice';
import type { InvoiceProgress, InvoiceStage } from '../../src/domain/invoice/progress';
import { invoiceWithoutOrder } from '../../src/domain/invoice/questions';
import type { Markdown } from '../../src/domain/values/markdown';
import { untilAnswered } from '../case/activities';
import { Case, openCase, type CaseState } from '../case/case';
import { isOvertaken, isWithdrawn } from '../case/leaving';
import { listenToPeople } from '../case/listen';
import { findDelivery } from '../vendors/claritum';
import { markInvoice } from '../vendors/mark-invoice';
import { invoiceDetails } from './details';
import { invoiceProgressQuery, invoiceReportedSignal, type SettleInvoiceInput } from './messages';
import { isInvoiceReport } from './shapes';

const { findEnding } = proxyActivities<OrderActivities>({
  taskQueue: taskQueues.fulfilment,
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
  summary: 'How the order of the invoice ended',
});

type InvoiceEnd = 'settled' | 'disputed';

/** One invoice that no living order takes: its state, and what shows it to people. */
export class Settlement extends Case<CaseState<InvoiceStage>, OrderPolicy> {
  /** An invoice is not cancelled: it is settled or disputed. */
  readonly interruption = null;
  readonly mayGiveUp = false;
  readonly readWayOut = null;
  #invoice: Invoice;
  #ending: string | null | undefined;

  constructor({ invoice, policy, ending }: SettleInvoiceInput) {
    super(openCase('mismatch'), policy);
    this.#invoice = invoice;
    this.#ending = ending;
  }

  reach(): Promise<void> {
    return untilAnswered(() => findDelivery.awaited(this, { uid: this.#invoice.uid }));
  }

  protected attributes() {
    return { Vendor: '', Customer: '' };
  }

  protected numbers(): readonly (string | null)[] {
    const { invoiceNumber, uid, orderRef } = this.#invoice;
    return [invoiceNumber, uid, orderRef];
  }

  protected details(): Markdown {
    return invoiceDetails(this.progress(), this.#invoice, workflowInfo().workflowId);
  }

  listen(): void {
    setHandler(invoiceProgressQuery, () => this.progress());
    listenToPeople(this);
    setHandler(invoiceReportedSignal, (report) => {
      if (isInvoiceReport(report) && report.invoice.uid === this.#invoice.uid) this.#takeIn(report.invoice);
    });
  }

  /** Other content is decided about anew. */
  #takeIn(invoice: Invoice): void {
    const isOver = this.state.stage === 'settled' || this.state.stage === 'disputed';
    if (isOver || versionOf(invoice).digest === versionOf(this.#invoice).digest) return;
    this.#invoice = invoice;
    this.desk.withdrawAll('claritum', 'the invoice was changed');
  }

  /** Decided by a person, and acknowledged as it was then; from the start where the invoice is changed meanwhile. */
  async settle(): Promise<InvoiceEnd> {
    for (;;) {
      try {
        const outcome = await this.#decided();
        if (outcome !== 'changed') return outcome;
      } catch (error) {
        if (!isWithdrawn(error) && !isOvertaken(error)) throw error;
      }
    }
  }

  async #decided(): Promise<InvoiceEnd | 'changed'> {
    const { invoiceNumber, orderRef, uid } = this.#invoice;
    const { digest } = versionOf(this.#invoice);
    this.enter('mismatch');
    const ending = await this.#howItsOrderEnded();
    const order =
      orderRef === null ? 'no order' : `order ${orderRef}, which ${ending === null ? 'is unknown here' : 'has ended'}`;
    const { choice } = await this.desk.ask({
      of: invoiceWithoutOrder,
      values: { invoiceNumber, order: `${order}${ending === null ? '' : `: ${ending}`}` },
      facts: [
        invoiceFact(this.#invoice),
        { label: 'uid', value: uid },
        ...(ending === null ? [] : [{ label: `order ${orderRef}`, value: ending }]),
      ],
    });
    if (choice === 'dispute') {
      this.task(`clear invoice ${invoiceNumber} with the supplier, then mark it exported in Claritum: it is disputed`);
      return 'disputed';
    }
    this.enter('marking');
    const ended = await markInvoice(this, {
      ...{ kind: 'invoice', uid, orderRef: orderRef ?? '', digest, what: `invoice ${invoiceNumber}` },
      absentFor: this.policy.claritum.absentFor,
      isOvertaken: () => versionOf(this.#invoice).digest !== digest,
    });
    if (ended.kind === 'changed') this.#takeIn(ended.record);
    if (ended.kind === 'changed' || ended.kind === 'overtaken') return 'changed';
    if (ended.kind === 'marked') return 'settled';
    this.task(`invoice ${invoiceNumber} was withdrawn before it was settled: nothing of it is booked`);
    return 'disputed';
  }

  async #howItsOrderEnded(): Promise<string | null> {
    const { orderRef } = this.#invoice;
    if (this.#ending === undefined) this.#ending = orderRef === null ? null : await findEnding({ orderRef });
    return this.#ending;
  }

  progress(): InvoiceProgress {
    const { uid, invoiceNumber, orderRef } = this.#invoice;
    return { uid, invoiceNumber, orderRef, ...this.caseProgress() };
  }
}
