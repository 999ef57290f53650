import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/local/ports';
import { note } from '../../src/terminal/output';
import { temporalCli } from '../../src/local/temporal-server';
import { optionalVendorVariables, readEnvironment, vendorVariables } from '../../src/config';
import { seedOrder } from '../../src/sandbox/claritum/seed-orders';
import { allGone, commandOf, descendants } from '../local/processes';
import { startWaybill, waybill, type Ran, type Running } from './run-waybill';

// Processes on a busy machine: the time limit is there for what hangs.
jest.setTimeout(90_000);

const LONG = 90_000;
let cwd: string;
let cli: string;
let address: string;
let args: string[];
let up: Running;

async function bringUp(): Promise<Running> {
  const running = startWaybill(args, { cwd, env: { TEMPORAL_CLI: cli } });
  await running.printed('Ctrl-C ends everything.');
  return running;
}

const run = (...words: string[]): Promise<Ran> => waybill(words, { cwd, env: { TEMPORAL_ADDRESS: address } });

/** Runs a command with --json until what it prints fits. */
async function until<T>(words: string[], fits: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const { stdout, stderr, code } = await run(...words, '--json');
    if (code !== 0) throw new Error(stderr);
    const value: T = JSON.parse(stdout);
    if (fits(value)) return value;
    if (Date.now() > deadline) throw new Error(`${words.join(' ')} still says ${stdout}`);
  }
}

interface ListedOrder {
  readonly orderNumber: string;
  readonly stage: string;
  readonly status: string;
}
interface OpenDecision {
  readonly id: string;
  readonly order: string;
  readonly choices: readonly string[];
}

beforeAll(async () => {
  cli = (await temporalCli(readEnvironment(), note)).path;
  cwd = mkdtempSync(join(tmpdir(), 'waybill-up-test-'));
  const [port, uiPort, sandboxPort] = await Promise.all([freePort(0), freePort(0), freePort(0)]);
  address = `127.0.0.1:${port}`;
  args = ['up', '--port', String(port), '--ui-port', String(uiPort), '--sandbox-port', String(sandboxPort)];
  up = await bringUp();
}, 390_000);

afterAll(async () => {
  up.child.kill('SIGTERM');
  await up.ended;
  rmSync(cwd, { recursive: true });
}, 60_000);

