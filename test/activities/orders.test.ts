import { createOrderActivities } from '../../activities/orders';
import { FailureType } from '../../src/domain/failure-types';
import { invoiceWorkflowId, purchaseOrderWorkflowId } from '../../src/domain/names';
import { type ClaritumWatermark, nothingSeen } from '../../src/domain/watermark';
import { ClaritumClient } from '../../src/vendors/claritum/client';
import { policy } from '../domain/examples';
import { openSandbox, type SandboxControl } from '../workflows/sandbox-control';
import { attempt, failureOf, run } from './attempt';
import { StubTemporal } from './stub-temporal';

/** Absent for so long, and the absence counts. */
const patient = (absentFor: string) => policy({ claritum: { ...policy().claritum, absentFor } });

let sandbox: SandboxControl;
let temporal: StubTemporal;
let orderRefs: readonly string[];
let poll: (
  watermark?: ClaritumWatermark,
) => ReturnType<ReturnType<typeof createOrderActivities>['takeOverFromClaritum']>;

beforeEach(async () => {
  sandbox = await openSandbox(3, false);
  temporal = new StubTemporal();
  orderRefs = (await sandbox.ledger()).claritum.purchaseOrders.map(({ orderRef }) => orderRef);
  const claritum = new ClaritumClient({
    endpoint: `${sandbox.origin}/system/ws/1.3/soap.php`,
    apiUid: 'SUP-1001',
    password: 'supplier-secret',
    role: 'supplier',
  });
  const { takeOverFromClaritum } = createOrderActivities(claritum, temporal.client, patient('1 millisecond'));
  poll = (watermark = nothingSeen) => run(takeOverFromClaritum, { watermark });
});
afterEach(() => sandbox.close());

const refs = (): readonly [string, string, string] => {
  const [first = '', second = '', third = ''] = orderRefs;
  return [first, second, third];
};
const startedIds = (): string[] => temporal.started.map(({ options }) => options.workflowId).toSorted();
const signals = (name: string) => temporal.signalled.filter(({ signal }) => signal === name);

describe('purchase orders', () => {
  it('start one workflow each, by their reference, with the order and the policy as input', async () => {
    expect(await poll()).toMatchObject({ started: 3, known: 0, deliveries: 0, invoices: 0, setAside: [] });
    expect(startedIds()).toEqual(orderRefs.map(purchaseOrderWorkflowId).toSorted());
    const [first] = temporal.started;
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
    const { watermark } = await poll();
    expect(await poll(watermark)).toMatchObject({ started: 0, known: 3, setAside: [] });
    expect(temporal.started).toHaveLength(3);
    expect(temporal.signalled).toEqual([]);
  });

  it('start nothing twice when a run by hand knows no watermark', async () => {
    await poll();
    expect(await poll(nothingSeen)).toMatchObject({ started: 0, known: 3 });
    expect(temporal.started).toHaveLength(3);
  });

  it('that come twice in one list start once', async () => {
    await sandbox.fault({ vendor: 'claritum', operation: 'getPurchaseOrders', fault: 'duplicate-delivery' });
    await poll();
    expect(startedIds()).toEqual(orderRefs.map(purchaseOrderWorkflowId).toSorted());
  });

  it('that are listed again as they were are neither started nor told', async () => {
    let { watermark } = await poll();
    const { starts } = temporal;
    for (let turn = 0; turn < 3; turn += 1) ({ watermark } = await poll(watermark));
    expect([temporal.starts, temporal.signalled]).toEqual([starts, []]);
  });

  it.each([
    ['at a later time', {}],
    ['within the same instant', { sameInstant: true }],
  ])('that are changed %s are told once, without a start', async (_, how) => {
    const { watermark } = await poll();
    const { starts } = temporal;
    await sandbox.world({ amend: { orderRef: refs()[0], set: { quantity: 9 }, ...how } });
    const second = await poll(watermark);
    await poll(second.watermark);
    expect(temporal.starts).toBe(starts);
    expect(signals('orderReported')).toMatchObject([
      { workflowId: purchaseOrderWorkflowId(refs()[0]), args: [{ order: { quantity: '9' } }] },
    ]);
  });

  it('that have ended and are listed with other content are set aside, and offered again when that changes', async () => {
    const { watermark } = await poll();
    temporal.end(purchaseOrderWorkflowId(refs()[0]));
    await sandbox.world({ amend: { orderRef: refs()[0], set: { quantity: 9 } } });
    const second = await poll(watermark);
    const reason = `order ${refs()[0]} has ended here and is listed again: nobody has taken in what it says now`;
    expect(second.setAside).toEqual([{ kind: 'purchase order', uid: expect.any(String) as string, reason }]);
    const { starts } = temporal;
    expect((await poll(second.watermark)).setAside).toEqual(second.setAside);
    expect(temporal.starts).toBe(starts);
  });
});

