import { colour } from '../colour';
import { WITHDRAWN, type AuditEntry, type Decision } from '../../domain/decision';
import type { InvoiceProgress, ListedTask, OrderDocuments, Progress } from '../../domain/progress';
import type { WithdrawalsProgress } from '../../../workflows/messages';
import { age, printable, table } from '../output';

/** What Temporal knows of a workflow, beside its own progress. */
export interface WorkflowFacts {
  readonly workflowId: string;
  /** Temporal's: running, completed, failed, terminated … */
  readonly status: string;
  readonly startedAt: string;
  readonly closedAt: string | null;
  /** The customer's number in ManEx, which `list` shows too; null as long as it is not known. */
  readonly customer: string | null;
  /** What it was started with for people to read, if anything. */
  readonly summary: string | null;
  /** The calls that Temporal repeats by itself at present. */
  readonly pending: readonly PendingCall[];
}

/** A call under way that has failed before. */
export interface PendingCall {
  readonly activity: string;
  readonly attempt: number;
  /** ISO instant; null while an attempt runs. */
  readonly nextAttemptAt: string | null;
  /** What came back last. */
  readonly lastFailure: string;
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
    field('customer', customer(facts, progress)),
    field('product', progress.productCode),
    field('waiting for', waits(progress)),
    ...decisions(progress.orderRef, progress.decisions),
    ...section(`Quantities (${printable(progress.unitOfMeasure)})`, indented(quantities(progress))),
    ...section('Documents', documents(progress.documents)),
    ...tasks(progress.tasks),
    ...pending(facts),
    ...audit(progress.audit),
    ...steps(progress),
  ].join('\n');
}

const waits = ({ waitingFor, waitingSince }: Pick<Progress, 'waitingFor' | 'waitingSince'>): string | null =>
  waitingFor === null || waitingSince === null ? waitingFor : `${waitingFor} (for ${age(waitingSince)})`;

const pending = ({ pending: calls }: WorkflowFacts): string[] =>
  section(
    'Tried again and again',
    calls.map(
      ({ activity, attempt, nextAttemptAt, lastFailure }) =>
        `${activity}: attempt ${attempt}${nextAttemptAt === null ? ' runs' : ` at ${nextAttemptAt}`}; last: ${printable(lastFailure)}`,
    ),
  );

/** One customer goes by two numbers. */
function customer({ customer: manex }: WorkflowFacts, { customerId: northscope }: Progress): string | null {
  const numbers = [
    ...(northscope === null ? [] : [`${northscope} in NorthScope`]),
    ...(manex === null ? [] : [`${manex} in ManEx`]),
  ];
  return numbers.length === 0 ? null : numbers.join(', ');
}

export function invoicePage(facts: WorkflowFacts, progress: InvoiceProgress): string {
  return [
    heading(facts, progress.stage),
    field('invoice', progress.invoiceNumber),
    field('order', progress.orderRef),
    field('waiting for', waits(progress)),
    ...decisions(facts.workflowId, progress.decisions),
    ...pending(facts),
    ...tasks(progress.tasks),
    ...audit(progress.audit),
  ].join('\n');
}

/** A cancellation that waits for its order, or has met it: of the order it knows what the order itself said. */
export function cancellationPage(facts: WorkflowFacts, progress: Progress): string {
  const isMet = progress.documents.claritum.uid !== '';
  return [
    heading(facts, progress.stage),
    ...(isMet ? [field('PO number', progress.poNumber), field('product', progress.productCode)] : []),
    field('waiting for', isMet || facts.closedAt !== null ? progress.waitingFor : 'the order, to mark it in Claritum'),
    ...(facts.summary === null ? [] : [`  ${printable(facts.summary)}`]),
    ...decisions(progress.orderRef, progress.decisions),
    ...tasks(progress.tasks),
    ...audit(progress.audit),
    ...steps(progress),
  ].join('\n');
}

/** The one question about orders that vanished together. */
export function withdrawalsPage(facts: WorkflowFacts, progress: WithdrawalsProgress): string {
  return [
    heading(facts, progress.decisions.length > 0 ? 'decision' : 'answered'),
    field('vanished', progress.absent.join(', ') || null),
    field('withdrawn', progress.withdrawn.join(', ') || null),
    ...decisions(facts.workflowId, progress.decisions),
    ...audit(progress.audit),
  ].join('\n');
}

function decisions(order: string, open: readonly Decision[]): string[] {
  return section(
    'Decisions',
    open.flatMap((decision) => [
      `${colour.yellow(decision.id)}  ${printable(decision.question)}`,
      ...decision.facts.map(({ label, value }) => `  ${printable(label)}: ${printable(value)}`),
      `  ${whoAndWhen(decision)}`,
      ...decision.choices.map((choice) => `  $ ${answerCommand(order, decision.id, choice)}`),
    ]),
  );
}

/** Who may answer, and what time has done and will do to the question. */
function whoAndWhen(decision: Decision): string {
  const { approvers, excluded, needsName, openedAt, reminders, deadline, atDeadline } = decision;
  const named = (people: readonly string[]): string => people.map(printable).join(', ');
  return [
    `for ${approvers.length === 0 ? 'anyone' : named(approvers)}`,
    ...(excluded.length === 0 ? [] : [`not for ${named(excluded)}`]),
    ...(needsName ? ['only with a name'] : []),
    `open for ${age(openedAt)}`,
    ...(reminders === 0 ? [] : [`reminded of ${reminders === 1 ? 'once' : `${reminders} times`}`]),
    ...(deadline === null ? [] : [`due ${deadline}${atDeadline === null ? '' : ` (then '${printable(atDeadline)}')`}`]),
  ].join(', ');
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

const tasks = (listed: readonly ListedTask[]): string[] =>
  section(
    'To do by hand',
    listed.map(({ at, task }) => `${at}  ${printable(task)}`),
  );

const steps = ({ steps: done }: Progress): string[] =>
  section(
    'Steps',
    done.map(({ at, text }) => `${at}  ${printable(text)}`),
  );

/** Every answer that came, taken or refused, and every question that ended without one. */
const audit = (entries: readonly AuditEntry[]): string[] =>
  section(
    'Audit',
    entries.map((entry) => `${entry.at}  ${auditLine(entry)}`),
  );

function auditLine({ decision, choice, by, reason, result, because }: AuditEntry): string {
  const subject = decision === null ? 'no decision' : printable(decision);
  const why = reason === null ? '' : ` (${printable(reason)})`;
  if (result === 'deadline') return `the deadline: '${printable(choice)}' for ${subject}${why}`;
  if (result === 'accepted' && choice === WITHDRAWN) return `${printable(by)}: ${subject} withdrawn${why}`;
  const said = `${printable(by)}: '${printable(choice)}' for ${subject}, ${result}`;
  return because === null ? said + why : `${said}: ${printable(because)}${why}`;
}
