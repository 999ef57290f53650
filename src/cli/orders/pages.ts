import { answerCommand } from '../../domain/values/command-line';
import { asQuantity } from '../../domain/values/decimal';
import { WITHDRAWN, type AuditEntry, type Decision } from '../../domain/case/decision';
import { orderOperand } from '../../domain/case/names';
import type { InvoiceProgress } from '../../domain/invoice/progress';
import type { CaseProgress, ListedTask } from '../../domain/case/progress';
import type { AwaitedProgress, OrderDocuments, Progress } from '../../domain/purchase-order/progress';
import type { WithdrawalsProgress } from '../../../workflows/feed/messages';
import { age, colour, joined, lines, padded, say, tableLines, type Piece, type Printable } from '../../terminal/output';
import { questionOf } from './catalogue';

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

const section = (title: Piece, rows: readonly Piece[]): Piece[] =>
  rows.length === 0 ? [] : ['', colour.bold(title), ...rows.map((row) => say`  ${row}`)];

const field = (name: string, value: string | null): Printable => say`  ${padded(name, 12)} ${value ?? '–'}`;

function heading({ workflowId, status, startedAt, closedAt }: WorkflowFacts, stage: string): Printable {
  const since = closedAt === null ? `${status} for ${age(startedAt)}` : `${status} ${age(closedAt)} ago`;
  return say`${colour.bold(workflowId)}  ${colour.cyan(stage)}  ${colour.dim(since)}`;
}

/** One order as a person reads it: what it waits for first, how it came there last. */
export function orderPage(facts: WorkflowFacts, progress: Progress): Printable {
  return lines([
    heading(facts, progress.stage),
    field('PO number', progress.poNumber),
    field('customer', customer(facts, progress)),
    field('product', progress.productCode),
    field('waiting for', waits(progress)),
    ...decisions(orderOperand(progress.orderRef), progress.decisions),
    ...section(say`Quantities (${progress.unitOfMeasure})`, quantities(progress)),
    ...section('Documents', documents(progress.documents)),
    ...tasks(progress.tasks),
    ...pending(facts),
    ...audit(progress.audit),
    ...steps(progress),
  ]);
}

const waits = ({ waitingFor, waitingSince }: Pick<CaseProgress, 'waitingFor' | 'waitingSince'>): string | null =>
  waitingFor === null || waitingSince === null ? waitingFor : `${waitingFor} (for ${age(waitingSince)})`;

