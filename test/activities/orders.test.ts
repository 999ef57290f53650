import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { invoiceWorkflowId, purchaseOrderWorkflowId } from '../../src/domain/case/names';
import { nothingSeen } from '../../src/domain/feed/watermark';
import { policy } from '../domain/examples';
import { Poller } from './poller';

let poller: Poller;

beforeEach(async () => {
  poller = await Poller.open();
});
afterEach(() => poller.close());

const startedIds = (): string[] => poller.temporal.started.map(({ options }) => options.workflowId).toSorted();

describe('purchase orders', () => {
  it('start one workflow each, by their reference, with the order and the policy as input', async () => {
    expect(await poller.poll()).toMatchObject({ started: 3, known: 0, deliveries: 0, invoices: 0, setAside: [] });
    expect(startedIds()).toEqual(poller.orderRefs.map(purchaseOrderWorkflowId).toSorted());
    const [first] = poller.temporal.started;
    expect(first).toMatchObject({
      workflowType: 'fulfilPurchaseOrder',
      options: {
        taskQueue: 'fulfilment',
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        args: [{ order: { orderRef: expect.any(String) as string }, policy: { approval: policy().approval } }],
      },
    });
  });

  it('that are met a second time are known, and nothing starts again', async () => {
    const { watermark } = await poller.poll();
    expect(await poller.poll(watermark)).toMatchObject({ started: 0, known: 3, setAside: [] });
    expect(poller.temporal.started).toHaveLength(3);
    expect(poller.temporal.signalled).toEqual([]);
  });

  it('start nothing twice when a run by hand knows no watermark', async () => {
    await poller.poll();
    expect(await poller.poll(nothingSeen)).toMatchObject({ started: 0, known: 3 });
    expect(poller.temporal.started).toHaveLength(3);
  });

  it('that come twice in one list start once', async () => {
    await poller.sandbox.fault({ vendor: 'claritum', operation: 'getPurchaseOrders', fault: 'duplicate-delivery' });
    await poller.poll();
    expect(startedIds()).toEqual(poller.orderRefs.map(purchaseOrderWorkflowId).toSorted());
  });

  it('that are listed again as they were are neither started nor told', async () => {
    let { watermark } = await poller.poll();
    const { starts } = poller.temporal;
    for (let turn = 0; turn < 3; turn += 1) ({ watermark } = await poller.poll(watermark));
    expect([poller.temporal.starts, poller.temporal.signalled]).toEqual([starts, []]);
  });

  it.each([
    ['at a later time', {}],
    ['within the same instant', { sameInstant: true }],
  ])('that are changed %s are told once, without a start', async (_, how) => {
    const { watermark } = await poller.poll();
    const { starts } = poller.temporal;
    await poller.sandbox.world({ amend: { orderRef: poller.ref(0), set: { quantity: 9 }, ...how } });
    const second = await poller.poll(watermark);
    await poller.poll(second.watermark);
    expect(poller.temporal.starts).toBe(starts);
    expect(poller.signals('orderReported')).toMatchObject([
      { workflowId: purchaseOrderWorkflowId(poller.ref(0)), args: [{ order: { quantity: '9' } }] },
    ]);
  });

  it('that have ended and are listed with other content are set aside, and offered again when that changes', async () => {
    const { watermark } = await poller.poll();
    poller.temporal.end(purchaseOrderWorkflowId(poller.ref(0)));
    await poller.sandbox.world({ amend: { orderRef: poller.ref(0), set: { quantity: 9 } } });
    const second = await poller.poll(watermark);
    const reason = `order ${poller.ref(0)} has ended here and is listed again: nobody has taken in what it says now`;
    expect(second.setAside).toEqual([{ kind: 'purchase order', uid: expect.any(String) as string, reason }]);
    const { starts } = poller.temporal;
    expect((await poller.poll(second.watermark)).setAside).toEqual(second.setAside);
    expect(poller.temporal.starts).toBe(starts);
  });
});

