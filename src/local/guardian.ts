import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { printableJson } from '../domain/values/printable';
import { LogFile } from './log-file';
import { signalGroup } from './parts';

/** A process to run on behalf of the command line. */
export interface PartSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Log that stdout and stderr go to ({@link LogFile}); null passes them on to the command line's own. */
  readonly log: string | null;
  /** The first line of stdout that contains this is reported: the part is ready. */
  readonly readyMark?: string;
  /** How long it may take to end after SIGTERM. @default 5 seconds */
  readonly graceMs?: number;
}

export interface PartEnd {
  /** In words: `ended with exit code 3`, `was ended by SIGKILL`. */
  readonly reason: string;
  /** Null where a signal ended it or it never began. */
  readonly code: number | null;
}

export type ToGuardian =
  { readonly kind: 'start'; readonly spec: PartSpec } | { readonly kind: 'stop'; readonly name: string };

export type FromGuardian =
  | { readonly kind: 'started'; readonly name: string; readonly pid: number }
  | { readonly kind: 'ready'; readonly name: string; readonly line: string }
  | { readonly kind: 'log trouble'; readonly name: string; readonly log: string; readonly code: string }
  | { readonly kind: 'ended'; readonly name: string; readonly ending: PartEnd };

const GRACE_MS = 5_000;
const parts = new Map<string, { readonly child: ChildProcess; readonly graceMs: number }>();

/**
 * A process of its own between the command line and what it starts. It has one duty: when the channel to the command
 * line closes, however that happened (SIGKILL included), everything it started ends too.
 */
function main(): void {
  process.on('message', (message) => {
    if (!isToGuardian(message)) return;
    if (message.kind === 'stop') stop(message.name);
    else begin(message.spec);
  });
  process.on('disconnect', () => {
    for (const name of parts.keys()) stop(name, GRACE_MS);
    leaveWhenEmpty();
  });
  // Ctrl-C and a closing terminal are the command line's to handle, in its order.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.on('SIGTERM', () => process.disconnect());
  // A fault of its own must not leave anything running either.
  process.on('uncaughtException', () => {
    for (const { child } of parts.values()) tellGroup(child, 'SIGKILL');
    process.exit(1);
  });
}

const isToGuardian = (message: unknown): message is ToGuardian =>
  typeof message === 'object' && message !== null && 'kind' in message;

function report(message: FromGuardian): void {
  if (process.connected) process.send?.(message);
}

function begin(spec: PartSpec): void {
  try {
    start(spec);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    report({ kind: 'ended', name: spec.name, ending: { reason: `could not be started: ${message}`, code: null } });
  }
}

function start({ name, command, args, env, cwd, log: path, readyMark, graceMs = GRACE_MS }: PartSpec): void {
  const log =
    path === null ? undefined : new LogFile(path, (code) => report({ kind: 'log trouble', name, log: path, code }));
  log?.note(`${name} starts`);
  const child = spawn(command, args, {
    env,
    cwd,
    // A group of its own, so that whatever it starts in turn ends with it.
    detached: true,
    stdio: [
      'ignore',
      log === undefined && readyMark === undefined ? 'inherit' : 'pipe',
      log === undefined ? 'inherit' : 'pipe',
    ],
  });
  parts.set(name, { child, graceMs });
  child.once('spawn', () => report({ kind: 'started', name, pid: child.pid ?? 0 }));
  child.once('error', (error) => ended(name, { reason: `could not be started: ${error.message}`, code: null }));
  // Whatever of its group is left has lost its leader.
  child.once('exit', () => tellGroup(child, 'SIGKILL'));
  // Not before all it has said is in its log.
  child.once('close', (code, signal) => {
    const how = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
    const unwritten = log?.unwritten ?? '';
    log?.close();
    ended(name, {
      reason: unwritten === '' ? how : `${how} (last lines, which are not in the log: ${unwritten})`,
      code,
    });
  });
  if (child.stdout !== null) passOn(child.stdout, log, readyMark, name);
  if (child.stderr !== null) passOn(child.stderr, log, undefined, name);
}

/** Passes every line on; reports the first that is the ready line. */
function passOn(output: NodeJS.ReadableStream, log: LogFile | undefined, mark: string | undefined, name: string): void {
  let isReady = mark === undefined;
  createInterface({ input: output }).on('line', (line) => {
    const isMark: boolean = !isReady && mark !== undefined && line.includes(mark);
    if (log !== undefined) log.write(line);
    else if (!isMark) process.stdout.write(`${printableJson(line)}\n`);
    if (!isMark) return;
    isReady = true;
    report({ kind: 'ready', name, line });
  });
}

function ended(name: string, ending: PartEnd): void {
  if (!parts.delete(name)) return;
  report({ kind: 'ended', name, ending });
  if (!process.connected) leaveWhenEmpty();
}

function stop(name: string, graceMs?: number): void {
  const part = parts.get(name);
  if (part === undefined) return;
  tellGroup(part.child, 'SIGTERM');
  setTimeout(() => {
    if (parts.get(name) === part) tellGroup(part.child, 'SIGKILL');
  }, graceMs ?? part.graceMs).unref();
}

function tellGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid !== undefined) signalGroup(pid, signal);
}

function leaveWhenEmpty(): void {
  if (parts.size === 0) process.exit(0);
}

main();
