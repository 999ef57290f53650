import { ApplicationFailure, type Client, WorkflowUpdateFailedError } from '@temporalio/client';
import { feedWorkflowId } from '../../domain/case/names';
import { waybill } from '../../domain/values/command-line';
import { lookUpdate, type LookAnswer } from '../../../workflows/feed/messages';
import { CliError } from '../../terminal/cli-error';
import { joined, print, printJson, say } from '../../terminal/output';
import { withClient } from '../temporal-client';
import { runningType } from './running-workflow';
import { sendUpdate } from './update';

export interface PollOptions {
  readonly json?: boolean;
}

const POLL_MS = 60_000;
const FEED = feedWorkflowId('claritum');

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** Has the feed look at once, and tells what came of it. */
export async function poll({ json }: PollOptions): Promise<void> {
  const { counts, setAside, moreSetAside } = await withClient(looked, POLL_MS);
  if (json) return printJson({ ...counts, setAside, moreSetAside });
  const { started = 0, known = 0, deliveries = 0, invoices = 0 } = counts;
  print(
    joined([
      say`${plural(started, 'order', 'orders')} started`,
      say`${known} known`,
      say`${plural(deliveries, 'delivery', 'deliveries')} and ${plural(invoices, 'invoice', 'invoices')} handed over`,
      say`${setAside.length + moreSetAside} set aside.`,
    ]),
  );
  for (const { kind, uid, reason } of setAside) print(say`  set aside: ${kind} ${uid ?? 'without uid'}: ${reason}`);
  if (moreSetAside > 0) print(say`  and ${moreSetAside} more; \`${waybill('show', [FEED])}\` shows them`);
  return undefined;
}

/** @throws CliError for a source that could not be read: what the vendor answered, in one line. */
async function looked(client: Client): Promise<LookAnswer> {
  const type = await runningType(client, FEED, 'the worker starts it again');
  if (type === undefined) throw new CliError(say`${FEED} does not run yet. The worker starts it (\`npm run worker\`).`);
  try {
    return await sendUpdate(client, FEED, lookUpdate, undefined);
  } catch (error) {
    const isUnread = error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure;
    if (!isUnread || error.cause.type !== 'NotRead') throw error;
    throw new CliError(
      say`Claritum could not be read: ${error.cause.message}. This poll took nothing over. The feed keeps retrying.`,
    );
  }
}
