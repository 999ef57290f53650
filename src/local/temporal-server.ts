import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import type { Environment } from '../config';
import { searchAttributes } from '../domain/case/names';
import { CliError } from '../terminal/cli-error';
import { lastLines } from './log-tail';
import { nodeArguments, startParts, type Part, type Parts } from './parts';
import { accepts } from './ports';
import { findTemporalCli, type TemporalCli } from './temporal-cli';
import { say, type Printable } from '../terminal/output';

const STARTS = 3;
const HEALTHY_WITHIN_MS = 30_000;
const POLL_MS = 50;
const LOOPBACK = '127.0.0.1';
const NO_ANSWER_MS = 30_000;
const STALLED_MS = 60_000;

export interface TemporalServerOptions {
  /** Path of the Temporal CLI. */
  readonly cli: string;
  readonly parts: Parts;
  /** Ports of the loopback interface, free. */
  readonly port: number;
  readonly uiPort: number;
  /** SQLite file that keeps workflows over a restart; without it they live in memory. */
  readonly dbFilename?: string;
  readonly log: string;
  readonly environment: Environment;
}

export interface TemporalServer {
  /** `host:port`, as TEMPORAL_ADDRESS takes it. */
  readonly address: string;
  readonly uiUrl: string;
  readonly part: Part;
}

/** The Temporal CLI of this machine, found or obtained; see {@link findTemporalCli}. */
export const temporalCli = (environment: Environment, tell: (line: Printable) => void): Promise<TemporalCli> =>
  findTemporalCli({ environment, tell, download: (directory, version) => download(directory, version, environment) });

/**
 * Starts `temporal server start-dev` with its Web UI and our search attributes, and waits until it serves the default
 * namespace.
 *
 * @throws CliError with the last lines of its log, where it ends or is not healthy within 30 seconds.
 */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  for (let left = STARTS; ; left -= 1) {
    const begun = new Date();
    try {
      return await startOnce(options, begun);
    } catch (error) {
      // Beside the two named, the server picks ports of its own, which another program may take before it does.
      if (left === 1 || !lastLines(options.log, begun).toString().includes('address already in use')) throw error;
    }
  }
}

async function startOnce(options: TemporalServerOptions, begun: Date): Promise<TemporalServer> {
  const { cli, parts, port, uiPort, dbFilename, log, environment } = options;
  const part = await parts.start({
    name: 'Temporal server',
    command: cli,
    args: [
      ...['server', 'start-dev', '--ip', LOOPBACK, '--port', String(port), '--ui-port', String(uiPort)],
      ...['--log-level', 'warn', '--log-format', 'json'],
      ...(dbFilename === undefined ? [] : ['--db-filename', dbFilename]),
      ...Object.entries(searchAttributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
    ],
    env: withoutTemporal(environment),
    cwd: process.cwd(),
    log,
  });
  const isOver = new AbortController();
  const ended = part.ended.then(({ reason }) => {
    throw new CliError(say`The Temporal server ${reason}.\n${lastLines(log, begun)}`);
  });
  try {
    await Promise.race([ended, healthy(port, () => lastLines(log, begun), isOver.signal)]);
  } finally {
    isOver.abort();
    ended.catch(() => undefined);
  }
  return { address: `${LOOPBACK}:${port}`, uiUrl: `http://${LOOPBACK}:${uiPort}`, part };
}

/** The CLI reads TEMPORAL_* too; what points elsewhere must not reach a server of our own. */
export const withoutTemporal = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('TEMPORAL_')));

async function healthy(port: number, said: () => Printable, isOver: AbortSignal): Promise<void> {
  const deadline = Date.now() + HEALTHY_WITHIN_MS;
  while (Date.now() < deadline && !isOver.aborted) {
    // Asked before gRPC is: its channel waits a second after a refused connection.
    if ((await accepts(port)) && (await servesNamespace(port))) return;
    await pause(POLL_MS);
  }
  if (isOver.aborted) return;
  throw new CliError(say`The Temporal server is not healthy after ${HEALTHY_WITHIN_MS / 1000} s.\n${said()}`);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function servesNamespace(port: number): Promise<boolean> {
  try {
    const connection = await Connection.connect({ address: `${LOOPBACK}:${port}`, connectTimeout: 2_000 });
    try {
      await connection.workflowService.describeNamespace({ namespace: 'default' });
      return true;
    } finally {
      await connection.close();
    }
  } catch {
    // Not yet: the loop asks again until its deadline, and then tells the server's own log.
    return false;
  }
}

/** In a process of its own: the SDK's native core stays out of this one, and a download that hangs can be ended. */
async function download(directory: string, version: string, environment: Environment): Promise<string> {
  const log = join(directory, 'download.log');
  rmSync(log, { force: true });
  const parts = startParts();
  try {
    const part = await parts.start({
      name: 'download',
      command: process.execPath,
      args: [...nodeArguments(join(__dirname, 'temporal-download')), directory, version],
      env: environment,
      cwd: directory,
      log,
    });
    const { code, reason } = await part.ended;
    const path = downloadedPath(directory, version);
    if (code === 0 && existsSync(path)) return path;
    throw new Error(`${reason}; ${readFileSync(log, 'utf8').trimEnd().split('\n').at(-1) ?? ''}`);
  } finally {
    await parts.stop();
  }
}

/** Where the SDK puts what it downloads. */
const downloadedPath = (directory: string, version: string): string =>
  join(directory, `temporal-${version}${process.platform === 'win32' ? '.exe' : ''}`);

/**
 * The official download, through the SDK (which knows the right archive for this platform). The SDK downloads only
 * together with starting the server, so one is started on a free port and stopped at once.
 *
 * @throws Error where nothing comes within 30 seconds, or the download stops for 60.
 */
export async function downloadTemporalCli(directory: string, version: string): Promise<void> {
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  const path = downloadedPath(directory, version);
  const starting = TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'cached-download', downloadDir: directory, version },
      log: { format: 'json', level: 'error' },
    },
  });
  const watch = new AbortController();
  try {
    const environment = await Promise.race([starting, watchDownload(`${path}.downloading`, path, watch.signal)]);
    await environment.teardown();
  } catch (error) {
    // The file counts, not whether a busy machine started the server within the SDK's five seconds.
    if (!existsSync(path)) throw error;
  } finally {
    watch.abort();
    starting.catch(() => undefined);
  }
}

/** Rejects when the download does not begin, or stops growing; the SDK itself would wait for ever. */
async function watchDownload(partial: string, path: string, signal: AbortSignal): Promise<never> {
  let size = 0;
  let last = Date.now();
  for (let begun = false; ;) {
    await pause(500);
    if (signal.aborted) return new Promise<never>(() => undefined);
    const now = sizeOf(partial) ?? sizeOf(path);
    if (now !== undefined && (!begun || now > size)) {
      begun = true;
      size = now;
      last = Date.now();
    }
    const patience = begun ? STALLED_MS : NO_ANSWER_MS;
    if (Date.now() - last > patience) throw new Error(`no answer from the download server within ${patience / 1000} s`);
  }
}

function sizeOf(path: string): number | undefined {
  return existsSync(path) ? statSync(path).size : undefined;
}
