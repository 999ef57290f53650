import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ownConfig, readEnvironment, type Environment } from '../config';
import { waybill } from '../domain/values/command-line';
import { loadPolicy } from '../policy/load';
import { CliError } from '../terminal/cli-error';
import { endLeftBehind, recorded } from '../local/left-behind';
import { startParts } from '../local/parts';
import { isFree } from '../local/ports';
import {
  identify,
  isAlive,
  LockHeld,
  readLock,
  takeLock,
  type LockContent,
  type ProcessLock,
} from '../local/process-lock';
import { projectRoot } from '../local/processes';
import { realVendors, simulatedVendors } from '../local/sandbox-environment';
import { startStack, type Stack } from '../local/stack';
import { onStopRequest } from '../local/stop-request';
import { openTrial } from '../local/trial';
import { upDirectory, upLockPath } from '../local/up-lock';
import { standing, type Standing } from './orders/standing';
import { tellSilence, untilNextLook } from './tell-silence';
import { watch } from '../local/watch';
import { lines, note, padded, print, say, type Piece, type Printable } from '../terminal/output';

export interface UpOptions {
  readonly port: number;
  readonly uiPort: number;
  readonly sandboxPort: number;
  /** Of a new sandbox; undefined where nothing is said. */
  readonly orders?: number;
  readonly fresh: boolean;
}

const ORDERS = 3;
const SANDBOX_SEED = 1;
const GUARDIAN_WITHIN_MS = 40_000;

/** Runs Temporal, the sandbox and the worker, and stays until Ctrl-C. What they hold survives it. */
export async function up(options: UpOptions): Promise<void> {
  const environment = readEnvironment();
  ownConfig(environment);
  const policy = policyPath(environment);
  loadPolicy(policy);
  mkdirSync(upDirectory(), { recursive: true });
  await previousGone();
  const lock = lockHere();
  try {
    await refuseBusyPorts(options);
    await run(options, environment, policy, lock);
  } finally {
    lock.release();
  }
}

/** WAYBILL_POLICY, else the file here, else the example, which fits the sandbox. */
function policyPath(environment: Environment): string {
  const named = environment['WAYBILL_POLICY'] ?? '';
  if (named !== '') return resolve(named);
  const own = resolve('waybill.policy.json');
  return existsSync(own) ? own : join(projectRoot, 'waybill.policy.example.json');
}

/**
 * A predecessor that was killed leaves its guardian for seconds, and with it a server that has the file open; killed together
 * with its guardian, it leaves its parts for good.
 */
async function previousGone(): Promise<void> {
  const left = readLock(upLockPath());
  if (left === undefined || isAlive(left)) return;
  await guardianGone(left);
  await endLeftBehind(left.parts ?? [], note);
}

