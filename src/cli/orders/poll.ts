import {
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type Client,
  type ScheduleHandle,
  WorkflowFailedError,
} from '@temporalio/client';
import { pollClaritumScheduleId } from '../../domain/case/names';
import { CliError } from '../../terminal/cli-error';
import { joined, print, printJson, say } from '../../terminal/output';
import { withClient } from '../temporal-client';
import { pollFailure } from './standing';

export interface PollOptions {
  readonly json?: boolean;
}

/** What a poll of Claritum found. */
interface PollCounts {
  readonly started: number;
  readonly known: number;
  readonly deliveries: number;
  readonly invoices: number;
  readonly setAside: readonly { readonly kind?: string; readonly uid: string | null; readonly reason: string }[];
  /** How many more were set aside than are listed. */
  readonly moreSetAside?: number;
}

const POLL_MS = 60_000;
const LOOK_MS = 200;

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** Triggers the schedule's action by hand and waits for the run that comes of it. */
export async function poll({ json }: PollOptions): Promise<void> {
  const counts = await withClient(triggered, POLL_MS).catch(unread);
  if (json) return printJson(counts);
  const { started, known, deliveries, invoices, setAside, moreSetAside = 0 } = counts;
  print(
    joined([
      say`${plural(started, 'order', 'orders')} started`,
      say`${known} known`,
      say`${plural(deliveries, 'delivery', 'deliveries')} and ${plural(invoices, 'invoice', 'invoices')} handed over`,
      say`${setAside.length + moreSetAside} set aside.`,
    ]),
  );
  for (const { kind = 'record', uid, reason } of setAside) {
    print(say`  set aside: ${kind} ${uid ?? 'without uid'}: ${reason}`);
  }
  if (moreSetAside > 0) print(say`  and ${moreSetAside} more; they are named once these are corrected`);
  return undefined;
}

/** @throws CliError for a poll that failed: what the vendor answered, in one line. */
function unread(error: unknown): never {
  if (!(error instanceof WorkflowFailedError)) throw error;
  throw new CliError(
    say`Claritum could not be read: ${pollFailure(error)}. Nothing was taken over by this poll; the schedule goes on trying.`,
  );
}

async function triggered(client: Client): Promise<PollCounts> {
  const schedule = client.schedule.getHandle(pollClaritumScheduleId);
  const before = new Set((await runs(schedule)).map(({ workflowId }) => workflowId));
  // A run of the interval may be under way: ours comes after it, so that it sees what is there now.
  await schedule.trigger(ScheduleOverlapPolicy.BUFFER_ONE);
  for (;;) {
    const run = (await runs(schedule)).find(({ workflowId }) => !before.has(workflowId));
    if (run !== undefined) {
      const { watermark: _, ...counts } = await client.workflow
        .getHandle<() => Promise<PollCounts & { readonly watermark?: unknown }>>(
          run.workflowId,
          run.firstExecutionRunId,
        )
        .result();
      return counts;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

async function runs(schedule: ScheduleHandle) {
  try {
    const { info } = await schedule.describe();
    return info.recentActions.map(({ action }) => action.workflow);
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
    throw new CliError(
      say`Claritum is not polled here yet: the worker sets the schedule up when it first runs (\`npm run worker\`).`,
    );
  }
}
