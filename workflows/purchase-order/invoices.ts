import { CancellationScope, condition, startChild, TemporalFailure } from '@temporalio/workflow';
import { versionOf } from '../../src/domain/case/news';
import type { OrderPolicy } from '../../src/domain/case/policy';
import { isOf } from '../../src/domain/case/question';
import type { Invoice } from '../../src/domain/invoice/invoice';
import { settlementStart } from '../../src/domain/invoice/settlement-start';
import { endingOf } from '../../src/domain/purchase-order/ending';
import { missingInvoice } from '../../src/domain/purchase-order/questions';
import { bounds, jsonBytes } from '../../src/domain/values/bounds';
import { isPositive, minimum } from '../../src/domain/values/decimal';
import { isOvertaken, isWithdrawn } from '../case/leaving';
import { signalIfThere } from '../case/signal-if-there';
import type { Caller } from '../case/write';
import { invoiceReportedSignal, type SettleInvoiceInput } from '../invoice/messages';
import { mark } from '../vendors/mark-exported';
import { markInvoice } from '../vendors/mark-invoice';
import type { Fulfilment } from './fulfilment';
import { aheadOf, listAcceptedAhead, matchToOrder, type OrderMatch } from './invoice-match';
import { askAboutLine, askAboutMismatch, awaitGoods } from './invoice-questions';
import { change, endInvoice, find, isTaking } from './open-invoices';
import type { EndedInvoice, OpenInvoice, OrderState } from './state';

/**
 * Takes in an invoice as Claritum lists it. Seen twice is seen once; other content is matched anew, and takes back what was
 * asked about the content before. What is settled or disputed stays so.
 */
export function takeInvoice(fulfilment: Fulfilment, invoice: Invoice): void {
  const { state, desk } = fulfilment;
  const { uid, invoiceNumber } = invoice;
  const { digest } = versionOf(invoice);
  const known = find(state, uid);
  const ended = state.invoices.find((other) => other.uid === uid);
  if (known?.digest === digest) return;
  if (ended !== undefined && ended.digest !== digest) return listChanged(fulfilment, invoice, ended);
  if (ended?.outcome === 'disputed') return;
  const isMore = known === undefined && ended === undefined;
  const isFull = isMore && state.openInvoices.length + state.invoices.length >= bounds.lines;
  if (isFull || jsonBytes([...state.openInvoices, invoice]) > LARGEST_OPEN) return listUntaken(fulfilment, invoice);
  const taken: OpenInvoice = {
    ...{ invoice, digest, reserved: null },
    ...(known?.mayBeMarked === true ? { mayBeMarked: true } : {}),
    ...(ended === undefined ? { stage: 'matching' } : { stage: 'marking', isSettled: true }),
  };
  state.openInvoices =
    known === undefined
      ? [...state.openInvoices, taken]
      : state.openInvoices.map((open) => (open === known ? taken : open));
  desk.withdrawWhere((open) => isOf(open, missingInvoice), `invoice ${invoiceNumber}`, 'an invoice came');
  desk.withdrawWhere(({ about }) => about === uid, 'claritum', 'the invoice was changed');
  fulfilment.refresh();
  if (known === undefined) followInvoice(fulfilment, uid);
}

/** Bytes of JSON of all open invoices: five of the largest, hundreds of ordinary ones. */
const LARGEST_OPEN = 400_000;

/** More than the order can hold at once is for a person. */
const listUntaken = (fulfilment: Fulfilment, { invoiceNumber, uid }: Invoice): void =>
  fulfilment.task(
    `invoice ${invoiceNumber} (${uid}) was not taken in: the order has as many invoices as it can hold; decide about the open ones, then settle this one by hand and mark it exported in Claritum`,
    `invoice-untaken:${uid}`,
  );

