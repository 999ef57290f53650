/** The sandbox as a process: its settings are one JSON argument, its first line says where it listens and what it holds. */
import { writeSync } from 'node:fs';
import { ownConfig, readEnvironment } from '../config';
import { JournalDamaged } from '../sandbox/journal';
import { startSandbox } from '../sandbox/server';
import { errno } from '../terminal/errno';
import { waybill } from '../domain/values/command-line';
import { block, note, printRecord, say } from '../terminal/output';
import type { SandboxSettings } from './processes';

const levels = { debug: 20, error: 50 } as const;

async function main(): Promise<void> {
  const { state, ...settings }: SandboxSettings = JSON.parse(process.argv[2] ?? '{}');
  const memory = state === undefined ? {} : { memory: { path: state, lost: (error: unknown) => lost(state, error) } };
  const { logLevel } = ownConfig(readEnvironment());
  const isTalkative = logLevel === 'debug' || logLevel === 'trace';
  const sandbox = await startSandbox({
    ...settings,
    ...memory,
    log: (level, members, msg) => {
      if (level === 'error' || isTalkative) write(level, members, msg);
    },
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
  }
  printRecord({ msg: 'sandbox ready', origin: sandbox.origin, references: sandbox.references });
}

/** One line, as the worker writes its own. */
function write(level: keyof typeof levels, members: object, msg: string): void {
  const head = { level: levels[level], time: new Date().toISOString(), pid: process.pid };
  printRecord({ ...head, ...members, msg });
}

/** A change that cannot be saved is not answered, because a restart would not know it. */
function lost(state: string, error: unknown): never {
  const why = errno(error) ?? String(error);
  writeSync(
    2,
    say`The sandbox cannot write its data to ${state} (${why}). Free some disk space or make it writable.\n`.toString(),
  );
  process.exit(1);
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  const advice = error instanceof JournalDamaged ? say`: start again with \`${waybill('up --fresh')}\`` : '';
  note(say`${block(message)}${advice}`);
  process.exit(1);
});