describe('a record that cannot be taken over', () => {
  it('because it is unreadable is set aside with the reason, and the rest goes on', async () => {
    await poller.sandbox.world({ amend: { orderRef: poller.ref(1), set: { unitPrice: 'on request' } } });
    const { started, setAside } = await poller.poll();
    expect(started).toBe(2);
    expect(setAside).toEqual([
      {
        kind: 'purchase order',
        uid: expect.stringMatching(/./) as string,
        reason: 'unitPrice: is not a decimal number',
      },
    ]);
    expect(startedIds()).not.toContain(purchaseOrderWorkflowId(poller.ref(1)));
  });

  it('because Temporal will never take it is set aside too, and the rest goes on', async () => {
    poller.temporal.refuse(purchaseOrderWorkflowId(poller.ref(1)), 3, 'WorkflowId length exceeds limit.');
    poller.temporal.refuse(
      purchaseOrderWorkflowId(poller.ref(2)),
      8,
      'grpc: received message larger than max (5 vs. 4)',
    );
    const { started, setAside } = await poller.poll();
    expect(started).toBe(1);
    expect(setAside.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['purchase order', 'Temporal does not take it: WorkflowId length exceeds limit.'],
      ['purchase order', 'Temporal does not take it: grpc: received message larger than max (5 vs. 4)'],
    ]);
  });

  it.each([
    [8, 'namespace rate limit exceeded'],
    [14, 'unavailable'],
  ])('for a reason that passes is no such record: the poll fails, and is repeated (%i %s)', async (code, details) => {
    poller.temporal.refuse(purchaseOrderWorkflowId(poller.ref(0)), code, details);
    await expect(poller.poll()).rejects.toThrow('Failed to start Workflow');
  });
});

describe('deliveries', () => {
  const deliver = (orderRef: string, quantity: number) =>
    poller.sandbox.world({ deliver: { orderRef, deliveryRef: '', quantity } });

  it('that have arrived are handed to their order once', async () => {
    const { watermark } = await poller.poll();
    await deliver(poller.ref(0), 1);
    const second = await poller.poll(watermark);
    expect(second).toMatchObject({ deliveries: 1, setAside: [] });
    expect(poller.signals('deliveryReported')).toMatchObject([
      {
        workflowId: purchaseOrderWorkflowId(poller.ref(0)),
        args: [{ delivery: { orderRef: poller.ref(0), quantity: '1', status: 'delivered' } }],
      },
    ]);
    expect(await poller.poll(second.watermark)).toMatchObject({ deliveries: 0, setAside: [] });
    expect(poller.signals('deliveryReported')).toHaveLength(1);
  });

  it('that are still under way say nothing the order does not know', async () => {
    const { watermark } = await poller.poll();
    expect(Object.keys(watermark.deliveries)).toEqual([]);
    expect((await poller.sandbox.ledger()).claritum.deliveries.length).toBeGreaterThan(0);
    expect(poller.temporal.signalled).toEqual([]);
  });

  it('of which more arrive are handed over each once, and known when they are listed no more', async () => {
    const { watermark } = await poller.poll();
    await deliver(poller.ref(0), 1);
    const second = await poller.poll(watermark);
    await deliver(poller.ref(0), 1);
    const third = await poller.poll(second.watermark);
    expect(poller.signals('deliveryReported')).toHaveLength(2);
    expect(Object.keys(third.watermark.deliveries)).toHaveLength(2);
    await poller.sandbox.world({ cancel: { orderRef: poller.ref(0) } });
    const { deliveries } = (await poller.poll(third.watermark)).watermark;
    expect(Object.values(deliveries)).toMatchObject([
      { orderRef: poller.ref(0), digest: '' },
      { orderRef: poller.ref(0), digest: '' },
    ]);
  });

  it('whose order runs no more are set aside every time, for nobody has taken them', async () => {
    const { watermark } = await poller.poll();
    poller.temporal.end(purchaseOrderWorkflowId(poller.ref(0)));
    await deliver(poller.ref(0), 1);
    const orphan = [
      { kind: 'purchase order', reason: expect.stringContaining('has ended, and it is still listed') as string },
      { kind: 'delivery', uid: expect.any(String) as string, reason: `no running order ${poller.ref(0)} takes it` },
    ];
    const second = await poller.poll(watermark);
    expect(second).toMatchObject({ deliveries: 0, setAside: orphan });
    expect(second.watermark.deliveries).toEqual({});
    expect((await poller.poll(second.watermark)).setAside).toMatchObject(orphan);
  });
});