/** Its goods are booked, or it was turned down: a correction under the same uid is for a person. */
function listChanged(
  fulfilment: Fulfilment,
  { invoiceNumber, uid }: Invoice,
  { outcome, quantity }: EndedInvoice,
): void {
  fulfilment.task(
    `invoice ${invoiceNumber} (${uid}) was ${outcome} with ${quantity}, and Claritum lists it with other content now: nothing of that is booked; clear it with the supplier, then mark it exported in Claritum`,
    `invoice-changed:${uid}`,
  );
}

/** What an earlier history of the order has left open goes on. */
export function followInvoices(fulfilment: Fulfilment): void {
  for (const { invoice } of fulfilment.state.openInvoices) followInvoice(fulfilment, invoice.uid);
}

/**
 * Follows one invoice to its end, beside everything else the order does: a question about it holds up nothing else. All it
 * knows is in the state, so that each round may be the first of a new history.
 */
function followInvoice(fulfilment: Fulfilment, uid: string): void {
  const { state } = fulfilment;
  const rounds = async (): Promise<void> => {
    for (;;) {
      if (!isTaking(state)) {
        change(fulfilment, uid, { stage: 'matching', waitingFor: undefined, reserved: null });
        await condition(() => isTaking(state) || state.ending !== undefined);
      }
      const open = find(state, uid);
      // What the order does not come to is handed over when it ends.
      if (open === undefined || state.ending !== undefined) return;
      try {
        await advance(fulfilment, open);
      } catch (error) {
        // Taken back or overtaken: what is so now is looked at in the next round.
        if (!isWithdrawn(error) && !isOvertaken(error)) throw error;
      }
    }
  };
  void CancellationScope.nonCancellable(rounds);
}

/** One round: as far as the invoice comes without anything changing about it. */
async function advance(fulfilment: Fulfilment, open: OpenInvoice): Promise<void> {
  if (open.isSettled === true) return markAgain(fulfilment, open);
  const match = matchToOrder(fulfilment, open);
  switch (match.kind) {
    case 'granted':
      return settle(fulfilment, open, match);
    case 'unclear':
      return askAboutLine(fulfilment, open, match);
    case 'awaiting-goods':
      return awaitGoods(fulfilment, open, match);
    case 'mismatched':
      return askAboutMismatch(fulfilment, open, match);
  }
}

/** Marks it in the version that was matched, and books it: what is marked takes its goods. */
async function settle(fulfilment: Fulfilment, open: OpenInvoice, { quantity, charges }: OrderMatch): Promise<void> {
  const { invoice, digest } = open;
  const { uid, invoiceNumber } = invoice;
  fulfilment.desk.withdrawWhere(({ about }) => about === uid, 'waybill', 'the invoice is settled without an answer');
  change(fulfilment, uid, {
    ...{ stage: 'marking', waitingFor: undefined, reserved: quantity },
    ...(charges === null ? {} : { charges }),
  });
  const ended = await markInvoice(callerOf(fulfilment, uid), {
    ...markOf(open),
    absentFor: fulfilment.policy.claritum.absentFor,
    isOvertaken: () => find(fulfilment.state, uid)?.digest !== digest,
    sending: (mayBeMarked) => change(fulfilment, uid, { mayBeMarked }),
  });
  switch (ended.kind) {
    case 'changed':
      return takeInvoice(fulfilment, ended.record);
    case 'overtaken':
      return;
    case 'marked': {
      endInvoice(fulfilment, uid, 'settled');
      const besides = charges === null ? '' : `, with other charges of ${charges}`;
      return fulfilment.note(settledNote(fulfilment.state, invoiceNumber, quantity) + besides);
    }
    case 'withdrawn':
      fulfilment.task(`invoice ${invoiceNumber} was withdrawn before it was settled: nothing of it is booked`);
      return endInvoice(fulfilment, uid, 'disputed');
  }
}

const markOf = ({ invoice: { uid, invoiceNumber, orderRef }, digest, mayBeMarked = false }: OpenInvoice) =>
  ({ kind: 'invoice', uid, orderRef: orderRef ?? '', digest, what: `invoice ${invoiceNumber}`, mayBeMarked }) as const;