const pending = ({ pending: calls }: WorkflowFacts): Piece[] =>
  section(
    'Retrying',
    calls.map(
      ({ activity, attempt, nextAttemptAt, lastFailure }) =>
        say`${activity}: attempt ${attempt}${nextAttemptAt === null ? ' runs' : say` at ${nextAttemptAt}`}; last: ${lastFailure}`,
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

export function invoicePage(facts: WorkflowFacts, progress: InvoiceProgress): Printable {
  return lines([
    heading(facts, progress.stage),
    field('invoice', progress.invoiceNumber),
    field('order', progress.orderRef),
    field('waiting for', waits(progress)),
    ...decisions(facts.workflowId, progress.decisions),
    ...pending(facts),
    ...tasks(progress.tasks),
    ...audit(progress.audit),
  ]);
}

/** An order of which only the reference is known, because it was cancelled before it came. */
export const cancellationPage = (facts: WorkflowFacts, { stage, waitingFor }: AwaitedProgress): Printable =>
  lines([
    heading(facts, stage),
    field('waiting for', waitingFor),
    ...(facts.summary === null ? [] : [say`  ${facts.summary}`]),
  ]);

/** The one question about orders that vanished together. */
export function withdrawalsPage(facts: WorkflowFacts, progress: WithdrawalsProgress): Printable {
  return lines([
    heading(facts, progress.decisions.length > 0 ? 'decision' : 'answered'),
    field('vanished', progress.absent.join(', ') || null),
    field('withdrawn', progress.withdrawn.join(', ') || null),
    ...decisions(facts.workflowId, progress.decisions),
    ...audit(progress.audit),
  ]);
}

/** Any case that has no page of its own: what every process says of itself. */
export function casePage(facts: WorkflowFacts, progress: CaseProgress): Printable {
  return lines([
    heading(facts, progress.stage),
    ...(facts.summary === null ? [] : [say`  ${facts.summary}`]),
    field('waiting for', waits(progress)),
    ...decisions(facts.workflowId, progress.decisions),
    ...tasks(progress.tasks),
    ...pending(facts),
    ...audit(progress.audit),
    ...steps(progress),
  ]);
}

function decisions(operand: string, open: readonly Decision[]): Piece[] {
  return section(
    'Decisions',
    open.flatMap((decision) => [
      say`${colour.yellow(decision.id)}  ${decision.question}`,
      ...decision.facts.map(({ label, value }) => say`  ${label}: ${value}`),
      say`  ${whoAndWhen(decision)}`,
      ...guidance(decision),
      ...decision.choices.map((choice) => say`  $ ${answerCommand(operand, decision.id, choice)}`),
    ]),
  );
}

/** What to look at, and what each choice does. */
function guidance({ topic, choices }: Decision): Printable[] {
  const known = questionOf(topic);
  if (known === undefined) return [];
  return [
    say`  look at: ${known.lookAt}`,
    ...choices.map((choice) => say`  '${choice}': ${known.choices[choice] ?? 'not described here'}`),
  ];
}

/** Who may answer, and what time has done and will do to the question. */
function whoAndWhen(decision: Decision): Printable {
  const { approvers, excluded, needsName, openedAt, reminders, deadline, atDeadline } = decision;
  return joined([
    say`for ${approvers.length === 0 ? 'anyone' : joined(approvers)}`,
    ...(excluded.length === 0 ? [] : [say`not for ${joined(excluded)}`]),
    ...(needsName ? ['only with a name'] : []),
    say`open for ${age(openedAt)}`,
    ...(reminders === 0 ? [] : [say`reminded of ${reminders === 1 ? 'once' : `${reminders} times`}`]),
    ...(deadline === null ? [] : [say`due ${deadline}${atDeadline === null ? '' : say` (then '${atDeadline}')`}`]),
  ]);
}

function quantities({ ledger, totals }: Progress): Printable[] {
  const columns = ['DELIVERY', 'ORDERED', 'ALLOCATED', 'DESPATCHED', 'RECEIVED', 'INVOICED'];
  return tableLines(columns, [
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

function documents({ claritum, manex, northscope, documents: stored }: OrderDocuments): Printable[] {
  return [
    say`Claritum    order ${claritum.orderRef} (${claritum.exported ? 'exported' : 'not exported'})`,
    ...claritum.receipts.map(
      ({ receiptRef, quantity }) => say`            receipt ${receiptRef}: ${asQuantity(quantity)}`,
    ),
    ...claritum.invoices.map(
      ({ number, quantity, outcome, waitingFor }) =>
        say`            invoice ${number}: ${asQuantity(quantity)}, ${outcome}${waitingFor === undefined ? '' : say` (${waitingFor})`}`,
    ),
    say`ManEx       ${manex.soNo === null ? '–' : `sales order ${manex.soNo}, line ${manex.uniqueLn ?? '–'}${manex.closed ? ', closed' : ''}`}`,
    ...(northscope.orders.length === 0 ? [say`NorthScope  –`] : []),
    ...northscope.orders.map(({ orderId, deliveryRef }) => say`NorthScope  order ${orderId} for ${deliveryRef}`),
    ...stored.map(({ name, size, ref }) => say`stored      ${name}, ${size} bytes, ${ref}`),
  ];
}

const tasks = (listed: readonly ListedTask[]): Piece[] =>
  section(
    'To do by hand',
    listed.map(
      ({ id, at, task, done }) =>
        say`${at}  ${id}  ${task}${done === undefined ? '' : say` (done by ${done.by} at ${done.at})`}`,
    ),
  );

const steps = ({ steps: done }: Pick<CaseProgress, 'steps'>): Piece[] =>
  section(
    'Steps',
    done.map(({ at, text }) => say`${at}  ${text}`),
  );

/** Every answer that came, taken or refused, and every question that ended without one. */
const audit = (entries: readonly AuditEntry[]): Piece[] =>
  section(
    'Audit',
    entries.map((entry) => say`${entry.at}  ${auditLine(entry)}`),
  );

function auditLine({ decision, choice, by, reason, result, because }: AuditEntry): Printable {
  const subject = decision ?? 'no decision';
  const why = reason === null ? '' : say` (${reason})`;
  if (result === 'deadline') return say`the deadline: '${choice}' for ${subject}${why}`;
  if (result === 'accepted' && choice === WITHDRAWN) return say`${by}: ${subject} withdrawn${why}`;
  const said = say`${by}: '${choice}' for ${subject}, ${result}`;
  return because === null ? say`${said}${why}` : say`${said}: ${because}${why}`;
}
