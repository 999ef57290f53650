import { sendUpdate } from '../../src/cli/orders/update';
import { purchaseOrderWorkflowId } from '../../src/domain/case/names';
import {
  amendUpdate,
  deliveryReportedSignal,
  orderQuery,
  warehouseChangedSignal,
} from '../../workflows/purchase-order/messages';
import { decideUpdate } from '../../workflows/case/messages';
import { recordGolden } from './golden';
import { Story } from './story';
import { World } from './world';

jest.setTimeout(120_000);

let world: World;
afterEach(async () => {
  await world.replayed();
  await world.close();
});

it('continues as new with everything it knows, and loses nothing that arrives in between', async () => {
  world = await World.open({
    orders: 2,
    policy: (policy) => ({ ...policy, fulfilment: { ...policy.fulfilment, longestHistory: 80 } }),
  });
  const story = await Story.of(world, 1);
  await world.poll();
  await story.decision('approval');
  await world.order(story.orderRef).executeUpdate(decideUpdate, { args: [{ choice: 'approve', by: 'alice' }] });
  const { totals } = await story.allocated();
  const first = (await world.order(story.orderRef).describe()).runId;

  const half = Math.floor(Number(totals.ordered) / 2);
  const pieces = [half, Number(totals.ordered) - half];
  const reports = pieces.map((quantity, index) => ({
    uid: `DL-PIECE-${index}`,
    orderRef: story.orderRef,
    deliveryRef: 'piece',
    quantity: String(quantity),
    deliveryDate: '2026-01-05T09:00:00Z',
    despatchedDate: null,
    carrier: null,
    consignmentNumber: null,
    status: 'delivered',
  }));
  // Hundreds of signals, sent without waiting, so that they fall before, on and after the borders of the runs.
  const handle = world.order(story.orderRef);
  await world.sandbox.world({ despatch: { order: story.orderRef.replace('CL-', 'PO-') } });
  for (let sent = 0; sent < 300; sent += 1) {
    await handle.signal(warehouseChangedSignal);
    if (sent === 100 || sent === 101) await handle.signal(deliveryReportedSignal, { delivery: reports[0]! });
    if (sent === 200) await handle.signal(deliveryReportedSignal, { delivery: reports[1]! });
  }
  const { audit, documents } = await story.received(totals.ordered);

  expect(documents.claritum.receipts.map(({ quantity }) => Number(quantity))).toEqual(pieces);
  expect(audit[0]).toMatchObject({ choice: 'approve', by: 'alice' });
  expect((await handle.describe()).runId).not.toBe(first);
  const { claritum, manex } = await world.sandbox.ledger();
  expect(claritum.goodsReceipts.filter(({ orderRef }) => orderRef === story.orderRef)).toHaveLength(2);
  expect(manex.salesOrders.filter(({ PONO }) => PONO === story.orderRef.replace('CL-', 'PO-'))).toHaveLength(1);
  for await (const { historyLength } of world.temporal.client.workflow.list({
    query: `WorkflowId = 'purchase-order:${story.orderRef}'`,
  })) {
    expect(historyLength).toBeLessThan(1_000);
  }
  await recordGolden(world, 'continued');
});

it('takes every change that is sent to it, also in the moment in which it continues as new', async () => {
  world = await World.open({
    orders: 1,
    policy: (policy) => ({ ...policy, fulfilment: { ...policy.fulfilment, longestHistory: 50 } }),
  });
  const story = await Story.of(world, 0);
  await world.poll();
  await story.allocated();
  const handle = world.order(story.orderRef);
  const order = await handle.query(orderQuery);
  const { client } = world.temporal;
  const runs = new Set<string>();
  const ends: string[] = [];
  for (let sent = 1; sent <= CHANGES; sent += 1) {
    const poNumber = `PO-${sent}`;
    const end = sendUpdate(client, purchaseOrderWorkflowId(story.orderRef), amendUpdate, {
      order: { ...order, poNumber },
      by: 'olga',
    });
    ends.push(await end.then(({ status }) => status, String));
    // A history that is long enough ends as soon as a change is carried out: then the next one comes.
    await world.until(story.orderRef, (now) => now.poNumber === poNumber);
    runs.add((await handle.describe()).runId);
  }
  expect(new Set(ends)).toEqual(new Set(['accepted']));
  expect(runs.size).toBeGreaterThan(2);
  expect((await handle.query(orderQuery)).poNumber).toBe(`PO-${CHANGES}`);
});

const CHANGES = 20;
