import { getExternalWorkflowHandle } from '@temporalio/workflow';
import { isPositive, minimum, subtract, sum } from '../../src/domain/decimal';
import { matchInvoice, type OrderFacts } from '../../src/domain/matching';
import { invoiceable, outstanding, recordInvoiced, totals } from '../../src/domain/quantity';
import { claimAnsweredSignal, type ClaimAnswer, type InvoiceClaim } from '../messages';
import type { Claim, Order } from './order';

/** Takes a claim in; asking twice is asking once, and an accepted claim replaces the one that did not match. */
export function takeClaim({ state }: Order, claim: InvoiceClaim): void {
  const { uid } = claim.invoice;
  const known = state.claims.find(({ invoice }) => invoice.uid === uid);
  if (known !== undefined && known.reserved !== null) return;
  state.claims = [
    ...state.claims.filter(({ invoice }) => invoice.uid !== uid),
    { ...claim, reserved: null, toldToWait: known?.toldToWait ?? false },
  ];
}

/** How an invoice ended: settled takes its goods from the ledger, disputed gives the reservation back. */
export function endClaim(
  order: Order,
  ended: { uid: string; number: string; quantity: string; outcome: 'settled' | 'disputed' },
): void {
  const { state } = order;
  const claim = state.claims.find(({ invoice }) => invoice.uid === ended.uid);
  state.claims = state.claims.filter(({ invoice }) => invoice.uid !== ended.uid);
  if (state.invoices.some(({ uid }) => uid === ended.uid)) return;
  const quantity = claim?.reserved ?? '0';
  if (ended.outcome === 'settled' && isPositive(quantity)) state.ledger = recordInvoiced(state.ledger, quantity);
  state.invoices = [...state.invoices, { uid: ended.uid, number: ended.number, quantity, outcome: ended.outcome }];
  order.note(`invoice ${ended.number} (${quantity}) ${ended.outcome}`);
}

/** Answers every claim that can be answered now; those that wait for goods stay. */
export async function answerClaims(order: Order): Promise<void> {
  for (const claim of order.state.claims) {
    if (claim.reserved !== null) continue;
    const answer = answerTo(order, claim);
    if (answer.verdict === 'awaiting-goods' && claim.toldToWait) continue;
    replace(order, claim, {
      reserved: answer.verdict === 'granted' ? answer.quantity : null,
      toldToWait: answer.verdict === 'awaiting-goods',
    });
    if (answer.verdict === 'mismatched') {
      order.state.claims = order.state.claims.filter(({ invoice }) => invoice.uid !== claim.invoice.uid);
    }
    await getExternalWorkflowHandle(claim.replyTo).signal(claimAnsweredSignal, answer);
  }
}

function replace({ state }: Order, { invoice }: Claim, change: Pick<Claim, 'reserved' | 'toldToWait'>): void {
  state.claims = state.claims.map((claim) => (claim.invoice.uid === invoice.uid ? { ...claim, ...change } : claim));
}

function answerTo(order: Order, { invoice, accepted }: Claim): ClaimAnswer {
  const facts = factsFor(order);
  const match = matchInvoice(invoice, facts, order.policy.fulfilment.invoiceTolerance);
  const answer = { uid: invoice.uid, quantity: match.quantity, order: facts, differences: [] };
  if (match.kind === 'matched') return { ...answer, verdict: 'granted' };
  if (accepted) return { ...answer, verdict: 'granted', quantity: minimum(match.quantity, facts.invoiceable) };
  if (match.kind === 'awaiting-goods') return { ...answer, verdict: 'awaiting-goods' };
  return { ...answer, verdict: 'mismatched', differences: match.differences };
}

function factsFor({ state }: Order): OrderFacts {
  const reserved = sum(state.claims.map((claim) => claim.reserved ?? '0'));
  return {
    orderRef: state.order.orderRef,
    currency: state.order.currency,
    unitPrice: state.order.unitPrice,
    ordered: totals(state.ledger).ordered,
    invoiceable: subtract(invoiceable(state.ledger), reserved),
    outstanding: outstanding(state.ledger),
  };
}

/** Answers every claim that is left with why it gets nothing; the claimant then asks a human. */
export async function refuseClaims(order: Order, because: string): Promise<void> {
  const { claims } = order.state;
  order.state.claims = [];
  for (const { invoice, replyTo } of claims) {
    const answer: ClaimAnswer = {
      uid: invoice.uid,
      verdict: 'mismatched',
      quantity: '0',
      order: factsFor(order),
      differences: [because],
    };
    await getExternalWorkflowHandle(replyTo).signal(claimAnsweredSignal, answer);
  }
}