describe('two records with one reference', () => {
  const second = (orderRef: string) => sandbox.world({ add: { purchaseOrder: { orderRef, uid: 'PO-SECOND' } } });
  const reason = (uid: string) =>
    `the reference ${refs()[0]} belongs to the record ${uid}: two records with one reference cannot both be fulfilled; correct one of them in Claritum`;

  it('are one order and one that is set aside, in one list', async () => {
    const uid = (await sandbox.ledger()).claritum.purchaseOrders[0]?.['uid'];
    await second(refs()[0]);
    const { setAside, started, watermark } = await poll();
    expect(started).toBe(3);
    expect(setAside).toEqual([{ kind: 'purchase order', uid: 'PO-SECOND', reason: reason(String(uid)) }]);
    expect((await poll(watermark)).setAside).toEqual(setAside);
    expect(temporal.signalled).toEqual([]);
  });

  it('are told apart also when the first is listed no longer', async () => {
    const uid = (await sandbox.ledger()).claritum.purchaseOrders[0]?.['uid'];
    const { watermark } = await poll();
    await sandbox.world({ remove: { orderRef: refs()[0] } });
    await second(refs()[0]);
    const { setAside } = await poll(watermark);
    expect(setAside).toEqual([{ kind: 'purchase order', uid: 'PO-SECOND', reason: reason(String(uid)) }]);
    expect(signals('orderReported')).toEqual([]);
  });
});

describe('an order that is listed no longer', () => {
  const withdrawn = () => signals('orderWithdrawn').map(({ workflowId }) => workflowId);
  const remove = (orderRef: string) => sandbox.world({ remove: { orderRef } });

  it('is told so by the second list without it, never by the first', async () => {
    const { watermark } = await poll();
    await remove(refs()[0]);
    const first = await poll(watermark);
    expect(withdrawn()).toEqual([]);
    expect(Object.values(first.watermark.absent)).toMatchObject([{ orderRef: refs()[0] }]);
    await poll(first.watermark);
    expect(withdrawn()).toEqual([purchaseOrderWorkflowId(refs()[0])]);
  });

  it('and is listed again has not been away', async () => {
    const { watermark } = await poll();
    await sandbox.fault({ vendor: 'claritum', operation: 'getPurchaseOrders', fault: 'empty-list' });
    const first = await poll(watermark);
    expect(Object.keys(first.watermark.absent)).toHaveLength(3);
    const second = await poll(first.watermark);
    expect(second.watermark.absent).toEqual({});
    await poll(second.watermark);
    expect(withdrawn()).toEqual([]);
  });

  it('because we marked it is told nothing', async () => {
    const { watermark } = await poll();
    temporal.stages.set(purchaseOrderWorkflowId(refs()[0]), 'allocation');
    await remove(refs()[0]);
    const { watermark: after } = await poll(watermark);
    expect(after.absent).toEqual({});
    await poll(after);
    expect(withdrawn()).toEqual([]);
  });

  it('while a record cannot be read is not judged', async () => {
    const { watermark } = await poll();
    await sandbox.world({ amend: { orderRef: refs()[0], set: { unitPrice: 'on request' } } });
    let now = (await poll(watermark)).watermark;
    now = (await poll(now)).watermark;
    expect(withdrawn()).toEqual([]);
    expect(Object.values(now.orders).map(({ orderRef }) => orderRef)).toContain(refs()[0]);
  });

  it('with many others is one question, asked once', async () => {
    const { watermark } = await poll();
    for (const orderRef of orderRefs) await remove(orderRef);
    let now = (await poll(watermark)).watermark;
    for (let turn = 0; turn < 3; turn += 1) now = (await poll(now)).watermark;
    expect(withdrawn()).toEqual([]);
    const [asked, ...more] = signals('ordersVanished');
    expect(more).toEqual([]);
    expect(asked).toMatchObject({
      workflowId: 'withdrawals:claritum',
      args: [{ orderRefs: expect.arrayContaining([...orderRefs]) as string[], listed: 3 }],
    });
    for (const orderRef of orderRefs) await sandbox.world({ restore: { orderRef } });
    now = (await poll(now)).watermark;
    expect(signals('ordersExplained')).toHaveLength(1);
    expect(now.absent).toEqual({});
  });
});

