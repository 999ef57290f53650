import { colour } from '../colour';
import type { AuditEntry, Decision } from '../../domain/decision';
import type { InvoiceProgress, OrderDocuments, Progress } from '../../domain/progress';
import { age, printable, table } from '../output';

/** What Temporal knows of a workflow, beside its own progress. */
export interface WorkflowFacts {
  readonly workflowId: string;
  /** Temporal's: running, completed, failed, terminated … */
  readonly status: string;
  readonly startedAt: string;
  readonly closedAt: string | null;
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', colour.bold(title), ...lines.map((line) => `  ${line}`)];

const field = (name: string, value: string | null): string => `  ${name.padEnd(12)} ${printable(value ?? '–')}`;
const indented = (text: string): string[] => text.split('\n');

function heading({ workflowId, status, startedAt, closedAt }: WorkflowFacts, stage: string): string {
  const since = closedAt === null ? `${status} for ${age(startedAt)}` : `${status} ${age(closedAt)} ago`;
  return `${colour.bold(printable(workflowId))}  ${colour.cyan(stage)}  ${colour.dim(since)}`;
}

/** One order as a person reads it: what it waits for first, how it came there last. */
export function orderPage(facts: WorkflowFacts, progress: Progress): string {
  return [
    heading(facts, progress.stage),
    field('PO number', progress.poNumber),
    field('customer', progress.customerId),
    field('product', progress.productCode),
    field('waiting for', progress.waitingFor),
    ...decisions(progress.orderRef, progress.decisions),
    ...section(`Quantities (${printable(progress.unitOfMeasure)})`, indented(quantities(progress))),
    ...section('Documents', documents(progress.documents)),
    ...section(
      'To do by hand',
      progress.tasks.map(({ at, task }) => `${at}  ${printable(task)}`),
    ),
    ...audit(progress.audit),
    ...section(
      'Steps',
      progress.steps.map(({ at, text }) => `${at}  ${printable(text)}`),
    ),
  ].join('\n');
}

export function invoicePage(facts: WorkflowFacts, progress: InvoiceProgress): string {
  return [
    heading(facts, progress.stage),
    field('invoice', progress.invoiceNumber),
    field('order', progress.orderRef),
    field('waiting for', progress.waitingFor),
    ...decisions(facts.workflowId, progress.decisions),
    ...audit(progress.audit),
  ].join('\n');
}

function decisions(order: string, open: readonly Decision[]): string[] {
  return section(
    'Decisions',
    open.flatMap(({ id, question, facts, choices, approvers, deadline, openedAt }) => [
      `${colour.yellow(id)}  ${printable(question)}`,
      ...facts.map(({ label, value }) => `  ${printable(label)}: ${printable(value)}`),
      `  for ${approvers.length === 0 ? 'anyone' : printable(approvers.join(', '))}, open for ${age(openedAt)}${deadline === null ? '' : `, due ${deadline}`}`,
      ...choices.map((choice) => `  $ ${answerCommand(order, id, choice)}`),
    ]),
  );
}

/** The exact command that gives an answer. */
export function answerCommand(order: string, decision: string, choice: string): string {
  if (choice === 'approve' || choice === 'reject') return `npx waybill ${choice} ${order} --decision ${decision}`;
  return `npx waybill decide ${order} ${decision} ${/^[\w-]+$/.test(choice) ? choice : `"${choice}"`}`;
}

function quantities({ ledger, totals }: Progress): string {
  const columns = ['DELIVERY', 'ORDERED', 'ALLOCATED', 'DESPATCHED', 'RECEIVED', 'INVOICED'];
  return table(columns, [
    ...ledger.deliveries.map(({ deliveryRef, ordered, allocated, despatched, received }) => [
      deliveryRef,
      ordered,
      allocated,
      despatched,
      received,
      '',
    ]),
    ['all', totals.ordered, totals.allocated, totals.despatched, totals.received, totals.invoiced],
  ]);
}

function documents({ claritum, manex, northscope, documents: stored }: OrderDocuments): string[] {
  return [
    `Claritum    order ${printable(claritum.orderRef)} (${claritum.exported ? 'exported' : 'not exported'})`,
    ...claritum.receipts.map(({ receiptRef, quantity }) => `            receipt ${printable(receiptRef)}: ${quantity}`),
    ...claritum.invoices.map(
      ({ number, quantity, outcome }) => `            invoice ${printable(number)}: ${quantity}, ${outcome}`,
    ),
    `ManEx       ${manex.soNo === null ? '–' : `sales order ${manex.soNo}, line ${manex.uniqueLn ?? '–'}${manex.closed ? ', closed' : ''}`}`,
    ...(northscope.orders.length === 0 ? ['NorthScope  –'] : []),
    ...northscope.orders.map(
      ({ orderId, deliveryRef }) => `NorthScope  order ${printable(orderId)} for ${printable(deliveryRef)}`,
    ),
    ...stored.map(({ name, size, ref }) => `stored      ${printable(name)}, ${size} bytes, ${ref}`),
  ];
}

const audit = (entries: readonly AuditEntry[]): string[] =>
  section(
    'Audit',
    entries.map(
      ({ at, decision, choice, by, reason, result, because }) =>
        `${at}  ${printable(by)}: '${printable(choice)}' for ${decision ?? 'no decision'}, ${result}` +
        (because === null ? '' : `: ${printable(because)}`) +
        (reason === null ? '' : ` (${printable(reason)})`),
    ),
  );
