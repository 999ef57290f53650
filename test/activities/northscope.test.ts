import { createNorthScopeActivities, type NorthScopeActivities } from '../../activities/northscope';
import { createPlanningActivities } from '../../activities/planning';
import { ReferenceCache } from '../../activities/reference-cache';
import { FailureType } from '../../src/domain/case/failure-types';
import { NorthScopeClient } from '../../src/vendors/northscope/client';
import { NOW, policy, purchaseOrder } from '../domain/examples';
import { openSandbox, type SandboxControl } from '../workflows/sandbox-control';
import { failureOf, run } from './attempt';

let sandbox: SandboxControl;
let client: NorthScopeClient;
let northscope: NorthScopeActivities;

beforeEach(async () => {
  sandbox = await openSandbox(0, false);
  client = new NorthScopeClient({
    endpoint: `${sandbox.origin}/services/ActionCommand.svc/APIExecute`,
    login: 'TestAPIUser@NorthScope.example.com',
    password: 'StrongPassword',
    companySk: '1',
  });
  northscope = createNorthScopeActivities(client);
});
afterEach(() => sandbox.close());

const request = (orderId: string, units = '150') => ({
  request: {
    orderId,
    companyId: 'WAYBILL',
    poNumber: 'ALP-77',
    customerId: 'ALPINE',
    addressId: 'MAIN',
    siteId: 'SEATTLE',
    orderDate: '2026-01-05',
    shipByDate: '2026-01-20',
    lines: [{ itemId: '0071', units, unitsUom: 'Each' }],
  },
  sourceSystem: 'Waybill',
  createdAt: NOW,
});

/** The order's line, once the queue was worked off. */
async function placed(orderId: string) {
  await run(northscope.placeWarehouseOrder, request(orderId));
  await sandbox.world({ tick: {} });
  const [order] = await run(northscope.findWarehouseOrders, { orderIds: [orderId] });
  const line = order?.lines[0];
  if (line === undefined) throw new Error(`${orderId} does not show`);
  return line;
}

describe('placing an order', () => {
  it('queues it: it shows when the queue was worked off, and not before', async () => {
    await run(northscope.placeWarehouseOrder, request('0000000007-1'));
    expect((await sandbox.ledger()).northscope.inbound).toMatchObject([{ SourceTransID: '0000000007-1' }]);
    await sandbox.world({ tick: {} });
    const orders = await run(northscope.findWarehouseOrders, { orderIds: ['0000000007-1', '0000000008-1'] });
    expect(orders).toMatchObject([
      { orderId: '0000000007-1', poNumber: 'ALP-77', siteId: 'SEATTLE', lines: [{ itemId: '0071' }] },
    ]);
  });

  it('is looked for in portions, where one purchase order has hundreds of deliveries', async () => {
    await run(northscope.placeWarehouseOrder, request('0000000007-1'));
    await run(northscope.placeWarehouseOrder, request('0000000007-250'));
    await sandbox.world({ tick: {} });
    const orderIds = Array.from({ length: 250 }, (_, index) => `0000000007-${index + 1}`);
    const orders = await run(northscope.findWarehouseOrders, { orderIds });
    expect(orders.map(({ orderId }) => orderId)).toEqual(['0000000007-1', '0000000007-250']);
    expect(await run(northscope.findWarehouseOrders, { orderIds: [] })).toEqual([]);
  });

  it('does not know what became of a lost answer; the order is found by its id', async () => {
    await sandbox.fault({ vendor: 'northscope', operation: 'InsertInboundIntegration', fault: 'drop' });
    const failure = await failureOf(run(northscope.placeWarehouseOrder, request('0000000007-1')));
    expect([failure.type, failure.nonRetryable]).toEqual([FailureType.OutcomeUnknown, false]);
    await sandbox.world({ tick: {} });
    expect(await run(northscope.findWarehouseOrders, { orderIds: ['0000000007-1'] })).toHaveLength(1);
  });

  it('goes on through a session that NorthScope has forgotten', async () => {
    await run(northscope.findWarehouseOrders, { orderIds: ['0000000007-1'] });
    await sandbox.fault({ vendor: 'northscope', operation: 'InsertInboundIntegration', fault: 'session-lost' });
    await run(northscope.placeWarehouseOrder, request('0000000007-1'));
    expect((await sandbox.ledger()).northscope.inbound).toHaveLength(1);
  });
});

