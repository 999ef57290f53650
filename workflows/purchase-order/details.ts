import type { Decision } from '../../src/domain/decision';
import type { Progress } from '../../src/domain/progress';

/** The Markdown of the Web UI's current details: quantities, what it waits for, and exactly how to answer. */
export function orderDetails(progress: Progress): string {
  const { poNumber, productCode, stage, waitingFor } = progress;
  return [
    `### ${plain(poNumber)} · ${plain(productCode)} · ${stage}`,
    ...(waitingFor === null ? [] : [`**Waiting:** ${plain(waitingFor)}`]),
    ...progress.decisions.flatMap((decision) => question(progress.orderRef, decision)),
    quantities(progress),
    documents(progress),
    ...tasks(progress),
  ].join('\n\n');
}

function question(orderRef: string, decision: Decision): string[] {
  const { id, question: text, facts, choices, approvers, excluded, deadline, atDeadline } = decision;
  const who = approvers.length === 0 ? 'anyone' : approvers.map(plain).join(', ');
  const not = excluded.length === 0 ? '' : `, not ${excluded.map(plain).join(', ')}`;
  return [
    `#### Decision \`${id}\``,
    plain(text),
    facts.map(({ label, value }) => `- ${plain(label)}: ${plain(value)}`).join('\n'),
    `For: ${who}${not}${deadline === null ? '' : ` · by ${deadline}${atDeadline === null ? '' : `, then '${atDeadline}'`}`}`,
    `Answer: ${choices.map((choice) => `\`${command(orderRef, id, choice)}\``).join(' or ')}${signalHint(decision)}`,
  ];
}

function command(orderRef: string, id: string, choice: string): string {
  if (choice === 'approve' || choice === 'reject') return `npx waybill ${choice} ${orderRef} --by you`;
  return `npx waybill decide ${orderRef} ${id} "${choice}" --by you`;
}

function signalHint({ choices, approvers, excluded, needsName }: Decision): string {
  if (!choices.includes('approve')) return '.';
  const isOpen = approvers.length === 0 && excluded.length === 0 && !needsName;
  const input = isOpen ? 'its input may stay empty' : 'with the input `{"by": "your name"}`';
  return `, or send the signal \`approve\` or \`reject\` from here (${input}).`;
}

function quantities({ ledger, totals, unitOfMeasure }: Progress): string {
  const rows = ledger.deliveries.map(({ deliveryRef, ordered, allocated, despatched, received }) =>
    row([plain(deliveryRef), ordered, allocated, despatched, received, '']),
  );
  return [
    row([plain(unitOfMeasure), 'ordered', 'allocated', 'despatched', 'received', 'invoiced']),
    row(['---', '---:', '---:', '---:', '---:', '---:']),
    ...rows,
    row(['**all**', totals.ordered, totals.allocated, totals.despatched, totals.received, totals.invoiced]),
  ].join('\n');
}

function documents({ documents: { claritum, manex, northscope, documents: stored } }: Progress): string {
  return [
    `- Claritum: ${plain(claritum.orderRef)}${claritum.exported ? ', exported' : ''}` +
      claritum.receipts.map(({ receiptRef, quantity }) => `, receipt ${plain(receiptRef)} (${quantity})`).join('') +
      claritum.invoices.map(({ number, outcome }) => `, invoice ${plain(number)} ${outcome}`).join(''),
    `- ManEx: ${manex.soNo ?? '–'}${manex.closed ? ', closed' : ''}`,
    `- NorthScope: ${northscope.orders.map(({ orderId }) => orderId).join(', ') || '–'}`,
    `- Documents: ${stored.map(({ name }) => plain(name)).join(', ') || '–'}`,
  ].join('\n');
}

const tasks = ({ tasks: listed }: Progress): string[] =>
  listed.length === 0 ? [] : [['#### To do by hand', ...listed.map(({ task }) => `- ${plain(task)}`)].join('\n')];

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Vendor text in Markdown: no markup, no line of its own. */
const plain = (text: string): string => text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_[\]<>|#]/g, (mark) => `\\${mark}`);