describe('a record that cannot be taken over', () => {
  it('because it is unreadable is set aside with the reason, and the rest goes on', async () => {
    await sandbox.world({ amend: { orderRef: refs()[1], set: { unitPrice: 'on request' } } });
    const { started, setAside } = await poll();
    expect(started).toBe(2);
    expect(setAside).toEqual([
      { kind: 'purchase order', uid: expect.stringMatching(/./) as string, reason: 'unitPrice: is no decimal number' },
    ]);
    expect(startedIds()).not.toContain(purchaseOrderWorkflowId(refs()[1]));
  });

  it('because Temporal will never take it is set aside too, and the rest goes on', async () => {
    temporal.refuse(purchaseOrderWorkflowId(refs()[1]), 3, 'WorkflowId length exceeds limit.');
    temporal.refuse(purchaseOrderWorkflowId(refs()[2]), 8, 'grpc: received message larger than max (5 vs. 4)');
    const { started, setAside } = await poll();
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
    temporal.refuse(purchaseOrderWorkflowId(refs()[0]), code, details);
    await expect(poll()).rejects.toThrow('Failed to start Workflow');
  });
});

describe('deliveries', () => {
  const deliver = (orderRef: string, quantity: number) =>
    sandbox.world({ deliver: { orderRef, deliveryRef: '', quantity } });

  it('that have arrived are handed to their order once', async () => {
    const { watermark } = await poll();
    await deliver(refs()[0], 1);
    const second = await poll(watermark);
    expect(second).toMatchObject({ deliveries: 1, setAside: [] });
    expect(signals('deliveryReported')).toMatchObject([
      {
        workflowId: purchaseOrderWorkflowId(refs()[0]),
        args: [{ delivery: { orderRef: refs()[0], quantity: '1', status: 'delivered' } }],
      },
    ]);
    expect(await poll(second.watermark)).toMatchObject({ deliveries: 0, setAside: [] });
    expect(signals('deliveryReported')).toHaveLength(1);
  });

  it('that are still under way say nothing the order does not know', async () => {
    const { watermark } = await poll();
    expect(Object.keys(watermark.deliveries)).toEqual([]);
    expect((await sandbox.ledger()).claritum.deliveries.length).toBeGreaterThan(0);
    expect(temporal.signalled).toEqual([]);
  });

  it('of which more arrive are handed over each once, and forgotten when they are listed no more', async () => {
    const { watermark } = await poll();
    await deliver(refs()[0], 1);
    const second = await poll(watermark);
    await deliver(refs()[0], 1);
    const third = await poll(second.watermark);
    expect(signals('deliveryReported')).toHaveLength(2);
    expect(Object.keys(third.watermark.deliveries)).toHaveLength(2);
    await sandbox.world({ cancel: { orderRef: refs()[0] } });
    expect((await poll(third.watermark)).watermark.deliveries).toEqual({});
  });

  it('whose order runs no more are set aside every time, for nobody has taken them', async () => {
    const { watermark } = await poll();
    temporal.end(purchaseOrderWorkflowId(refs()[0]));
    await deliver(refs()[0], 1);
    const orphan = [
      { kind: 'delivery', uid: expect.any(String) as string, reason: `no running order ${refs()[0]} takes it` },
    ];
    const second = await poll(watermark);
    expect(second).toMatchObject({ deliveries: 0, setAside: orphan });
    expect(second.watermark.deliveries).toEqual({});
    expect((await poll(second.watermark)).setAside).toEqual(orphan);
  });
});

