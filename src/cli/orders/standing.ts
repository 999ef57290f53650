import { WorkflowFailedError, type Client } from '@temporalio/client';
import type { SetAside } from '../../domain/feed/set-aside';
import { say, type Printable } from '../../terminal/output';
import { silentSentence, silentVendors } from './silent-vendors';

/** How the polls of Claritum went of late. */
export interface PollHealth {
  /** ISO instant at which the last poll ended that read Claritum; null where none has. */
  readonly lastReadAt: string | null;
  /** How many polls have failed since. */
  readonly failed: number;
  /** What the latest of them ended with; null where none failed. */
  readonly because: string | null;
  /** How many records the last good poll set aside. */
  readonly setAside: number;
}

/** So many failed polls are counted; more are told as that many. */
const MOST_COUNTED = 200;
/** One that failed tries for half a minute: two are a vendor that is down. */
const FAILED_IN_A_ROW = 2;

interface PollResult {
  readonly setAside: readonly SetAside[];
  readonly moreSetAside?: number;
}

/** Looks at the polls that have ended, the latest first. */
export async function pollHealth(client: Client): Promise<PollHealth> {
  const query = 'WorkflowType = "pollClaritum" AND ExecutionStatus != "Running"';
  let failed = 0;
  let because: string | null = null;
  for await (const { workflowId, runId, status, closeTime } of client.workflow.list({ query })) {
    const handle = client.workflow.getHandle<() => Promise<PollResult>>(workflowId, runId, { followRuns: false });
    if (status.name === 'COMPLETED') {
      const { setAside, moreSetAside = 0 } = await handle.result();
      const lastReadAt = closeTime?.toISOString() ?? null;
      return { lastReadAt, failed, because, setAside: setAside.length + moreSetAside };
    }
    failed += 1;
    because ??= await reasonOf(handle.result());
    if (failed >= MOST_COUNTED) break;
  }
  return { lastReadAt: null, failed, because, setAside: 0 };
}

/** What a failed poll ended with, at the bottom of it. */
async function reasonOf(ended: Promise<unknown>): Promise<string> {
  const error = await ended.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  return error instanceof WorkflowFailedError ? pollFailure(error) : 'it was ended from outside';
}

/** The vendor's own part of a failed poll. */
export function pollFailure({ cause, message }: WorkflowFailedError): string {
  let innermost: Error | undefined = cause;
  while (innermost?.cause instanceof Error) innermost = innermost.cause;
  return innermost?.message ?? message;
}

export const isClaritumDown = ({ failed }: PollHealth): boolean => failed >= FAILED_IN_A_ROW;

export const downSentence = ({ lastReadAt, failed, because }: PollHealth): Printable =>
  say`Claritum ${lastReadAt === null ? 'was never read' : `has not been read since ${lastReadAt}`}, ${failed} polls failed: ${because ?? 'no reason given'}. Nothing new is taken over until it answers.`;

export const setAsideSentence = ({ setAside }: PollHealth): Printable =>
  say`${setAside} ${setAside === 1 ? 'record of Claritum is' : 'records of Claritum are'} set aside: nobody takes ${setAside === 1 ? 'it' : 'them'} over (npx waybill poll names what is wrong).`;

/** Something an operator has to know besides the questions. */
export interface Standing {
  /** The same for the same thing, whatever is counted in it meanwhile. */
  readonly about: string;
  /** The count that is news by itself. */
  readonly count?: number;
  readonly says: Printable;
}

/** What an operator has to know besides the questions; nothing where all is well. */
export async function standing(client: Client): Promise<readonly Standing[]> {
  const [silent, health] = await Promise.all([silentVendors(client), pollHealth(client)]);
  return [
    ...(isClaritumDown(health) ? [{ about: 'polls', says: downSentence(health) }] : []),
    ...silent.map((vendor) => ({ about: vendor.vendor, says: silentSentence(vendor) })),
    ...(health.setAside > 0 ? [{ about: 'set aside', count: health.setAside, says: setAsideSentence(health) }] : []),
  ];
}
