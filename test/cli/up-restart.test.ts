import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditLedger } from '../../src/cli/demo/audit';
import { readLedger, type SeedOrder } from '../../src/cli/demo/ledger';
import { freePort } from '../../src/local/ports';
import { note } from '../../src/terminal/output';
import { temporalCli } from '../../src/local/temporal-server';
import { readEnvironment } from '../../src/config';
import { eventually } from '../sandbox/http-caller';
import { commandOf, descendants, isRunning } from '../local/processes';
import { startWaybill, waybill, type Running } from './run-waybill';

// Processes on a busy machine: the time limit is there for what hangs.
jest.setTimeout(240_000);

let cwd: string;
let cli: string;
let args: string[];
let origin: string;
let address: string;
let up: Running | undefined;
/** What a run has left behind. */
let orphans: readonly number[];

beforeAll(async () => {
  cli = (await temporalCli(readEnvironment(), note)).path;
}, 390_000);
beforeEach(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'waybill-restart-test-'));
  orphans = [];
  const [port, uiPort, sandboxPort] = await Promise.all([freePort(0), freePort(0), freePort(0)]);
  origin = `http://127.0.0.1:${sandboxPort}`;
  address = `127.0.0.1:${port}`;
  args = ['up', '--port', String(port), '--ui-port', String(uiPort), '--sandbox-port', String(sandboxPort)];
});
afterEach(async () => {
  up?.child.kill('SIGTERM');
  await up?.ended;
  rmSync(cwd, { recursive: true });
}, 60_000);

async function bringUp(): Promise<Running> {
  up = startWaybill(args, { cwd, env: { TEMPORAL_CLI: cli } });
  await up.printed('Ctrl-C ends everything.');
  return up;
}

const run = (...words: string[]) => waybill(words, { cwd, env: { TEMPORAL_ADDRESS: address } });
const listed = async (...words: string[]): Promise<readonly unknown[]> => {
  const { stdout, stderr, code } = await run(...words, '--json');
  if (code !== 0) throw new Error(stderr);
  const rows: readonly unknown[] = JSON.parse(stdout);
  return rows;
};

const find = ({ child }: Running, what: string): number =>
  descendants(child.pid ?? 0).find((pid) => commandOf(pid).includes(what)) ?? 0;

/**
 * Ctrl-C, or the worst: the command line and the sandbox gone in the same moment, with no time for anything; or the command
 * line and what watches over its parts, which then go on alone.
 */
const ends: Readonly<Record<string, (running: Running) => void>> = {
  'Ctrl-C': ({ child }) => {
    child.kill('SIGINT');
  },
  SIGKILL: (running) => {
    process.kill(find(running, 'sandbox-process'), 'SIGKILL');
    running.child.kill('SIGKILL');
  },
  'SIGKILL of it and its guardian': (running) => {
    orphans = descendants(running.child.pid ?? 0).filter((pid) => !commandOf(pid).includes('guardian'));
    // Held, it does not see its guardian go.
    running.child.kill('SIGSTOP');
    process.kill(find(running, 'guardian'), 'SIGKILL');
    running.child.kill('SIGKILL');
  },
};

/** The two addresses of CL-10233, of which something has left and not yet all has arrived. */
async function inDespatch(): Promise<true | undefined> {
  const { northscope, claritum } = await readLedger(origin);
  const hasLeft = northscope.salesOrders.some(
    ({ PONumber, SalesOrderDetailList: lines }) =>
      PONumber === 'PO-10233' && lines.some(({ ShippedUnits }) => Number(ShippedUnits) > 0),
  );
  return hasLeft && !claritum.goodsReceipts.some(({ orderRef }) => orderRef === 'CL-10233') ? true : undefined;
}

it.each(Object.keys(ends))(
  'carries on after %s: what waited and what was in despatch goes to its end, nothing twice',
  async (how) => {
    const first = await bringUp();
    const orders: readonly SeedOrder[] = (await readLedger(origin)).claritum.purchaseOrders;
    await eventually(async () => ((await listed('inbox')).length === 1 ? true : undefined));
    await eventually(inDespatch);
    ends[how]?.(first);
    await first.ended;
    expect(orphans.filter((pid) => !isRunning(pid))).toEqual([]);

    const second = await bringUp();
    expect(second.output()).toContain(
      'The orders of earlier runs are still here, and the sandbox keeps its data (--fresh deletes both).',
    );
    expect(orphans.filter(isRunning)).toEqual([]);
    expect(/^An earlier run was killed and left processes running: ending /m.test(second.output())).toBe(
      orphans.length > 0,
    );
    // What waited waits on: nobody has taken it for withdrawn.
    expect(await listed('inbox')).toMatchObject([{ id: 'approval-1', order: 'CL-10232' }]);
    expect((await run('approve', 'CL-10232', '--by', 'anna')).code).toBe(0);
    await eventually(async () => ((await listed('list', '--stage', 'done')).length === 3 ? true : undefined));

    const findings = auditLedger(orders, await readLedger(origin));
    expect(findings.filter(({ isRight }) => !isRight)).toEqual([]);
    expect(findings.length).toBeGreaterThan(20);

    const log = readFileSync(join(cwd, '.waybill/logs/worker.log'), 'utf8').trimEnd().split('\n');
    const messages = log.map((line): unknown => JSON.parse(line).msg);
    expect(messages.filter((message) => message === 'worker ready')).toHaveLength(2);
  },
);
