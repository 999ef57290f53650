import { purchaseOrderWorkflowId } from '../../src/domain/case/names';
import { Poller } from './poller';

let poller: Poller;

beforeEach(async () => {
  poller = await Poller.open();
});
afterEach(() => poller.close());

describe('two records with one reference', () => {
  const second = (orderRef: string) => poller.sandbox.world({ add: { purchaseOrder: { orderRef, uid: 'PO-SECOND' } } });
  const reason = (uid: string) =>
    `the reference ${poller.ref(0)} belongs to the record ${uid}: two records with one reference cannot both be fulfilled; correct one of them in Claritum`;

  it('are one order and one that is set aside, in one list', async () => {
    const uid = (await poller.sandbox.ledger()).claritum.purchaseOrders[0]?.['uid'];
    await second(poller.ref(0));
    const { setAside, started, watermark } = await poller.poll();
    expect(started).toBe(3);
    expect(setAside).toEqual([{ kind: 'purchase order', uid: 'PO-SECOND', reason: reason(String(uid)) }]);
    expect((await poller.poll(watermark)).setAside).toEqual(setAside);
    expect(poller.temporal.signalled).toEqual([]);
  });

  it('are told apart also when the first is listed no longer', async () => {
    const uid = (await poller.sandbox.ledger()).claritum.purchaseOrders[0]?.['uid'];
    const { watermark } = await poller.poll();
    await poller.sandbox.world({ remove: { orderRef: poller.ref(0) } });
    await second(poller.ref(0));
    const { setAside } = await poller.poll(watermark);
    expect(setAside).toEqual([{ kind: 'purchase order', uid: 'PO-SECOND', reason: reason(String(uid)) }]);
    expect(poller.signals('orderReported')).toEqual([]);
  });
});

describe('an order that is listed no longer', () => {
  const withdrawn = () => poller.signals('orderWithdrawn').map(({ workflowId }) => workflowId);
  const remove = (orderRef: string) => poller.sandbox.world({ remove: { orderRef } });

  it('is told so by the second list without it, never by the first', async () => {
    const { watermark } = await poller.poll();
    await remove(poller.ref(0));
    const first = await poller.poll(watermark);
    expect(withdrawn()).toEqual([]);
    expect(Object.values(first.watermark.absent)).toMatchObject([{ orderRef: poller.ref(0) }]);
    await poller.poll(first.watermark);
    expect(withdrawn()).toEqual([purchaseOrderWorkflowId(poller.ref(0))]);
  });

  it('and is listed again has not been away', async () => {
    const { watermark } = await poller.poll();
    await poller.sandbox.fault({ vendor: 'claritum', operation: 'getPurchaseOrders', fault: 'empty-list' });
    const first = await poller.poll(watermark);
    expect(Object.keys(first.watermark.absent)).toHaveLength(3);
    const second = await poller.poll(first.watermark);
    expect(second.watermark.absent).toEqual({});
    await poller.poll(second.watermark);
    expect(withdrawn()).toEqual([]);
  });

  it('because we marked it is told nothing', async () => {
    const { watermark } = await poller.poll();
    poller.temporal.stages.set(purchaseOrderWorkflowId(poller.ref(0)), 'allocation');
    await remove(poller.ref(0));
    const { watermark: after } = await poller.poll(watermark);
    expect(after.absent).toEqual({});
    await poller.poll(after);
    expect(withdrawn()).toEqual([]);
  });

  it('while a record cannot be read is not judged', async () => {
    const { watermark } = await poller.poll();
    await poller.sandbox.world({ amend: { orderRef: poller.ref(0), set: { unitPrice: 'on request' } } });
    let now = (await poller.poll(watermark)).watermark;
    now = (await poller.poll(now)).watermark;
    expect(withdrawn()).toEqual([]);
    expect(Object.values(now.orders).map(({ orderRef }) => orderRef)).toContain(poller.ref(0));
  });

  it('with many others is one question, asked once', async () => {
    const { watermark } = await poller.poll();
    for (const orderRef of poller.orderRefs) await remove(orderRef);
    let now = (await poller.poll(watermark)).watermark;
    for (let turn = 0; turn < 3; turn += 1) now = (await poller.poll(now)).watermark;
    expect(withdrawn()).toEqual([]);
    const [asked, ...more] = poller.signals('ordersVanished');
    expect(more).toEqual([]);
    expect(asked).toMatchObject({
      workflowId: 'withdrawals:claritum',
      args: [{ orderRefs: expect.arrayContaining([...poller.orderRefs]) as string[], listed: 3 }],
    });
    for (const orderRef of poller.orderRefs) await poller.sandbox.world({ restore: { orderRef } });
    now = (await poller.poll(now)).watermark;
    expect(poller.signals('ordersExplained')).toHaveLength(1);
    expect(now.absent).toEqual({});
  });
});

describe('the status of a delivery', () => {
  it.each(['Delivered', 'delivered ', ' DELIVERED'])('%j is delivered', async (status) => {
    const { watermark } = await poller.poll();
    await poller.sandbox.world({ deliver: { orderRef: poller.ref(0), deliveryRef: '', quantity: 1, status } });
    expect(await poller.poll(watermark)).toMatchObject({ deliveries: 1, setAside: [] });
  });

  it('that nobody has explained is shown, and hands nothing over', async () => {
    const { watermark } = await poller.poll();
    await poller.sandbox.world({
      deliver: { orderRef: poller.ref(0), deliveryRef: '', quantity: 1, status: 'signed for' },
    });
    const { deliveries, setAside } = await poller.poll(watermark);
    expect(deliveries).toBe(0);
    expect(setAside).toMatchObject([
      {
        kind: 'delivery',
        reason: "its status 'signed for' is explained nowhere: name it under claritum.deliveryStatuses in the policy",
      },
    ]);
  });

  it('that is corrected is handed over, also where it is delivered no longer', async () => {
    const { watermark } = await poller.poll();
    await poller.sandbox.world({ deliver: { orderRef: poller.ref(0), deliveryRef: '', quantity: 1 } });
    const second = await poller.poll(watermark);
    const delivery = (await poller.sandbox.ledger()).claritum.deliveries.find(({ status }) => status === 'delivered');
    await poller.sandbox.world({ reopen: { deliveryRef: delivery?.['deliveryRef'], quantity: 3 } });
    expect(await poller.poll(second.watermark)).toMatchObject({ deliveries: 1 });
    expect(poller.signals('deliveryReported').at(-1)).toMatchObject({ args: [{ delivery: { quantity: '3' } }] });
  });
});
