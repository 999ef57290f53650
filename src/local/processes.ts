import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Environment } from '../config';
import type { PartSpec } from './guardian';

/** The project, wherever the command line was started. */
export const projectRoot = resolve(__dirname, '../..');

/** Node arguments for a process that parses what vendors send: `__proto__` is taken away first (ADR 3). */
const hardened = ['--disable-proto=delete', '--import', pathToFileURL(require.resolve('tsx')).href];

/** What the sandbox process is told. */
export interface SandboxSettings {
  readonly port: number;
  readonly orders: number;
  readonly seed: number;
  readonly people: boolean;
  readonly control: boolean;
  readonly peopleDelayMs?: number;
  /** The file it goes on from and keeps what it holds in; without it, nothing is kept. */
  readonly state?: string;
}

/** The sandbox as a process of its own; its ready line is JSON with its origin and references. */
export const sandboxProcess = (settings: SandboxSettings, environment: Environment, log: string | null): PartSpec => ({
  name: 'sandbox',
  command: process.execPath,
  args: [...hardened, join(projectRoot, 'src/local/sandbox-process.ts'), JSON.stringify(settings)],
  env: environment,
  cwd: process.cwd(),
  log,
  readyMark: '"msg":"sandbox ready"',
});

/** The worker, configured by its environment alone. */
export const workerProcess = (environment: Environment, log: string | null): PartSpec => ({
  name: 'worker',
  command: process.execPath,
  args: [...hardened, join(projectRoot, 'worker/main.ts')],
  env: environment,
  cwd: process.cwd(),
  log,
  readyMark: '"msg":"worker ready"',
  // Calls that run may finish: one cut off in the middle is an unknown outcome.
  graceMs: 25_000,
});
