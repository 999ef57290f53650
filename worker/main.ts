/** The worker process: configuration, set-up of Temporal, one worker per task queue, until SIGTERM or SIGINT. */
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigError, DEFAULT_DOCUMENTS, loadConfig, readEnvironment } from '../src/config';
import { DocumentStore, DocumentStoreError } from '../src/documents/store';
import { printableLines } from '../src/domain/values/printable';
import { loadPolicy, PolicyError } from '../src/policy/load';
import { FieldMappingError, loadFieldMapping } from '../src/vendors/claritum/field-mapping-file';
import { wsdlFaults } from '../src/vendors/claritum/wsdl-file';
import { connect, Misconfigured, Unreachable } from './connect';
import { keepFeedsAlive } from './feeds';
import { hideSecretsOf, log } from './logger';
import { installRuntime } from './runtime';
import { setUp } from './setup';
import { createActivities } from './vendors';
import { createWorkers } from './workers';

const FAILED = 1;
const WRONG_USE = 2;

async function main(): Promise<void> {
  const environment = readEnvironment();
  hideSecretsOf(environment);
  const { config, policy } = settings(environment);
  installRuntime(config.logLevel);
  await removeLeftOvers(config.documents);
  const stopping = stopRequest();
  const temporal = await connect(environment);
  try {
    await setUp(temporal.client, temporal.namespace);
    const activities = createActivities(config, policy, temporal.client, stopping);
    const workers = await createWorkers({ connection: temporal.native, namespace: temporal.namespace, activities });
    const running = Promise.all(workers.map((worker) => worker.run()));
    keepFeedsAlive(temporal.client, stopping);
    log.info({ namespace: temporal.namespace }, 'worker ready');
    await running;
    log.info('worker stopped');
  } finally {
    await temporal.close();
  }
}

/** Aborted as soon as the process is told to stop: what would wait for minutes ends then, and the rest has its time. */
function stopRequest(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopping.abort());
  return stopping.signal;
}

/** Configuration and policy are checked together, so that a person mends both at once; nothing has started yet. */
function settings(environment: ReturnType<typeof readEnvironment>) {
  const faults: string[] = [];
  const attempt = <T>(load: () => T): T | undefined => {
    try {
      return load();
    } catch (error) {
      if (!(error instanceof ConfigError || error instanceof PolicyError || error instanceof FieldMappingError)) {
        throw error;
      }
      faults.push(error.message);
      return undefined;
    }
  };
  const config = attempt(() => loadConfig(environment));
  const policyPath = config?.policy ?? environment['WAYBILL_POLICY'] ?? 'waybill.policy.json';
  const policy = attempt(() => loadPolicy(policyPath));
  faults.push(...documentFaults(environment['WAYBILL_DOCUMENTS']));
  const { CLARITUM_WSDL: wsdl = '', CLARITUM_FIELDS: fields = '' } = environment;
  if (wsdl !== '') faults.push(...wsdlFaults(wsdl));
  if (fields !== '') attempt(() => loadFieldMapping(fields));
  if (config === undefined || policy === undefined || faults.length > 0) {
    process.stderr.write(`${printableLines(faults.join('\n'))}\n`);
    process.exit(WRONG_USE);
  }
  return { config, policy };
}

/**
 * The default directory is ours to make; one that is named must be there already, because what is missing may be a volume
 * that was not mounted, and documents written beside it would be lost with the container.
 */
function documentFaults(named: string | undefined): string[] {
  const isDefault = named === undefined || named === '';
  const directory = resolve(isDefault ? DEFAULT_DOCUMENTS : named);
  const advice = isDefault ? 'make it writable' : 'create it, or mount its volume';
  try {
    if (isDefault) mkdirSync(directory, { recursive: true });
    if (!statSync(directory).isDirectory()) return [`WAYBILL_DOCUMENTS: ${directory} is not a directory`];
    accessSync(directory, constants.R_OK | constants.W_OK);
    return [];
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return [`WAYBILL_DOCUMENTS: the directory ${directory} cannot be used (${code}); ${advice}`];
  }
}

/** What cannot be removed takes room and nothing else: no reason not to work. */
async function removeLeftOvers(directory: string): Promise<void> {
  try {
    const removed = await new DocumentStore(directory).removeLeftOvers();
    if (removed > 0) log.info({ directory, removed }, 'removed unfinished files of killed workers');
  } catch (error) {
    if (!(error instanceof DocumentStoreError)) throw error;
    log.warn({ directory, reason: error.message }, 'cannot remove unfinished files of killed workers');
  }
}

/** The last resort: say it and go; Temporal hands the work to the next worker. */
function crash(error: unknown): void {
  if (error instanceof Unreachable || error instanceof ConfigError) {
    process.stderr.write(`${printableLines(error.message)}\n`);
    process.exit(error instanceof Unreachable && !(error instanceof Misconfigured) ? FAILED : WRONG_USE);
  }
  log.fatal({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }, 'worker failed');
  process.exit(FAILED);
}

process.on('unhandledRejection', crash);
process.on('uncaughtException', crash);
main().catch(crash);
