/** The floor: workflows that do what the recorded ones had Temporal do, and nothing of what they were for. */
import {
  condition,
  defineSignal,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { Script, Step } from '../script';
import type { FloorActivities } from './activities';

export interface BareInput {
  readonly script: Script;
}

export const newsSignal = defineSignal('news');

const local = proxyLocalActivities<FloorActivities>({ startToCloseTimeout: '10 seconds' });
const ordinary = (taskQueue: string) =>
  proxyActivities<FloorActivities>({ taskQueue, startToCloseTimeout: '30 seconds' });

/** One order of the floor. */
export async function bareOrder({ script }: BareInput): Promise<void> {
  let heard = 0;
  setHandler(newsSignal, () => {
    heard += 1;
  });
  const hasHeard = (count: number) => (): boolean => heard >= count;
  for (const step of script.steps) {
    if (heard < step.heard) await condition(hasHeard(step.heard));
    await take(step, hasHeard);
  }
  await condition(hasHeard(script.ended ? script.heard : script.heard + 1));
}

async function take(step: Step, hasHeard: (count: number) => () => boolean): Promise<void> {
  const { workflowId: id } = workflowInfo();
  switch (step.do) {
    case 'activity':
      return ordinary(step.queue).doNothing({ id });
    case 'local':
      return local.doNothing({ id });
    case 'upsert':
      return upsertSearchAttributes(
        Object.entries(step.values).map(([name, value]) =>
          typeof value === 'string'
            ? { key: { name, type: 'KEYWORD' as const }, value }
            : { key: { name, type: 'KEYWORD_LIST' as const }, value },
        ),
      );
    case 'timer':
      return sleep(step.ms);
    case 'wait':
      await condition(step.until === null ? () => false : hasHeard(step.until), step.ms);
      return undefined;
  }
}

const { poll } = proxyActivities<FloorActivities>({
  taskQueue: 'claritum',
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '1 minute',
});

/** Scheduled like our poller: one ordinary activity that starts and signals what is due. */
export async function barePoll(): Promise<void> {
  await poll();
}
