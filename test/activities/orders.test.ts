import { createOrderActivities, type ClaritumWatermark } from '../../activities/orders';
import { FailureType } from '../../src/domain/failure-types';
import { invoiceWorkflowId, purchaseOrderWorkflowId } from '../../src/domain/names';
import { ClaritumClient } from '../../src/vendors/claritum/client';
import { policy } from '../domain/examples';
import { openSandbox, type SandboxControl } from '../workflows/sandbox-control';
import { attempt, failureOf, run } from './attempt';
import { StubTemporal } from './stub-temporal';

const nothingSeen: ClaritumWatermark = { lastModified: null, listed: [], handedOver: {} };

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
  const { takeOverFromClaritum } = createOrderActivities(claritum, temporal.client, policy());
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

  it('move the watermark to the newest one seen, and never back', async () => {
    const { watermark } = await poll();
    await sandbox.world({ amend: { orderRef: refs()[0], set: { projectTitle: 'Changed' } } });
    const { watermark: after } = await poll(watermark);
    expect(after.lastModified ?? '').toMatch(/Z$/);
    expect((after.lastModified ?? '') > (watermark.lastModified ?? '')).toBe(true);
    await sandbox.world({ cancel: { orderRef: refs()[0] } });
    expect((await poll(after)).watermark.lastModified).toBe(after.lastModified);
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
    expect(Object.keys(watermark.handedOver)).toEqual([]);
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
    expect(Object.keys(third.watermark.handedOver)).toHaveLength(2);
    await sandbox.world({ cancel: { orderRef: refs()[0] } });
    expect((await poll(third.watermark)).watermark.handedOver).toEqual({});
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
    expect(second.watermark.handedOver).toEqual({});
    expect((await poll(second.watermark)).setAside).toEqual(orphan);
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