async function guardianGone({ guardian }: LockContent): Promise<void> {
  if (guardian === undefined) return;
  const deadline = Date.now() + GUARDIAN_WITHIN_MS;
  while (isAlive(guardian)) {
    if (Date.now() > deadline)
      throw new CliError(say`Process ${guardian.pid} of an earlier run does not end. End it first.`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

function lockHere(): ProcessLock {
  try {
    return takeLock(upLockPath());
  } catch (error) {
    if (!(error instanceof LockHeld)) throw error;
    const { pid, about } = error.owner;
    const where = about?.['ui'] === undefined ? '' : say`, its Web UI at ${about['ui']}`;
    throw new CliError(say`Waybill runs here already (process ${pid}${where}): nothing was started.`);
  }
}

async function refuseBusyPorts({ port, uiPort, sandboxPort }: UpOptions): Promise<void> {
  const wanted = [
    { value: port, option: '--port' },
    { value: uiPort, option: '--ui-port' },
    { value: sandboxPort, option: '--sandbox-port' },
  ];
  for (const { value, option } of wanted) {
    if (!(await isFree(value)))
      throw new CliError(say`Port ${value} is in use. Choose another with ${option}. Nothing was started.`);
  }
}

async function run(options: UpOptions, environment: Environment, policy: string, lock: ProcessLock): Promise<void> {
  const directory = upDirectory();
  const isSimulated = simulatedVendors(environment).length > 0;
  const { database, state, isKnown } = openTrial(directory, { fresh: options.fresh, isSimulated });
  if (isKnown && options.orders !== undefined) {
    note(say`--orders applies to a new sandbox only. This one keeps its data; --fresh deletes it.`);
  }
  const parts = recorded(startParts('ignore', note), lock);
  lock.tell({ guardian: identify(parts.guardianPid) });
  const stop = onStopRequest();
  try {
    const real = realVendors(environment);
    const starting = startStack({
      parts,
      environment,
      tell: note,
      logs: join(directory, 'logs'),
      temporalPort: options.port,
      uiPort: options.uiPort,
      dbFilename: database,
      sandbox: {
        port: options.sandboxPort,
        orders: options.orders ?? ORDERS,
        seed: SANDBOX_SEED,
        people: true,
        control: true,
        state,
      },
      real,
      policy,
      documents: resolve(environment['WAYBILL_DOCUMENTS'] || join(directory, 'documents')),
    });
    starting.catch(() => undefined);
    const stack = await Promise.race([starting, stop.made]);
    if (stack === undefined) {
      note(say`Stopped before everything had started.`);
      return;
    }
    lock.tell({
      guardian: identify(parts.guardianPid),
      about: { ui: stack.temporal.uiUrl, address: stack.temporal.address, policy, sandbox: stack.sandbox.origin },
    });
    welcome(stack, policy, isKnown, environment);
    const over = new AbortController();
    const look = (): Promise<readonly Standing[]> => standing(stack.client);
    const telling = tellSilence({ look, tell: note, pause: untilNextLook }, over.signal);
    try {
      await Promise.race([stop.made, watch(stack, join(directory, 'logs'), stop.requested)]);
    } finally {
      over.abort();
      await telling;
    }
    note(say`Stopping …`);
    await stack.client.connection.close();
  } finally {
    await parts.stop();
    stop.forget();
  }
}

function welcome({ temporal, sandbox }: Stack, policy: string, isKnown: boolean, environment: Environment): void {
  const elsewhere = temporal.address.endsWith(':7233') ? {} : { TEMPORAL_ADDRESS: temporal.address };
  const command = (name: string, order?: string): Piece =>
    waybill(name, order === undefined ? [] : [order], {}, elsewhere);
  const real = realVendors(environment);
  const known = real.includes('claritum') ? [] : sandbox.purchaseOrders;
  const ofOrder = (name: string, order: string | undefined): Piece =>
    order === undefined ? say`${command(name)} <order>` : command(name, order);
  const hints = [
    [command('list'), 'the orders'],
    [command('inbox'), 'what waits for you'],
    [ofOrder('approve', known[1]), 'say yes (or reject, or decide)'],
    [ofOrder('show', known[0]), 'one order with its documents'],
    [command('doctor'), 'check Temporal and the vendors of your .env'],
  ] as const;
  const width = Math.max(...hints.map(([line]) => line.toString().length));
  print(
    lines([
      say`Web UI      ${temporal.uiUrl}`,
      say`Temporal    ${temporal.address}`,
      sandboxLine(sandbox.origin, simulatedVendors(environment)),
      ...(real.length === 0 ? [] : [say`Real        ${real.join(', ')} (from the environment)`]),
      say`Policy      ${policy}`,
      '',
      ...hints.map(([line, what]) => say`  ${padded(line, width)} ${what}`),
      '',
      ...(isKnown ? [earlierRuns(real, simulatedVendors(environment)), ''] : []),
      'Ctrl-C ends everything.',
    ]),
  );
}

const sandboxLine = (origin: string, simulated: readonly string[]): Printable =>
  simulated.length === 0
    ? say`Sandbox     ${origin}, unused: the environment names every vendor`
    : say`Sandbox     ${origin} with its people; ledger ${origin}/_sandbox/ledger`;

/** What a restart goes on with. */
function earlierRuns(real: readonly string[], simulated: readonly string[]): string {
  if (simulated.length === 0) return 'The orders of earlier runs are still here (--fresh deletes them).';
  const who = real.length === 0 ? 'the sandbox' : `the sandbox (${simulated.join(', ')})`;
  return `The orders of earlier runs are still here, and ${who} keeps its data (--fresh deletes both).`;
}
