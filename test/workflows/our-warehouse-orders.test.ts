import { calendarDate } from '../../src/domain/values/calendar';
import { NorthScopeClient } from '../../src/vendors/northscope/client';
import { decideUpdate } from '../../workflows/case/messages';
import { progressQuery } from '../../workflows/purchase-order/messages';
import type { Served } from '../vendors/served';
import { type ListedOrder, serveClaritum } from './claritum-of-records';
import { Story } from './story';
import { World } from './world';

jest.setTimeout(90_000);

let world: World;
let claritum: Served;
let story: Story;
let northscope: NorthScopeClient;

const REF = 'CL-900001';
const OURS = '0000900001-1';
const listed: ListedOrder = {
  uid: 'PO-1-aaaa',
  orderRef: REF,
  poNumber: 'PO-SHARED',
  customerName: 'Alpine Retail Group',
  quantity: '100',
};

async function open(order: ListedOrder = listed): Promise<void> {
  claritum = await serveClaritum([order]);
  world = await World.open({ orders: 0, claritum: claritum.origin });
  story = new Story(world, REF);
  northscope = new NorthScopeClient({
    endpoint: `${world.sandbox.origin}/services/ActionCommand.svc/APIExecute`,
    login: 'TestAPIUser@NorthScope.example.com',
    password: 'StrongPassword',
    companySk: '1',
  });
}

afterEach(async () => {
  await world.replayed();
  await world.close();
  await claritum.close();
});

/** What the order sends, as it would be sent today: due on a Monday, shipped on the Friday before. */
const document = () => ({
  orderId: OURS,
  companyId: 'WAYBILL',
  poNumber: 'PO-SHARED',
  customerId: 'ALPINE',
  addressId: 'MAIN',
  siteId: 'SEATTLE',
  orderDate: calendarDate(new Date().toISOString(), 'Europe/London'),
  shipByDate: '2099-01-23',
  lines: [{ itemId: 'BRO-A4-16', units: '100', unitsUom: 'Each' }],
});
type Changes = Partial<ReturnType<typeof document>>;

/** Somebody has an order under our OrderID. */
async function stands(changes: Changes): Promise<void> {
  await northscope.insertInboundIntegration({
    transactionType: 'SOOrder',
    data: { ...document(), ...changes },
    sourceSystem: 'Waybill',
    sourceTransactionId: 'THEIRS',
    created: new Date().toISOString(),
  });
  await world.sandbox.world({ tick: {} });
}

const decide = (choice: string) => world.order(REF).executeUpdate(decideUpdate, { args: [{ choice, by: 'olga' }] });
const queued = async (): Promise<string[]> =>
  (await world.sandbox.ledger()).northscope.inbound.map(({ SourceTransID }) => SourceTransID);

it('adopts an order of its own content under its OrderID, and queues none', async () => {
  await open();
  await stands({});
  await world.poll();
  const { audit, documents } = await story.allocated();
  expect([audit, documents.northscope.orders.map(({ orderId }) => orderId)]).toEqual([[], [OURS]]);
  expect(await queued()).toEqual(['THEIRS']);
});

it.each<[string, Changes]>([
  ['number of units', { lines: [{ itemId: 'BRO-A4-16', units: '70', unitsUom: 'Each' }] }],
  ['item', { lines: [{ itemId: '0071', units: '100', unitsUom: 'Each' }] }],
  ['PONumber', { poNumber: 'PO-SHARED-2' }],
  ['customer', { customerId: 'BOREALIS' }],
  ['ShipByDate', { shipByDate: '2099-01-22' }],
])('asks before it sends where an order under its OrderID has another %s', async (name, changes) => {
  await open();
  await stands(changes);
  await world.poll();
  const asked = await story.decision('mismatch');
  expect(asked.question).toContain(`its ${name} is `);
  expect(asked.choices).toEqual([
    'look again',
    'it is ours: go on with it',
    'it belongs to another: take the next number',
    'give up',
  ]);
  expect(await queued()).toEqual(['THEIRS']);
});