/** Settled, and listed again as it was: marked again, or it would be listed for ever. */
async function markAgain(fulfilment: Fulfilment, open: OpenInvoice): Promise<void> {
  const { state } = fulfilment;
  const { uid } = open.invoice;
  const ended = await mark(callerOf(fulfilment, uid), markOf(open));
  state.openInvoices = state.openInvoices.filter(({ invoice }) => invoice.uid !== uid);
  fulfilment.hasNews = true;
  if (ended.kind === 'changed') takeInvoice(fulfilment, ended.record);
}

function settledNote(state: OrderState, number: string, quantity: string): string {
  if (!isPositive(quantity)) return `invoice ${number} settled: it takes none of the goods`;
  const later = minimum(quantity, aheadOf(state));
  return `invoice ${number} (${quantity}) settled${isPositive(later) ? `, ${later} of it before the goods are received` : ''}`;
}

/** An invoice calls in the name of its order, but stops, waits and gives up nothing of it. */
const callerOf = (fulfilment: Fulfilment, uid: string): Caller => ({
  policy: fulfilment.policy,
  desk: fulfilment.desk,
  hangs: fulfilment.hangs,
  interruption: null,
  mayGiveUp: false,
  reach: (vendor) => fulfilment.reach(vendor),
  waiting: (text) => change(fulfilment, uid, { waitingFor: text ?? undefined }),
  note: (text) => fulfilment.note(text),
  task: (text) => fulfilment.task(text),
  // The order itself starts a new history, at its next turn.
  continueAsNew: async () => {
    fulfilment.hasNews = true;
  },
});

/** A mark that is under way when an order ends is brought to its own end first. */
export async function finishMarks(fulfilment: Fulfilment): Promise<void> {
  const isMarking = (): boolean => fulfilment.state.openInvoices.some(({ stage }) => stage === 'marking');
  if (!isMarking()) return;
  fulfilment.waiting('the mark of an invoice');
  await condition(() => !isMarking());
  fulfilment.waiting(null);
}

/** Hands what is left open over, each to a workflow of its own. */
export async function handOverInvoices(fulfilment: Fulfilment): Promise<void> {
  const { state, policy } = fulfilment;
  await markSettled(fulfilment);
  const ending = endingOf(fulfilment.progress());
  const open = state.openInvoices;
  state.openInvoices = [];
  listAcceptedAhead(fulfilment);
  for (const { invoice } of open) {
    const workflowId = await handOver(invoice, policy, ending);
    fulfilment.note(`invoice ${invoice.invoiceNumber} goes on as ${workflowId}: the order has ended`);
  }
}

/**
 * Starts the workflow of an invoice, which asks a person and says how the order ended. The id is the lock: one that has its
 * workflow already is told there.
 *
 * @returns the workflow id.
 */
export async function handOver(invoice: Invoice, policy: OrderPolicy, ending: string): Promise<string> {
  const { workflowId, ...start } = settlementStart(invoice);
  const input: SettleInvoiceInput = { invoice, policy, ending };
  try {
    await startChild('settleInvoice', { ...start, workflowId, args: [input], parentClosePolicy: 'ABANDON' });
  } catch (error) {
    if (!isStartedAlready(error)) throw error;
    await signalIfThere(workflowId, (workflow) => workflow.signal(invoiceReportedSignal, { invoice }));
  }
  return workflowId;
}

/** What was settled and came again from a list of before its mark, or is listed still, asks nobody anything. */
async function markSettled(fulfilment: Fulfilment): Promise<void> {
  const next = (): OpenInvoice | undefined => fulfilment.state.openInvoices.find(({ isSettled }) => isSettled === true);
  for (let open = next(); open !== undefined; open = next()) await markAgain(fulfilment, open);
}

/** The SDK's own class for it is not to be had in a workflow. */
const isStartedAlready = (error: unknown): boolean =>
  error instanceof TemporalFailure && error.name === 'WorkflowExecutionAlreadyStartedError';
