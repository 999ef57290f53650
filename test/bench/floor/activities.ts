import { readFileSync, statSync } from 'node:fs';
import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { taskQueues } from '../../../src/domain/case/names';
import type { Script } from '../script';
import type { bareOrder } from './workflows';

/** One recorded order, as the floor is to repeat it. */
export interface BareOrder {
  readonly key: string;
  readonly script: Script;
}

const bareOrderId = (key: string): string => `bare-order:${key}`;

/** As many at once as our own poller. */
const CONCURRENT_STARTS = 16;

/** What happens to one bare order from outside. */
interface Fate {
  readonly order: BareOrder;
  /** Activities it has run. */
  done: number;
  started: boolean;
  told: number;
}

/**
 * @param list file with the orders there are to start, the stand-in for the vendor's list; replaced as a whole.
 */
export function createFloorActivities(client: Client, list: string) {
  const fates = new Map<string, Fate>();
  let readAt = 0;

  function readList(): void {
    const { mtimeMs } = statSync(list);
    if (mtimeMs === readAt) return;
    readAt = mtimeMs;
    const orders = JSON.parse(readFileSync(list, 'utf8')) as readonly BareOrder[];
    fates.clear();
    for (const order of orders) {
      fates.set(bareOrderId(order.key), { order, done: 0, started: false, told: 0 });
    }
  }

  async function advance(fate: Fate): Promise<void> {
    const { key, script } = fate.order;
    const id = bareOrderId(key);
    if (!fate.started) {
      fate.started = true;
      await client.workflow.start<typeof bareOrder>('bareOrder', {
        taskQueue: taskQueues.fulfilment,
        workflowId: id,
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        args: [{ script }],
      });
      return;
    }
    for (const { after } of script.signals.slice(fate.told)) {
      if (fate.done < after) break;
      fate.told += 1;
      await client.workflow.getHandle(id).signal('news');
    }
  }

  return {
    /** Does nothing, but lets the poller know how far its workflow is. */
    async doNothing({ id }: { readonly id: string }): Promise<void> {
      const fate = fates.get(id);
      if (fate !== undefined) fate.done += 1;
    },

    /** Starts what is not started, and sends each order the signals that were due at its point. */
    async poll(): Promise<void> {
      readList();
      const all = [...fates.values()];
      for (let from = 0; from < all.length; from += CONCURRENT_STARTS) {
        await Promise.all(all.slice(from, from + CONCURRENT_STARTS).map(advance));
        Context.current().heartbeat(from);
      }
    },
  };
}
export type FloorActivities = ReturnType<typeof createFloorActivities>;
