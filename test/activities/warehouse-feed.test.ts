import { northscopeSource } from '../../activities/feeds/northscope';
import { createNorthScopeActivities } from '../../activities/northscope';
import { FailureType } from '../../src/domain/case/failure-types';
import { nothingWaits, type WarehouseWatermark } from '../../src/domain/feed/warehouse-news';
import { VendorError } from '../../src/transport/http/vendor-error';
import { NorthScopeClient } from '../../src/vendors/northscope/client';
import { NOW, policy } from '../domain/examples';
import { openSandbox, type SandboxControl } from '../workflows/sandbox-control';
import { run } from './attempt';
import { StubTemporal } from './stub-temporal';

/** Lists that hold orders of this SoNo cannot be read. */
let brokenSoNo = '';

class SometimesBroken extends NorthScopeClient {
  override async listSalesOrders(...input: Parameters<NorthScopeClient['listSalesOrders']>) {
    if (brokenSoNo !== '' && JSON.stringify(input[0]).includes(brokenSoNo))
      throw new VendorError({
        type: FailureType.MalformedResponse,
        vendor: 'northscope',
        operation: 'ListSalesOrders',
        code: 'BAD_RECORD',
        message: 'it has no ShippedUnits',
      });
    return super.listSalesOrders(...input);
  }
}

let sandbox: SandboxControl;
let temporal: StubTemporal;
let source: ReturnType<typeof northscopeSource>;
let northscope: ReturnType<typeof createNorthScopeActivities>;

beforeEach(async () => {
  sandbox = await openSandbox(0, false);
  temporal = new StubTemporal();
  brokenSoNo = '';
  const client = new SometimesBroken({
    endpoint: `${sandbox.origin}/services/ActionCommand.svc/APIExecute`,
    login: 'TestAPIUser@NorthScope.example.com',
    password: 'StrongPassword',
    companySk: '1',
  });
  source = northscopeSource(client, temporal.client, policy());
  northscope = createNorthScopeActivities(client);
});
afterEach(() => sandbox.close());

const soNoOf = (number: number): string => String(number).padStart(10, '0');
const idOf = (number: number): string => `purchase-order:CL-${number}`;

/** An order that waits, and its order in NorthScope. */
async function waits(number: number, units = '150'): Promise<void> {
  await temporal.client.workflow.start('fulfilPurchaseOrder', { workflowId: idOf(number), taskQueue: 'x' });
  temporal.keys.set(idOf(number), [`CL-${number}`, soNoOf(number)]);
  const request = {
    ...{ orderId: `${soNoOf(number)}-1`, companyId: 'WAYBILL', poNumber: 'ALP-77', customerId: 'ALPINE' },
    ...{ addressId: 'MAIN', siteId: 'SEATTLE', orderDate: '2026-01-05', shipByDate: '2026-01-20' },
    lines: [{ itemId: '0071', units, unitsUom: 'Each' }],
  };
  await run(northscope.placeWarehouseOrder, { request, sourceSystem: 'Waybill', createdAt: NOW });
  await sandbox.world({ tick: {} });
}

async function allocate(number: number, units: string): Promise<void> {
  const orderId = `${soNoOf(number)}-1`;
  const [order] = await run(northscope.findWarehouseOrders, { orderIds: [orderId] });
  const [lot] = await run(northscope.findLots, { itemId: '0071', siteId: 'SEATTLE' });
  const allocations = [
    { orderItemSk: order?.lines[0]?.orderItemSk ?? '', lotSk: lot?.lotSk ?? '', units, unitsUom: 'Each' },
  ];
  await run(northscope.allocateLots, { orderId, allocations });
}

const asItWas = (watermark: WarehouseWatermark) => ({ watermark, isAnew: false, readAt: new Date() });
const look = async (watermark: WarehouseWatermark) => source.handOver(await source.fetch({}), asItWas(watermark));
const told = () => temporal.signalled.splice(0).map(({ workflowId, signal }) => [workflowId, signal]);
const calls = async () =>
  (await sandbox.ledger()).calls.filter(({ vendor, operation }) => vendor === 'northscope' && /List/.test(operation));

