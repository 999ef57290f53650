import { condition } from '@temporalio/workflow';
import { lineFacts, lineText, mismatchFacts, whatAcceptingDoes } from '../../src/domain/invoice/facts';
import { acceptance } from '../../src/domain/invoice/matching';
import { mismatchedInvoice, unclearLine } from '../../src/domain/invoice/questions';
import { asMoney } from '../../src/domain/purchase-order/order-amounts';
import { milliseconds } from '../../src/domain/values/duration';
import type { Fulfilment } from './fulfilment';
import { matchToOrder, type OrderMatch } from './invoice-match';
import { change, endInvoice, find, isTaking } from './open-invoices';
import type { OpenInvoice } from './state';

const SETTLED_MEANWHILE = 'the order says something else to it by now';

/** Asks a person about the first line of which the order cannot say whether it is goods. */
export async function askAboutLine(
  fulfilment: Fulfilment,
  open: OpenInvoice,
  { lines: kinds, order }: OrderMatch,
): Promise<void> {
  const { uid, invoiceNumber, lines, currency } = open.invoice;
  const index = kinds.indexOf('unclear');
  const shown = lines.slice(index, index + 1).map((line) => lineText(line, currency));
  change(fulfilment, uid, { stage: 'mismatch', waitingFor: 'a decision' });
  const { choice } = await fulfilment.desk.ask({
    of: unclearLine,
    about: uid,
    values: { number: String(index + 1), invoiceNumber, line: shown.join(''), orderRef: order.orderRef },
    facts: [
      { label: 'product', value: [order.productCode, order.title].filter(Boolean).join(', ') },
      { label: 'price', value: `${asMoney(order.unitPrice, order.currency)} ${order.currency}` },
      ...lineFacts({ lines, currency }, kinds),
    ],
    overtaken: { isOver: isOtherwise(fulfilment, open, (kind) => kind !== 'unclear'), because: SETTLED_MEANWHILE },
  });
  if (choice === 'dispute') return dispute(fulfilment, open);
  const said = choice === 'goods' ? ('goods' as const) : ('charge' as const);
  return change(fulfilment, uid, { said: { ...open.said, [String(index)]: said } });
}

/** Waits for the goods; asks where they do not come within the time of the policy. */
export async function awaitGoods(fulfilment: Fulfilment, open: OpenInvoice, match: OrderMatch): Promise<void> {
  const { goodsWithin } = fulfilment.policy.fulfilment;
  const awaitsSince = open.awaitsSince ?? new Date().toISOString();
  const { quantity, order } = match;
  change(fulfilment, open.invoice.uid, {
    ...{ stage: 'awaiting-goods', awaitsSince },
    waitingFor: `the goods: ${quantity} invoiced, ${order.invoiceable} received and not invoiced`,
  });
  const left = Date.parse(awaitsSince) + milliseconds(goodsWithin) - Date.now();
  const isOver = isOtherwise(fulfilment, open, (kind) => kind !== 'awaiting-goods');
  if (left > 0 && (await condition(isOver, left))) return;
  await askAboutMismatch(fulfilment, open, { ...match, differences: [`the goods did not come within ${goodsWithin}`] });
}

/** Asks a person about an invoice that does not fit its order, until it fits after all. */
export async function askAboutMismatch(fulfilment: Fulfilment, open: OpenInvoice, match: OrderMatch): Promise<void> {
  const { uid, invoiceNumber } = open.invoice;
  const { kind, quantity, order, lines, differences } = match;
  const mayWait = kind === 'awaiting-goods';
  change(fulfilment, uid, {
    ...{ stage: 'mismatch', waitingFor: 'a decision' },
    ...(mayWait ? {} : { awaitsSince: undefined }),
  });
  const { choice } = await fulfilment.desk.ask({
    of: mismatchedInvoice,
    about: uid,
    values: {
      ...{ invoiceNumber, orderRef: order.orderRef, differences: differences.join('; ') },
      accepting: whatAcceptingDoes(acceptance(quantity, order)),
      waiting: mayWait ? 'wait longer, ' : '',
    },
    facts: mismatchFacts(open.invoice, order, lines),
    choices: ['accept', 'dispute', ...(mayWait ? (['wait longer'] as const) : [])],
    overtaken: { isOver: isOtherwise(fulfilment, open, (now) => now === 'granted'), because: SETTLED_MEANWHILE },
  });
  if (choice === 'dispute') return dispute(fulfilment, open);
  if (choice === 'accept') return change(fulfilment, uid, { isAccepted: true });
  return change(fulfilment, uid, { awaitsSince: new Date().toISOString() });
}

function dispute(fulfilment: Fulfilment, { invoice: { uid, invoiceNumber } }: OpenInvoice): void {
  fulfilment.task(
    `clear invoice ${invoiceNumber} with the supplier, then mark it exported in Claritum: it is disputed`,
  );
  endInvoice(fulfilment, uid, 'disputed');
  fulfilment.note(`invoice ${invoiceNumber} disputed`);
}

/**
 * Whether the order says something else to an invoice by now, or nothing any more; matched anew only where something of the
 * order has changed.
 */
function isOtherwise(
  fulfilment: Fulfilment,
  { invoice: { uid }, digest }: OpenInvoice,
  isOther: (kind: OrderMatch['kind']) => boolean,
): () => boolean {
  const { state } = fulfilment;
  let seen: readonly unknown[] = [];
  let is = false;
  return () => {
    const { ledger, order, openInvoices, invoices } = state;
    const now = [ledger, order, openInvoices, invoices, isTaking(state)];
    if (now.some((part, at) => part !== seen[at])) {
      seen = now;
      const open = find(state, uid);
      is = !isTaking(state) || open?.digest !== digest || isOther(matchToOrder(fulfilment, open).kind);
    }
    return is;
  };
}