/** In order: each step begins where the one before has left the orders. */
describe('waybill up', () => {
  it('says where everything is and how to go on', () => {
    expect(up.output()).toMatch(/Web UI {6}http:\/\/127\.0\.0\.1:\d+\nTemporal {4}127\.0\.0\.1:\d+\nSandbox {5}http/);
    expect(up.output()).toContain(`TEMPORAL_ADDRESS=${address} npx waybill list`);
    expect(up.output()).toContain(`TEMPORAL_ADDRESS=${address} npx waybill doctor`);
    expect(up.output()).not.toContain('earlier runs');
  });

  it('refuses a second copy and leaves the first alone', async () => {
    const { code, stdout, stderr } = await waybill(args, { cwd, env: { TEMPORAL_CLI: cli } });
    expect(stderr).toMatch(
      /^waybill: Waybill runs here already \(process \d+, its Web UI at http:[^)]+\): nothing was started\.\n$/,
    );
    expect(stdout).toBe('');
    expect(code).toBe(1);
    expect(up.child.exitCode).toBeNull();
  });

  it(
    'picks up the orders of the sandbox; list and show tell how they stand',
    async () => {
      const orders = await until<ListedOrder[]>(['list'], (found) => found.length === 3);
      expect(orders.map(({ orderNumber }) => orderNumber).toSorted((a, b) => a.localeCompare(b))).toEqual([
        'CL-10231',
        'CL-10232',
        'CL-10233',
      ]);
      const plain = await run('list');
      expect(plain.stdout).toMatch(/^CL-1023\d\t[a-z-]+\t/m);
      expect(plain.stdout).not.toContain('\u001b');
      const page = await run('show', 'CL-10231');
      expect(page.stdout).toMatch(/^purchase-order:CL-10231 {2}/);
      expect(page.stdout).toContain('\nQuantities (single units)\n');
      expect((await run('show', 'purchase-order:CL-10231')).code).toBe(0);
    },
    LONG,
  );

  it(
    'shows the over-limit order in the inbox, with what may be answered',
    async () => {
      const [decision] = await until<OpenDecision[]>(['inbox'], (found) => found.length === 1);
      expect(decision).toMatchObject({ id: 'approval-1', order: 'CL-10232', choices: ['approve', 'reject'] });
      expect((await run('inbox')).stdout).toMatch(
        /^CL-10232\tapproval-1\t\d+ s\tanyone\tapprove \| reject\tApprove this order\?/,
      );
      const waiting = await until<ListedOrder[]>(['list', '--waiting'], (found) => found.length === 1);
      expect(waiting[0]?.orderNumber).toBe('CL-10232');
    },
    LONG,
  );

  it.each([
    [['show', 'CL-1'], /^waybill: purchase-order:CL-1 not found\. `npx waybill list` shows the orders\.\n$/],
    [['approve', 'CL-1'], /^waybill: purchase-order:CL-1 not found\. /],
    [['approve', 'CL-10232', '--decision', 'approval-7'], / no decision approval-7; asked now: approval-1\.\n$/],
    [
      ['decide', 'CL-10232', 'approval-1', 'perhaps'],
      /^waybill: Refused: 'perhaps' is no choice of approval-1 \(approve, reject\)\.\n$/,
    ],
    [['show', 'feed:nobody'], /^waybill: feed:nobody not found\. /],
  ])('%j is refused with one sentence', async (words, message) => {
    const { code, stdout, stderr } = await run(...words);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });

  it(
    'approves by command, once; the refused answers stand in the audit',
    async () => {
      const approved = await run('approve', 'CL-10232', '--by', 'anna', '--reason', 'agreed by phone', '--json');
      expect(JSON.parse(approved.stdout)).toEqual({
        workflowId: 'purchase-order:CL-10232',
        status: 'accepted',
        id: 'approval-1',
        reason: null,
        choice: 'approve',
        by: 'anna',
      });
      const again = await run('approve', 'CL-10232');
      expect(again.code).toBe(1);
      expect(again.stderr).toMatch(/ offers 'approve'; the last question: approval-1 was answered by anna at .*\.\n$/);
      const page = await run('show', 'CL-10232');
      expect(page.stdout).toMatch(/anna: 'approve' for approval-1, accepted \(agreed by phone\)/);
      expect(page.stdout).toMatch(/'perhaps' for approval-1, refused: /);
    },
    LONG,
  );

  it(
    'polls by hand and says what was found',
    async () => {
      const { code, stdout } = await run('poll', '--json');
      expect(JSON.parse(stdout)).toEqual({
        started: expect.any(Number),
        known: expect.any(Number),
        deliveries: expect.any(Number),
        invoices: expect.any(Number),
        setAside: expect.any(Array),
        moreSetAside: expect.any(Number),
      });
      expect(code).toBe(0);
      expect((await run('poll', 'northscope')).stdout).toMatch(/^\d+ orders? .* told to look\.\n$/);
    },
    LONG,
  );

  it(
    'starts an order from a file, once',
    async () => {
      const file = join(cwd, 'po.json');
      const { order } = seedOrder(1, 0, '2026-01-05');
      writeFileSync(file, JSON.stringify({ ...order, uid: 'BY-HAND', orderRef: 'BY-HAND-1', poNumber: 'BY-HAND-1' }));
      const started = await run('start', 'purchase-order', '--file', file, '--json');
      expect(started.stderr).toMatch(
        /^The order uses the policy of the running `waybill up`: .*waybill\.policy\.example\.json\n$/,
      );
      expect(JSON.parse(started.stdout)).toMatchObject({ workflowId: 'purchase-order:BY-HAND-1' });
      const again = await run('start', 'purchase-order', '--file', file);
      expect(again.stderr).toContain(
        'waybill: purchase-order:BY-HAND-1 exists already, running or done: nothing was started.\n',
      );
      expect(again.code).toBe(1);
    },
    LONG,
  );

  it(
    'brings a fallen worker back, and says so',
    async () => {
      const worker = descendants(up.child.pid ?? 0).find((pid) => commandOf(pid).includes('worker/main.ts'));
      process.kill(worker ?? 0, 'SIGKILL');
      await up.printed(/The worker was ended by SIGKILL; starting it again in 1 s \(log: /);
      expect(await up.printed('The worker is back.')).toContain('The worker was ended by SIGKILL');
    },
    LONG,
  );

  it(
    'carries the orders of the sandbox to the end',
    async () => {
      await until<ListedOrder[]>(['list', '--stage', 'done'], (found) => found.length === 3);
      const refused = await run('approve', 'CL-10231');
      expect(refused.stderr).toBe('waybill: purchase-order:CL-10231 has ended and takes no more answers.\n');
      const shown = await run('show', 'CL-10233', '--json');
      expect(JSON.parse(shown.stdout)).toMatchObject({
        type: 'fulfilPurchaseOrder',
        status: 'completed',
        stage: 'done',
        totals: { ordered: '6', received: '6', invoiced: '6' },
      });
    },
    LONG,
  );

  it(
    'ends by Ctrl-C with everything it started, and its orders survive',
    async () => {
      const processes = descendants(up.child.pid ?? 0);
      up.child.kill('SIGINT');
      expect((await up.ended).code).toBe(0);
      await allGone(processes, 2_000);
      up = await bringUp();
      expect(up.output()).toContain('still here, and the sandbox keeps its data (--fresh deletes both).');
      expect(up.output()).not.toContain('--orders');
      const orders = await until<ListedOrder[]>(['list', '--stage', 'done'], () => true);
      expect(orders).toHaveLength(3);
    },
    LONG,
  );

  it(
    'starts again right after it was killed, its remains ended first',
    async () => {
      const processes = descendants(up.child.pid ?? 0);
      up.child.kill('SIGKILL');
      await up.ended;
      up = await bringUp();
      await allGone(processes, 2_000);
      expect(JSON.parse(readFileSync(join(cwd, '.waybill/up.lock'), 'utf8'))).toMatchObject({ pid: up.child.pid });
      const orders = await until<ListedOrder[]>(['list', '--stage', 'done'], () => true);
      expect(orders).toHaveLength(3);
    },
    LONG,
  );

  it(
    'ends as a whole where Temporal falls, and says so in one sentence',
    async () => {
      const processes = descendants(up.child.pid ?? 0);
      const temporal = processes.find((pid) => commandOf(pid).includes('server start-dev'));
      process.kill(temporal ?? 0, 'SIGKILL');
      const { code, stderr } = await up.ended;
      expect(stderr).toMatch(
        /^waybill: The Temporal server was ended by SIGKILL\. Everything else was stopped too\. The orders are kept; start again to go on\.\n/m,
      );
      expect(stderr).toContain(`  (log: ${join(cwd, '.waybill/logs/temporal.log')})`);
      // Neither raw log lines nor a worker that is said to come back.
      expect(stderr).not.toMatch(/\{"|starting it again/);
      expect(code).toBe(1);
      await allGone(processes, 2_000);
      // Over all restarts, and not a line past the logger.
      const log = readFileSync(join(cwd, '.waybill/logs/worker.log'), 'utf8').trimEnd().split('\n');
      const messages = log.map((line): unknown => JSON.parse(line).msg);
      expect(messages.filter((message) => message === 'worker ready')).toHaveLength(4);
    },
    LONG,
  );

  it(
    'does not speak of the sandbox where every vendor is named by the environment',
    async () => {
      const env = Object.fromEntries(
        [...Object.values(vendorVariables), ...Object.values(optionalVendorVariables)]
          .flat()
          .map((name) => [name, name.endsWith('ENDPOINT') ? 'http://127.0.0.1:9/' : '1']),
      );
      up = startWaybill(args, {
        cwd,
        env: { ...env, NORTHSCOPE_TOKEN: '', NORTHSCOPE_REQUEST_NAMES: '', TEMPORAL_CLI: cli },
      });
      const output = await up.printed('Ctrl-C ends everything.');
      expect(output).toContain('The orders of earlier runs are still here (--fresh deletes them).');
      expect(output).toMatch(/^Sandbox {5}http:\S+, unused: the environment names every vendor$/m);
      expect(output).toContain('npx waybill approve <order>');
      expect(output).not.toMatch(/ledger|keeps its data/);
    },
    LONG,
  );
});
