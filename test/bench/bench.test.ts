import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { countNames } from './counts';
import { readOptions, WrongUse } from './options';

jest.setTimeout(600_000);

const root = resolve(__dirname, '../..');
const temporary = mkdtempSync(join(tmpdir(), 'waybill-test-bench-'));

afterAll(() => rmSync(temporary, { recursive: true, force: true }));

interface Run {
  readonly child: ChildProcess;
  readonly output: () => { readonly stdout: string; readonly stderr: string };
  readonly code: Promise<number | null>;
}

/** The program as `npm run bench` starts it. */
function bench(...args: string[]): Run {
  const child = spawn(process.execPath, ['--disable-proto=delete', '--import', 'tsx', 'test/bench/main.ts', ...args], {
    cwd: root,
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text) => (stdout += String(text)));
  child.stderr.on('data', (text) => (stderr += String(text)));
  const code = once(child, 'close').then(([ended]) => ended as number | null);
  return { child, output: () => ({ stdout, stderr }), code };
}

const Counts = z.record(z.enum(countNames), z.number());
const Sides = z.object({ ours: Counts, floor: Counts });
const Result = z.object({
  options: z.object({ orders: z.number(), waiting: z.number(), runs: z.number() }),
  figures: z.array(
    z.looseObject({ name: z.string(), median: z.number(), isMet: z.boolean(), reasons: z.array(z.string()) }),
  ),
  orders: Sides,
  processor: z.record(z.string(), z.object({ ours: z.number(), floor: z.number() })),
});

const Observed = z.object({ looks: z.number(), started: z.number() });
const Feed = z.object({ idle: Observed, waiting: Observed, figures: z.array(z.object({ name: z.string() })) });

it('measures orders and floor, and finds an order as short as was promised', async () => {
  const run = bench('--quick', '--json', '--orders', '12', '--waiting', '10');
  const code = await run.code;
  const { stdout, stderr } = run.output();
  if (code !== 0) throw new Error(stderr);
  const { options, figures, orders, processor } = Result.parse(JSON.parse(stdout));

  expect(options).toEqual({ orders: 12, waiting: 10, runs: 1 });
  expect(figures.map(({ name }) => name)).toEqual([
    'orders per second, ours ÷ floor',
    ...['history events', 'workflow tasks', 'ordinary activities', 'search-attribute upserts'].map(
      (counted) => `${counted} of a straight-through order with its invoice`,
    ),
    'worker memory per 1,000 waiting orders, ours ÷ floor',
  ]);
  for (const { isMet, reasons } of figures) expect(reasons.length > 0).toBe(!isMet);
  // So few orders on a busy machine may have to look at the warehouse twice more, which costs six events each.
  expect(orders.ours.events).toBeLessThanOrEqual(105 + 12);
  expect(orders.ours.activities).toBeLessThanOrEqual(10);
  expect(orders.ours.upserts).toBeLessThanOrEqual(5);
  expect(orders.ours.failures).toBe(0);
  // The floor repeats another run of ours: only when the warehouse tells of what may differ, and with it one stage shown.
  expect(orders.floor.activities).toBe(orders.ours.activities);
  expect(Math.abs(orders.floor.upserts - orders.ours.upserts)).toBeLessThanOrEqual(1);
  expect(Math.min(...Object.values(processor).map(({ ours }) => ours))).toBeGreaterThanOrEqual(0);
  expect(Object.keys(processor)).toEqual(['Temporal server', 'worker', 'sandbox', 'this program']);
});

it('measures a feed, which starts nothing again while nothing is new', async () => {
  const run = bench('--quick', '--only', 'feed', '--waiting', '10', '--json');
  const code = await run.code;
  const { stdout, stderr } = run.output();
  if (code !== 0) throw new Error(stderr);
  const { idle, waiting, figures } = Feed.parse(JSON.parse(stdout));
  expect([idle.looks > 0, waiting.looks > 0, idle.started, waiting.started]).toEqual([true, true, 0, 0]);
  expect(figures.map(({ name }) => name)).toEqual([
    'idle: closed runs a day',
    'idle: MB of database a day',
    'waiting: workflows started a look',
    'waiting: MB of database an hour',
  ]);
});

it('ends everything it started at Ctrl-C', async () => {
  const run = bench('--quick');
  const isUp = new Promise<void>((up) => {
    run.child.stderr?.on('data', () => {
      if (run.output().stderr.includes('of 50')) up();
    });
  });
  await Promise.race([isUp, run.code]);
  expect(readdirSync(temporary).filter(isBenchFolder)).toHaveLength(1);
  const started = processesIn(temporary);
  run.child.kill('SIGINT');
  expect(await run.code).toBe(130);
  expect(run.output().stderr).toContain('stopping');
  expect(readdirSync(temporary).filter(isBenchFolder)).toEqual([]);
  // At least the server, the sandbox, the worker, their guardian and the program itself, where /proc tells.
  expect(started.length >= 5 || !existsSync('/proc')).toBe(true);
  expect(processesIn(temporary)).toEqual([]);
});

const isBenchFolder = (name: string): boolean => name.startsWith('waybill-bench-');

/** The processes whose temporary folder is this one. */
function processesIn(folder: string): string[] {
  if (!existsSync('/proc')) return [];
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`TMPDIR=${folder}\0`);
    } catch {
      // It has ended since the listing, or is not ours to read.
      return false;
    }
  });
}

it('says how it is used where it is used wrongly', () => {
  expect(readOptions(['--orders', '7', '--json'])).toMatchObject({ orders: 7, runs: 5, json: true });
  expect(readOptions(['--quick'])).toMatchObject({ orders: 50, runs: 1, out: null });
  expect(readOptions(['--only', 'memory'])).toMatchObject({ only: 'memory', out: null });
  expect(readOptions(['--only', 'reading'])).toMatchObject({ only: 'reading', out: 'docs/reading.md' });
  expect(readOptions(['--only', 'feed'])).toMatchObject({ waiting: 2000, seconds: 600, out: 'docs/feed.md' });
  expect(readOptions(['--help'])).toBe('help');
  for (const wrong of [['--orders', '0'], ['--orders', '1e3'], ['--fast'], ['now'], ['--only', 'half']]) {
    expect(() => readOptions(wrong)).toThrow(WrongUse);
  }
});
