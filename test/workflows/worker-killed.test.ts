import { Story } from './story';
import { World } from './world';
import { WorkerProcess } from './worker-process';

jest.setTimeout(90_000);

let world: World;
const workers: WorkerProcess[] = [];
const start = async (): Promise<WorkerProcess> => {
  const worker = await WorkerProcess.start(world.environment());
  workers.push(worker);
  return worker;
};

afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop('SIGKILL');
  await world.close();
});

it('goes on in a new process after SIGKILL between two steps, and does nothing twice', async () => {
  world = await World.open({ orders: 1, worker: false });
  const first = await start();
  const story = await Story.of(world, 0);
  // The schedule the worker set up picks the order up by itself.
  await world.untilLedger(({ manex }) => manex.salesOrders.length > 0, 20_000);
  await first.stop('SIGKILL');
  const second = await start();

  const { totals } = await world.until(story.orderRef, (progress) => Number(progress.totals.allocated) > 0, 40_000);
  expect(totals.allocated).toBe(totals.ordered);
  const { manex, northscope } = await world.sandbox.ledger();
  expect(manex.salesOrders).toHaveLength(1);
  expect(manex.salesOrders[0]?.SODETAILList).toHaveLength(1);
  expect(manex.salesOrders[0]?.SODETAILList[0]?.SOPRICESList).toHaveLength(1);
  expect(manex.salesOrders[0]?.SODETAILList[0]?.DueDateList).toHaveLength(1);
  expect(northscope.salesOrders).toHaveLength(1);

  await second.stop('SIGTERM');
  for (const line of [...first.output, ...second.output]) {
    expect(line).not.toMatch(/supplier-secret|StrongPassword|1234567890\b/);
    expect(JSON.parse(line)).toHaveProperty('msg');
  }
  expect(second.output.join('\n')).toContain('worker stopped');
});
