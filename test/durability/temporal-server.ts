import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Connection } from '@temporalio/client';
import { searchAttributes } from '../../src/domain/case/names';

const HEALTHY_WITHIN_MS = 30_000;

export interface ServerOptions {
  readonly cli: string;
  readonly namespaces: readonly string[];
  /** SQLite file; in memory without. */
  readonly file?: string;
}
/** As much as is kept of what it says before it ends: the head of a stack says the most. */
const SAID_CHARACTERS = 1_000;

/** A Temporal dev server as a process that may be killed and started again on the same port and file. */
export class TemporalServer {
  #child: ChildProcess | undefined;

  private constructor(
    private readonly options: ServerOptions,
    private readonly port: number,
  ) {}

  /**
   * The server looks for the free ports of its own services before it binds them, and another process may be quicker:
   * one that ends before it serves anything is started once more, on other ports.
   */
  static async start(options: ServerOptions): Promise<TemporalServer> {
    const server = new TemporalServer(options, await freePort());
    try {
      await server.run();
      return server;
    } catch (error) {
      if (!(error instanceof EndedEarlyError)) throw error;
      process.stderr.write(`${error.message}; it is started once more\n`);
    }
    const again = new TemporalServer(options, await freePort());
    await again.run();
    return again;
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
        // Workers of its own, which schedules need and nothing here does, would cost a tenth of a core for 600 namespaces.
        ...['--dynamic-config-value', 'worker.perNamespaceWorkerCount=0'],
        ...(file === undefined ? [] : ['--db-filename', file]),
        ...namespaces.flatMap((name) => ['--namespace', name]),
        ...Object.entries(searchAttributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
      ],
      { stdio: ['ignore', 'ignore', 'pipe'], env: withoutTemporal() },
    );
    this.#child = child;
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(0, SAID_CHARACTERS)));
    await healthy(this.address, namespaces, child, () => said.trim());
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

class EndedEarlyError extends Error {}

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

async function healthy(
  address: string,
  namespaces: readonly string[],
  child: ChildProcess,
  said: () => string,
): Promise<void> {
  const deadline = Date.now() + HEALTHY_WITHIN_MS;
  for (let refusal: unknown; Date.now() < deadline; await new Promise((done) => setTimeout(done, 50))) {
    if (child.exitCode !== null)
      throw new EndedEarlyError(`the Temporal server ended with ${child.exitCode}: ${said()}`, { cause: refusal });
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
