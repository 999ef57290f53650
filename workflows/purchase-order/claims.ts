import { getExternalWorkflowHandle, isCancellation } from '@temporalio/workflow';
import { add, isPositive, isZero, maximum, minimum, subtract, sum } from '../../src/domain/values/decimal';
import { endingOf } from '../../src/domain/purchase-order/ending';
import { asMoney } from '../../src/domain/purchase-order/order-amounts';
import { acceptance, matchInvoice, type OrderFacts } from '../../src/domain/invoice/matching';
import {
  closeUninvoiced,
  invoiceable,
  outstanding,
  recordInvoiced,
  totals,
} from '../../src/domain/purchase-order/quantity';
import { isWithdrawn } from '../case/leaving';
import { claimAnsweredSignal, type ClaimAnswer, type InvoiceClaim } from '../invoice/messages';
import type { Fulfilment } from './fulfilment';
import type { Claim, OrderState } from './state';
import type { Decision } from '../../src/domain/case/decision';
import { isOf } from '../../src/domain/case/question';
import { missingInvoice } from '../../src/domain/purchase-order/questions';

/**
 * Takes a claim in; asking twice is asking once, and an accepted claim replaces the one that did not match. One that has
 * its goods already is told so again; one whose invoice was changed gives them back and is matched anew.
 */
export function takeClaim(fulfilment: Fulfilment, claim: InvoiceClaim): void {
  const { state } = fulfilment;
  const { uid } = claim.invoice;
  const known = state.claims.find(({ invoice }) => invoice.uid === uid);
  const isSame = known !== undefined && known.digest === claim.digest;
  const taken: Claim =
    isSame && known.reserved !== null
      ? { ...known, isAskedAgain: true }
      : { ...claim, reserved: null, toldToWait: isSame && known.toldToWait };
  state.claims = [...state.claims.filter(({ invoice }) => invoice.uid !== uid), taken];
  const isAskedFor = (open: Decision): boolean => isOf(open, missingInvoice);
  fulfilment.desk.withdrawWhere(isAskedFor, `invoice ${claim.invoice.invoiceNumber}`, 'an invoice came');
}

/** How an invoice ended: settled takes its goods from the ledger, disputed gives the reservation back. */
export function endClaim(
  fulfilment: Fulfilment,
  ended: { uid: string; number: string; quantity: string; outcome: 'settled' | 'disputed' },
): void {
  const { state } = fulfilment;
  const { uid, number, outcome } = ended;
  const claim = state.claims.find(({ invoice }) => invoice.uid === uid);
  state.claims = state.claims.filter(({ invoice }) => invoice.uid !== uid);
  if (state.invoices.some((invoice) => invoice.uid === uid)) return;
  const quantity = claim?.reserved ?? '0';
  state.invoices = [...state.invoices, { uid, number, quantity, outcome }];
  bookAccepted(state);
  const charged = claim?.charges === undefined ? '' : `, with other charges of ${claim.charges}`;
  fulfilment.note(
    outcome === 'disputed' ? `invoice ${number} disputed` : settledNote(number, quantity, aheadOf(state)) + charged,
  );
}

function settledNote(number: string, quantity: string, ahead: string): string {
  if (!isPositive(quantity)) return `invoice ${number} settled: it takes none of the goods`;
  const later = minimum(quantity, ahead);
  return `invoice ${number} (${quantity}) settled${isPositive(later) ? `, ${later} of it before the goods are received` : ''}`;
}

/** What invoices were accepted for beyond what has been received: no more is invoiced than received. */
const aheadOf = ({ invoices, ledger }: OrderState): string =>
  subtract(
    sum(invoices.filter(({ outcome }) => outcome === 'settled').map(({ quantity }) => quantity)),
    ledger.invoiced,
  );

/** Books as invoiced what was settled, as far as it has been received. */
function bookAccepted(state: OrderState): void {
  const quantity = minimum(aheadOf(state), invoiceable(state.ledger));
  if (isPositive(quantity)) state.ledger = recordInvoiced(state.ledger, quantity);
}

/** Answers every claim that can be answered now; those that wait for goods stay. */
export async function answerClaims(fulfilment: Fulfilment): Promise<void> {
  bookAccepted(fulfilment.state);
  if (isZero(outstanding(fulfilment.state.ledger))) listAccepted(fulfilment);
  for (const claim of fulfilment.state.claims) {
    if (claim.reserved !== null && claim.isAskedAgain !== true) continue;
    const { charges, ...answer } = answerTo(fulfilment, claim);
    if (answer.verdict === 'awaiting-goods' && claim.toldToWait) continue;
    const { isAskedAgain: _, ...asked } = claim;
    const { currency } = claim.invoice;
    replace(fulfilment, {
      ...asked,
      ...(isZero(charges) ? {} : { charges: `${asMoney(charges, currency)} ${currency}` }),
      reserved: answer.verdict === 'granted' ? answer.quantity : null,
      toldToWait: answer.verdict === 'awaiting-goods',
    });
    if (answer.verdict === 'mismatched' || answer.verdict === 'unclear') {
      fulfilment.state.claims = fulfilment.state.claims.filter(({ invoice }) => invoice.uid !== claim.invoice.uid);
    }
    await tell(fulfilment, claim, answer);
  }
}

/** A claimant that has ended, by whatever means, holds no goods. */
async function tell(fulfilment: Fulfilment, { invoice, replyTo }: Claim, answer: ClaimAnswer): Promise<void> {
  try {
    await getExternalWorkflowHandle(replyTo).signal(claimAnsweredSignal, answer);
  } catch (error) {
    if (isCancellation(error)) throw error;
    fulfilment.state.claims = fulfilment.state.claims.filter((claim) => claim.invoice.uid !== invoice.uid);
    fulfilment.note(`invoice ${invoice.invoiceNumber} asked for its goods and has ended: they are free again`);
  }
}

