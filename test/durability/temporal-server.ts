import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Connection } from '@temporalio/client';
import { searchAttributeNames } from '../../src/domain/names';

const HEALTHY_WITHIN_MS = 30_000;

export interface ServerOptions {
  readonly cli: string;
  readonly namespaces: readonly string[];
  /** SQLite file; in memory without. */
  readonly file?: string;
}

/** A Temporal dev server as a process that may be killed and started again on the same port and file. */
export class TemporalServer {
  #child: ChildProcess | undefined;

  private constructor(
    private readonly options: ServerOptions,
    private readonly port: number,
  ) {}

  static async start(options: ServerOptions): Promise<TemporalServer> {
    const server = new TemporalServer(options, await freePort());
    await server.run();
    return server;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Starts the process (again) and waits until it serves every namespace. */
  async run(): Promise<void> {
    const { cli, namespaces, file } = this.options;
    const child = spawn(
      cli,
      [
        ...['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(this.port)],
        ...['--log-level', 'never'],
        ...(file === undefined ? [] : ['--db-filename', file]),
        ...namespaces.flatMap((name) => ['--namespace', name]),
        ...searchAttributeNames.flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
      ],
      { stdio: 'ignore', env: withoutTemporal() },
    );
    this.#child = child;
    await healthy(this.address, namespaces, child);
  }

  /** Resolves when the process is gone. */
  async ended(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    await once(child, 'exit');
  }

  async stop(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.#child?.kill(signal);
    await this.ended();
  }
}

/** The CLI reads TEMPORAL_* too; what points elsewhere must not reach a server of our own. */
const withoutTemporal = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_')));

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return address.port;
}

async function healthy(address: string, namespaces: readonly string[], child: ChildProcess): Promise<void> {
  const deadline = Date.now() + HEALTHY_WITHIN_MS;
  for (let refusal: unknown; Date.now() < deadline; await new Promise((done) => setTimeout(done, 50))) {
    if (child.exitCode !== null)
      throw new Error(`the Temporal server ended with ${child.exitCode}`, { cause: refusal });
    try {
      const connection = await Connection.connect({ address, connectTimeout: 1_000 });
      try {
        for (const namespace of namespaces) await connection.workflowService.describeNamespace({ namespace });
        return;
      } finally {
        await connection.close();
      }
    } catch (error) {
      refusal = error;
    }
  }
  throw new Error(`the Temporal server is not healthy after ${HEALTHY_WITHIN_MS / 1000} s`);
}
