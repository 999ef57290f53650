/**
 * One invoice: claimed from its order, which owns the ledger → three-way match → a human where it does not match →
 * marked exported in Claritum.
 */
import {
  allHandlersFinished,
  CancellationScope,
  condition,
  type ExternalWorkflowHandle,
  getExternalWorkflowHandle,
  isCancellation,
  log,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { OrderActivities } from '../activities/orders';
import { milliseconds } from '../src/domain/duration';
import type { Invoice } from '../src/domain/invoice';
import { acceptance } from '../src/domain/matching';
import { purchaseOrderWorkflowId, taskQueues } from '../src/domain/names';
import type { OrderPolicy } from '../src/domain/policy';
import type { InvoiceProgress, ListedTask } from '../src/domain/progress';
import { versionOf } from '../src/domain/news';
import { watching } from './calls';
import { invoiceDetails, whatAcceptingDoes } from './invoice-texts';
import { assertAnswer, DecisionDesk, isWithdrawn, noDecisions } from './decisions';
import {
  approveSignal,
  claimAnsweredSignal,
  claimInvoiceSignal,
  decideUpdate,
  invoiceEndedSignal,
  invoiceProgressQuery,
  invoiceReportedSignal,
  rejectSignal,
  type ClaimAnswer,
} from './messages';
import { mark, type Marker } from './purchase-order/export';
import { isClaimAnswer, isInvoiceReport } from './shapes';
import { vendorsFor, type Vendors } from './vendors';

export interface SettleInvoiceInput {
  readonly invoice: Invoice;
  readonly policy: OrderPolicy;
}

export type SettleInvoiceResult = InvoiceProgress;

const { findEnding } = proxyActivities<OrderActivities>({
  taskQueue: taskQueues.fulfilment,
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
  summary: 'How the order of the invoice ended',
});

export async function settleInvoice({ invoice, policy }: SettleInvoiceInput): Promise<SettleInvoiceResult> {
  const settlement = new Settlement(invoice, policy);
  settlement.listen();
  // An invoice is settled or disputed, by a decision; torn apart in between, it would hold its goods for ever.
  return CancellationScope.nonCancellable(() => settle(settlement));
}

async function settle(settlement: Settlement): Promise<SettleInvoiceResult> {
  const outcome = await settlement.outcome();
  await settlement.tellOrder(outcome);
  settlement.enter(outcome);
  await condition(allHandlersFinished);
  return settlement.progress();
}

const QUESTIONED = ['accept', 'dispute'] as const;
const WAIT = 'wait longer';
const GONE = 'withdrawn';
const MARKED = 'marked by somebody else';
const LOOK_AGAIN = 'look again';

const ENDED: readonly string[] = ['settled', 'disputed'] satisfies InvoiceProgress['stage'][];

class Settlement implements Marker {
  readonly desk: DecisionDesk;
  readonly settle: string;
  /** An invoice is not cancelled: it is settled or disputed. */
  readonly interruption = null;
  readonly mayGiveUp = false;
  readonly #decisions = noDecisions();
  readonly #tasks: ListedTask[] = [];
  #stage: InvoiceProgress['stage'] = 'claiming';
  #waitingFor: string | null = null;
  #answer: ClaimAnswer | undefined;
  #granted = '0';
  #hasOrder = true;
  /** The invoice was changed since its goods were last asked for. */
  #isChanged = false;

  #invoice: Invoice;

  constructor(
    invoice: Invoice,
    readonly policy: OrderPolicy,
  ) {
    this.#invoice = invoice;
    this.desk = new DecisionDesk(this.#decisions, () => this.#show(), policy.approval.remindEvery);
    this.settle = policy.fulfilment.settle;
  }

  /** As it was last taken in. */
  get invoice(): Invoice {
    return this.#invoice;
  }

  get vendors(): Vendors {
    return vendorsFor(this.policy.fulfilment.calls, watching(this));
  }

  listen(): void {
    setHandler(invoiceProgressQuery, () => this.progress());
    setHandler(approveSignal, (verdict) => this.desk.signalled('approve', verdict));
    setHandler(rejectSignal, (verdict) => this.desk.signalled('reject', verdict));
    setHandler(decideUpdate, (answer) => this.desk.answer(answer), { validator: assertAnswer });
    setHandler(claimAnsweredSignal, (answer) => {
      if (!isClaimAnswer(answer) || answer.digest !== versionOf(this.#invoice).digest) return;
      this.#answer = answer;
      const [open] = this.#decisions.open.filter(({ choices }) => choices.includes(WAIT));
      if (open !== undefined) this.desk.withdraw(open.id, `order ${answer.order.orderRef}`, 'the order has answered');
    });
    setHandler(invoiceReportedSignal, (report) => {
      if (isInvoiceReport(report) && report.invoice.uid === this.#invoice.uid) this.#takeIn(report.invoice);
    });
  }

  /** Other content is matched anew: what was asked or answered about the one before no longer counts. */
  #takeIn(invoice: Invoice): void {
    if (versionOf(invoice).digest === versionOf(this.#invoice).digest || ENDED.includes(this.#stage)) return;
    this.#invoice = invoice;
    this.#isChanged = true;
    this.#answer = undefined;
    this.desk.withdrawAll('claritum', 'the invoice was changed');
  }

  /** How it ends: only the version that was matched is acknowledged, and another one is matched anew. */
  async outcome(): Promise<'settled' | 'disputed'> {
    for (;;) {
      const claimed = await this.claim();
      const { invoiceNumber } = this.invoice;
      if (claimed === 'disputed') {
        this.task(
          `clear invoice ${invoiceNumber} with the supplier, then mark it exported in Claritum: it is disputed`,
        );
        return 'disputed';
      }
      const marked = await this.#unlessChanged(this.markExported());
      if (marked === 'marked') return 'settled';
      if (marked === 'withdrawn') {
        this.task(`invoice ${invoiceNumber} was withdrawn before it was settled: nothing of it is booked`);
        return 'disputed';
      }
    }
  }

  /** A question of the marking that the changed invoice took back leads to the matching again. */
  async #unlessChanged<T>(marking: Promise<T>): Promise<T | 'changed'> {
    try {
      return await marking;
    } catch (error) {
      if (!isWithdrawn(error) || !this.#isChanged) throw error;
      return 'changed';
    }
  }

  /** Asks the order until the goods are granted, or a human says how it ends; from the start where the invoice is changed. */
  async claim(): Promise<'settled' | 'disputed'> {
    for (;;) {
      this.#isChanged = false;
      this.#hasOrder = true;
      try {
        const outcome = await this.#claimed();
        if (outcome !== 'changed') return outcome;
      } catch (error) {
        if (!isWithdrawn(error) || !this.#isChanged) throw error;
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
      this.#stage = 'mismatch';
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
    const claim = { invoice: this.invoice, digest, replyTo: workflowInfo().workflowId, accepted };
    return (await this.#reaches((order) => order.signal(claimInvoiceSignal, claim))) ? this.#answered() : undefined;
  }

  async #answered(): Promise<ClaimAnswer | 'changed'> {
    const { goodsWithin } = this.policy.fulfilment;
    for (;;) {
      await condition(() => this.#answer !== undefined || this.#isChanged);
      if (this.#isChanged) return 'changed';
      const answer = this.#answer;
      if (answer === undefined) continue;
      if (answer.verdict !== 'awaiting-goods') return answer;
      this.enter('awaiting-goods');
      this.waiting(`the goods: ${answer.quantity} invoiced, ${answer.order.invoiceable} received and not invoiced`);
      if (await condition(() => this.#answer !== answer, milliseconds(goodsWithin))) continue;
      return { ...answer, differences: [`the goods did not come within ${goodsWithin}`] };
    }
  }

  /** 'answered' where the order granted or refused the goods before a human said how it ends. */
  async #mismatch({ verdict, quantity, differences, order }: ClaimAnswer): Promise<string> {
    const { invoiceNumber, net, currency } = this.invoice;
    const mayWait = verdict === 'awaiting-goods';
    try {
      const { choice } = await this.desk.ask({
        kind: 'mismatch',
        question:
          `Invoice ${invoiceNumber} does not match order ${order.orderRef}: ${differences.join('; ')}. ` +
          `${whatAcceptingDoes(acceptance(quantity, order))} Accept it, ${mayWait ? 'wait longer, ' : ''}or dispute it?`,
        facts: [
          { label: 'invoice', value: `${invoiceNumber}, net ${net} ${currency}` },
          { label: 'price', value: `${order.unitPrice} ${order.currency}` },
          { label: 'received and not invoiced', value: order.invoiceable },
          { label: 'still to come', value: order.outstanding },
        ],
        choices: [...QUESTIONED, ...(mayWait ? [WAIT] : [])],
      });
      return choice;
    } catch (error) {
      if (!isWithdrawn(error) || this.#isChanged) throw error;
      return 'answered';
    }
  }

  /** Nobody to claim from: the order is unknown here, or it has ended. */
  async #withoutOrder(): Promise<'settled' | 'disputed'> {
    const { invoiceNumber, net, currency, orderRef } = this.invoice;
    const ending = orderRef === null ? null : await findEnding({ orderRef });
    const order =
      orderRef === null ? 'no order' : `order ${orderRef}, which ${ending === null ? 'is unknown here' : 'has ended'}`;
    const { choice } = await this.desk.ask({
      kind: 'mismatch',
      question:
        `Invoice ${invoiceNumber} names ${order}${ending === null ? '' : `: ${ending}`}. ` +
        'Accepting marks it exported in Claritum and touches no order. Accept it, or dispute it?',
      facts: [
        { label: 'invoice', value: `${invoiceNumber}, net ${net} ${currency}` },
        ...(ending === null ? [] : [{ label: `order ${orderRef}`, value: ending }]),
      ],
      choices: QUESTIONED,
    });
    if (choice === 'accept') return this.#settledAlone();
    this.#hasOrder = false;
    return 'disputed';
  }

  #settledAlone(): 'settled' {
    this.#hasOrder = false;
    return 'settled';
  }

  /**
   * Marks the invoice as it was matched: `changed` where Claritum lists other content, which has been taken in; `withdrawn`
   * where it is listed no longer and nobody has marked it.
   */
  async markExported(): Promise<'marked' | 'changed' | 'withdrawn'> {
    this.enter('marking');
    for (let wasAbsent = false; ;) {
      const { uid, invoiceNumber, orderRef } = this.invoice;
      const { digest } = versionOf(this.invoice);
      const what = `invoice ${invoiceNumber}`;
      const ended = await mark(this, { kind: 'invoice', uid, orderRef: orderRef ?? '', digest, what });
      if (ended.kind === 'changed') this.#takeIn(ended.record);
      if (this.#isChanged) return 'changed';
      if (ended.kind !== 'absent') return 'marked';
      const { absentFor } = this.policy.claritum;
      if (wasAbsent) {
        const choice = await this.#vanished(absentFor);
        if (choice !== LOOK_AGAIN) return choice === MARKED ? 'marked' : 'withdrawn';
      } else {
        // One absence proves nothing.
        this.waiting(`Claritum, which lists ${what} no longer: looked at again after ${absentFor}`);
        await condition(() => this.#isChanged, milliseconds(absentFor));
        this.waiting(null);
      }
      wasAbsent = true;
    }
  }

  /** Only a human can know why an invoice is gone that Waybill has not marked. */
  async #vanished(absentFor: string): Promise<string> {
    const { invoiceNumber, uid } = this.invoice;
    const { choice } = await this.desk.ask({
      kind: 'mismatch',
      question: `Claritum has not listed invoice ${invoiceNumber} for ${absentFor}, and Waybill has not marked it. Was it withdrawn, or did somebody else mark it exported?`,
      facts: [{ label: 'uid', value: uid }],
      choices: [GONE, MARKED, LOOK_AGAIN],
    });
    return choice;
  }

  async tellOrder(outcome: 'settled' | 'disputed'): Promise<void> {
    const { uid, invoiceNumber: number } = this.invoice;
    if (!this.#hasOrder) return;
    const ended = { uid, number, quantity: this.#granted, outcome };
    await this.#reaches((order) => order.signal(invoiceEndedSignal, ended));
  }

  /** False where no running order takes the signal; then a human is asked, or there is nobody left to tell. */
  async #reaches(signal: (order: ExternalWorkflowHandle) => Promise<void>): Promise<boolean> {
    const { orderRef } = this.invoice;
    if (orderRef === null) return false;
    try {
      await signal(getExternalWorkflowHandle(purchaseOrderWorkflowId(orderRef)));
      return true;
    } catch (error) {
      if (isCancellation(error)) throw error;
      log.warn('no running order took the signal', { orderRef, error });
      return false;
    }
  }

  enter(stage: InvoiceProgress['stage']): void {
    this.#stage = stage;
    this.waiting(null);
    this.#show();
  }

  waiting(text: string | null): void {
    this.#waitingFor = text;
    setCurrentDetails(this.#details());
  }

  note(): void {
    setCurrentDetails(this.#details());
  }

  task(text: string): void {
    this.#tasks.push({ at: new Date().toISOString(), task: text });
  }

  progress(): InvoiceProgress {
    return {
      uid: this.invoice.uid,
      invoiceNumber: this.invoice.invoiceNumber,
      orderRef: this.invoice.orderRef,
      stage: this.#stage,
      waitingFor: this.#waitingFor,
      decisions: this.#decisions.open,
      audit: this.#decisions.audit,
      tasks: this.#tasks,
    };
  }

  #show(): void {
    const waitsFor = this.#decisions.open.length > 0 ? 'decision' : this.#stage === 'awaiting-goods' ? 'goods' : '';
    upsertSearchAttributes([
      { key: { name: 'Stage', type: 'KEYWORD' }, value: this.#stage },
      { key: { name: 'WaitingFor', type: 'KEYWORD' }, value: waitsFor },
    ]);
    setCurrentDetails(this.#details());
  }

  #details(): string {
    return invoiceDetails(this.progress(), this.invoice, workflowInfo().workflowId);
  }
}
