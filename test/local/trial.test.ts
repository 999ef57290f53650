import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTrial } from '../../src/local/trial';
import { startSandbox } from '../../src/sandbox/server';
import { call } from '../sandbox/http-caller';

let directory: string;
let database: string;
let state: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'waybill-trial-'));
  database = join(directory, 'temporal.db');
  state = join(directory, 'sandbox.state');
});
afterEach(() => rmSync(directory, { recursive: true }));

const open = (more: { fresh?: boolean; isSimulated?: boolean } = {}) =>
  openTrial(directory, { fresh: false, isSimulated: true, ...more });

/** Leaves what a run leaves whose worker has called `calls` times. */
async function run(calls: number): Promise<void> {
  open();
  writeFileSync(database, '');
  const lost = (error: unknown): never => {
    throw new Error('cannot be kept', { cause: error });
  };
  const options = { port: 0, orders: 1, seed: 1, people: false, control: false };
  const sandbox = await startSandbox({ ...options, memory: { path: state, lost } });
  for (let made = 0; made < calls; made += 1) {
    await call(`${sandbox.origin}/api/SO/Get/1234567890`, { body: '{"SoNo":"1"}' });
  }
  await sandbox.close();
}

it('begins with nothing, and goes on with both', async () => {
  expect(open()).toEqual({ database, state, isKnown: false });
  await run(2);
  expect(open()).toEqual({ database, state, isKnown: true });
});

it('forgets both together', async () => {
  await run(2);
  for (const ending of ['-wal', '-shm']) writeFileSync(database + ending, '');
  expect(open({ fresh: true })).toEqual({ database, state, isKnown: false });
  expect(['', '-wal', '-shm'].map((ending) => existsSync(database + ending))).toEqual([false, false, false]);
});

it('says so where one of the two is missing, and changes nothing', async () => {
  await run(2);
  rmSync(database);
  expect(() => open()).toThrow(
    `The orders of earlier runs are missing (${database}), but their sandbox data is here. Put the file back, or start ` +
      'again without the orders of earlier runs: `npx waybill up --fresh`. Nothing was started.',
  );
  writeFileSync(database, '');
  expect(open().isKnown).toBe(true);
  rmSync(state);
  expect(() => open()).toThrow(
    `The sandbox data of earlier runs is missing (${state}), but their orders are here. Put the file back, or start again`,
  );
});

it('says so where the state is damaged or another file', async () => {
  await run(2);
  writeFileSync(state, 'SQLite format 3');
  expect(() => open()).toThrow(
    /^The sandbox cannot go on from what it held: \S+ is no state of a sandbox that this version of Waybill knows\. Put /,
  );
  expect(open({ fresh: true }).isKnown).toBe(false);
});

it('minds neither where the sandbox stands for no vendor', async () => {
  await run(2);
  rmSync(state);
  expect(open({ isSimulated: false }).isKnown).toBe(true);
  rmSync(database);
  expect(open({ isSimulated: false }).isKnown).toBe(false);
});

it('begins anew after a start that ended before Temporal stood, or before the sandbox did', async () => {
  await run(0);
  rmSync(database);
  expect(open().isKnown).toBe(false);
  writeFileSync(database, '');
  expect(open().isKnown).toBe(true);
});