describe('the status of a delivery', () => {
  it.each(['Delivered', 'delivered ', ' DELIVERED'])('%j is delivered', async (status) => {
    const { watermark } = await poll();
    await sandbox.world({ deliver: { orderRef: refs()[0], deliveryRef: '', quantity: 1, status } });
    expect(await poll(watermark)).toMatchObject({ deliveries: 1, setAside: [] });
  });

  it('that nobody has explained is shown, and hands nothing over', async () => {
    const { watermark } = await poll();
    await sandbox.world({ deliver: { orderRef: refs()[0], deliveryRef: '', quantity: 1, status: 'signed for' } });
    const { deliveries, setAside } = await poll(watermark);
    expect(deliveries).toBe(0);
    expect(setAside).toMatchObject([
      {
        kind: 'delivery',
        reason: "its status 'signed for' is explained nowhere: name it under claritum.deliveryStatuses in the policy",
      },
    ]);
  });

  it('that is corrected is handed over, also where it is delivered no longer', async () => {
    const { watermark } = await poll();
    await sandbox.world({ deliver: { orderRef: refs()[0], deliveryRef: '', quantity: 1 } });
    const second = await poll(watermark);
    const delivery = (await sandbox.ledger()).claritum.deliveries.find(({ status }) => status === 'delivered');
    await sandbox.world({ reopen: { deliveryRef: delivery?.['deliveryRef'], quantity: 3 } });
    expect(await poll(second.watermark)).toMatchObject({ deliveries: 1 });
    expect(signals('deliveryReported').at(-1)).toMatchObject({ args: [{ delivery: { quantity: '3' } }] });
  });
});

describe('invoices', () => {
  it('start one workflow each, by their uid, with the order they name to be found by', async () => {
    const { watermark } = await poll();
    await sandbox.world({ invoice: { kind: 'purchase', orderRef: refs()[0], number: 'INV-7', quantity: 1 } });
    const second = await poll(watermark);
    expect(second).toMatchObject({ invoices: 1, setAside: [] });
    const [invoice] = (await sandbox.ledger()).claritum.purchaseInvoices;
    expect(temporal.started.at(-1)).toMatchObject({
      workflowType: 'settleInvoice',
      options: {
        workflowId: invoiceWorkflowId('purchase', invoice?.uid ?? ''),
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
      },
    });
    expect(await poll(second.watermark)).toMatchObject({ invoices: 0, setAside: [] });
  });
});

describe('the poll itself', () => {
  it('names the first records it set aside, and how many more there are', async () => {
    await sandbox.close();
    sandbox = await openSandbox(60, false);
    const { purchaseOrders } = (await sandbox.ledger()).claritum;
    for (const { orderRef } of purchaseOrders)
      await sandbox.world({ amend: { orderRef, set: { unitPrice: 'on request' } } });
    const claritum = new ClaritumClient({
      endpoint: `${sandbox.origin}/system/ws/1.3/soap.php`,
      apiUid: 'SUP-1001',
      password: 'supplier-secret',
      role: 'supplier',
    });
    const { takeOverFromClaritum } = createOrderActivities(claritum, temporal.client, policy());
    const { setAside, moreSetAside } = await run(takeOverFromClaritum, { watermark: nothingSeen });
    expect([setAside.length, moreSetAside]).toEqual([50, 10]);
  });

  it('fails as the vendor’s failure when a list cannot be read, and starts nothing by halves', async () => {
    await sandbox.fault({ vendor: 'claritum', operation: 'getDeliveries', fault: '503' });
    expect((await failureOf(poll())).type).toBe(FailureType.OutcomeUnknown);
    expect(temporal.started).toEqual([]);
    expect(await poll()).toMatchObject({ started: 3 });
  });

  it('shows a sign of life with every handful of records', async () => {
    await sandbox.close();
    sandbox = await openSandbox(40, false);
    const claritum = new ClaritumClient({
      endpoint: `${sandbox.origin}/system/ws/1.3/soap.php`,
      apiUid: 'SUP-1001',
      password: 'supplier-secret',
      role: 'supplier',
    });
    const environment = attempt();
    const beats: unknown[] = [];
    environment.on('heartbeat', (details: unknown) => beats.push(details));
    const { takeOverFromClaritum } = createOrderActivities(claritum, temporal.client, policy());
    await environment.run(takeOverFromClaritum, { watermark: nothingSeen });
    expect(beats.slice(0, 3)).toEqual(['16 of 40', '32 of 40', '40 of 40']);
  });
});
