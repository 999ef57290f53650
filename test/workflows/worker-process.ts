import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** The worker as users run it: a process of its own. */
export class WorkerProcess {
  private constructor(
    private readonly child: ChildProcess,
    /** Everything it has printed so far. */
    readonly output: string[],
  ) {}

  /** Starts it and waits until it polls. @throws Error with its output where it ends before. */
  static async start(environment: Readonly<Record<string, string>>): Promise<WorkerProcess> {
    const args = ['--disable-proto=delete', '--import', 'tsx', 'worker/main.ts'];
    const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...environment } });
    const output: string[] = [];
    const ready = new Promise<void>((done, failed) => {
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on('line', (line) => {
          output.push(line);
          if (line.includes('"worker ready"')) done();
        });
      }
      child.once('exit', (code) => failed(new Error(`the worker ended with ${code}:\n${output.join('\n')}`)));
    });
    await ready;
    return new WorkerProcess(child, output);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async stop(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill(signal);
    await gone;
  }
}
