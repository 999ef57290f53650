import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { Environment } from '../config';
import { dataConverter } from '../payloads/data-converter';
import { CliError } from '../terminal/cli-error';
import { say, type Printable } from '../terminal/output';
import { startTemporalServer, temporalCli, type TemporalServer } from './temporal-server';
import { lastLines } from './log-tail';
import type { Part, Parts } from './parts';
import { sandboxProcess, workerProcess, type SandboxSettings } from './processes';
import { workerEnvironment, type WorkerSurroundings } from './sandbox-environment';
import { parseSandboxReady, type SandboxReady } from './sandbox-ready';

const READY_WITHIN_MS = 90_000;

export interface StackOptions {
  readonly parts: Parts;
  readonly environment: Environment;
  readonly tell: (line: Printable) => void;
  /** Logs go here, after those of earlier runs. */
  readonly logs: string;
  readonly temporalPort: number;
  readonly uiPort: number;
  readonly dbFilename?: string;
  readonly sandbox: SandboxSettings;
  readonly real: WorkerSurroundings['real'];
  readonly policy: string;
  readonly documents: string;
  /** Runs before the worker takes up anything. */
  readonly beforeWork?: (sandbox: SandboxReady) => Promise<void>;
}

/** Everything that runs here: Temporal, the sandbox and the worker. */
export interface Stack {
  readonly temporal: TemporalServer;
  readonly sandbox: SandboxReady & { readonly part: Part };
  readonly worker: Part;
  readonly client: Client;
  /** Starts the worker anew after it has ended. */
  startWorker(): Promise<Part>;
}

/** Brings everything up, in an order in which each finds what it needs. @throws CliError with the log's last lines. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { parts, environment, tell, logs, real, policy, documents } = options;
  for (const folder of [logs, documents]) mkdirSync(folder, { recursive: true });
  const log = (name: string): string => join(logs, `${name}.log`);

  const startingSandbox = startSandboxPart(parts, options.sandbox, environment, log('sandbox'));
  startingSandbox.catch(() => undefined);
  const cli = await temporalCli(environment, tell);
  const temporal = await startTemporalServer({
    cli: cli.path,
    parts,
    port: options.temporalPort,
    uiPort: options.uiPort,
    ...(options.dbFilename === undefined ? {} : { dbFilename: options.dbFilename }),
    log: log('temporal'),
    environment,
  });
  const sandbox = await startingSandbox;
  await options.beforeWork?.(sandbox);

  const env = workerEnvironment({
    environment,
    temporalAddress: temporal.address,
    sandboxOrigin: sandbox.origin,
    real,
    policy,
    documents,
  });
  const startWorker = (): Promise<Part> =>
    startReady(parts, workerProcess(env, log('worker')), log('worker')).then(({ part }) => part);
  const worker = await startWorker();
  const connection = await Connection.connect({ address: temporal.address });
  return { temporal, sandbox, worker, startWorker, client: new Client({ connection, dataConverter }) };
}

async function startSandboxPart(parts: Parts, settings: SandboxSettings, environment: Environment, log: string) {
  const { part, line } = await startReady(parts, sandboxProcess(settings, environment, log), log);
  return { ...parseSandboxReady(line), part };
}

async function startReady(
  parts: Parts,
  spec: Parameters<Parts['start']>[0],
  log: string,
): Promise<{ part: Part; line: string }> {
  const begun = new Date();
  const part = await parts.start(spec);
  const late = new Promise<never>((_, reject) => {
    setTimeout(
      () => reject(new Error(`${spec.name} is not ready after ${READY_WITHIN_MS / 1000} s`)),
      READY_WITHIN_MS,
    ).unref();
  });
  try {
    return { part, line: await Promise.race([part.ready, late]) };
  } catch (error) {
    throw new CliError(say`The ${error instanceof Error ? error.message : String(error)}.\n${lastLines(log, begun)}`);
  }
}
