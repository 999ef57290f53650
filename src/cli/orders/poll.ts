import { ApplicationFailure, type Client, WorkflowUpdateFailedError } from '@temporalio/client';
import { vendorTitles } from '../../domain/case/hang';
import { feedWorkflowId, type FeedName } from '../../domain/case/names';
import { waybill } from '../../domain/values/command-line';
import { lookUpdate, type LookAnswer } from '../../../workflows/feed/messages';
import { CliError } from '../../terminal/cli-error';
import { joined, print, printJson, say, type Printable } from '../../terminal/output';
import { withClient } from '../temporal-client';
import { runningType } from './running-workflow';
import { sendUpdate } from './update';

export interface PollOptions {
  readonly json?: boolean;
}

const POLL_MS = 60_000;

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** What a feed's look came to, in one sentence. */
const said: Readonly<Record<FeedName, (answer: LookAnswer) => Printable>> = {
  claritum: ({ counts: { started = 0, known = 0, deliveries = 0, invoices = 0 }, setAside, moreSetAside }) =>
    joined([
      say`${plural(started, 'order', 'orders')} started`,
      say`${known} known`,
      say`${plural(deliveries, 'delivery', 'deliveries')} and ${plural(invoices, 'invoice', 'invoices')} handed over`,
      say`${setAside.length + moreSetAside} set aside.`,
    ]),
  northscope: ({ counts: { told = 0 } }) =>
    say`${plural(told, 'order that waits for the warehouse was', 'orders that wait for the warehouse were')} told to look.`,
};

/** Has a feed look at once, and tells what came of it. */
export async function poll(source: FeedName, { json }: PollOptions): Promise<void> {
  const answer = await withClient((client) => looked(client, source), POLL_MS);
  const { counts, setAside, moreSetAside } = answer;
  if (json) return printJson({ ...counts, setAside, moreSetAside });
  print(said[source](answer));
  for (const { kind, uid, reason } of setAside) print(say`  set aside: ${kind} ${uid ?? 'without uid'}: ${reason}`);
  if (moreSetAside > 0)
    print(say`  and ${moreSetAside} more; \`${waybill('show', [feedWorkflowId(source)])}\` shows them`);
  return undefined;
}

/** @throws CliError for a source that could not be read: what the vendor answered, in one line. */
async function looked(client: Client, source: FeedName): Promise<LookAnswer> {
  const feed = feedWorkflowId(source);
  const title = vendorTitles[source];
  const type = await runningType(client, feed, 'the worker starts it again');
  if (type === undefined) throw new CliError(say`${feed} does not run yet. The worker starts it (\`npm run worker\`).`);
  try {
    return await sendUpdate(client, feed, lookUpdate, undefined);
  } catch (error) {
    const isUnread = error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure;
    if (!isUnread || error.cause.type !== 'NotRead') throw error;
    throw new CliError(
      say`${title} could not be read: ${error.cause.message}. This poll told nobody of anything. The feed keeps retrying.`,
    );
  }
}
