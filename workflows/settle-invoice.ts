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
import type { SaidLines } from '../src/domain/invoice-lines';
import { acceptance } from '../src/domain/matching';
import { purchaseOrderWorkflowId, taskQueues } from '../src/domain/names';
import type { OrderPolicy } from '../src/domain/policy';
import type { InvoiceProgress, ListedTask } from '../src/domain/progress';
import { carryOut, watching, type Caller } from './calls';
import { askAboutLine } from './invoice-lines';
import { invoiceDetails, invoiceFact, mismatchFacts, whatAcceptingDoes } from './invoice-texts';
import { assertAnswer, DecisionDesk, isWithdrawn, noDecisions } from './decisions';
import {
  approveSignal,
  claimAnsweredSignal,
  claimInvoiceSignal,
  decideUpdate,
  invoiceEndedSignal,
  invoiceProgressQuery,
  rejectSignal,
  type ClaimAnswer,
} from './messages';
import { isClaimAnswer } from './shapes';
import { vendorsFor } from './vendors';

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
  const { invoice } = settlement;
  const outcome = await settlement.claim();
  if (outcome === 'settled') await settlement.markExported();
  else
    settlement.task(
      `clear invoice ${invoice.invoiceNumber} with the supplier, then mark it exported in Claritum: it is disputed`,
    );
  await settlement.tellOrder(outcome);
  settlement.enter(outcome);
  await condition(allHandlersFinished);
  return settlement.progress();
}

const QUESTIONED = ['accept', 'dispute'] as const;
const WAIT = 'wait longer';

class Settlement implements Caller {
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
  #said: SaidLines = {};
  #hasOrder = true;

  constructor(
    readonly invoice: Invoice,
    readonly policy: OrderPolicy,
  ) {
    this.desk = new DecisionDesk(this.#decisions, () => this.#show(), policy.approval.remindEvery);
    this.settle = policy.fulfilment.settle;
  }

  listen(): void {
    setHandler(invoiceProgressQuery, () => this.progress());
    setHandler(approveSignal, (verdict) => this.desk.signalled('approve', verdict));
    setHandler(rejectSignal, (verdict) => this.desk.signalled('reject', verdict));
    setHandler(decideUpdate, (answer) => this.desk.answer(answer), { validator: assertAnswer });
    setHandler(claimAnsweredSignal, (answer) => {
      if (!isClaimAnswer(answer)) return;
      this.#answer = answer;
      const [open] = this.#decisions.open.filter(({ choices }) => choices.includes(WAIT));
      if (open !== undefined) this.desk.withdraw(open.id, `order ${answer.order.orderRef}`, 'the order has answered');
    });
  }

  /** Asks the order until the goods are granted, or a human says how it ends. */
  async claim(): Promise<'settled' | 'disputed'> {
    let isAccepted = false;
    for (let answer = await this.#ask(false); ;) {
      // Accepted once is accepted, also where the order has ended before it could hear of it.
      if (answer === undefined) return isAccepted ? this.#settledAlone() : this.#withoutOrder();
      if (answer.verdict === 'granted') {
        this.#granted = answer.quantity;
        return 'settled';
      }
      // An order refuses what was accepted only where it has ended; what it reserved all the same, it books.
      if (isAccepted && answer.verdict === 'mismatched') return 'settled';
      this.#stage = 'mismatch';
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
  async #ask(accepted: boolean): Promise<ClaimAnswer | undefined> {
    const { orderRef } = this.invoice;
    if (orderRef === null) return undefined;
    this.#answer = undefined;
    this.waiting(`order ${orderRef}`);
    const claim = { invoice: this.invoice, replyTo: workflowInfo().workflowId, accepted, said: this.#said };
    return (await this.#reaches((order) => order.signal(claimInvoiceSignal, claim))) ? this.#answered() : undefined;
  }

  async #answered(): Promise<ClaimAnswer> {
    const { goodsWithin } = this.policy.fulfilment;
    for (;;) {
      await condition(() => this.#answer !== undefined);
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
  async #mismatch({ verdict, quantity, differences, order, lines = [] }: ClaimAnswer): Promise<string> {
    const { invoiceNumber } = this.invoice;
    const mayWait = verdict === 'awaiting-goods';
    try {
      const { choice } = await this.desk.ask({
        kind: 'mismatch',
        question:
          `Invoice ${invoiceNumber} does not match order ${order.orderRef}: ${differences.join('; ')}. ` +
          `${whatAcceptingDoes(acceptance(quantity, order))} Accept it, ${mayWait ? 'wait longer, ' : ''}or dispute it?`,
        facts: mismatchFacts(this.invoice, order, lines),
        choices: [...QUESTIONED, ...(mayWait ? [WAIT] : [])],
      });
      return choice;
    } catch (error) {
      if (!isWithdrawn(error)) throw error;
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
      kind: 'mismatch',
      question:
        `Invoice ${invoiceNumber} names ${order}${ending === null ? '' : `: ${ending}`}. ` +
        'Accepting marks it exported in Claritum and touches no order. Accept it, or dispute it?',
      facts: [invoiceFact(this.invoice), ...(ending === null ? [] : [{ label: `order ${orderRef}`, value: ending }])],
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

  async markExported(): Promise<void> {
    this.enter('marking');
    const { uid, invoiceNumber } = this.invoice;
    const vendors = vendorsFor(this.policy.fulfilment.calls, watching(this));
    await carryOut(this, {
      what: `mark invoice ${invoiceNumber} exported in Claritum`,
      facts: [{ label: 'uid', value: uid }],
      send: async () => {
        await vendors.claritumOnce.markExported({ uids: [uid] });
        return true;
      },
      otherwise: 'send again',
      wayOut: 'done by hand',
      assumed: async () => true,
    });
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
