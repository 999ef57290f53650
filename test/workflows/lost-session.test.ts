import { decideUpdate } from '../../workflows/case/messages';
import { Story } from './story';
import { World } from './world';

jest.setTimeout(90_000);

let world: World;

afterEach(async () => {
  await world.replayed();
  await world.close();
});

/** Each call of the client loses the session and then its renewal: two requests. */
const loseSessions = (operation: string, calls: number) =>
  world.sandbox.fault({ vendor: 'northscope', operation, fault: 'session-lost', times: 2 * calls });

it('puts credentials that are refused at the allocation to a person, and not down to missing stock', async () => {
  world = await World.open({ orders: 1 });
  const story = await Story.of(world, 0);
  await loseSessions('AllocateSalesOrders', 4);
  await world.poll();
  const refused = await story.decision('refused-call');
  expect(refused.question).toMatch(/^Refused: allocate .* in NorthScope/);
  expect(refused.facts).toContainEqual({ label: 'refusal', value: expect.stringContaining('refused the session') });
  await world.order(story.orderRef).executeUpdate(decideUpdate, { args: [{ choice: 'try again', by: 'olga' }] });
  await story.allocated();
});

it('asks nobody about a session that others lose, once it is well again', async () => {
  world = await World.open({ orders: 1 });
  const story = await Story.of(world, 0);
  await loseSessions('ListSalesOrders', 2);
  await world.poll();
  const { decisions, audit } = await story.allocated();
  expect([decisions, audit]).toEqual([[], []]);
  const { calls } = await world.sandbox.ledger();
  expect(calls.filter(({ fault }) => fault === 'session-lost')).toHaveLength(4);
});

it('asks a person in the end about a read whose session is lost again and again', async () => {
  world = await World.open({ orders: 1 });
  const story = await Story.of(world, 0);
  await loseSessions('ListSalesOrders', 4);
  await world.poll();
  const refused = await story.decision('refused-call');
  expect(refused.question).toContain('NorthScope: look at the orders');
  await world.order(story.orderRef).executeUpdate(decideUpdate, { args: [{ choice: 'try again', by: 'olga' }] });
  await story.allocated();
});
