import type { Finding } from '../../src/cli/doctor/finding';
import { examined, faults } from './examined';
import { World } from '../workflows/world';
import { feedWorkflowId } from '../../src/domain/case/names';
import { setUp } from '../../worker/setup';
import { feedProgressQuery, goOnSignal, pauseSignal } from '../../workflows/feed/messages';
import { eventually } from '../sandbox/http-caller';

jest.setTimeout(120_000);

let world: World;
const before = { ...process.env };
afterEach(async () => {
  process.env = { ...before };
  await world.close();
});

/** Temporal's variables are read where it is called. */
async function examinedThere(own: Readonly<Record<string, string>> = {}): Promise<Finding[]> {
  const { TEMPORAL_ADDRESS = '', TEMPORAL_NAMESPACE = '' } = world.environment();
  process.env = { ...before, TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_CONFIG_FILE: '/nowhere.toml', ...own };
  return examined(['temporal'], {});
}

it('Temporal with a worker is found well; what is missing is told by its fix', async () => {
  world = await World.open({ orders: 0 });
  const { client, namespace = 'default' } = world.temporal;
  const sets = 'start the worker: it sets this up if it has permission';
  const missing = await examinedThere();
  expect(faults(missing)).toEqual([
    expect.stringMatching(
      new RegExp(`^bad retention: \\d+ days?: Temporal forgets an ended order too early.*; ${sets}$`),
    ),
    `bad feed claritum: not found: nothing new is taken over from Claritum; ${sets}`,
    expect.stringMatching(/^bad feed northscope: not found: orders are not told what changes in NorthScope, /),
  ]);
  expect(missing.filter(({ check }) => /^queue/.test(check)).map(({ check, says }) => `${check}: ${says}`)).toEqual(
    ['fulfilment', 'claritum', 'manex', 'northscope'].map((queue) => `queue ${queue}: 1 worker polls it`),
  );

  await setUp(client, namespace);
  const feed = client.workflow.getHandle(feedWorkflowId('claritum'));
  await eventually(async () => ((await feed.query(feedProgressQuery)).readAt === null ? undefined : true));
  await feed.signal(pauseSignal);
  await eventually(async () => ((await feed.query(feedProgressQuery)).stage === 'paused' ? true : undefined));
  expect(faults(await examinedThere())).toEqual([
    expect.stringMatching(
      /^notice feed claritum: feed:claritum is paused since .*; temporal workflow signal --workflow-id feed:claritum --name goOn$/,
    ),
  ]);
  await feed.signal(goOnSignal);
  await eventually(async () => ((await feed.query(feedProgressQuery)).stage === 'looking' ? true : undefined));
  expect(faults(await examinedThere())).toEqual([]);
  await feed.terminate('a test');
  expect(faults(await examinedThere())).toEqual([
    'bad feed claritum: feed:claritum was ended (terminated): nothing new is taken over from Claritum until a worker starts it again.; start the worker: it starts the feed again where it stopped',
  ]);
});

it('Temporal without a worker is told for each queue; a namespace that is not there by its variable', async () => {
  world = await World.open({ orders: 0, worker: false });
  const told = faults(await examinedThere());
  expect(told.filter((line) => /^bad queue/.test(line))).toEqual(
    ['fulfilment', 'claritum', 'manex', 'northscope'].map(
      (queue) => `bad queue ${queue}: no worker polls it; start one: npm run worker, or npx waybill worker`,
    ),
  );
  expect(faults(await examinedThere({ TEMPORAL_NAMESPACE: 'nix' }))).toEqual([
    'bad namespace: namespace nix not found; check the spelling in TEMPORAL_NAMESPACE; the worker creates it if it has permission',
  ]);
});
