import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const bin = join(__dirname, '../../bin/waybill.js');

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  /** All that was printed so far, on both streams. */
  output(): string;
  /** Resolves when `text` has been printed; rejects where the process ends before. */
  printed(text: string | RegExp): Promise<string>;
  readonly ended: Promise<Ran>;
}

/** Starts the command line as a user does. Variables that point at another Temporal or vendor are taken away first. */
export function startWaybill(
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>>; readonly input?: string },
): Running {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(TEMPORAL_(?!CLI$)|CLARITUM_|MANEX_|NORTHSCOPE_|CENTRA_|ISYNC_|WAYBILL_)/.test(name),
    ),
  );
  const child = spawn(process.execPath, [bin, ...args], { cwd: options.cwd, env: { ...inherited, ...options.env } });
  child.stdin.end(options.input ?? '');
  const seen = { stdout: '', stderr: '', all: '' };
  const waiting = new Set<() => void>();
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      seen[stream] += text;
      seen.all += text;
      for (const look of waiting) look();
    });
  }
  const ended = new Promise<Ran>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout: seen.stdout, stderr: seen.stderr }));
  });
  return {
    child,
    ended,
    output: () => seen.all,
    printed: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = typeof text === 'string' ? seen.all.includes(text) : text.test(seen.all);
          if (!found) return;
          waiting.delete(look);
          resolve(seen.all);
        };
        waiting.add(look);
        void ended.then(({ code }) =>
          reject(new Error(`ended with ${code} before it printed ${String(text)}:\n${seen.all}`)),
        );
        look();
      }),
  };
}

export const waybill = (...[args, options]: Parameters<typeof startWaybill>): Promise<Ran> =>
  startWaybill(args, options).ended;
