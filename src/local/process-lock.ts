import { execFileSync } from 'node:child_process';
import { linkSync, lstatSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { errno } from '../terminal/errno';

/** A process, told apart from a later one with the same pid by when it started. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque; null where the platform does not tell. */
  readonly started: string | null;
}

/** What a lock file holds. */
export interface LockContent extends ProcessIdentity {
  /** The process that watches over the owner's children: it may outlive the owner by seconds. */
  readonly guardian?: ProcessIdentity;
  /** What the owner has started: it outlives both where both are killed. */
  readonly parts?: readonly (ProcessIdentity & { readonly name: string })[];
  /** What the owner tells others, for display and for commands that look for it. */
  readonly about?: Readonly<Record<string, string>>;
}

/** Thrown when a living process holds the lock. */
export class LockHeld extends Error {
  override readonly name = 'LockHeld';

  constructor(readonly owner: LockContent) {
    super(`held by process ${owner.pid}`);
  }
}

export interface ProcessLock {
  /** Adds to what the lock file says. */
  tell(more: Omit<LockContent, keyof ProcessIdentity>): void;
  release(): void;
}

export function identify(pid: number): ProcessIdentity {
  return { pid, started: startOf(pid) };
}

function startOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      // Field 22 (start time in clock ticks after boot), counted behind the parenthesised name, which may hold blanks.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      // One that has ended and only waits to be taken note of holds nothing.
      return fields[0] === 'Z' ? null : (fields[19] ?? null);
    }
    if (process.platform === 'win32') return null;
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    // No such process: it has no start either.
    return null;
  }
}

export function isAlive({ pid, started }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and another user's.
    if (errno(error) !== 'EPERM') return false;
  }
  return started === null || startOf(pid) === started;
}

/** What the lock file says, or undefined where there is none or it is no lock file. */
export function readLock(path: string): LockContent | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isLockContent(content) ? content : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || errno(error) === 'ENOENT') return undefined;
    throw error;
  }
}

const isLockContent = (content: unknown): content is LockContent =>
  typeof content === 'object' && content !== null && 'pid' in content && typeof content.pid === 'number';

/**
 * Takes the lock for this process. A lock whose owner is dead is taken over.
 *
 * @throws LockHeld where a living process has it.
 */
export function takeLock(path: string): ProcessLock {
  let content: LockContent = identify(process.pid);
  const own = `${path}.${process.pid}`;
  writeFileSync(own, JSON.stringify(content));
  try {
    // A link appears whole or not at all, and never over another file.
    while (!linked(own, path)) clearStale(path);
  } finally {
    rmSync(own, { force: true });
  }
  clearLeftOvers(path);
  return {
    tell(more) {
      content = { ...content, ...more };
      writeFileSync(own, JSON.stringify(content));
      renameSync(own, path);
    },
    release() {
      if (readLock(path)?.pid === process.pid) rmSync(path, { force: true });
    },
  };
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Removes what processes that were killed while they took this lock left beside it more than a day ago. */
function clearLeftOvers(path: string): void {
  const beginning = `${basename(path)}.`;
  for (const name of readdirSync(dirname(path))) {
    if (!name.startsWith(beginning) || !/^(?:stale\.)?\d{1,10}$/.test(name.slice(beginning.length))) continue;
    const leftOver = join(dirname(path), name);
    const found = lstatSync(leftOver, { throwIfNoEntry: false });
    if (found?.isFile() === true && Date.now() - found.mtimeMs > DAY_MS) rmSync(leftOver, { force: true });
  }
}

function linked(own: string, path: string): boolean {
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (errno(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a dead owner's file away. If it is another process's new lock, it is put back. */
function clearStale(path: string): void {
  const found = readLock(path);
  if (found !== undefined && isAlive(found)) throw new LockHeld(found);
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (errno(error) === 'ENOENT') return;
    throw error;
  }
  const moved = readLock(aside);
  if (moved !== undefined && isAlive(moved)) {
    linked(aside, path);
    rmSync(aside, { force: true });
    throw new LockHeld(moved);
  }
  rmSync(aside, { force: true });
}
