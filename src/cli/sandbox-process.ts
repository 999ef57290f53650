/** The sandbox as a process: its settings are one JSON argument, its first line says where it listens and what it holds. */
import { startSandbox } from '../sandbox/server';
import type { SandboxSettings } from './local/processes';

async function main(): Promise<void> {
  const settings: SandboxSettings = JSON.parse(process.argv[2] ?? '{}');
  const sandbox = await startSandbox(settings);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
  }
  console.log(JSON.stringify({ msg: 'sandbox ready', origin: sandbox.origin, references: sandbox.references }));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
