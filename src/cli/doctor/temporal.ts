import { isGrpcServiceError, type Client } from '@temporalio/client';
import { vendorTitles } from '../../domain/case/hang';
import { waybill } from '../../domain/values/command-line';
import { feedWorkflowId, searchAttributeNames, taskQueues } from '../../domain/case/names';
import { CliError } from '../../terminal/cli-error';
import { silentSentence, silentVendors } from '../orders/silent-vendors';
import { feedWork } from '../../domain/feed/feed-state';
import { feedHealth, setAsideSentence, stillSentence } from '../orders/standing';
import { NotReachable, withClient } from '../temporal-client';
import { toCliError } from '../temporal-errors';
import { checksOf, type Finding, type Findings } from './finding';
import type { LookedAt } from './surroundings';

const { good, notice, bad } = checksOf('temporal');

/** How long REJECT_DUPLICATE must know an order (ADR 1). */
const RETENTION_DAYS = 30;
const DAY_SECONDS = 24 * 60 * 60;
/** A worker asks at least once a minute; one that has not for longer is gone. */
const GONE_AFTER_MS = 90_000;
/** Of gRPC. */
const NOT_FOUND = 5;
const WORKFLOW_QUEUE = 1;
const ACTIVITY_QUEUE = 2;
const SETS_UP = 'start the worker: it sets this up if it has permission';

/**
 * Looks at Temporal by its own variables; changes nothing there. Where nothing is set up yet, it is only not running
 * yet.
 */
export async function* examineTemporal({
  isSetUp,
  temporalOfUp,
}: Pick<LookedAt, 'isSetUp' | 'temporalOfUp'>): Findings {
  try {
    yield* await withClient(async (client) => {
      const met = await namespace(client);
      if (met.some(({ check }) => check === 'namespace')) return met;
      return [
        ...met,
        ...(await permitted('search attributes', () => attributes(client))),
        ...(await permitted('queues', () => workers(client))),
        ...(await permitted('feeds', () => feeds(client))),
        ...(await permitted('silent vendors', () => silence(client))),
      ];
    });
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    yield notReached(error, { isSetUp, temporalOfUp });
  }
}

function notReached(error: CliError, { isSetUp, temporalOfUp }: Parameters<typeof examineTemporal>[0]): Finding {
  const says = error.message;
  if (temporalOfUp !== undefined)
    return bad(
      'reachable',
      says,
      `the Temporal of the \`npm start\` that runs here is at ${temporalOfUp}: set TEMPORAL_ADDRESS=${temporalOfUp}`,
    );
  // A Temporal that answers badly does run, so its cause is told although no variable names it.
  return isSetUp || !(error instanceof NotReachable)
    ? bad('reachable', says, 'check TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and Temporal’s TLS and key variables')
    : notice(
        'reachable',
        'Temporal does not run here now',
        '`npm start` starts it, with the sandbox and the worker; then run doctor again',
      );
}

/** What one check fails with says nothing of the others: a key may be good for some questions only. */
async function permitted(check: string, look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    const told = toCliError(error);
    if (!(told instanceof CliError)) throw error;
    return [notice(check, `cannot be checked: ${told.message}`, 'ask the administrator of Temporal')];
  }
}

async function namespace({ connection, options: { namespace: name } }: Client): Promise<Finding[]> {
  let days: number;
  try {
    const { config } = await connection.workflowService.describeNamespace({ namespace: name });
    days = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) / DAY_SECONDS;
  } catch (error) {
    const code: number | undefined = isGrpcServiceError(error) ? error.code : undefined;
    if (code !== NOT_FOUND) throw error;
    return [
      good('reachable', 'Temporal answers'),
      bad(
        'namespace',
        `namespace ${name} not found`,
        'check the spelling in TEMPORAL_NAMESPACE; the worker creates it if it has permission',
      ),
    ];
  }
  return [
    good('reachable', `Temporal answers, in the namespace ${name}`),
    days >= RETENTION_DAYS
      ? good('retention', `${days} days`)
      : bad(
          'retention',
          `${days} ${days === 1 ? 'day' : 'days'}: Temporal forgets an ended order too early, and Waybill could take it for a new one`,
          SETS_UP,
        ),
  ];
}

async function attributes({ connection, options }: Client): Promise<Finding[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: options.namespace });
  const missing = searchAttributeNames.filter((name) => customAttributes[name] === undefined);
  return [
    missing.length === 0
      ? good('search attributes', searchAttributeNames.join(', '))
      : bad('search attributes', `missing: ${missing.join(', ')}`, SETS_UP),
  ];
}

/** Whether every source is looked at and read, and whether all that it lists is taken over. */
async function feeds(client: Client): Promise<Finding[]> {
  return (await feedHealth(client)).map((health) => {
    const { source, status, state, silentSince } = health;
    const check = `feed ${source}`;
    if (status === null) return bad(check, `not found: ${feedWork[source].heldUp}`, SETS_UP);
    const still = stillSentence(health);
    if (still !== undefined && silentSince !== null)
      return bad(check, still.toString(), 'check the worker and its log; start one: npm run worker');
    if (still !== undefined && status === 'running' && state.unread === null)
      return notice(
        check,
        still.toString(),
        `temporal workflow signal --workflow-id ${feedWorkflowId(source)} --name goOn`,
      );
    if (still !== undefined)
      return bad(
        check,
        still.toString(),
        status === 'running'
          ? `find out why ${vendorTitles[source]} does not answer: ${waybill('doctor', [source]).toString()}`
          : 'start the worker: it starts the feed again where it stopped',
      );
    const aside = setAsideSentence(health);
    if (aside !== undefined)
      return notice(check, aside.toString(), `fix what it names in ${vendorTitles[source]} or in the policy`);
    return good(check, state.readAt === null ? 'not read yet' : `running; the last news was read at  ${state.readAt}`);
  });
}

/** Which vendors orders wait for, in the words of `list` and `inbox`. */
async function silence(client: Client): Promise<Finding[]> {
  const silent = await silentVendors(client);
  return silent.length === 0
    ? [good('silent vendors', 'no order waits for a vendor')]
    : silent.map((vendor) =>
        notice(
          'silent vendors',
          silentSentence(vendor).toString(),
          `find out why ${vendorTitles[vendor.vendor]} does not answer`,
        ),
      );
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
        ? good(`queue ${queue}`, `${least} ${least === 1 ? 'worker polls' : 'workers poll'} it`)
        : bad(`queue ${queue}`, 'no worker polls it', 'start one: npm run worker, or npx waybill worker');
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
