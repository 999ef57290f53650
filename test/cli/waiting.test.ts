import { tmpdir } from 'node:os';
import { standing } from '../../src/cli/orders/standing';
import { Story } from '../workflows/story';
import { World } from '../workflows/world';
import { examined } from './examined';
import { waybill } from './run-waybill';

jest.setTimeout(90_000);

let world: World;
const before = { ...process.env };
afterEach(async () => {
  process.env = { ...before };
  await world.close();
});

it('an order that waits for a person and for a vendor is told as both, wherever one looks', async () => {
  world = await World.open({
    orders: 1,
    policy: (policy) => ({
      ...policy,
      fulfilment: {
        ...policy.fulfilment,
        settle: '20 milliseconds',
        longestPause: '50 milliseconds',
        askAfter: '1 second',
      },
    }),
  });
  const { client } = world.temporal;
  const story = await Story.of(world, 0);
  const run = async (...words: string[]): Promise<string> => {
    const { stdout, stderr } = await waybill(words, { cwd: tmpdir(), env: world.environment() });
    // The feed of a test stands paused, which is told beside everything else.
    return (stdout + stderr).replace(/^feed:claritum is paused .*\n/m, '');
  };
  await world.sandbox.fault({ vendor: 'manex', operation: '*', fault: '503', times: -1, phase: 'before' });
  await world.poll();
  const { id } = await story.decision('silent-vendor');
  const silent = 'ManEx does not accept the calls of 1 order or invoice. Waybill retries them';

  const [list, byNumber, byAnother, ofDecisions, ofManex, ofNorthScope, inbox, page] = await Promise.all([
    run('list'),
    run('list', '--number', ` ${story.orderRef.replace('CL', 'po')} `),
    run('list', '--number', 'PO-99999'),
    run('list', '--waiting'),
    run('list', '--waiting', 'manex'),
    run('list', '--waiting', 'northscope'),
    run('inbox'),
    run('show', story.orderRef),
  ]);
  const line: unknown = expect.stringMatching(new RegExp(`^${story.orderRef}\t[a-z-]+\tdecision, manex\t.*\n$`));
  expect([list, byNumber, ofDecisions, ofManex]).toEqual([line, line, line, line]);
  expect([byAnother, ofNorthScope]).toEqual(['No purchase order matches.\n', 'No purchase order matches.\n']);
  expect(inbox).toContain(`${story.orderRef}\t${id}\t`);
  expect(inbox).toContain(silent);
  expect(page).toMatch(new RegExp(`waiting for +a decision: ${id}; and ManEx has not done this since `));
  // But for the feed, which stands paused in a test.
  const told = async (): Promise<readonly string[]> =>
    (await standing(client)).map(({ says }) => says.toString()).filter((text) => !text.includes('is paused'));
  expect(await told()).toEqual([expect.stringContaining(silent)]);
  const { TEMPORAL_ADDRESS = '', TEMPORAL_NAMESPACE = '' } = world.environment();
  process.env = { ...before, TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_CONFIG_FILE: '/nowhere.toml' };
  expect((await examined(['temporal'], {})).filter(({ check }) => check === 'silent vendors')).toEqual([
    expect.objectContaining({ state: 'notice', says: expect.stringContaining(silent) }),
  ]);

  await world.sandbox.clearFaults();
  await story.allocated();
  expect(await told()).toEqual([]);
  expect(await run('list', '--waiting', 'manex')).toBe('No purchase order matches.\n');
});

it('an order is listed under its customer while it asks what its status means', async () => {
  world = await World.open({ orders: 1 });
  const story = await Story.of(world, 0);
  await world.sandbox.world({ status: { orderRef: story.orderRef, status: 'parked' } });
  await world.poll();
  await story.decision('mismatch');
  const { stdout } = await waybill(['list'], { cwd: tmpdir(), env: world.environment() });
  const [customer] = world.policy.customers;
  expect(stdout).toMatch(new RegExp(`^${story.orderRef}\treceived\tdecision\t${customer?.custNo}\t`));
});
