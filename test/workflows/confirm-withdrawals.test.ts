import { confirmWithdrawalsWorkflowId } from '../../src/domain/case/names';
import { decideUpdate } from '../../workflows/case/messages';
import { withdrawalsProgressQuery } from '../../workflows/feed/messages';
import { recordGolden } from './golden';
import { World } from './world';

jest.setTimeout(90_000);

let world: World;
let orderRefs: string[];

beforeEach(async () => {
  // Every order waits for an approval, so that none is marked.
  world = await World.open({
    orders: 4,
    policy: (policy) => ({
      ...policy,
      approval: { ...policy.approval, limits: [{ currency: 'GBP', above: '0.01', approvers: [] }] },
    }),
  });
  orderRefs = await world.orderRefs();
  await world.poll();
  for (const orderRef of orderRefs) await world.until(orderRef, ({ decisions }) => decisions.length === 1);
});
afterEach(async () => {
  await world.replayed();
  await world.close();
});

const asking = () => world.temporal.client.workflow.getHandle(confirmWithdrawalsWorkflowId);

async function asked(): Promise<string> {
  for (;;) {
    await world.poll();
    const running = await world.temporal.client.workflow.count(
      `WorkflowId = "${confirmWithdrawalsWorkflowId}" AND ExecutionStatus = "Running" AND WaitingFor = "decision"`,
    );
    if (running.count > 0) break;
  }
  const { decisions } = await asking().query(withdrawalsProgressQuery);
  return decisions[0]?.question ?? '';
}

it('asks once about many orders that vanish together, and cancels them when they were withdrawn', async () => {
  for (const orderRef of orderRefs) await world.sandbox.world({ remove: { orderRef } });
  expect(await asked()).toContain('lists 4 of 4 purchase orders no longer, all at once');
  // One is listed again, which the poller has not seen: the order looks for itself.
  const [back = '', ...gone] = orderRefs;
  await world.sandbox.world({ restore: { orderRef: back } });
  await asking().executeUpdate(decideUpdate, { args: [{ choice: 'they were withdrawn', by: 'olga' }] });
  expect(await asking().result()).toMatchObject({ absent: [], withdrawn: expect.arrayContaining(orderRefs) });
  for (const orderRef of gone) expect((await world.order(orderRef).result()).stage).toBe('cancelled');
  expect((await world.until(back, () => true)).stage).toBe('approval');
  await recordGolden(world, 'withdrawn');
});

it('takes the question back when the orders are listed again, and cancels nothing', async () => {
  for (const orderRef of orderRefs) await world.sandbox.world({ remove: { orderRef } });
  await asked();
  for (const orderRef of orderRefs) await world.sandbox.world({ restore: { orderRef } });
  await world.poll();
  expect(await asking().result()).toMatchObject({ absent: [], withdrawn: [] });
  for (const orderRef of orderRefs) expect((await world.until(orderRef, () => true)).stage).toBe('approval');
  await recordGolden(world, 'taken-back');
});
