import { fork, type ChildProcess } from 'node:child_process';
import { extname, join } from 'node:path';
import { errno } from '../terminal/errno';
import { say, type Printable } from '../terminal/output';
import type { PartEnd, FromGuardian, PartSpec, ToGuardian } from './guardian';

/** One running process that ends with the command line. */
export interface Part {
  readonly name: string;
  readonly pid: number;
  /** The line that carried the ready mark. Rejects where the part ends before. */
  readonly ready: Promise<string>;
  /** Resolves whenever and however it ends. */
  readonly ended: Promise<PartEnd>;
  /** SIGTERM to its whole group, SIGKILL after its grace; resolves when it has ended. */
  stop(): Promise<void>;
}

/** Starts processes none of which outlives this one, also when it is killed with SIGKILL. */
export interface Parts {
  /** The process that watches over the others, for the lock file. */
  readonly guardianPid: number;
  start(spec: PartSpec): Promise<Part>;
  /** Stops everything that still runs, last started first, and the guardian. */
  stop(): Promise<void>;
}

interface Watched {
  readonly started: Settled<number>;
  readonly ready: Settled<string>;
  readonly ended: Settled<PartEnd>;
}

interface Settled<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

function settled<T>(): Settled<T> {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((accept, refuse) => {
    resolve = accept;
    reject = refuse;
  });
  // Whoever awaits it sees the rejection. An unawaited one must not count as unhandled.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}

/** Sources run through tsx, also from a test or another directory; what was built runs as it is. */
const extension = extname(__filename);
const loader = extension === '.ts' ? ['--require', require.resolve('tsx/cjs')] : [];

/** Node arguments that run another file of ours, named without its ending. */
export const nodeArguments = (file: string): string[] => [...loader, `${file}${extension}`];

/**
 * @param output `inherit` where a part passes its output on to the command line's own
 * @param warn told in one sentence where a log cannot be written; its part goes on
 */
export function startParts(
  output: 'ignore' | 'inherit' = 'ignore',
  warn: (sentence: Printable) => void = () => undefined,
): Parts {
  const guardian = fork(join(__dirname, `guardian${extension}`), [], {
    execArgv: loader,
    detached: true,
    stdio: ['ignore', output, output, 'ipc'],
  });
  const watched = new Map<string, Watched>();
  const running: Part[] = [];
  guardian.on('message', (message) => {
    if (isReport(message)) take(message, watched, warn);
  });
  let isGone = false;
  const lose = (): void => {
    isGone = true;
    abandon(watched, running);
  };
  guardian.once('exit', lose);
  guardian.once('error', lose);

  return {
    guardianPid: guardian.pid ?? 0,
    async start(spec) {
      const part: Watched = { started: settled(), ready: settled(), ended: settled() };
      watched.set(spec.name, part);
      if (isGone || !guardian.connected) finish(spec.name, LOST, watched);
      await tell(guardian, { kind: 'start', spec });
      const pid = await part.started.promise;
      const handle: Part = {
        name: spec.name,
        pid,
        ready: part.ready.promise,
        ended: part.ended.promise,
        async stop() {
          if (watched.get(spec.name) === part) await tell(guardian, { kind: 'stop', name: spec.name });
          await part.ended.promise;
        },
      };
      running.push(handle);
      return handle;
    },
    async stop() {
      for (const part of running.toReversed()) await part.stop();
      if (guardian.connected) guardian.disconnect();
      if (!isGone) {
        await new Promise((resolve) => guardian.once('exit', resolve));
      }
    },
  };
}

const isReport = (message: unknown): message is FromGuardian =>
  typeof message === 'object' && message !== null && 'kind' in message;

function take(message: FromGuardian, watched: Map<string, Watched>, warn: (sentence: Printable) => void): void {
  if (message.kind === 'log trouble') {
    warn(
      say`The log ${message.log} cannot be written (${message.code}): its lines are lost until then. Nothing else stops.`,
    );
    return;
  }
  const part = watched.get(message.name);
  if (part === undefined) return;
  if (message.kind === 'started') part.started.resolve(message.pid);
  else if (message.kind === 'ready') part.ready.resolve(message.line);
  else finish(message.name, message.ending, watched);
}

function finish(name: string, ending: PartEnd, watched: Map<string, Watched>): void {
  const part = watched.get(name);
  if (part === undefined) return;
  watched.delete(name);
  const error = new Error(`${name} ${ending.reason}`);
  part.started.reject(error);
  part.ready.reject(error);
  part.ended.resolve(ending);
}

const LOST: PartEnd = { reason: 'lost the process that supervises it', code: null };

/** The guardian is gone: end what it watched over, so that nothing is left without a master. */
function abandon(watched: Map<string, Watched>, running: readonly Part[]): void {
  for (const { name, pid } of running) {
    if (!watched.has(name)) continue;
    signalGroup(pid, 'SIGKILL');
  }
  for (const name of watched.keys()) finish(name, LOST, watched);
}

/** Signals a part and all that it has started; it may have ended meanwhile. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch (error) {
    if (errno(error) !== 'ESRCH') throw error;
  }
}

const tell = (guardian: ChildProcess, message: ToGuardian): Promise<void> =>
  new Promise((resolve) => {
    // A guardian that cannot be told anything is gone, and its parts are settled as lost.
    guardian.send(message, () => resolve());
  });
