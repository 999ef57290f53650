import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment } from '../../src/config';
import { note } from '../../src/terminal/output';
import { temporalCli } from '../../src/local/temporal-server';
import { allGone, commandOf, descendants } from '../local/processes';
import { startWaybill, type Running } from './run-waybill';

const TEST_MS = 120_000;
/** What was killed with its group is gone when init has noticed. */
const REAPED_MS = 2_000;
let cwd: string;
let cli: string;

beforeAll(async () => {
  cli = (await temporalCli(readEnvironment(), note)).path;
}, 300_000);
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'waybill-demo-test-'));
});
let demos: Running[] = [];
afterEach(async () => {
  // Also where a test gave up in the middle.
  for (const { child, ended } of demos) {
    child.kill('SIGTERM');
    await ended;
  }
  demos = [];
  rmSync(cwd, { recursive: true });
}, TEST_MS);

function start(): Running {
  const demo = startWaybill(['demo'], { cwd, env: { TEMPORAL_CLI: cli, MANEX_ENDPOINT: 'http://127.0.0.1:1' } });
  demos.push(demo);
  return demo;
}

/** The demo with its servers up and its orders under way. */
async function underWay(): Promise<{ demo: Running; processes: number[] }> {
  const demo = start();
  await demo.printed('waits for a person');
  const processes = descendants(demo.child.pid ?? 0);
  expect(processes.length).toBeGreaterThanOrEqual(4);
  return { demo, processes };
}

describe('waybill demo', () => {
  it(
    'carries three orders to the end, approving one as a person would, and every line agrees',
    async () => {
      const demo = start();
      await demo.printed(/Web UI {3}http:\/\/127\.0\.0\.1:\d+\n/);
      const begun = Date.now();
      await demo.printed('CL-10232 waits for a person: Approve this order?');
      const processes = descendants(demo.child.pid ?? 0);
      const { code, stdout } = await demo.ended;
      expect(Date.now() - begun).toBeLessThan(60_000);
      expect(stdout).toMatch(/\$ npx waybill approve CL-10232 --decision approval-1 --by demo\n/);
      expect(stdout).toMatch(/ s {2}CL-10233 {2}despatched 3 of 3 for 10233-2\n/);
      expect(stdout.match(/^ok /gm)).toHaveLength(25);
      expect(stdout).not.toContain('WRONG');
      expect(stdout).not.toContain('\u001b');
      expect(stdout).toMatch(/All 25 lines agree: 3 orders carried to the end in \d+ s\.\n$/);
      expect(code).toBe(0);
      await allGone(processes, REAPED_MS);
      expect(existsSync(join(cwd, '.waybill'))).toBe(false);
    },
    TEST_MS,
  );

  it(
    'ends everything on Ctrl-C, and fails',
    async () => {
      const { demo, processes } = await underWay();
      demo.child.kill('SIGINT');
      const { code, stderr } = await demo.ended;
      expect(stderr).toContain('waybill: Stopped before the end.\n');
      expect(code).toBe(1);
      await allGone(processes, REAPED_MS);
    },
    TEST_MS,
  );

  it(
    'leaves nothing behind when it is killed itself',
    async () => {
      const { demo, processes } = await underWay();
      demo.child.kill('SIGKILL');
      expect((await demo.ended).code).toBeNull();
      await allGone(processes, 15_000);
    },
    TEST_MS,
  );

  it(
    'fails and ends everything when the worker dies',
    async () => {
      const { demo, processes } = await underWay();
      const worker = processes.find((pid) => commandOf(pid).includes('worker/main.ts'));
      process.kill(worker ?? 0, 'SIGKILL');
      const { code, stderr } = await demo.ended;
      expect(stderr).toMatch(/waybill: The worker was ended by SIGKILL\.\n[^]*\(log: .*worker\.log\)/);
      expect(code).toBe(1);
      await allGone(processes, REAPED_MS);
    },
    TEST_MS,
  );
});
