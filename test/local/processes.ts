import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const MISSING = new Set(['Z', 'X', undefined]);

/** Whether it runs; one that has ended and only waits to be taken note of does not. */
export const isRunning = (pid: number): boolean => !MISSING.has(statOf(pid)[0]);

/** State, parent and so on of a process: what `/proc` says behind its name, which may hold blanks. */
function statOf(pid: number): string[] {
  if (!hasProc) return processTable().get(pid) ?? [];
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

/** Where there is no `/proc` (macOS). */
const hasProc = existsSync('/proc/self/stat');
const ps = (...columns: string[]): string[] =>
  execFileSync('ps', ['-A', '-o', columns.map((column) => `${column}=`).join(',')], { encoding: 'utf8' }).split('\n');
const processTable = (): Map<number, string[]> =>
  new Map(
    ps('pid', 'stat', 'ppid').map((line) => {
      const [pid, state = '', parent = ''] = line.trim().split(/\s+/);
      return [Number(pid), [state.slice(0, 1), parent]];
    }),
  );

function allPids(): number[] {
  if (!hasProc) return [...processTable().keys()];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** Every process that descends from `pid`, also through one that has put itself into a session of its own. */
export function descendants(pid: number): number[] {
  const parents = new Map(allPids().map((candidate) => [candidate, Number(statOf(candidate)[1])]));
  const found: number[] = [];
  for (let level = [pid]; level.length > 0;) {
    level = [...parents].filter(([, parent]) => level.includes(parent)).map(([child]) => child);
    found.push(...level);
  }
  return found;
}

/** Waits until none of them runs. */
export async function allGone(pids: readonly number[], withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const left = pids.filter(isRunning);
    if (left.length === 0) return;
    if (Date.now() > deadline) throw new Error(`still running: ${left.join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The command line of a process, its arguments with blanks between; empty where it has ended. */
export function commandOf(pid: number): string {
  if (!hasProc) return ps('pid', 'command').find((line) => line.trim().startsWith(`${pid} `)) ?? '';
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
