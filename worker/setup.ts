import { type Client, isGrpcServiceError, ScheduleNotFoundError } from '@temporalio/client';
import Long from 'long';
import { searchAttributes } from '../src/domain/case/names';
import { keepFeeds } from './feeds';
import { log } from './logger';

/** Closed workflows stay this long: REJECT_DUPLICATE knows an order for as long. */
const RETENTION_SECONDS = 30 * 24 * 60 * 60;

const KNOWN_WITHIN_MS = 60_000;
const KNOWN_POLL_MS = 250;

const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;
const PERMISSION_DENIED = 7;

/** Temporal's numbers of the types. */
const TYPES = { Keyword: 2, KeywordList: 7 } as const;

function hasCode(error: unknown, code: number): boolean {
  if (!isGrpcServiceError(error)) return false;
  const actual: number = error.code;
  return actual === code;
}

const OLD_SCHEDULE = 'poll-claritum';

/** Brings the namespace, the search attributes and the feeds to what Waybill needs; changes nothing that is right. */
export async function setUp(client: Client, namespace: string): Promise<void> {
  await permitted('namespace retention', () => setRetention(client, namespace));
  await permitted('search attributes', () => addSearchAttributes(client, namespace));
  await removeOldSchedule(client);
  await keepFeeds(client);
}

/** Where the operator keeps such rights to themselves, the set-up is theirs too, and is said so. */
async function permitted(what: string, change: () => Promise<void>): Promise<void> {
  try {
    await change();
  } catch (error) {
    if (!hasCode(error, PERMISSION_DENIED)) throw error;
    log.warn({ what }, 'permission denied: ask the administrator of Temporal to set this up');
  }
}

async function setRetention({ connection }: Client, namespace: string): Promise<void> {
  const workflowExecutionRetentionTtl = { seconds: Long.fromNumber(RETENTION_SECONDS) };
  try {
    const { config } = await connection.workflowService.describeNamespace({ namespace });
    if (Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) >= RETENTION_SECONDS) return;
    await connection.workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl } });
    log.info({ namespace, days: 30 }, 'namespace retention set');
  } catch (error) {
    if (!hasCode(error, NOT_FOUND)) throw error;
    await unlessQuicker(async () => {
      await connection.workflowService.registerNamespace({
        namespace,
        workflowExecutionRetentionPeriod: workflowExecutionRetentionTtl,
      });
      log.info({ namespace, days: 30 }, 'namespace registered');
    });
  }
}

/** Another worker that starts in the same moment may have been quicker. */
async function unlessQuicker(create: () => Promise<void>): Promise<void> {
  try {
    await create();
  } catch (error) {
    if (!hasCode(error, ALREADY_EXISTS)) throw error;
  }
}

/** A namespace that was registered a moment ago is known to all of Temporal only some seconds later. */
async function onceKnown<T>(ask: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + KNOWN_WITHIN_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!hasCode(error, NOT_FOUND) || Date.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, KNOWN_POLL_MS));
  }
}

async function addSearchAttributes({ connection }: Client, namespace: string): Promise<void> {
  const { customAttributes } = await onceKnown(() => connection.operatorService.listSearchAttributes({ namespace }));
  const missing = Object.entries(searchAttributes).filter(([name]) => customAttributes[name] === undefined);
  if (missing.length === 0) return;
  await unlessQuicker(async () => {
    const added = Object.fromEntries(missing.map(([name, type]) => [name, TYPES[type]]));
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: added });
    log.info({ missing: Object.keys(added) }, 'search attributes added');
  });
}

/** What looked at Claritum before there were feeds; two that look would be one too many. */
async function removeOldSchedule({ schedule }: Client): Promise<void> {
  try {
    await schedule.getHandle(OLD_SCHEDULE).delete();
    log.info({ schedule: OLD_SCHEDULE }, 'old schedule deleted: a feed replaces it');
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
}
