import { execFile } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Environment } from '../config';
import { CliError } from '../terminal/cli-error';
import { startParts } from './parts';
import { LockHeld, takeLock, type ProcessLock } from './process-lock';
import { lines, say, type Printable } from '../terminal/output';

/** The newest version that `go install` accepts; the download takes the same, so that all ways end at one server. */
export const TEMPORAL_CLI_VERSION = 'v1.5.1';
const MODULE = `github.com/temporalio/cli/cmd/temporal@${TEMPORAL_CLI_VERSION}`;
const OLDEST_SERVER = [1, 29] as const;
const PROGRESS_MS = 10_000;
const LOCK_POLL_MS = 500;

export interface FindOptions {
  readonly environment: Environment;
  /** Tells the user what takes long. */
  readonly tell: (line: Printable) => void;
  /** Downloads the CLI into the directory and returns its path. */
  readonly download: (directory: string, version: string) => Promise<string>;
}

export interface TemporalCli {
  readonly path: string;
  readonly source: 'TEMPORAL_CLI' | 'PATH' | 'cache' | 'Go' | 'download' | 'go install';
}

const executable = process.platform === 'win32' ? 'temporal.exe' : 'temporal';

/** Where the CLI is kept once it was downloaded or built: `$XDG_CACHE_HOME/waybill`, by default `~/.cache/waybill`. */
function cacheDirectory(environment: Environment): string {
  const base = environment['XDG_CACHE_HOME'] ?? join(home(environment), '.cache');
  return join(base, 'waybill');
}

const home = (environment: Environment): string => environment['HOME'] ?? environment['USERPROFILE'] ?? '.';
const cachedPath = (directory: string): string =>
  join(directory, `temporal-${TEMPORAL_CLI_VERSION}${process.platform === 'win32' ? '.exe' : ''}`);

/**
 * Finds the Temporal CLI: `TEMPORAL_CLI`, then PATH, then what was downloaded, built or installed with Go before, then
 * the official download, then `go install`. The last two happen once per machine.
 *
 * @throws CliError that names every way, where none works.
 */
export async function findTemporalCli(options: FindOptions): Promise<TemporalCli> {
  const { environment, tell } = options;
  const named = environment['TEMPORAL_CLI'];
  if (named !== undefined && named !== '') {
    const fault = await unusable(named);
    if (fault === undefined) return { path: named, source: 'TEMPORAL_CLI' };
    throw new CliError(say`TEMPORAL_CLI names ${named}, which ${fault}.`);
  }
  const directory = cacheDirectory(environment);
  const present = await firstUsable(
    [
      ...searchPath('temporal', environment).map((path) => ({ path, source: 'PATH' as const })),
      { path: cachedPath(directory), source: 'cache' as const },
      ...goDirectories(environment).map((folder) => ({ path: join(folder, executable), source: 'Go' as const })),
    ],
    tell,
  );
  return present ?? (await obtain(directory, options));
}

async function firstUsable(
  candidates: readonly TemporalCli[],
  tell: FindOptions['tell'],
): Promise<TemporalCli | undefined> {
  for (const candidate of candidates) {
    if (!isExecutable(candidate.path)) continue;
    const fault = await unusable(candidate.path);
    if (fault === undefined) return candidate;
    tell(say`${candidate.path} ${fault}: not used.`);
  }
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    // Not there or not for us: no candidate either way.
    return false;
  }
}

/** Every file of that name on PATH, in order. */
function searchPath(name: string, environment: Environment): string[] {
  const endings = process.platform === 'win32' ? ['.exe'] : [''];
  return (environment['PATH'] ?? environment['Path'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => endings.map((ending) => join(folder, name + ending)))
    .filter(isExecutable);
}

/** Where `go install` puts programs; many have it without having it on PATH. */
function goDirectories(environment: Environment): string[] {
  const paths = environment['GOPATH']?.split(delimiter) ?? [join(home(environment), 'go')];
  return [environment['GOBIN'], ...paths.map((path) => join(path, 'bin'))].filter((path) => path !== undefined);
}

/** Why the file does not do as the Temporal CLI, or undefined where it does. */
function unusable(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(path, ['--version'], { timeout: 15_000 }, (error, stdout) => {
      if (error !== null) return resolve('does not run as the Temporal CLI');
      const [, major, minor] = /^temporal version .{0,100}\(Server (\d{1,9})\.(\d{1,9})/m.exec(stdout) ?? [];
      if (major === undefined) return resolve('is not the Temporal CLI');
      const [oldMajor, oldMinor] = OLDEST_SERVER;
      const isOld = Number(major) < oldMajor || (Number(major) === oldMajor && Number(minor) < oldMinor);
      return resolve(
        isOld ? `has server ${major}.${minor}, but ${OLDEST_SERVER.join('.')} or newer is needed` : undefined,
      );
    });
  });
}

