import { fork, type ChildProcess } from 'node:child_process';
import { extname, join } from 'node:path';
import { errno } from '../errno';
import type { FromGuardian, PartSpec, ToGuardian } from './guardian';

/** One running process that ends with the command line. */
export interface Part {
  readonly name: string;
  readonly pid: number;
  /** The line that carried the ready mark. Rejects where the part ends before. */
  readonly ready: Promise<string>;
  /** Why it ended, in words; resolves whenever and however it ends. */
  readonly ended: Promise<string>;
  /** SIGTERM to its whole group, SIGKILL after 5 seconds; resolves when it has ended. */
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
  readonly ended: Settled<string>;
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
  // Whoever awaits it sees the rejection; nobody has to.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}

/** Node arguments that make `.ts` files run, also in a process started from a test or another directory. */
export const runTypeScript = (): string[] => ['--require', require.resolve('tsx/cjs')];

export function startParts(): Parts {
  const extension = extname(__filename);
  const guardian = fork(join(__dirname, `guardian${extension}`), [], {
    execArgv: extension === '.ts' ? runTypeScript() : [],
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const watched = new Map<string, Watched>();
  const running: Part[] = [];
  guardian.on('message', (message) => {
    if (isReport(message)) take(message, watched);
  });
  guardian.once('exit', () => abandon(watched, running));

  return {
    guardianPid: guardian.pid ?? 0,
    async start(spec) {
      const part: Watched = { started: settled(), ready: settled(), ended: settled() };
      watched.set(spec.name, part);
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
      if (guardian.exitCode === null && guardian.signalCode === null) {
        await new Promise((resolve) => guardian.once('exit', resolve));
      }
    },
  };
}

const isReport = (message: unknown): message is FromGuardian =>
  typeof message === 'object' && message !== null && 'kind' in message;

function take(message: FromGuardian, watched: Map<string, Watched>): void {
  const part = watched.get(message.name);
  if (part === undefined) return;
  if (message.kind === 'started') part.started.resolve(message.pid);
  else if (message.kind === 'ready') part.ready.resolve(message.line);
  else finish(message.name, message.reason, watched);
}

function finish(name: string, reason: string, watched: Map<string, Watched>): void {
  const part = watched.get(name);
  if (part === undefined) return;
  watched.delete(name);
  const error = new Error(`${name} ${reason}`);
  part.started.reject(error);
  part.ready.reject(error);
  part.ended.resolve(reason);
}

/** The guardian is gone: end what it watched over, so that nothing is left without a master. */
function abandon(watched: Map<string, Watched>, running: readonly Part[]): void {
  for (const { name, pid } of running) {
    if (!watched.has(name)) continue;
    try {
      process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
    } catch (error) {
      if (errno(error) !== 'ESRCH') throw error;
    }
  }
  for (const name of watched.keys()) finish(name, 'lost the process that watches over it', watched);
}

const tell = (guardian: ChildProcess, message: ToGuardian): Promise<void> =>
  new Promise((resolve) => {
    // A guardian that cannot be told anything has exited, and `abandon` has settled everything.
    guardian.send(message, () => resolve());
  });
