import { ownConfig, readEnvironment } from '../config';
import { CliError } from '../terminal/cli-error';
import { runInForeground } from '../local/foreground';
import { isFree } from '../local/ports';
import { sandboxProcess } from '../local/processes';
import { parseSandboxReady } from '../local/sandbox-ready';
import { print, say } from '../terminal/output';

export interface SandboxOptions {
  readonly port: number;
  readonly orders: number;
  readonly seed: number;
  readonly people: boolean;
  readonly control: boolean;
}

/** Runs the sandbox in the foreground until Ctrl-C. */
export async function runSandbox(options: SandboxOptions): Promise<void> {
  const environment = readEnvironment();
  ownConfig(environment);
  if (!(await isFree(options.port))) {
    throw new CliError(say`Port ${options.port} is in use. Choose another with --port.`);
  }
  await runInForeground(sandboxProcess(options, environment, null), (line) => {
    const { origin, purchaseOrders } = parseSandboxReady(line);
    print(say`The sandbox is at ${origin} with ${purchaseOrders.length} purchase orders (seed ${options.seed}).`);
    if (options.control) print(say`Control: ${origin}/_sandbox/ledger`);
    if (options.people) print(say`It plays the people too: it despatches, delivers and invoices.`);
    print(say`Ctrl-C ends it.`);
  });
}