async function obtain(directory: string, { environment, tell, download }: FindOptions): Promise<TemporalCli> {
  mkdirSync(directory, { recursive: true });
  const lock = await waitForLock(join(directory, 'obtaining.lock'), tell);
  try {
    const path = cachedPath(directory);
    clearLeftOvers(directory);
    // Another process may have finished it while we waited.
    if (isExecutable(path)) return { path, source: 'cache' };
    tell(say`Downloading the Temporal CLI ${TEMPORAL_CLI_VERSION} into ${directory} (once) …`);
    const downloaded = await attempt(() => download(directory, TEMPORAL_CLI_VERSION));
    if ('value' in downloaded) {
      if (downloaded.value !== path) renameSync(downloaded.value, path);
      return { path, source: 'download' };
    }
    tell(say`The download failed: ${downloaded.reason}`);
    const [go] = searchPath('go', environment);
    if (go === undefined) throw noWay(downloaded.reason, 'Go is not installed');
    const built = await attempt(() => build(go, directory, environment, tell));
    if ('reason' in built) throw noWay(downloaded.reason, built.reason);
    renameSync(built.value, path);
    return { path, source: 'go install' };
  } finally {
    lock.release();
  }
}

/** Only the owner of the lock builds. Files of another build here were left by a killed process. */
function clearLeftOvers(directory: string): void {
  for (const name of readdirSync(directory)) {
    if (/^(?:build-\w{6}|built-\d{1,10})$/.test(name)) rmSync(join(directory, name), { recursive: true, force: true });
  }
}

const noWay = (download: string, go: string): CliError =>
  new CliError(
    lines([
      'The Temporal CLI was not found, downloaded or built:',
      say`  download: ${download}`,
      say`  go install: ${go}`,
      'Install it (https://docs.temporal.io/cli) so that `temporal` is on PATH, or set TEMPORAL_CLI to its path, or install Go 1.23 or newer.',
    ]),
  );

async function attempt<T>(work: () => Promise<T>): Promise<{ readonly value: T } | { readonly reason: string }> {
  try {
    return { value: await work() };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

/** One process obtains it, all others wait for that one. */
async function waitForLock(path: string, tell: FindOptions['tell']): Promise<ProcessLock> {
  for (let told = false; ;) {
    try {
      return takeLock(path);
    } catch (error) {
      if (!(error instanceof LockHeld)) throw error;
      if (!told)
        tell(say`Process ${error.owner.pid} is already downloading or building the Temporal CLI. Waiting for it.`);
      told = true;
      await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS));
    }
  }
}

/** `go install` into a folder of its own: what stands in the cache is always whole. */
async function build(
  go: string,
  directory: string,
  environment: Environment,
  tell: FindOptions['tell'],
): Promise<string> {
  tell(say`Building the Temporal CLI with ${go} install ${MODULE}: 2 to 3 minutes, once …`);
  const folder = mkdtempSync(join(directory, 'build-'));
  const log = join(directory, 'go-install.log');
  const parts = startParts();
  const started = Date.now();
  const progress = setInterval(
    () => tell(say`Still building the Temporal CLI (${Math.round((Date.now() - started) / 1000)} s) …`),
    PROGRESS_MS,
  );
  try {
    const env = { ...environment, GOBIN: folder };
    const part = await parts.start({ name: 'go', command: go, args: ['install', MODULE], env, cwd: folder, log });
    const { reason } = await part.ended;
    const built = join(folder, executable);
    if (!isExecutable(built)) throw new Error(`it ${reason}, see ${log}`);
    const target = join(directory, `built-${process.pid}`);
    renameSync(built, target);
    return target;
  } finally {
    clearInterval(progress);
    await parts.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