describe('allocating', () => {
  it('offers the oldest lot of the item at the site first', async () => {
    await sandbox.world({ stock: { vendor: 'northscope', lot: 'L-NEW', item: '0071', site: 'SEATTLE', onHand: '7' } });
    const lots = await run(northscope.findLots, { itemId: '0071', siteId: 'SEATTLE' });
    expect(lots.map(({ lot }) => lot)).toEqual(['L-2603', 'L-NEW']);
    expect(lots.every(({ siteId, itemId }) => siteId === 'SEATTLE' && itemId === '0071')).toBe(true);
  });

  it('takes units of a lot for the line, and shows them', async () => {
    const { orderItemSk } = await placed('0000000007-1');
    const [lot] = await run(northscope.findLots, { itemId: '0071', siteId: 'SEATTLE' });
    const allocations = [{ orderItemSk, lotSk: lot?.lotSk ?? '', units: '150', unitsUom: 'Each' }];
    await run(northscope.allocateLots, { orderId: '0000000007-1', allocations });
    const [order] = await run(northscope.findWarehouseOrders, { orderIds: ['0000000007-1'] });
    expect(Number(order?.lines[0]?.allocatedUnits)).toBe(150);
  });

  it('is refused for more than a lot has, and takes nothing then', async () => {
    const { orderItemSk } = await placed('0000000007-1');
    const [lot] = await run(northscope.findLots, { itemId: '0071', siteId: 'SEATTLE' });
    const allocations = [{ orderItemSk, lotSk: lot?.lotSk ?? '', units: '9000001', unitsUom: 'Each' }];
    const failure = await failureOf(run(northscope.allocateLots, { orderId: '0000000007-1', allocations }));
    expect([failure.type, failure.nonRetryable]).toEqual([FailureType.VendorRejected, true]);
    const [order] = await run(northscope.findWarehouseOrders, { orderIds: ['0000000007-1'] });
    expect(Number(order?.lines[0]?.allocatedUnits)).toBe(0);
  });
});

describe('resolving an order', () => {
  const planning = () => createPlanningActivities(client, policy(), new ReferenceCache(60_000));
  const reads = async (): Promise<number> =>
    (await sandbox.ledger()).calls.filter(({ operation }) => operation.startsWith('List')).length;

  it('plans by the policy and NorthScope’s master data', async () => {
    const { resolveOrder } = planning();
    const result = await run(resolveOrder, { order: purchaseOrder(), now: NOW, fresh: false });
    expect(result).toMatchObject({ kind: 'planned', plan: { itemId: '0071', unitFactor: '15', stockUnit: 'Each' } });
  });

  it('lists what is missing instead of failing', async () => {
    const { resolveOrder } = planning();
    const order = purchaseOrder({ productCode: 'NONE', customerName: 'Nobody' });
    expect(await run(resolveOrder, { order, now: NOW, fresh: false })).toMatchObject({ kind: 'unmapped' });
  });

  it('asks NorthScope once for all orders, and again where the order wants it fresh', async () => {
    const { resolveOrder } = planning();
    const order = purchaseOrder();
    await Promise.all([1, 2, 3].map(() => run(resolveOrder, { order, now: NOW, fresh: false })));
    expect(await reads()).toBe(4);
    await run(resolveOrder, { order, now: NOW, fresh: true });
    expect(await reads()).toBe(8);
  });

  it('fails as a read that is worth another try, and remembers no failure', async () => {
    const { resolveOrder } = planning();
    await sandbox.fault({ vendor: 'northscope', operation: 'ListItems', fault: '503' });
    const failure = await failureOf(run(resolveOrder, { order: purchaseOrder(), now: NOW, fresh: false }));
    expect(failure.nonRetryable).toBe(false);
    await expect(run(resolveOrder, { order: purchaseOrder(), now: NOW, fresh: false })).resolves.toMatchObject({
      kind: 'planned',
    });
  });
});
