import { ScheduleNotFoundError, type Client } from '@temporalio/client';
import { pollClaritumScheduleId, searchAttributeNames, taskQueues } from '../../domain/names';
import { CliError } from '../cli-error';
import { withClient } from '../temporal-client';
import { checksOf, type Finding, type Findings } from './finding';

const { good, notice, bad } = checksOf('temporal');

/** How long REJECT_DUPLICATE must know an order (design §2). */
const RETENTION_DAYS = 30;
const DAY_SECONDS = 24 * 60 * 60;
/** A worker asks at least once a minute; one that has not for longer is gone. */
const GONE_AFTER_MS = 90_000;
const WORKFLOW_QUEUE = 1;
const ACTIVITY_QUEUE = 2;
const SETS_UP = 'start the worker: it sets this up, where it is permitted to';

/** Looks at Temporal by its own variables; changes nothing there. */
export async function* examineTemporal(): Findings {
  try {
    yield* await withClient(async (client) => [
      good('reachable', `namespace ${client.options.namespace}`),
      ...(await namespace(client)),
      await attributes(client),
      await schedule(client),
      ...(await workers(client)),
    ]);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    yield bad('reachable', error.message, 'see TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and the TLS variables of Temporal');
  }
}

async function namespace({ connection, options }: Client): Promise<Finding[]> {
  const { config } = await connection.workflowService.describeNamespace({ namespace: options.namespace });
  const days = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) / DAY_SECONDS;
  return [
    days >= RETENTION_DAYS
      ? good('retention', `${days} days`)
      : bad(
          'retention',
          `${days} days: an order that ended is forgotten too early, and could be taken for a new one`,
          SETS_UP,
        ),
  ];
}

async function attributes({ connection, options }: Client): Promise<Finding> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: options.namespace });
  const missing = searchAttributeNames.filter((name) => customAttributes[name] === undefined);
  return missing.length === 0
    ? good('search attributes', searchAttributeNames.join(', '))
    : bad('search attributes', `missing: ${missing.join(', ')}`, SETS_UP);
}

async function schedule({ schedule: schedules }: Client): Promise<Finding> {
  try {
    const { state, info } = await schedules.getHandle(pollClaritumScheduleId).describe();
    const last = info.recentActions.at(-1)?.takenAt.toISOString();
    const says = last === undefined ? 'it has not run yet' : `last run at ${last}`;
    return state.paused
      ? notice(
          'poll schedule',
          `is paused: nothing new is picked up (${says})`,
          `temporal schedule toggle --unpause -s ${pollClaritumScheduleId}`,
        )
      : good('poll schedule', says);
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
    return bad('poll schedule', 'there is none: nothing is picked up', SETS_UP);
  }
}

/** One line for each queue: an order stands still where nobody takes from one of them. */
async function workers(client: Client): Promise<Finding[]> {
  const queues = [...new Set<string>(Object.values(taskQueues))];
  return Promise.all(
    queues.map(async (queue) => {
      const kinds = queue === taskQueues.fulfilment ? [WORKFLOW_QUEUE, ACTIVITY_QUEUE] : [ACTIVITY_QUEUE];
      const counts = await Promise.all(kinds.map(async (kind) => pollers(client, queue, kind)));
      const least = Math.min(...counts);
      return least > 0
        ? good(`queue ${queue}`, `${least} ${least === 1 ? 'worker takes' : 'workers take'} from it`)
        : bad(`queue ${queue}`, 'no worker takes from it', 'start one: npm run worker, or npx waybill worker');
    }),
  );
}

async function pollers({ connection, options }: Client, name: string, taskQueueType: number): Promise<number> {
  const answer = await connection.workflowService.describeTaskQueue({
    namespace: options.namespace,
    taskQueue: { name },
    // eslint-disable-next-line typescript/no-unsafe-enum-assignment -- the enum itself is in a package of the SDK's own
    taskQueueType,
  });
  return (answer.pollers ?? []).filter(
    ({ lastAccessTime }) => Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1000 < GONE_AFTER_MS,
  ).length;
}
