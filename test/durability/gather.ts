import { isGrpcServiceError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { invoiceWorkflowId, purchaseOrderWorkflowId } from '../../src/domain/case/names';
import type { Progress } from '../../src/domain/purchase-order/progress';
import type {
  AcknowledgedRow,
  Evidence,
  Expectations,
  HistoryEvidence,
  SandboxLedger,
  OrderEvidence,
  SetAsideRow,
  UnknownCall,
  VersionRow,
} from './auditor/evidence';
import { acknowledgedIn } from './acknowledged';
import { asked, type Answered } from './operator';
import { SETTLE_MS } from './profile';
import { unknownIn } from './unknown-calls';
import { versionsAsTheyStand } from './versions';

/** Credentials of the sandbox: they may appear nowhere. */
const SECRETS = ['supplier-secret', 'StrongPassword', '/1234567890'];

/** Writing calls that double when they are repeated: the engine must never do so. */
const ONCE = [
  'addSalesOrderLine',
  'addPrice',
  'addDueDate',
  'placeWarehouseOrder',
  'allocateLots',
  'recordGoodsReceipt',
];

/** Net amount above which the example policy wants an approval. */
const APPROVAL_ABOVE = '10000.00';

const expectations = (faults: Expectations['faults']): Expectations => ({
  faults,
  secrets: SECRETS,
  once: ONCE,
  settleMs: SETTLE_MS,
  approvalAbove: APPROVAL_ABOVE,
});

export interface Gathering {
  readonly client: Client;
  readonly ledger: SandboxLedger;
  readonly answered: readonly Answered[];
  readonly logs: readonly string[];
  readonly faults: Expectations['faults'];
  /** What was written into Claritum; without notes, records count as they stand. */
  readonly versions?: readonly VersionRow[];
  /** What polls set aside. */
  readonly setAside: readonly SetAsideRow[];
  /** Results that are known already, by orderRef: asking an ended workflow replays it. */
  readonly results: ReadonlyMap<string, Progress>;
}

const { WorkflowTaskFailedCause } = temporal.api.enums.v1;

/**
 * Not a fault: a message came while the workflow was ending, and the server has it take another turn, so that nothing
 * that was sent is lost.
 */
const ANOTHER_TURN = WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND;

/** gRPC's code. */
const NOT_FOUND = 5;

/** How many orders are read at a time. */
const AT_A_TIME = 8;

/** Everything the auditor may look at, read from outside: the vendors' ledger, queries, histories, what people answered. */
export async function gather(gathering: Gathering): Promise<Evidence> {
  const { ledger, logs, faults } = gathering;
  const all = [...new Set(ledger.claritum.purchaseOrders.map(({ orderRef }) => orderRef))];
  const gathered: Gathered[] = [];
  for (let from = 0; from < all.length; from += AT_A_TIME) {
    const some = all.slice(from, from + AT_A_TIME);
    gathered.push(...(await Promise.all(some.map((orderRef) => gatherOrder(gathering, orderRef)))));
  }
  return {
    ledger,
    orders: gathered.flatMap(({ order }) => order ?? []),
    histories: gathered.flatMap(({ histories }) => histories.map(({ evidence }) => evidence)),
    versions: gathering.versions ?? versionsAsTheyStand(ledger),
    setAside: gathering.setAside,
    logs,
    expectations: expectations(faults),
  };
}

interface Gathered {
  readonly order: OrderEvidence | undefined;
  readonly histories: readonly Told[];
}

/** One history as evidence, and what its workflow set out to acknowledge. */
interface Told {
  readonly evidence: HistoryEvidence;
  readonly acknowledged: readonly AcknowledgedRow[];
  readonly unknown: readonly UnknownCall[];
}

async function gatherOrder({ client, ledger, answered, results }: Gathering, orderRef: string): Promise<Gathered> {
  const invoices = ledger.claritum.purchaseInvoices.filter((invoice) => invoice.orderRef === orderRef);
  const workflowIds = [
    purchaseOrderWorkflowId(orderRef),
    ...invoices.map(({ uid }) => invoiceWorkflowId('purchase', uid)),
  ];
  const questions = answered.filter(({ workflowId }) => workflowIds.includes(workflowId));
  const histories = (await Promise.all(workflowIds.map((workflowId) => historyEvidence(client, workflowId)))).flatMap(
    (history) => history ?? [],
  );
  const acknowledged = histories.flatMap((history) => history.acknowledged);
  const unknown = histories.flatMap((history) => history.unknown);
  const order = await orderEvidence(client, orderRef, questions, results.get(orderRef));
  return { order: order && { ...order, acknowledged, unknown }, histories };
}

async function orderEvidence(
  client: Client,
  orderRef: string,
  questions: readonly Answered[],
  result: Progress | undefined,
): Promise<Omit<OrderEvidence, 'acknowledged' | 'unknown'> | undefined> {
  const handle = client.workflow.getHandle(purchaseOrderWorkflowId(orderRef));
  const { status, closeTime } = (await ifThere(() => handle.describe())) ?? {};
  if (status === undefined) return undefined;
  const progress = result ?? (await handle.query<Progress>('progress'));
  return {
    orderRef,
    uid: progress.documents.claritum.uid,
    stage: status.name === 'FAILED' ? 'failed' : progress.stage,
    isEnded: status.name !== 'RUNNING',
    endedAt: closeTime?.toISOString() ?? null,
    tasks: progress.tasks.map(({ key = null, task }) => ({ key, task })),
    questions,
    open: progress.decisions.map(asked),
    steps: progress.steps,
    invoices: progress.documents.claritum.invoices,
    totals: progress.totals,
  };
}

async function historyEvidence(client: Client, workflowId: string): Promise<Told | undefined> {
  const history = await ifThere(() => client.workflow.getHandle(workflowId).fetchHistory());
  if (history === undefined) return undefined;
  const events = history.events ?? [];
  const names = new Map(
    events.flatMap(({ eventId, activityTaskScheduledEventAttributes: scheduled }) =>
      scheduled ? [[String(eventId), scheduled.activityType?.name ?? ''] as const] : [],
    ),
  );
  const evidence: HistoryEvidence = {
    workflowId,
    events: events.length,
    failedTasks: events.flatMap(({ workflowTaskFailedEventAttributes: failed }) =>
      failed && failed.cause !== ANOTHER_TURN
        ? [`${WorkflowTaskFailedCause[failed.cause ?? 0]} ${failed.failure?.message ?? ''}`.trimEnd()]
        : [],
    ),
    starts: events.flatMap(({ activityTaskStartedEventAttributes: started }) =>
      started ? [{ activity: names.get(String(started.scheduledEventId)) ?? '', attempt: started.attempt ?? 0 }] : [],
    ),
    text: readable(events),
  };
  return { evidence, acknowledged: acknowledgedIn(events), unknown: unknownIn(events, names) };
}

async function ifThere<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    // Reading a history fails by the bare code (SDK 1.24), everything else by the SDK's own error.
    if (error instanceof WorkflowNotFoundError || isNotFound(error)) return undefined;
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  if (!isGrpcServiceError(error)) return false;
  const code: number = error.code;
  return code === NOT_FOUND;
}

/** Every text of an event, payload bytes as the JSON they are: in base64 no credential would ever be found. */
function readable(value: unknown): string {
  if (typeof value === 'string') return `${value}\n`;
  if (value instanceof Uint8Array) return `${Buffer.from(value).toString('utf8')}\n`;
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value).map(readable).join('');
}
