import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const root = resolve(__dirname, '../..');

/** A worker as a process of its own, to be killed, stopped and woken. */
export class WorkerProcess {
  private constructor(
    private readonly child: ChildProcess,
    /** Everything it has printed. */
    readonly output: readonly string[],
  ) {}

  /** Starts it and waits until it polls. @throws Error with its output where it ends before */
  static async start(environment: Readonly<Record<string, string>>): Promise<WorkerProcess> {
    const args = ['--disable-proto=delete', '--import', 'tsx', 'test/durability/worker-main.ts'];
    const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...environment } });
    const output: string[] = [];
    await new Promise<void>((ready, failed) => {
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on('line', (line) => {
          output.push(line);
          if (line.includes('"worker ready"')) ready();
        });
      }
      child.once('exit', (code) => failed(new Error(`the worker ended with ${code}:\n${output.join('\n')}`)));
    });
    return new WorkerProcess(child, output);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Lets a stopped process go on. */
  wake(): void {
    this.child.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }
}
