import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { largeReads } from './answers';
import type { Held, PartOrder, ReadFigures, Told } from './messages';

/** One operation at its limit. */
export interface Measured extends ReadFigures {
  readonly operation: string;
  readonly bytes: number;
  /** The process beside it, in the same time. */
  readonly idle: Held;
}

class Part {
  readonly #child: ChildProcess;
  readonly #told: Told[] = [];
  #arrived: () => void = () => undefined;

  constructor(order: PartOrder) {
    this.#child = fork(join(__dirname, 'part.ts'), { execArgv: ['--disable-proto=delete', '--import', 'tsx'] });
    this.#child.on('message', (told: Told) => {
      this.#told.push(told);
      this.#arrived();
    });
    this.#child.on('exit', (code, signal) => {
      this.#told.push({ is: 'failed', reason: `the process ended: ${code ?? signal}` });
      this.#arrived();
    });
    this.#child.send(order);
  }

  send(word: 'begin' | 'end'): void {
    this.#child.send(word);
  }

  /** The next thing it tells. @throws Error where it failed, or tells something else */
  async next<Is extends Told['is']>(is: Is): Promise<Extract<Told, { is: Is }>> {
    while (this.#told.length === 0) await new Promise<void>((resolve) => (this.#arrived = resolve));
    const told = this.#told.shift();
    if (told !== undefined && isSo(told, is)) return told;
    throw new Error(told?.is === 'failed' ? told.reason : `expected ${is}, got ${told?.is}`);
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }
}

const isSo = <Is extends Told['is']>(told: Told, is: Is): told is Extract<Told, { is: Is }> => told.is === is;

export interface Measurement {
  readonly measured: readonly Measured[];
  /** Operations whose answer could not be read to its end. */
  readonly unread: readonly string[];
}

/** Reads one large answer after the other, each in a process of its own, with an idle one beside it. */
export async function measureReading(say: (line: string) => void, only?: string): Promise<Measurement> {
  const measured: Measured[] = [];
  const unread: string[] = [];
  for (const { operation } of largeReads.filter((read) => only === undefined || read.operation.includes(only))) {
    const vendor = new Part({ as: 'vendor', operation });
    const idle = new Part({ as: 'idle' });
    const parts = [vendor, idle];
    try {
      const { origin, bytes } = await vendor.next('serving');
      await idle.next('idle');
      const reader = new Part({ as: 'reader', operation, origin });
      parts.push(reader);
      await reader.next('begun');
      idle.send('begin');
      const { is: _, ...figures } = await reader.next('read');
      idle.send('end');
      const { held } = await idle.next('idled');
      measured.push({ operation, bytes, ...figures, idle: held });
      const { rare, longest } = figures.held;
      say(
        `${operation}: ${figures.records} records in ${figures.seconds.toFixed(1)} s; held ${rare.toFixed(0)} ms (p99.9), ` +
          `${longest.toFixed(0)} ms at most; beside it ${held.rare.toFixed(0)} ms; ${figures.mostMebibytes.toFixed(0)} MiB`,
      );
    } catch (error) {
      say(`${operation}: ${error instanceof Error ? error.message : String(error)}`);
      unread.push(operation);
    } finally {
      await Promise.all(parts.map(async (part) => part.end()));
    }
  }
  return { measured, unread };
}
