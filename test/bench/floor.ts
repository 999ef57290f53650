import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScheduleAlreadyRunning } from '@temporalio/client';
import { withoutTemporal } from '../../src/local/temporal-server';
import { durationMs } from '../../src/domain/values/duration';
import { taskQueues } from '../../src/domain/case/names';
import type { BareOrder } from './floor/activities';
import { startMeasuredWorker } from './measured-worker';
import { pollInterval } from './ours';
import { Poller, type RunningSide, type Side } from './side';
import type { Stand } from './stand';

/** What the floor repeats, from a run of ours. */
export type Recorded = readonly Omit<BareOrder, 'key'>[];

/** Bare workflows that repeat recorded orders, one of ours each, on a worker set up the same way. */
export const floor = (recorded: Recorded): Side => ({
  name: 'floor',
  orderType: 'bareOrder',
  pollType: 'barePoll',
  scheduleId: 'bare-poll',
  start: (stand) => start(stand, recorded),
});

async function start(stand: Stand, recorded: Recorded): Promise<RunningSide> {
  const list = join(stand.folder, 'bare-orders.json');
  replace(list, []);
  await schedulePolls(stand, floor(recorded));
  const worker = await startMeasuredWorker(
    stand,
    {
      ...withoutTemporal(stand.environment),
      TEMPORAL_ADDRESS: stand.temporal.address,
      TEMPORAL_NAMESPACE: 'default',
      TEMPORAL_CONFIG_FILE: join(stand.folder, 'no-temporal-profile.toml'),
      WAYBILL_BENCH_ORDERS: list,
    },
    join(__dirname, 'floor/main.ts'),
  );
  await new Poller(stand, floor(recorded)).pause();
  return {
    worker,
    pids: {},
    async offer(orders) {
      const seed = stand.nextSeed();
      const repeated = Array.from({ length: orders }, (_, index) => ({
        ...(recorded[index % recorded.length] ?? nothingRecorded()),
        key: `${seed}-${index}`,
      }));
      replace(list, repeated);
    },
    stop: () => worker.part.stop(),
  };
}

function nothingRecorded(): never {
  throw new Error('the floor has no recorded order to repeat');
}

/** As a whole, so that the worker never reads half of it. */
function replace(list: string, orders: readonly BareOrder[]): void {
  writeFileSync(`${list}.part`, JSON.stringify(orders));
  renameSync(`${list}.part`, list);
}

async function schedulePolls(stand: Stand, { scheduleId, pollType }: Side): Promise<void> {
  try {
    await stand.client.schedule.create({
      scheduleId,
      spec: { intervals: [{ every: durationMs(pollInterval(stand)) ?? 30_000 }] },
      policies: { overlap: 'SKIP' },
      action: { type: 'startWorkflow', workflowType: pollType, taskQueue: taskQueues.fulfilment, args: [] },
      state: { paused: true },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