function replace({ state }: Fulfilment, changed: Claim): void {
  state.claims = state.claims.map((claim) => (claim.invoice.uid === changed.invoice.uid ? changed : claim));
}

/** @returns the answer, and what the invoice charges besides the goods (decimal string, its currency) */
function answerTo(fulfilment: Fulfilment, claim: Claim): ClaimAnswer & { readonly charges: string } {
  const { invoice, accepted, reserved, said } = claim;
  const facts = factsFor(fulfilment);
  const match = matchInvoice(invoice, facts, fulfilment.policy.fulfilment, said);
  const { quantity, charges, lines } = match;
  const answer = { uid: invoice.uid, digest: claim.digest, quantity, charges, lines, order: facts, differences: [] };
  if (reserved !== null) return { ...answer, verdict: 'granted', quantity: reserved };
  if (match.kind === 'unclear') return { ...answer, verdict: 'unclear' };
  const repeated = repeatOf(fulfilment.state, claim);
  if (match.kind === 'matched' && (accepted || repeated === undefined)) return { ...answer, verdict: 'granted' };
  if (accepted) {
    const { now, later } = acceptance(match.quantity, facts);
    return { ...answer, verdict: 'granted', quantity: add(now, later) };
  }
  const differences = [
    ...(repeated === undefined ? [] : [repeated]),
    ...(match.kind === 'mismatched' ? match.differences : []),
  ];
  if (differences.length === 0) return { ...answer, verdict: 'awaiting-goods' };
  return { ...answer, verdict: 'mismatched', differences };
}

/** A number that another invoice of this order bears is a repetition until a human says otherwise. */
function repeatOf({ invoices, claims }: OrderState, { invoice: { uid, invoiceNumber } }: Claim): string | undefined {
  if (invoiceNumber === '') return undefined;
  const ended = invoices.find((other) => other.number === invoiceNumber && other.uid !== uid);
  if (ended !== undefined) return `an invoice with the same number (${ended.uid}) was ${ended.outcome} already`;
  const own = claims.findIndex(({ invoice }) => invoice.uid === uid);
  const first = claims.find(
    ({ invoice, reserved }, at) =>
      invoice.invoiceNumber === invoiceNumber && invoice.uid !== uid && (at < own || reserved !== null),
  );
  return first && `an invoice with the same number (${first.invoice.uid}) asks for its goods as well`;
}

function factsFor({ state }: Fulfilment): OrderFacts {
  const reserved = sum(state.claims.map((claim) => claim.reserved ?? '0'));
  const free = subtract(subtract(invoiceable(state.ledger), reserved), aheadOf(state));
  return {
    orderRef: state.order.orderRef,
    currency: state.order.currency,
    unitPrice: state.order.unitPrice,
    productCode: state.order.productCode,
    title: state.order.projectTitle,
    ordered: totals(state.ledger).ordered,
    invoiceable: maximum('0', free),
    outstanding: maximum('0', add(outstanding(state.ledger), minimum('0', free))),
  };
}

/** Answers every claim that is left with how the order ended; the claimant then asks a human. */
export async function refuseClaims(fulfilment: Fulfilment): Promise<void> {
  const { claims } = fulfilment.state;
  fulfilment.state.claims = [];
  listAccepted(fulfilment);
  for (const claim of claims) {
    const answer: ClaimAnswer = {
      uid: claim.invoice.uid,
      digest: claim.digest,
      verdict: 'mismatched',
      quantity: '0',
      order: factsFor(fulfilment),
      differences: [`order ${fulfilment.state.order.orderRef} has ended: ${endingOf(fulfilment.progress())}`],
    };
    await tell(fulfilment, claim, answer);
  }
}

/** Accepted before its goods, and nothing more is coming. */
function listAccepted(fulfilment: Fulfilment): void {
  const { invoices } = fulfilment.state;
  const ahead = aheadOf(fulfilment.state);
  if (!isPositive(ahead)) return;
  const numbers = invoices.filter(({ outcome }) => outcome === 'settled').map(({ number }) => number);
  fulfilment.task(
    `${ahead} more was accepted with invoice ${numbers.join(', ')} than was received: clear it with the supplier`,
    'accepted-ahead',
  );
}

const UNINVOICED = 'close without an invoice';

/** Everything due has been received, and no invoice has claimed it for a long time: an order never waits unseen. */
export async function askAboutMissingInvoice(fulfilment: Fulfilment): Promise<void> {
  const { ledger, claims } = fulfilment.state;
  const missing = invoiceable(ledger);
  if (!isPositive(missing) || claims.length > 0) return;
  const { received, invoiced } = totals(ledger);
  try {
    const { choice, by } = await fulfilment.desk.ask({
      of: missingInvoice,
      values: { missing },
      facts: [
        { label: 'received', value: received },
        { label: 'invoiced', value: invoiced },
        ...fulfilment.state.invoices.map(({ number, outcome }) => ({ label: `invoice ${number}`, value: outcome })),
      ],
    });
    if (choice !== UNINVOICED) return;
    fulfilment.state.ledger = closeUninvoiced(fulfilment.state.ledger);
    fulfilment.note(`closed by ${by} without an invoice for ${missing}`);
    fulfilment.task(`${missing} received and not invoiced: clear it with the supplier`);
  } catch (error) {
    // An invoice came after all; a cancellation shows at the next checkpoint.
    if (!isWithdrawn(error)) throw error;
  }
}
