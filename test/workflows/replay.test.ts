import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import { dataConverter } from '../../src/payloads/data-converter';
import { DeterminismViolationError } from '@temporalio/workflow';
import { countsOf } from '../bench/counts';
import { goldenHistory, goldenNames } from './golden';
import { bundle, installQuietRuntime } from './temporal';

jest.setTimeout(60_000);

const root = resolve(__dirname, '../..');
const names = goldenNames();

beforeAll(() => installQuietRuntime());

it('keeps at least a golden history of every workflow', () => {
  expect(names.map((name) => name.split('.')[0])).toEqual(
    expect.arrayContaining(['fulfil-purchase-order', 'feed', 'settle-invoice']),
  );
});

it.each(names)('replays the golden history %s on the workflows of today', async (name) => {
  await Worker.runReplayHistory({ ...bundle(), dataConverter }, goldenHistory(name), 'golden');
});

it('counts what a straight-through order with its invoice costs: no more than was promised', () => {
  const { events } = goldenHistory('fulfil-purchase-order.straight-through.json');
  const { failures, lateTasks, ...cost } = countsOf(events);
  expect([failures, lateTasks]).toEqual([0, 0]);
  expect(cost.events).toBeLessThanOrEqual(105);
  expect(cost.workflowTasks).toBeLessThanOrEqual(15);
  expect(cost.activities).toBeLessThanOrEqual(10);
  expect(cost.upserts).toBeLessThanOrEqual(4);
});

describe('a changed workflow', () => {
  let copy: string;

  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), 'waybill-changed-'));
    mkdirSync(join(copy, 'src'));
    cpSync(join(root, 'workflows'), join(copy, 'workflows'), { recursive: true });
    cpSync(join(root, 'src/domain'), join(copy, 'src/domain'), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  });
  afterEach(() => rmSync(copy, { recursive: true, force: true }));

  it('fails the replay when it exports the order before its documents stand', async () => {
    const story = join(copy, 'workflows/purchase-order/fulfil-purchase-order.ts');
    const before = readFileSync(story, 'utf8');
    const after = before.replace(
      'await placeSalesOrder(fulfilment);',
      'await settleChanges(fulfilment);\n  await placeSalesOrder(fulfilment);',
    );
    expect(after).not.toBe(before);
    writeFileSync(story, after);
    const { code } = await bundleWorkflowCode({
      workflowsPath: join(copy, 'workflows/index.ts'),
      logger: new DefaultLogger('ERROR'),
    });
    const [name = ''] = names.filter((candidate) => candidate.startsWith('fulfil-purchase-order.'));
    await expect(
      Worker.runReplayHistory({ workflowBundle: { code }, dataConverter }, goldenHistory(name), 'golden'),
    ).rejects.toThrow(DeterminismViolationError);
  });
});
