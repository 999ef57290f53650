import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment } from '../../config';
import { plain } from '../../domain/values/decimal';
import { CliError } from '../../terminal/cli-error';
import { lastLines } from '../../local/log-tail';
import { startParts, type Parts } from '../../local/parts';
import { freePort } from '../../local/ports';
import { projectRoot } from '../../local/processes';
import { startStack, type Stack } from '../../local/stack';
import { onStopRequest } from '../../local/stop-request';
import {
  colour,
  isTerminal,
  lines,
  note,
  print,
  say,
  table,
  terminalWidth,
  type Printable,
} from '../../terminal/output';
import { auditLedger, type Finding } from './audit';
import { follow } from './follow';
import { readLedger, type SeedOrder } from './ledger';
import { LiveView } from './live-view';

export interface DemoOptions {
  readonly keep: boolean;
}

const ORDERS = 3;
const SEED = 1;

/**
 * Three purchase orders from end to end, on servers of its own that live in memory. It uses the sandbox for every
 * vendor and the example policy, whatever the environment says: a demo must not place an order.
 *
 * @throws CliError where an order does not end well or a system does not hold what it must.
 */
export async function demo({ keep }: DemoOptions): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'waybill-demo-'));
  const parts = startParts('ignore', note);
  const stop = onStopRequest();
  let isClean = false;
  try {
    const running = run(directory, parts, stop.requested);
    running.catch(() => undefined);
    const outcome = await Promise.race([running, stop.made]);
    isClean = outcome === undefined;
    if (outcome === undefined) throw new CliError(say`Stopped before the end.`);
    if (keep) {
      print(say`Everything keeps running until Ctrl-C; the Web UI is at ${outcome.stack.temporal.uiUrl}.`);
      await Promise.race([stop.made, anyFallen(outcome.stack, directory)]);
    }
    isClean = outcome.wrong === 0;
    if (!isClean) throw new CliError(say`${outcome.wrong} lines are WRONG; the logs are in ${directory}.`);
  } finally {
    await parts.stop();
    if (isClean) rmSync(directory, { recursive: true, force: true });
    stop.forget();
  }
}

/** Brings everything up, follows the orders and checks what they left. */
async function run(
  directory: string,
  parts: Parts,
  isStopping: () => boolean,
): Promise<{ readonly stack: Stack; readonly wrong: number }> {
  let orders: readonly SeedOrder[] = [];
  note(say`Starting Temporal, the sandbox and the worker …`);
  const stack = await startStack({
    parts,
    environment: readEnvironment(),
    tell: note,
    logs: directory,
    temporalPort: await freePort(7233),
    uiPort: await freePort(8233),
    sandbox: { port: await freePort(7400), orders: ORDERS, seed: SEED, people: true, control: true },
    real: [],
    policy: join(projectRoot, 'waybill.policy.example.json'),
    documents: join(directory, 'documents'),
    beforeWork: async ({ origin }) => {
      orders = (await readLedger(origin)).claritum.purchaseOrders;
    },
  });
  introduce(stack, orders);
  const begun = Date.now();
  const view = new LiveView(orders.map(({ orderRef }) => orderRef));
  const references = orders.map(({ orderRef }) => orderRef);
  await Promise.race([follow(stack.client, references, view, isStopping), anyFallen(stack, directory)]);
  // A demo that was stopped shows no table: missing lines would look like a fault.
  if (isStopping()) return { stack, wrong: 0 };
  const findings = auditLedger(orders, await readLedger(stack.sandbox.origin));
  const wrong = findings.filter(({ isRight }) => !isRight).length;
  const seconds = Math.round((Date.now() - begun) / 1000);
  print(say`\n${findingsTable(findings)}\n`);
  if (wrong === 0) {
    print(
      colour.green(
        say`All ${findings.length} lines agree: ${orders.length} orders carried to the end in ${seconds} s.`,
      ),
    );
  }
  return { stack, wrong };
}

function introduce({ temporal, sandbox }: Stack, orders: readonly SeedOrder[]): void {
  print(
    lines([
      say`Web UI   ${temporal.uiUrl}`,
      say`Temporal ${temporal.address}, sandbox ${sandbox.origin}`,
      '',
      say`${orders.length} purchase orders wait in Claritum; the feed takes them over:`,
      ...orders.map(
        ({ orderRef, quantity, productCode, deliveries }) =>
          say`  ${orderRef}: ${plain(quantity)} × ${productCode}, ${deliveries.length === 1 ? 'one delivery' : `${deliveries.length} deliveries`}`,
      ),
      '',
    ]),
  );
}

async function anyFallen(stack: Stack, logs: string): Promise<never> {
  const watched = [
    { part: stack.temporal.part, log: 'temporal' },
    { part: stack.sandbox.part, log: 'sandbox' },
    { part: stack.worker, log: 'worker' },
  ];
  return Promise.race(
    watched.map(async ({ part, log }): Promise<never> => {
      const { reason } = await part.ended;
      throw new CliError(say`The ${part.name} ${reason}.\n${lastLines(join(logs, `${log}.log`))}`);
    }),
  );
}

/** What holds is shown only where it differs: the table is read for what is wrong. */
function findingsTable(findings: readonly Finding[]): Printable {
  const rows = findings.map(({ system, record, must, holds, isRight }) => [
    { text: isRight ? 'ok' : 'WRONG', paint: isRight ? colour.green : colour.red },
    system,
    record,
    isRight ? holds : `holds ${holds}; must hold ${must}`,
  ]);
  return table(['', 'SYSTEM', 'RECORD', 'HOLDS'], rows, {
    terminal: true,
    width: isTerminal() ? terminalWidth(120) : 400,
  });
}