it('does not ask NorthScope where nobody waits', async () => {
  const { counts, watermark } = await look(nothingWaits);
  expect([counts, watermark]).toEqual([{ waiting: 0, told: 0 }, nothingWaits]);
  expect(await calls()).toEqual([]);
});

it('tells the order whose goods have left, and no other, once', async () => {
  await waits(10231);
  await waits(10232);
  await allocate(10231, '150');
  await allocate(10232, '150');
  const first = await look(nothingWaits);
  expect([first.counts, told()]).toEqual([{ waiting: 2, told: 0 }, []]);
  await sandbox.world({ despatch: { order: `${soNoOf(10232)}-1` } });
  const second = await look(first.watermark);
  expect([second.counts, second.setAside]).toEqual([{ waiting: 2, told: 1 }, []]);
  expect(told()).toEqual([[idOf(10232), 'warehouseChanged']]);
  expect((await look(second.watermark)).watermark).toEqual(second.watermark);
  expect(told()).toEqual([]);
});

it('reads lots only while somebody lacks stock, and tells those who do when it comes', async () => {
  await waits(10231);
  await allocate(10231, '150');
  const lotReads = async () => (await calls()).filter(({ operation }) => operation === 'ListInventoryLots').length;
  const before = await lotReads();
  const { watermark } = await look(nothingWaits);
  expect(await lotReads()).toBe(before);
  await waits(10232, '999999999');
  const lacking = await look(watermark);
  expect(told()).toEqual([[idOf(10232), 'warehouseChanged']]);
  expect((await look(lacking.watermark)).counts).toEqual({ waiting: 2, told: 0 });
  await sandbox.world({ stock: { vendor: 'northscope', lot: 'L-NEW', item: '0071', site: 'SEATTLE', onHand: '5' } });
  await look(lacking.watermark);
  expect(told()).toEqual([[idOf(10232), 'warehouseChanged']]);
});

it('tells everybody who waits where somebody asks for a look, and nobody who has ended meanwhile', async () => {
  await waits(10231);
  await waits(10232);
  await allocate(10231, '150');
  await allocate(10232, '150');
  const { watermark } = await look(nothingWaits);
  const lists = await source.fetch({});
  temporal.end(idOf(10231));
  const { counts } = await source.handOver(lists, { ...asItWas(watermark), isAnew: true });
  expect([counts, told()]).toEqual([{ waiting: 2, told: 1 }, [[idOf(10232), 'warehouseChanged']]]);
});

it('reads hundreds in portions', async () => {
  for (let number = 1; number <= 450; number += 1) {
    await temporal.client.workflow.start('fulfilPurchaseOrder', { workflowId: idOf(number), taskQueue: 'x' });
    temporal.keys.set(idOf(number), [soNoOf(number)]);
  }
  const { counts, watermark } = await look(nothingWaits);
  expect([counts['waiting'], Object.keys(watermark.orders).length]).toEqual([450, 450]);
  expect(await calls()).toHaveLength(3);
});

it('says that NorthScope cannot be read, and tells nobody', async () => {
  await waits(10231);
  await sandbox.fault({ vendor: 'northscope', operation: 'ListSalesOrders', fault: '503', times: -1 });
  await expect(source.fetch({})).rejects.toThrow(VendorError);
  expect(told()).toEqual([]);
});

it('sets an order aside that cannot be read, and tells the others all the same', async () => {
  for (const number of [10231, 10232, 10233]) {
    await waits(number);
    await allocate(number, '150');
  }
  const { watermark } = await look(nothingWaits);
  brokenSoNo = soNoOf(10232);
  await sandbox.world({ despatch: { order: `${soNoOf(10233)}-1` } });
  const { setAside, watermark: next } = await look(watermark);
  expect(setAside).toEqual([{ kind: 'purchase order', uid: idOf(10232), reason: 'it has no ShippedUnits' }]);
  expect(told()).toEqual([
    [idOf(10232), 'warehouseChanged'],
    [idOf(10233), 'warehouseChanged'],
  ]);
  expect((await look(next)).counts).toEqual({ waiting: 3, told: 0 });
  brokenSoNo = '';
  expect((await look(next)).setAside).toEqual([]);
});
