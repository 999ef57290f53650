import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Kernel ticks a second as /proc counts them: fixed for programs since Linux 2.6. */
const TICKS = 100;

/** Milliseconds of processor the process has used so far, user and system. */
export function processorMs(pid: number): number {
  const stat = `/proc/${pid}/stat`;
  if (!existsSync(stat)) return clockMs(ps(pid, 'time='));
  // The name stands in brackets and may hold anything; utime and stime are the 12th and 13th field after it.
  const text = readFileSync(stat, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS;
}

const ps = (pid: number, what: string): string =>
  execFileSync('ps', ['-o', what, '-p', String(pid)])
    .toString()
    .trim();

/** `[[dd-]hh:]mm:ss[.cc]` */
function clockMs(clock: string): number {
  const [days, rest] = clock.includes('-') ? clock.split('-') : ['0', clock];
  const seconds = (rest ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return (Number(days) * 86_400 + seconds) * 1000;
}
