import type { Client } from '@temporalio/client';

const EVERY_MS = 500;
const SAY_EVERY_MS = 5_000;
/** Nothing moving for so long means that something waits for what will not come. */
const PATIENCE_MS = 600_000;

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks until it is so. @throws Error after `withinMs` */
export async function eventually(
  isSo: () => Promise<boolean>,
  { withinMs, what }: { readonly withinMs: number; readonly what: string },
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`not ${what} within ${withinMs / 1000} s`);
    await pause(50);
  }
}

export const countWorkflows = async (client: Client, query: string): Promise<number> =>
  (await client.workflow.count(query)).count;

export interface Awaited {
  readonly client: Client;
  /** Visibility query of those that have come as far as is waited for. */
  readonly query: string;
  /** Visibility query of those that went wrong. */
  readonly wrong: string;
  readonly wanted: number;
  /** What is counted, for the progress. */
  readonly what: string;
  readonly say: (line: string) => void;
}

/** Waits until so many workflows are as wanted. @throws Error where one goes wrong or none moves any more */
export async function untilCounted({ client, query, wrong, wanted, what, say }: Awaited): Promise<void> {
  let [last, movedAt, saidAt] = [0, Date.now(), Date.now()];
  for (;;) {
    const count = await countWorkflows(client, query);
    if (count >= wanted) return;
    const failed = await countWorkflows(client, wrong);
    if (failed > 0) throw new Error(`${failed} workflows failed (${wrong})`);
    if (count !== last) [last, movedAt] = [count, Date.now()];
    if (Date.now() - movedAt > PATIENCE_MS) {
      throw new Error(`${what}: stuck at ${count} of ${wanted} for ${PATIENCE_MS / 1000} s`);
    }
    if (Date.now() - saidAt >= SAY_EVERY_MS) {
      saidAt = Date.now();
      say(`${what}: ${count} of ${wanted}`);
    }
    await pause(EVERY_MS);
  }
}
