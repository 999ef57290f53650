import { cancelUpdate, decideUpdate } from '../../workflows/case/messages';
import { Story } from './story';
import { World } from './world';

jest.setTimeout(90_000);

let world: World;

afterEach(async () => {
  await world.replayed();
  await world.close();
});

async function allocated(): Promise<Story> {
  world = await World.open({
    orders: 1,
    policy: (policy) => ({
      ...policy,
      fulfilment: {
        ...policy.fulfilment,
        inboundWithin: '1 second',
        look: { longest: '30 seconds' },
      },
    }),
  });
  const story = await Story.of(world, 0);
  await world.poll();
  await story.allocated();
  return story;
}

const emptyLists = (times: number) =>
  world.sandbox.fault({ vendor: 'northscope', operation: 'ListSalesOrders', fault: 'empty-list', times });

it('takes no empty list of the warehouse for goods that have not left, when an order is cancelled', async () => {
  const story = await allocated();
  const [placed] = (await story.progress()).documents.northscope.orders;
  await world.sandbox.world({ despatch: { order: placed?.orderId } });
  await emptyLists(2);
  await world.order(story.orderRef).executeUpdate(cancelUpdate, { args: [{ by: 'olga' }] });
  const { stage } = await world.until(story.orderRef, (now) => now.totals.despatched !== '0');
  expect(stage).not.toBe('compensating');
  expect((await world.sandbox.ledger()).manex.salesOrders[0]?.SODETAILList).toHaveLength(1);
});

it('asks about an order that the warehouse shows no longer, and looks again when told to', async () => {
  const story = await allocated();
  await emptyLists(-1);
  await world.order(story.orderRef).signal('warehouseChanged');
  const { question, choices } = await story.decision('mismatch');
  expect(question).toContain('and shows it no longer as an order to ship');
  expect(choices).toEqual(['look again', 'it was deleted']);
  await world.sandbox.clearFaults();
  await world.order(story.orderRef).executeUpdate(decideUpdate, { args: [{ choice: 'look again', by: 'olga' }] });
  await world.until(story.orderRef, (now) => now.decisions.length === 0);
  await world.sandbox.world({ despatch: { order: story.orderRef.replace('CL-', 'PO-') } });
  await world.order(story.orderRef).signal('warehouseChanged');
  await world.until(story.orderRef, ({ totals }) => totals.despatched === totals.ordered);
});
