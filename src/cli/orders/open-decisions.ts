import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { judge, type Decision, type Past } from '../../domain/case/decision';
import { orderOperand, purchaseOrderWorkflowId } from '../../domain/case/names';
import type { PurchaseOrder } from '../../domain/purchase-order/purchase-order';
import { orderQuery, progressQuery } from '../../../workflows/purchase-order/messages';
import { CliError } from '../../terminal/cli-error';
import { say } from '../../terminal/output';
import { toCliError } from '../temporal-errors';
import { quoted } from './list-filter';

/** An open decision, and the workflow that asks it. */
export interface OpenDecision extends Decision {
  readonly workflowId: string;
  /** What `approve`, `reject` and `decide` take: the order reference, or the workflow id where it is no order or has a colon. */
  readonly order: string;
  /** The order it is about, also where an invoice asks; null for an invoice that names none. */
  readonly orderRef: string | null;
}

/** Which decisions are meant; what is left out does not count. */
export interface DecisionFilter {
  readonly kind?: string;
  /** As Claritum, ManEx or NorthScope names the customer. */
  readonly customer?: string;
  /** An order reference (its invoices' decisions too), or a workflow id. */
  readonly order?: string;
  /** A person: only what they may answer. */
  readonly approver?: string;
  /** Milliseconds. */
  readonly olderThan?: number;
}

/** What was found, and who did not say: no decision is hidden because one order cannot answer. */
export interface Found {
  readonly decisions: readonly OpenDecision[];
  readonly silent: readonly { readonly workflowId: string; readonly because: string }[];
}

const AT_ONCE = 8;
/** How long one workflow may take to answer. */
const ANSWER_MS = 10_000;

/** Every open decision of every running workflow that the filter lets through, oldest first. */
export async function openDecisions(client: Client, filter: DecisionFilter): Promise<Found> {
  const ids: string[] = [];
  for await (const { workflowId } of client.workflow.list({ query: listQuery(filter) })) ids.push(workflowId);
  const found: OpenDecision[] = [];
  const silent: Found['silent'][number][] = [];
  const isOfCustomer = customerTest(client, filter.customer);
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const batch = ids.slice(from, from + AT_ONCE);
    const asked = batch.map((id) => matching(client, id, filter, isOfCustomer));
    for (const [index, answer] of (await Promise.allSettled(asked)).entries()) {
      if (answer.status === 'fulfilled') found.push(...answer.value);
      else silent.push({ workflowId: batch[index] ?? '', because: sentence(answer.reason) });
    }
    // Nobody answers at all: then there is no worker, and the next would only take as long.
    if (from === 0 && silent.length === batch.length) throw new CliError(say`${silent[0]?.because ?? ''}`);
  }
  return { decisions: found.toSorted((a, b) => a.openedAt.localeCompare(b.openedAt)), silent };
}

/** Temporal's list filter; an order's invoices carry its number too. */
function listQuery({ order }: DecisionFilter): string {
  return [
    'ExecutionStatus = "Running" AND WaitingFor = "decision"',
    ...(order === undefined ? [] : [`${order.includes(':') ? 'WorkflowId' : 'OrderNumber'} = ${quoted(order)}`]),
  ].join(' AND ');
}

/** @throws what is a fault of ours; what Temporal says is one sentence. */
function sentence(reason: unknown): string {
  const told = toCliError(reason);
  if (told instanceof CliError) return told.message;
  throw reason;
}

/** What is read of the workflow that asks, whatever its process. */
interface Asking {
  readonly decisions: readonly Decision[];
  /** Missing where it is about no order. */
  readonly orderRef?: string | null;
}

type CustomerTest = (orderRef: string | null) => Promise<boolean>;

async function matching(
  client: Client,
  workflowId: string,
  filter: DecisionFilter,
  isOfCustomer: CustomerTest,
): Promise<OpenDecision[]> {
  return client.withDeadline(Date.now() + ANSWER_MS, async () => {
    const { decisions, orderRef = null } = await client.workflow.getHandle(workflowId).query<Asking>('progress');
    const wanted = decisions.filter((decision) => isMeant(decision, filter));
    if (wanted.length === 0 || !(await isOfCustomer(orderRef))) return [];
    const order =
      orderRef !== null && workflowId === purchaseOrderWorkflowId(orderRef) ? orderOperand(orderRef) : workflowId;
    return wanted.map((decision) => ({ ...decision, workflowId, order, orderRef }));
  });
}

/** Whether the decision itself is one of those meant. */
export function isMeant(decision: Decision, filter: DecisionFilter, now: number = Date.now()): boolean {
  const { kind, approver, olderThan } = filter;
  if (kind !== undefined && decision.kind !== kind) return false;
  if (olderThan !== undefined && now - Date.parse(decision.openedAt) < olderThan) return false;
  return approver === undefined || mayAnswer(decision, approver);
}

const NOTHING_PAST: Past = { audit: [], asked: 0 };

/** As the workflow will judge it. */
const mayAnswer = (decision: Decision, by: string): boolean =>
  judge({ decision: decision.id, choice: decision.choices[0] ?? '', by }, [decision], NOTHING_PAST).verdict ===
  'accepted';

/** Whether an order is one of this customer's; each order is asked once, however many invoices it has. */
function customerTest(client: Client, customer: string | undefined): CustomerTest {
  if (customer === undefined) return async () => true;
  const known = new Map<string, Promise<readonly string[]>>();
  return async (orderRef) => {
    if (orderRef === null) return false;
    const names = known.get(orderRef) ?? customerNames(client, orderRef);
    known.set(orderRef, names);
    return (await names).some((name) => name.toLowerCase() === customer.toLowerCase());
  };
}

/** The customer of an order in the words of the three systems, as far as it is known by now. */
async function customerNames(client: Client, orderRef: string): Promise<readonly string[]> {
  const handle = client.workflow.getHandle(purchaseOrderWorkflowId(orderRef));
  try {
    const { type, searchAttributes } = await handle.describe();
    if (type !== 'fulfilPurchaseOrder') return [];
    const [order, { customerId }] = await Promise.all([
      handle.query<PurchaseOrder | null>(orderQuery.name),
      handle.query(progressQuery),
    ]);
    // Only its reference is known.
    if (order === null) return [];
    return [order.customerName, customerId ?? '', String(searchAttributes['Customer']?.[0] ?? '')];
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return [];
    throw error;
  }
}