it('takes the next OrderID where a person says that it belongs to another, and counts no despatch of theirs', async () => {
  await open();
  await stands({ poNumber: 'THEIRS' });
  await world.poll();
  await story.decision('mismatch');
  await decide('it belongs to another: take the next number');
  const { documents } = await story.allocated();
  expect(documents.northscope.orders.map(({ orderId }) => orderId)).toEqual([`${OURS}.2`]);
  expect(await queued()).toEqual(['THEIRS', `${OURS}.2`]);
  const [theirs] = await northscope.listSalesOrders({ where: { is: 'equals', column: 'OrderID', value: OURS } });
  const orderItemSk = theirs?.lines[0]?.orderItemSk ?? '';
  const [lot] = await northscope.listInventoryLots({ where: { is: 'equals', column: 'ItemID', value: 'BRO-A4-16' } });
  const allocation = { orderItemSk, lotSk: lot?.lotSk ?? '', units: '100', unitsUom: 'Each' };
  await northscope.allocateSalesOrders({ allocations: [allocation] });
  await world.sandbox.world({ despatch: { order: OURS } });
  await new Promise((done) => setTimeout(done, 1_500));
  expect((await world.order(REF).query(progressQuery)).totals.despatched).toBe('0');
  await story.despatch();
});

it('gives up without a task to cancel what is not its own', async () => {
  await open();
  await stands({ poNumber: 'THEIRS' });
  await world.poll();
  await story.decision('mismatch');
  await decide('give up');
  const { stage, tasks } = await story.result();
  expect([stage, tasks.map(({ task }) => task).filter((task) => task.includes('NorthScope'))]).toEqual([
    'cancelled',
    [expect.stringContaining(`was not taken for that of ${REF}`)],
  ]);
});

it('finds an order of another content under its OrderID after an answer that was lost', async () => {
  await open();
  await world.sandbox.fault({
    ...{ vendor: 'northscope', operation: 'InsertInboundIntegration', fault: 'late', ms: 1_500, times: 1 },
  });
  await world.poll();
  await world.untilLedger(({ calls }) => calls.some(({ operation }) => operation === 'InsertInboundIntegration'));
  await stands({ poNumber: 'THEIRS' });
  const asked = await story.decision('mismatch');
  expect(asked.question).toContain("its PONumber is 'THEIRS', ours 'PO-SHARED'");
  await decide('it belongs to another: take the next number');
  const { documents } = await story.allocated();
  expect(documents.northscope.orders.map(({ orderId }) => orderId)).toEqual([`${OURS}.2`]);
});

it('compares what shows with what was sent: another was quicker, and NorthScope took nothing over', async () => {
  await open({ ...listed, shares: ['60', '40'] });
  const second = OURS.replace(/1$/, '2');
  // While the first delivery is queued, somebody else's order comes to stand under the OrderID of the second.
  await world.sandbox.fault({
    ...{ vendor: 'northscope', operation: 'InsertInboundIntegration', key: OURS, fault: 'slow', ms: 1_500, times: 1 },
  });
  await world.poll();
  await world.untilLedger(({ calls }) => calls.some(({ operation }) => operation === 'InsertInboundIntegration'));
  await stands({ orderId: second, lines: [{ itemId: 'BRO-A4-16', units: '41', unitsUom: 'Each' }] });
  const asked = await story.decision('mismatch');
  expect(asked.question).toContain("its number of units is '41', ours '40'");
  expect(await queued()).toEqual([OURS, 'THEIRS', second]);
  await decide('it belongs to another: take the next number');
  const { documents } = await story.allocated();
  expect(documents.northscope.orders.map(({ orderId }) => orderId)).toEqual([OURS, `${second}.2`]);
  expect(await queued()).toEqual([OURS, 'THEIRS', second, `${second}.2`]);
});
