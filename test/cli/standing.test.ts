import { pollHealth, standing } from '../../src/cli/orders/standing';
import { taskQueues } from '../../src/domain/case/names';
import { World } from '../workflows/world';

jest.setTimeout(60_000);

let world: World;
afterEach(() => world.close());

it('tells since when Claritum is not read, and how much is set aside', async () => {
  world = await World.open({ orders: 1 });
  const { client } = world.temporal;
  await world.sandbox.world({ add: { purchaseOrder: { orderRef: 'CL-1;touch x', poNumber: 'PO-1' } } });
  const { setAside } = await world.poll();
  expect(setAside[0]?.reason).toContain("orderRef 'CL-1;touch x'");
  const good = await pollHealth(client);
  expect(good).toMatchObject({ failed: 0, because: null, setAside: setAside.length });
  expect((await standing(client)).map(({ says }) => says.toString())).toEqual([
    `${setAside.length} records of Claritum are set aside: nobody takes them over (npx waybill poll names what is wrong).`,
  ]);

  await world.sandbox.fault({ vendor: 'claritum', operation: '*', fault: '503', times: -1, phase: 'before' });
  for (const workflowId of ['poll-2', 'poll-3']) {
    const options = { taskQueue: taskQueues.fulfilment, workflowId, args: [] };
    await (await client.workflow.start('pollClaritum', options)).terminate('the test is in a hurry');
  }
  let health = await pollHealth(client);
  while (health.failed < 2) health = await pollHealth(client);
  expect(health).toMatchObject({ failed: 2, lastReadAt: good.lastReadAt });
  expect(String((await standing(client))[0]?.says)).toMatch(
    /^Claritum has not been read since 20\S+Z, 2 polls failed: the test is in a hurry\. Nothing new is taken over/,
  );
});
