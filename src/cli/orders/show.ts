import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import { unescaped } from '../../domain/values/markdown';
import type { CaseProgress } from '../../domain/case/progress';
import type { InvoiceProgress } from '../../domain/invoice/progress';
import type { AwaitedProgress, Progress } from '../../domain/purchase-order/progress';
import { invoiceProgressQuery } from '../../../workflows/invoice/messages';
import { progressQuery } from '../../../workflows/purchase-order/messages';
import type { FeedProgress } from '../../domain/feed/feed-state';
import {
  feedProgressQuery,
  withdrawalsProgressQuery,
  type WithdrawalsProgress,
} from '../../../workflows/feed/messages';
import { CliError } from '../../terminal/cli-error';
import { print, printJson, say, type Printable } from '../../terminal/output';
import { withClient, workflowIdOf } from '../temporal-client';
import { feedPage } from './feed-page';
import {
  cancellationPage,
  casePage,
  invoicePage,
  orderPage,
  withdrawalsPage,
  type PendingCall,
  type WorkflowFacts,
} from './pages';

export interface ShowOptions {
  readonly json?: boolean;
}

type Shown =
  | {
      readonly type: 'fulfilPurchaseOrder';
      readonly facts: WorkflowFacts;
      readonly progress: Progress | AwaitedProgress;
    }
  | { readonly type: 'settleInvoice'; readonly facts: WorkflowFacts; readonly progress: InvoiceProgress }
  | { readonly type: 'feed'; readonly facts: WorkflowFacts; readonly progress: FeedProgress }
  | { readonly type: 'confirmWithdrawals'; readonly facts: WorkflowFacts; readonly progress: WithdrawalsProgress }
  | { readonly type: 'another'; readonly facts: WorkflowFacts; readonly progress: CaseProgress };

export async function showOrder(order: string, { json }: ShowOptions): Promise<void> {
  const shown = await withClient((client) => look(client, workflowIdOf(order)));
  if (json) return printJson({ type: shown.type, ...shown.facts, ...shown.progress });
  return print(pageOf(shown));
}

function pageOf(shown: Shown): Printable {
  if (shown.type === 'settleInvoice') return invoicePage(shown.facts, shown.progress);
  if (shown.type === 'feed') return feedPage(shown.facts, shown.progress);
  if (shown.type === 'another') return casePage(shown.facts, shown.progress);
  if (shown.type === 'confirmWithdrawals') return withdrawalsPage(shown.facts, shown.progress);
  return 'documents' in shown.progress
    ? orderPage(shown.facts, shown.progress)
    : cancellationPage(shown.facts, shown.progress);
}

/** What is done says it in its result, which needs no worker; all else is asked. */
async function look(client: Client, workflowId: string): Promise<Shown> {
  const handle = client.workflow.getHandle(workflowId);
  const described = await handle.describe();
  const { type, status, startTime, closeTime, searchAttributes, staticSummary } = described;
  const isDone = status.name === 'COMPLETED';
  const facts: WorkflowFacts = {
    workflowId,
    status: status.name.toLowerCase(),
    startedAt: startTime.toISOString(),
    closedAt: closeTime?.toISOString() ?? null,
    customer: String(searchAttributes['Customer']?.[0] ?? '') || null,
    summary: unescaped((await staticSummary()) ?? '') || null,
    pending: pendingCalls(described),
  };
  if (type === 'fulfilPurchaseOrder') {
    const progress = isDone
      ? await client.workflow.getHandle<() => Promise<Progress>>(workflowId).result()
      : await handle.query<Progress | AwaitedProgress>(progressQuery.name);
    return { type, facts, progress };
  }
  if (type === 'settleInvoice') {
    const progress = isDone
      ? await client.workflow.getHandle<() => Promise<InvoiceProgress>>(workflowId).result()
      : await handle.query(invoiceProgressQuery);
    return { type, facts, progress };
  }
  if (type === 'confirmWithdrawals') {
    const progress = isDone
      ? await client.workflow.getHandle<() => Promise<WithdrawalsProgress>>(workflowId).result()
      : await handle.query(withdrawalsProgressQuery);
    return { type, facts, progress };
  }
  if (type === 'feed') return { type, facts, progress: await handle.query(feedProgressQuery) };
  const progress: unknown = isDone ? await handle.result() : await handle.query('progress');
  if (isCaseProgress(progress)) return { type: 'another', facts, progress };
  throw new CliError(say`${workflowId} is a ${type}: there is nothing to show.`);
}

/** Whether a workflow, of whatever type, says of itself what every case does. */
const isCaseProgress = (value: unknown): value is CaseProgress =>
  typeof value === 'object' &&
  value !== null &&
  'stage' in value &&
  ['decisions', 'audit', 'tasks', 'steps'].every((name) => Array.isArray(Reflect.get(value, name)));

/** What Temporal repeats by itself costs no events, so only Temporal knows how often, and when next. */
function pendingCalls({ raw: { pendingActivities } }: WorkflowExecutionDescription): PendingCall[] {
  return (pendingActivities ?? []).flatMap(({ activityType, attempt, lastFailure, nextAttemptScheduleTime }) =>
    lastFailure?.message
      ? [
          {
            activity: activityType?.name ?? '',
            attempt: attempt ?? 1,
            nextAttemptAt: isoInstant(nextAttemptScheduleTime?.seconds),
            lastFailure: lastFailure.message,
          },
        ]
      : [],
  );
}

const isoInstant = (seconds: { toString(): string } | null | undefined): string | null =>
  seconds === null || seconds === undefined ? null : new Date(Number(seconds.toString()) * 1_000).toISOString();
