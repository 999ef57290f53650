import { condition, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { OrderActivities } from '../../activities/orders';
import { milliseconds } from '../../src/domain/values/duration';
import type { Invoice } from '../../src/domain/invoice/invoice';
import type { SaidLines } from '../../src/domain/invoice/invoice-lines';
import { acceptance } from '../../src/domain/invoice/matching';
import { purchaseOrderWorkflowId, taskQueues } from '../../src/domain/case/names';
import { versionOf } from '../../src/domain/case/news';
import type { OrderPolicy } from '../../src/domain/case/policy';
import type { Markdown } from '../../src/domain/values/markdown';
import type { InvoiceProgress, InvoiceStage } from '../../src/domain/invoice/progress';
import { isWithdrawn } from '../case/leaving';
import { Case, openCase, type CaseState } from '../case/case';
import { listenToPeople } from '../case/listen';
import {
  claimAnsweredSignal,
  claimInvoiceSignal,
  invoiceEndedSignal,
  invoiceProgressQuery,
  invoiceReportedSignal,
  type ClaimAnswer,
} from './messages';
import { reaches } from '../case/reaches';
import { isClaimAnswer, isInvoiceReport } from './shapes';
import { untilAnswered } from '../case/activities';
import { findDelivery } from '../vendors/claritum';
import { askAboutLine } from './lines';
import { invoiceDetails, invoiceFact, mismatchFacts, whatAcceptingDoes } from './texts';
import type { Decision } from '../../src/domain/case/decision';
import { invoiceWithoutOrder, mismatchedInvoice } from '../../src/domain/invoice/questions';

const { findEnding } = proxyActivities<OrderActivities>({
  taskQueue: taskQueues.fulfilment,
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
  summary: 'How the order of the invoice ended',
});

const QUESTIONED = ['accept', 'dispute'] as const;
const WAIT = 'wait longer' as const;

const ENDED: readonly string[] = ['settled', 'disputed'] satisfies InvoiceStage[];

/** What a running invoice knows of itself. */
type SettlementState = CaseState<InvoiceStage, 'goods'>;

/** One running invoice: its state, its claim on the goods of its order, and what shows it to people. */
export class Settlement extends Case<SettlementState, OrderPolicy> {
  /** An invoice is not cancelled: it is settled or disputed. */
  readonly interruption = null;
  readonly mayGiveUp = false;
  readonly readWayOut = null;
  #answer: ClaimAnswer | undefined;
  #granted = '0';
  #said: SaidLines = {};
  #hasOrder = true;
  /** Changed since its goods were last asked for: what was asked or answered before no longer counts. */
  isChanged = false;

  #invoice: Invoice;

  constructor(invoice: Invoice, policy: OrderPolicy) {
    super(openCase('claiming'), policy);
    this.#invoice = invoice;
  }

  /** As it was last taken in. */
  get invoice(): Invoice {
    return this.#invoice;
  }

  reach(): Promise<void> {
    return untilAnswered(() => findDelivery.awaited(this, { uid: this.invoice.uid }));
  }

  protected attributes() {
    return { Vendor: '', Customer: '' };
  }

  protected numbers(): readonly (string | null)[] {
    const { invoiceNumber, uid, orderRef } = this.#invoice;
    return [invoiceNumber, uid, orderRef];
  }

  protected details(): Markdown {
    return invoiceDetails(this.progress(), this.invoice, workflowInfo().workflowId);
  }

  listen(): void {
    setHandler(invoiceProgressQuery, () => this.progress());
    listenToPeople(this);
    setHandler(claimAnsweredSignal, (answer) => {
      if (!isClaimAnswer(answer) || answer.digest !== versionOf(this.#invoice).digest) return;
      this.#answer = answer;
      const waits = (open: Decision): boolean => open.choices.includes(WAIT);
      this.desk.withdrawWhere(waits, `order ${answer.order.orderRef}`, 'the order has answered');
    });
    setHandler(invoiceReportedSignal, (report) => {
      if (isInvoiceReport(report) && report.invoice.uid === this.#invoice.uid) this.takeIn(report.invoice);
    });
  }

  /** Other content is matched anew. */
  takeIn(invoice: Invoice): void {
    if (versionOf(invoice).digest === versionOf(this.#invoice).digest || ENDED.includes(this.state.stage)) return;
    this.#invoice = invoice;
    this.isChanged = true;
    this.#answer = undefined;
    this.desk.withdrawAll('claritum', 'the invoice was changed');
  }

  /** Asks the order until the goods are granted, or a human says how it ends; from the start where the invoice is changed. */
  async claim(): Promise<'settled' | 'disputed'> {
    for (;;) {
      this.isChanged = false;
      this.#hasOrder = true;
      this.#said = {};
      try {
        const outcome = await this.#claimed();
        if (outcome !== 'changed') return outcome;
      } catch (error) {
        if (!isWithdrawn(error) || !this.isChanged) throw error;
      }
    }
  }

  async #claimed(): Promise<'settled' | 'disputed' | 'changed'> {
    let isAccepted = false;
    for (let answer = await this.#ask(false); ;) {
      if (answer === 'changed') return 'changed';
      // Accepted once is accepted, also where the order has ended before it could hear of it.
      if (answer === undefined) return isAccepted ? this.#settledAlone() : this.#withoutOrder();
      if (answer.verdict === 'granted') {
        this.#granted = answer.quantity;
        return 'settled';
      }
      // An order refuses what was accepted only where it has ended; what it reserved all the same, it books.
      if (isAccepted && answer.verdict === 'mismatched') return 'settled';
      this.state.stage = 'mismatch';
      if (answer.verdict === 'unclear') {
        const told = await askAboutLine(this.desk, this.invoice, answer);
        if (told === null) return 'disputed';
        this.#said = { ...this.#said, ...told };
        answer = await this.#ask(isAccepted);
        continue;
      }
      const choice = await this.#mismatch(answer);
      if (choice === 'dispute') return 'disputed';
      isAccepted ||= choice === 'accept';
      answer = choice === 'accept' ? await this.#ask(true) : await this.#answered();
    }
  }

  /** The order's answer, or undefined where no running order takes the claim. */
  async #ask(accepted: boolean): Promise<ClaimAnswer | 'changed' | undefined> {
    const { orderRef } = this.invoice;
    if (orderRef === null) return undefined;
    this.#answer = undefined;
    this.waiting(`order ${orderRef}`);
    const { digest } = versionOf(this.invoice);
    const claim = { invoice: this.invoice, digest, replyTo: workflowInfo().workflowId, accepted, said: this.#said };
    const isReached = await reaches(purchaseOrderWorkflowId(orderRef), (order) =>
      order.signal(claimInvoiceSignal, claim),
    );
    return isReached ? this.#answered() : undefined;
  }

  async #answered(): Promise<ClaimAnswer | 'changed'> {
    const { goodsWithin } = this.policy.fulfilment;
    for (;;) {
      await condition(() => this.#answer !== undefined || this.isChanged);
      if (this.isChanged) return 'changed';
      const answer = this.#answer;
      if (answer === undefined) continue;
      if (answer.verdict !== 'awaiting-goods') return answer;
      this.enter('awaiting-goods', 'goods');
      this.waiting(`the goods: ${answer.quantity} invoiced, ${answer.order.invoiceable} received and not invoiced`);
      if (await condition(() => this.#answer !== answer, milliseconds(goodsWithin))) continue;
      return { ...answer, differences: [`the goods did not come within ${goodsWithin}`] };
    }
  }

  /** 'answered' where the order granted or refused the goods before a human said how it ends. */
  async #mismatch({ verdict, quantity, differences, order, lines = [] }: ClaimAnswer): Promise<string> {
    const { invoiceNumber } = this.invoice;
    const mayWait = verdict === 'awaiting-goods';
    try {
      const { choice } = await this.desk.ask({
        of: mismatchedInvoice,
        values: {
          invoiceNumber,
          orderRef: order.orderRef,
          differences: differences.join('; '),
          accepting: whatAcceptingDoes(acceptance(quantity, order)),
          waiting: mayWait ? 'wait longer, ' : '',
        },
        facts: mismatchFacts(this.invoice, order, lines),
        choices: [...QUESTIONED, ...(mayWait ? [WAIT] : [])],
      });
      return choice;
    } catch (error) {
      if (!isWithdrawn(error) || this.isChanged) throw error;
      return 'answered';
    }
  }

  /** Nobody to claim from: the order is unknown here, or it has ended. */
  async #withoutOrder(): Promise<'settled' | 'disputed'> {
    const { invoiceNumber, orderRef } = this.invoice;
    const ending = orderRef === null ? null : await findEnding({ orderRef });
    const order =
      orderRef === null ? 'no order' : `order ${orderRef}, which ${ending === null ? 'is unknown here' : 'has ended'}`;
    const { choice } = await this.desk.ask({
      of: invoiceWithoutOrder,
      values: { invoiceNumber, order: `${order}${ending === null ? '' : `: ${ending}`}` },
      facts: [invoiceFact(this.invoice), ...(ending === null ? [] : [{ label: `order ${orderRef}`, value: ending }])],
    });
    if (choice === 'accept') return this.#settledAlone();
    this.#hasOrder = false;
    return 'disputed';
  }

  #settledAlone(): 'settled' {
    this.#hasOrder = false;
    return 'settled';
  }

  async tellOrder(outcome: 'settled' | 'disputed'): Promise<void> {
    const { uid, invoiceNumber: number, orderRef } = this.invoice;
    if (!this.#hasOrder || orderRef === null) return;
    const ended = { uid, number, quantity: this.#granted, outcome };
    await reaches(purchaseOrderWorkflowId(orderRef), (order) => order.signal(invoiceEndedSignal, ended));
  }

  progress(): InvoiceProgress {
    const { uid, invoiceNumber, orderRef } = this.invoice;
    return { uid, invoiceNumber, orderRef, ...this.caseProgress() };
  }
}
