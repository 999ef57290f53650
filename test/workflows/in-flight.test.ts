import type { Policy } from '../../src/domain/case/policy';
import { cancelUpdate } from '../../workflows/case/messages';
import { Story } from './story';
import { World, type WorldOptions } from './world';

jest.setTimeout(90_000);

let world: World;
const open = async (options: WorldOptions): Promise<Story> => {
  world = await World.open({ orders: 1, ...options });
  return Story.of(world, 0);
};

afterEach(async () => {
  await world.replayed();
  await world.close();
});

/** Answers may take seconds, and the warehouse is looked at when it must be. */
const patient = (policy: Policy): Policy => ({
  ...policy,
  fulfilment: {
    ...policy.fulfilment,
    look: { longest: '1 minute' },
    calls: { ...policy.fulfilment.calls, write: '15 seconds' },
  },
});

const recordOf = async ({ orderRef }: Story) =>
  (await world.sandbox.ledger()).claritum.purchaseOrders.find((order) => order.orderRef === orderRef);

it('marks a cancelled record that the poller told of while the mark was looking', async () => {
  const story = await open({ policy: patient });
  const { orderRef } = story;
  await world.sandbox.fault({ vendor: 'manex', operation: 'SO/DueDateAdd', fault: 'slow', ms: 1_500 });
  await world.poll();
  await world.sandbox.fault({ vendor: 'claritum', operation: 'getPurchaseOrders', fault: 'slow', ms: 2_500 });
  await world.untilLedger(({ calls }) => calls.some(({ operation }) => operation === 'SO/DueDateAdd'));
  await world.sandbox.world({ cancel: { orderRef, listed: true } });
  await world.untilLedger(({ calls }) =>
    calls.some(({ operation, fault }) => operation === 'getPurchaseOrders' && fault === 'slow'),
  );
  await world.poll();
  expect((await story.result()).stage).toBe('cancelled');
  expect((await recordOf(story))?.exported).toBe(true);
});

it('takes a mark for made although a second record is listed under its reference', async () => {
  const story = await open({});
  const { orderRef } = story;
  await world.sandbox.fault({ vendor: 'claritum', operation: 'markExported', fault: 'drop' });
  await world.poll();
  await world.untilLedger(({ calls }) => calls.some(({ operation }) => operation === 'markExported'));
  await world.sandbox.world({
    add: { purchaseOrder: { orderRef, uid: 'PO-SECOND', poNumber: 'PO-SECOND', quantity: 70 } },
  });
  const { decisions } = await story.allocated();
  expect(decisions).toEqual([]);
  const { claritum, manex } = await world.sandbox.ledger();
  expect(claritum.purchaseOrders.map(({ uid, exported }) => [uid === 'PO-SECOND', exported])).toEqual([
    [false, true],
    [true, false],
  ]);
  expect(manex.salesOrders.map(({ PONO }) => PONO)).not.toContain('PO-SECOND');
});

it('says so where all of a cancelled order had left by the time it was looked at', async () => {
  const story = await open({ policy: patient });
  await world.poll();
  const { documents, totals } = await story.allocated();
  await world.sandbox.world({ despatch: { order: documents.northscope.orders[0]?.orderId } });
  const { status } = await world.order(story.orderRef).executeUpdate(cancelUpdate, { args: [{ by: 'olga' }] });
  expect(status).toBe('accepted');
  const { tasks } = await world.until(
    story.orderRef,
    (now) => now.totals.despatched === totals.ordered && now.tasks.length > 0,
  );
  expect(tasks.map(({ task }) => task)).toEqual([
    `purchase order ${documents.claritum.poNumber} was cancelled by olga, too late: all ${totals.ordered} have left the warehouse; refuse the delivery or agree on a return`,
  ]);
  await story.deliver(totals.ordered);
  await story.received(totals.ordered);
});