describe('invoices', () => {
  /** An invoice of the first order, as it is told for the first time. */
  async function invoiced() {
    const { watermark } = await poller.poll();
    const orderRef = poller.ref(0);
    await poller.sandbox.world({ invoice: { kind: 'purchase', orderRef, number: 'INV-7', quantity: 1 } });
    const uid = (await poller.sandbox.ledger()).claritum.purchaseInvoices[0]?.uid ?? '';
    return { uid, own: invoiceWorkflowId('purchase', uid), order: purchaseOrderWorkflowId(orderRef), watermark };
  }
  const correct = (uid: string) =>
    poller.sandbox.world({
      invoice: { kind: 'purchase', orderRef: poller.ref(0), uid, number: 'INV-7', quantity: 2 },
    });
  const told = () => poller.signals('invoiceReported').map(({ workflowId }) => workflowId);

  it('are told to the order that they name, once for each content', async () => {
    const { uid, order, watermark } = await invoiced();
    const second = await poller.poll(watermark);
    expect(second).toMatchObject({ invoices: 1, setAside: [] });
    expect(told()).toEqual([order]);
    const third = await poller.poll(second.watermark);
    expect([third.invoices, told()]).toEqual([0, [order]]);
    await correct(uid);
    expect(await poller.poll(third.watermark)).toMatchObject({ invoices: 0, setAside: [] });
    expect(told()).toEqual([order, order]);
    expect(poller.temporal.started).toHaveLength(3);
  });

  it('whose order has ended have a workflow of their own, and are told there', async () => {
    const { uid, own, order, watermark } = await invoiced();
    poller.temporal.end(order);
    const second = await poller.poll(watermark);
    expect(second).toMatchObject({ invoices: 1, setAside: [{ kind: 'purchase order' }] });
    expect(poller.temporal.started.at(-1)).toMatchObject({
      workflowType: 'settleInvoice',
      options: {
        workflowId: own,
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        searchAttributes: { OrderNumber: [poller.ref(0)], Stage: ['mismatch'] },
      },
    });
    await correct(uid);
    const third = await poller.poll(second.watermark);
    expect([third.invoices, told()]).toEqual([0, [own]]);
    // What a run by hand, which knows nothing, offers again is told there too.
    expect(await poller.poll(nothingSeen)).toMatchObject({ invoices: 0 });
    expect(told()).toEqual([own, own]);
    poller.temporal.end(own);
    await correct(uid);
    expect((await poller.poll(nothingSeen)).setAside).toContainEqual({
      ...{ kind: 'invoice', uid },
      reason: 'invoice INV-7 was settled or disputed here and is listed again',
    });
  });
});

describe('the poll itself', () => {
  it('keeps all that is set aside, lists no more than 500 of it, and forgets what is so no longer', async () => {
    await poller.close();
    poller = await Poller.open(501);
    const amendAll = async (unitPrice: string, count: number): Promise<void> => {
      for (const orderRef of poller.orderRefs.slice(0, count))
        await poller.sandbox.world({ amend: { orderRef, set: { unitPrice } } });
    };
    await amendAll('on request', 501);
    const first = await poller.look(nothingSeen);
    expect([first.setAside.count, first.setAside.listed.length]).toEqual([501, 50]);
    expect(first.setAside.stored?.ref).toMatch(/^[0-9a-f]{64}/);
    const second = await poller.look(first.watermark, first.setAside);
    expect(second.setAside).toEqual(first.setAside);
    await amendAll('0.85', 1);
    const { setAside } = await poller.look(second.watermark, second.setAside);
    expect([setAside.count, setAside.listed.length]).toEqual([500, 500]);
    expect(new Set(setAside.listed.map(({ since }) => since))).toEqual(new Set([first.setAside.listed[0]?.since]));
  });

  it('fails as the vendor’s failure when a list cannot be read, and starts nothing by halves', async () => {
    await poller.sandbox.fault({ vendor: 'claritum', operation: 'getDeliveries', fault: '503' });
    await expect(poller.poll()).rejects.toThrow(/503/);
    expect(poller.temporal.started).toEqual([]);
    expect(await poller.poll()).toMatchObject({ started: 3 });
  });

  it('keeps what it remembers of many records as a document, and one of those before', async () => {
    await poller.close();
    poller = await Poller.open(200);
    const first = await poller.look(nothingSeen);
    const second = await poller.look(first.watermark);
    expect(second.watermark).toEqual(first.watermark);
    expect(JSON.stringify(second).length).toBeLessThan(500);
    // Asked for, it tells all of them anew, and starts none again.
    expect([poller.temporal.starts, poller.signals('orderReported').length]).toEqual([200, 200]);
    let last = second.watermark;
    for (const quantity of [8, 9, 10]) {
      await poller.sandbox.world({ amend: { orderRef: poller.ref(0), set: { quantity } } });
      last = (await poller.look(last)).watermark;
    }
    expect(readdirSync(poller.documents)).toHaveLength(2);
    // Lost with its directory, everything is offered again, which starts nothing.
    for (const file of readdirSync(poller.documents)) rmSync(join(poller.documents, file));
    expect(await poller.look(last)).toMatchObject({ counts: { started: 0, known: 200 } });
  });
});
